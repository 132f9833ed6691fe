import { bool, call, int } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Block, Expression, For, If, IrFunction, Local, Statement } from "../ir/types";
import { blocksOf, mapExpression, walkBlock, walkExpression } from "../ir/visit";
import { fold } from "../simplify/fold";
import { type Variable, writesOf } from "./effects";
import { isOwn } from "./mentions";
import { isCounted, openCounting, timesWritten } from "./openCounting";
import { rewriteBlock, rewriteBlocks } from "../ir/rewriteBlock";

/**
 * Subscripts that the program counts for itself (`l[t++]`) are checked at each turn. Where one runs evenly with an innermost loop, it is within bounds at every
 * turn if it is so at the first and at the last: that is asked once, before the loop, and where it is so, a loop without checks runs. What only
 * counts (`k = t + i`) is put where it is read, so that one sees how subscripts run.
 */
export function checkOnce(fn: IrFunction): IrFunction {
  return { ...fn, body: rewriteBlocks(fn.body, (block) => block.map((statement) => (statement.kind === "for" ? withoutChecks(statement) : statement))) };
}

function withoutChecks(loop: For): Statement {
  if (loop.exit || Math.abs(loop.step) !== 1 || loop.body.some((statement) => blocksOf(statement).some(hasLoop) || statement.kind === "for" || statement.kind === "while")) return loop;
  const written = new Set<Variable>(loop.body.flatMap((statement) => [...writesOf(statement)]));
  const open = openCounting(loop, written);
  const checked = checksIn(open.body, loop.index, written);
  if (checked.length === 0) return open;
  const [first, last] = [loop.from, call(loop.step > 0 ? "subtractInt" : "addInt", [loop.to, int(1)])];
  const within = checked.flatMap(({ subscript, extent }) => [first, last].map((at) => {
    const there = foldAll(subscript, (e) => (e.kind === "read" && e.local === loop.index ? at : e));
    return fold(call("and", [fold(call("greaterEqualInt", [there, int(0)])), fold(call("lessInt", [there, int(extent)]))]));
  })).reduce((a, b) => fold(call("and", [a, b])));
  const guarded: If = { kind: "if", condition: within, then: [{ ...open, body: settled(open.body, checked) }], else: [loop] };
  return guarded;
}

const hasLoop = (block: Block): boolean => block.some((statement) => statement.kind === "for" || statement.kind === "while" || blocksOf(statement).some(hasLoop));

const foldAll = (expression: Expression, change: (e: Expression) => Expression): Expression => mapExpression(expression, (e) => fold(change(e)));

interface Check {
  readonly expression: Expression;
  readonly subscript: Expression;
  readonly extent: number;
}

/** `k < 0 or k ≥ extent`, of a subscript that runs with the loop. */
function checksIn(body: Block, index: Local, written: ReadonlySet<Variable>): Check[] {
  const found: Check[] = [];
  const visit = (e: Expression): void => {
    if (e.kind !== "call" || e.primitive !== "or") return;
    const [below, beyond] = e.args;
    if (below?.kind !== "call" || below.primitive !== "lessInt" || beyond?.kind !== "call" || beyond.primitive !== "greaterEqualInt") return;
    const [[subscript, zero], [same, extent]] = [below.args, beyond.args];
    if (!subscript || zero?.kind !== "constant" || zero.value !== 0 || extent?.kind !== "constant" || !sameExpression(subscript, same)) return;
    if (!isCounted(subscript, index, written) || found.some(({ expression }) => sameExpression(expression, e))) return;
    found.push({ expression: e, subscript, extent: extent.value });
  };
  walkBlock(body, (statement) => {
    for (const expression of expressionsIn(statement)) walkExpression(expression, visit);
  });
  return found;
}

function expressionsIn(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign": case "fill": case "push": return [statement.value];
    case "store": return [...statement.indices, statement.value];
    case "accumulate": return [...(statement.indices ?? []), statement.value];
    case "if": return [statement.condition];
    default: return [];
  }
}

/** The body with its checks passed: choices by them are made. */
function settled(body: Block, checks: readonly Check[]): Block {
  const passed = new Set<Local>();
  const change = (e: Expression): Expression => {
    if (checks.some(({ expression }) => sameExpression(expression, e)) || (e.kind === "read" && passed.has(e.local))) return bool(false);
    if (e.kind === "select" && e.condition.kind === "constant") return e.condition.value === 1 ? e.whenTrue : e.whenFalse;
    return e;
  };
  const statements = body.map((statement): Statement => {
    const [changed = statement] = rewriteBlock([statement], change);
    if (changed.kind === "assign" && changed.local.type === "bool" && changed.value.kind === "constant" && changed.value.value === 0
      && timesWritten(body, changed.local) === 1 && isOwn(body, changed.local)) passed.add(changed.local);
    return changed;
  });
  return rewriteBlocks(statements, (block) => block.flatMap((statement) => {
    if (statement.kind !== "if" || statement.condition.kind !== "constant") return [statement];
    return statement.condition.value === 1 ? statement.then : statement.else;
  }));
}
