import { sizeOf } from "../../ir/shape";
import type { ArrayVariable, Block, Expression, Fill, For, Local, PrimitiveName, Statement, While } from "../../ir/types";
import { operationsOf } from "../effort";
import type { FunctionReference, WasmLocal } from "./assembler/functionBuilder";
import { emitAddress, emitExpression, type Scope } from "./emitExpression";
import type { LaneCode } from "./laneLibrary";
import { bytesOfElement } from "./memory";
import { stackCell } from "./stacks";
import type { Temporaries } from "./temporaries";
import { emitRows } from "./vector/rows/emitRows";
import { emitTogether } from "./vector/emitTogether";
import { LANES } from "./vector/emitVector";
import { emitElements } from "./vector/emitElements";
import type { LoopPlan } from "./vector/planVectors";

export interface Emission extends Scope {
  /** The variable of a loop index: it is the function's own wherever the loop stands. */
  readonly index: (local: Local) => WasmLocal;
  readonly temporaries: Temporaries;
  /** Ends the evaluation with NaN. */
  readonly leave: () => void;
  /** Counts down the operations that are left; absent: nothing can take too long. */
  readonly fuel?: WasmLocal | undefined;
  /** Where a stack keeps its addresses. */
  readonly stack: (stack: ArrayVariable) => number;
  /** Gives a stack more room. */
  readonly grow: () => FunctionReference;
  /** A variable for a pair of f64, for as long as the statement goes on. */
  readonly freshPair: () => WasmLocal;
  /** The function on pairs, where there is one. */
  readonly onPairs: (primitive: PrimitiveName) => LaneCode | undefined;
  /** Where there is room for two of an array, element beside element: for loops whose turns have one each. */
  readonly pairsOf: (array: ArrayVariable) => number;
  /** The loops whose turns are taken two at a time. */
  readonly vectors: ReadonlyMap<For, LoopPlan>;
  /** How many turns of a loop around it each statement is done for. */
  readonly atOnce?: number;
  /** What is done in place of a statement: the call of the piece that begins with it, or nothing for the rest of the piece. */
  readonly instead?: ReadonlyMap<Statement, () => void>;
  /** What a loop does first at each turn. */
  atTurn?(loop: For): void;
}

export function emitBlock(block: Block, emission: Emission): void {
  for (const statement of block) {
    const other = emission.instead?.get(statement);
    if (other) other();
    else emission.temporaries.within(() => emitStatement(statement, emission));
  }
}

export function emitStatement(statement: Statement, emission: Emission): void {
  const { f } = emission;
  switch (statement.kind) {
    case "assign":
      emitExpression(statement.value, emission);
      emission.write(statement.local);
      return;
    case "store": {
      const offset = emitAddress(statement.array, statement.indices, emission);
      emitExpression(statement.value, emission);
      f.memory(storeOf(statement.array), offset);
      return;
    }
    case "accumulate": {
      const { target } = statement;
      if (target.kind === "local") {
        emission.read(target);
        emitExpression(statement.value, emission);
        f.op("f64.add");
        emission.write(target);
        return;
      }
      const address = emission.fresh("i32");
      const offset = emitAddress(target, statement.indices ?? [], emission);
      f.tee(address).get(address).memory("f64.load", offset);
      emitExpression(statement.value, emission);
      f.op("f64.add").memory("f64.store", offset);
      return;
    }
    case "fill": return emitFill(statement, emission);
    case "push": {
      const cell = emission.stack(statement.stack);
      const top = emission.fresh("i32");
      f.i32(0).memory("i32.load", cell + stackCell.top).i32(0).memory("i32.load", cell + stackCell.limit).op("i32.eq");
      f.if(() => f.i32(cell).call(emission.grow()));
      f.i32(0).memory("i32.load", cell + stackCell.top).tee(top);
      emitExpression(statement.value, emission);
      f.memory(storeOf(statement.stack));
      f.i32(0).get(top).i32(stackCell.slot).op("i32.add").memory("i32.store", cell + stackCell.top);
      return;
    }
    case "pop": {
      const cell = emission.stack(statement.stack);
      const top = emission.fresh("i32");
      f.i32(0).i32(0).memory("i32.load", cell + stackCell.top).i32(stackCell.slot).op("i32.sub").tee(top).memory("i32.store", cell + stackCell.top);
      f.get(top).memory(statement.stack.element === "f64" ? "f64.load" : "i32.load");
      emission.write(statement.local);
      return;
    }
    case "if":
      emitExpression(statement.condition, emission);
      f.if(() => emitBlock(statement.then, emission), statement.else.length > 0 ? () => emitBlock(statement.else, emission) : undefined);
      return;
    case "for": return emitFor(statement, emission);
    case "while": return emitWhile(statement, emission);
    case "trap": return emission.leave();
  }
}

