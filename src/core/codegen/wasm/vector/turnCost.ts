import { primitiveType } from "../../../ir/primitiveTypes";
import { sizeOf } from "../../../ir/shape";
import type { ArrayVariable, Block, Expression, For, PrimitiveName, Statement } from "../../../ir/types";
import { operands } from "../../../ir/visit";
import { laneFunctions } from "../../lanes/laneFunctions";
import { isInstruction } from "../primitives";

/** How a turn is taken: alone, or two side by side. */
export interface Way {
  /** Whether it is computed once for both; alone, everything is. */
  readonly isUniform: (expression: Expression) => boolean;
  /** By how many elements two accesses are apart; undefined: they may be anywhere. */
  readonly stride: (array: ArrayVariable, indices: readonly Expression[]) => number | undefined;
  readonly isOnPairs: (primitive: PrimitiveName) => boolean;
  /** What an inner loop takes, all its turns. */
  readonly loop: (loop: For) => number;
}

/** Roughly, in additions of which several go on at once: a function of mathematics, alone and for two numbers, and what a processor takes longer for. */
const FUNCTION = 80;
const FUNCTION_ON_PAIRS = 60;
const SLOW = 4;
const BRANCH = 3;
/** Around each turn of a loop, and once before and behind one in pairs. */
export const AROUND_TURN = 2;
export const AROUND_PAIRS = 12;
/** Turns of loops of which nothing is known. */
export const SUPPOSED_TURNS = 16;

/** What a block takes in one go. It is by this that loops are chosen of which two turns are taken side by side. */
export function costOf(block: Block, way: Way): number {
  return block.reduce((sum, statement) => sum + costOfStatement(statement, way), 0);
}

function costOfStatement(statement: Statement, way: Way): number {
  switch (statement.kind) {
    case "assign": return valueCost(statement.value, way);
    case "store": return valueCost(statement.value, way) + accessCost(statement.array, statement.indices, way);
    case "accumulate": {
      const { target, indices = [], value } = statement;
      return 1 + valueCost(value, way) + (target.kind === "array" ? 2 * accessCost(target, indices, way) : 0);
    }
    case "fill": return sizeOf(statement.array) / 2;
    case "push": case "pop": case "trap": return SLOW;
    case "if": {
      const [then, otherwise] = [costOf(statement.then, way), costOf(statement.else, way)];
      return BRANCH + valueCost(statement.condition, way) + (way.isUniform(statement.condition) ? (then + otherwise) / 2 : then + otherwise);
    }
    case "while": return SUPPOSED_TURNS * (valueCost(statement.condition, way) + costOf(statement.body, way) + AROUND_TURN);
    case "for": return way.loop(statement);
  }
}

function accessCost(array: ArrayVariable, indices: readonly Expression[], way: Way): number {
  const subscripts = indices.reduce((sum, index) => sum + subscriptCost(index, way), 0);
  const stride = way.stride(array, indices);
  return subscripts + (stride === 0 || stride === 1 ? 1 : stride === undefined ? 3 : 2);
}

/** What is only an index, or a number more, stands in the instruction. */
const subscriptCost = (index: Expression, way: Way): number =>
  (index.kind === "call" && index.primitive === "addInt" ? index.args.reduce((sum, arg) => sum + subscriptCost(arg, way), 0) : valueCost(index, way));

function valueCost(expression: Expression, way: Way): number {
  const isOnce = way.isUniform(expression);
  switch (expression.kind) {
    case "constant": case "read": return 0;
    case "load": return accessCost(expression.array, expression.indices, way);
    case "select": return 1 + operands(expression).reduce((sum, operand) => sum + valueCost(operand, way), 0);
    case "call": {
      const { primitive, args } = expression;
      // What stands second is seldom asked for.
      const asked = primitive === "steady" ? args.slice(0, 1) : args;
      const inner = asked.reduce((sum, arg) => sum + valueCost(arg, way), 0);
      const weight = weightOf(primitive);
      if (isOnce) return inner + weight;
      return inner + (!way.isOnPairs(primitive) ? 2 * weight : weight === FUNCTION ? FUNCTION_ON_PAIRS : weight);
    }
  }
}

function weightOf(primitive: PrimitiveName): number {
  if (primitive === "divide" || primitive === "sqrt" || primitive === "divideInt" || primitive === "remainderInt") return SLOW;
  if (isInstruction(primitive) || (primitiveType(primitive).result !== "f64" && !laneFunctions[primitive])) return 1;
  return primitive === "steady" || primitive === "sign" || primitive === "round" ? 2 : FUNCTION;
}
