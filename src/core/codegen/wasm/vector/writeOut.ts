import { bool, float, int } from "../../../ir/build";
import type { Block, Expression, For, Local, Statement } from "../../../ir/types";
import { blocksOf, typeOf } from "../../../ir/visit";
import { renamed } from "../../../loops/rename";
import { rewriteBlock } from "../../../ir/rewriteBlock";
import { ruleOf } from "../../../rules/ruleOf";
import { operationsOf } from "../../effort";

/** A loop takes at most so many operations where it is written out, and a block those of all its loops. */
const MOST_OF_LOOP = 160;
const MOST_OF_BLOCK = 400;

/** The block with its short inner loops written out, turn after turn: subscripts are numbers then, and stand in the instructions. */
export function writtenOut(block: Block): Block {
  return inBlock(block, { left: MOST_OF_BLOCK });
}

function inBlock(block: Block, room: { left: number }): Block {
  return block.flatMap((statement): readonly Statement[] => {
    switch (statement.kind) {
      case "for": {
        const written = turnsOf(statement, Math.min(MOST_OF_LOOP, room.left));
        if (!written) return [{ ...statement, body: inBlock(statement.body, room) }];
        room.left -= operationsOf(written);
        return written;
      }
      case "if": return [{ ...statement, then: inBlock(statement.then, room), else: inBlock(statement.else, room) }];
      default: return [statement];
    }
  });
}

/** The loop's turns one after another; undefined where they are too many. */
function turnsOf({ index, from, to, step, exit, body }: For, most: number): Block | undefined {
  if (exit || from.kind !== "constant" || to.kind !== "constant") return undefined;
  const all: Statement[] = [];
  let left = most;
  for (let k = from.value; step > 0 ? k < to.value : k > to.value; k += step) {
    for (const statement of rewriteBlock(renamed(body, new Map<Local, Local>(), new Map([[index, int(k)]])), folded)) {
      const written = statement.kind === "for" ? turnsOf(statement, left) : [statement];
      if (!written || (statement.kind !== "for" && hasLoop(statement))) return undefined;
      left -= operationsOf(written);
      if (left < 0) return undefined;
      all.push(...written);
    }
  }
  return all;
}

const hasLoop = (statement: Statement): boolean => blocksOf(statement).some((block) => block.some((inner) => inner.kind === "for" || inner.kind === "while" || hasLoop(inner)));

/** What is made of whole numbers alone. */
function folded(expression: Expression): Expression {
  if (expression.kind !== "call") return expression;
  const numbers: number[] = [];
  for (const arg of expression.args) {
    if (arg.kind !== "constant" || arg.type !== "i32") return expression;
    numbers.push(arg.value);
  }
  const value = ruleOf(expression.primitive).value(...numbers);
  const type = typeOf(expression);
  return type === "i32" ? int(value) : type === "bool" ? bool(value !== 0) : float(value);
}