const storeOf = ({ element }: ArrayVariable): "f64.store" | "i32.store" => (element === "f64" ? "f64.store" : "i32.store");

/** `emitBody`: how the statements of a turn are done. */
export function emitFor(statement: For, emission: Emission, emitBody = (body: Block): void => emitBlock(body, emission)): void {
  const { f } = emission;
  const plan = emission.vectors.get(statement);
  if (plan) {
    const emitPairs = (turns: WasmLocal): void => (plan.kind === "rows" ? emitRows(plan, emission, turns) : emitElements(plan, emission, turns));
    emitTogether(plan.loop, plan.kind === "rows" ? plan.atOnce : LANES.length, emission, emitPairs, (pushEnd) => emitTurns({ ...statement, step: 1 }, pushEnd, emission, emitBody));
    return;
  }
  emitExpression(statement.from, emission);
  f.set(emission.index(statement.index));
  emitTurns(statement, held(statement.to, emission), emission, emitBody);
}

/** The turns from where the index stands. */
function emitTurns(loop: For, pushEnd: () => void, emission: Emission, emitBody: (body: Block) => void): void {
  const { f } = emission;
  const { exit, step } = loop;
  const index = emission.index(loop.index);
  const test = (): void => {
    f.get(index);
    pushEnd();
    f.op(step > 0 ? "i32.lt_s" : "i32.gt_s");
  };
  f.block((end) => {
    test();
    f.op("i32.eqz").branchIf(end);
    f.loop((again) => {
      emission.atTurn?.(loop);
      burn(loop, emission);
      emitBody(loop.body);
      if (exit) {
        emission.read(exit);
        f.branchIf(end);
      }
      f.get(index).i32(step).op("i32.add").set(index);
      test();
      f.branchIf(again);
    });
  });
}

export function emitWhile(statement: While, emission: Emission, emitBody = (body: Block): void => emitBlock(body, emission)): void {
  const { f } = emission;
  const trips = emission.fresh("i32");
  f.i32(0).set(trips);
  f.block((end) => f.loop((again) => {
    emitExpression(statement.condition, emission);
    f.op("i32.eqz").branchIf(end);
    f.get(trips).i32(statement.cap).op("i32.ge_s").if(() => emission.leave());
    f.get(trips).i32(1).op("i32.add").set(trips);
    burn(statement, emission);
    emitBody(statement.body);
    f.branch(again);
  }));
}

/** At the beginning of every turn of a loop. */
function burn(loop: For | While, emission: Emission): void {
  const { f, fuel } = emission;
  if (!fuel) return;
  f.get(fuel).i32(operationsOf(loop.body) * (emission.atOnce ?? 1)).op("i32.sub").tee(fuel).i32(0).op("i32.lt_s").if(() => emission.leave());
}

/** Evaluates an i32 once; what is returned puts it on the stack. */
export function held(expression: Expression, emission: Emission): () => void {
  const { f } = emission;
  if (expression.kind === "constant") return () => f.i32(expression.value);
  const local = emission.fresh("i32");
  emitExpression(expression, emission);
  f.set(local);
  return () => f.get(local);
}

/** Up to here single stores are quicker than a loop. */
const FEW = 8;

function emitFill({ array, value }: Fill, emission: Emission): void {
  const { f } = emission;
  const element = bytesOfElement(array);
  const [address, size] = [emission.address(array), sizeOf(array)];
  if (value.kind === "constant" && Object.is(value.value, 0) && size > FEW) {
    f.i32(address).i32(0).i32(size * element).op("memory.fill");
    return;
  }
  const held = emission.fresh(array.element);
  emitExpression(value, emission);
  f.set(held);
  if (size <= FEW) {
    for (let k = 0; k < size; k++) f.i32(0).get(held).memory(storeOf(array), address + k * element);
    return;
  }
  const [at, end] = [emission.fresh("i32"), address + size * element];
  f.i32(address).set(at);
  f.loop((again) => f.get(at).get(held).memory(storeOf(array)).get(at).i32(element).op("i32.add").tee(at).i32(end).op("i32.lt_u").branchIf(again));
}
