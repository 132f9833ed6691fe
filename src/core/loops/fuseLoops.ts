import { read } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { ArrayVariable, Block, Expression, For, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { readsOf, type Variable, writesOf } from "./effects";
import { isOwn } from "./mentions";
import { rewriteBlocks, rewriteStatement } from "../ir/rewriteBlock";

/**
 * One loop where a map, a sum over it and the reverse sweep of both are three over the same range: a person goes through the
 * rows once. Loops between which nothing stands in the way are brought together.
 */
export const fuseLoops = (body: Block): Block => rewriteBlocks(body, (block) => {
  let current = block;
  for (let at = 0; at < current.length; at++) {
    for (let fused = fuseAt(current, at); fused; fused = fuseAt(current, at)) current = fused;
  }
  return current;
});

/** The block with the loop at this place and a later one made one, or undefined. */
function fuseAt(block: Block, at: number): Block | undefined {
  const first = block[at];
  if (first?.kind !== "for" || first.exit) return undefined;
  for (let to = at + 1; to < block.length; to++) {
    const second = block[to];
    const between = block.slice(at + 1, to);
    if (second?.kind === "for" && isSameRange(first, second)) {
      const one = fused(first, second);
      // Either the first loop can wait until after what stands between, or the second can go before it.
      if (one && between.every((other) => commute(first, other))) return [...block.slice(0, at), ...between, one, ...block.slice(to + 1)];
      if (one && between.every((other) => commute(other, second))) return [...block.slice(0, at), one, ...between, ...block.slice(to + 1)];
    }
    if (second && !commute(first, second) && !block.slice(to + 1).some((later) => later.kind === "for" && isSameRange(first, later))) return undefined;
  }
  return undefined;
}

const isSameRange = (a: For, b: For): boolean => !b.exit && a.step === b.step && sameExpression(a.from, b.from) && sameExpression(a.to, b.to);

function fused(first: For, second: For): For | undefined {
  const made = new Set(first.body.flatMap((statement) => [...writesOf(statement)]));
  if ([second.from, second.to].some((end) => [...readsOf(end)].some((variable) => made.has(variable)))) return undefined;
  const index: Expression = read(first.index);
  const body = second.body.map((statement) => rewriteStatement(statement, (e) => (e.kind === "read" && e.local === second.index ? index : e)));
  if ([...first.body, ...body].some(hasTrap)) return undefined;
  const [mine, theirs] = [usesOf(first.body), usesOf(body)];
  const counters = new Set<Variable>([...countersIn(first.body), ...countersIn(body)]);
  for (const [variable, use] of mine) {
    const other = theirs.get(variable);
    if (!other || variable === first.index || counters.has(variable) || (use.isReadOnly && other.isReadOnly) || (use.isAddedOnly && other.isAddedOnly)) continue;
    if (variable.kind === "local") {
      if (!isOwn(first.body, variable) || !isOwn(body, variable)) return undefined;
    } else if (!isApart([...use.accesses, ...other.accesses], index)) return undefined;
  }
  return { ...first, body: [...first.body, ...body] };
}

function countersIn(block: Block): Variable[] {
  const found: Variable[] = [];
  walkBlock(block, (statement) => { if (statement.kind === "for") found.push(statement.index); });
  return found;
}

interface Uses {
  isReadOnly: boolean;
  isAddedOnly: boolean;
  /** Where an array is accessed; undefined: as a whole. */
  readonly accesses: (readonly Expression[] | undefined)[];
}

function usesOf(block: Block): Map<Variable, Uses> {
  const found = new Map<Variable, Uses>();
  const note = (variable: Variable, how: "read" | "add" | "write", indices?: readonly Expression[]): void => {
    const uses = found.get(variable) ?? { isReadOnly: true, isAddedOnly: true, accesses: [] };
    if (how !== "read") uses.isReadOnly = false;
    if (how !== "add") uses.isAddedOnly = false;
    uses.accesses.push(indices);
    found.set(variable, uses);
  };
  walkBlock(block, (statement) => {
    for (const expression of expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        if (e.kind === "read") note(e.local, "read");
        if (e.kind === "load") note(e.array, "read", e.indices);
      });
    }
    switch (statement.kind) {
      case "assign": note(statement.local, "write"); break;
      case "store": note(statement.array, "write", statement.indices); break;
      case "accumulate": note(statement.target, "add", statement.indices); break;
      case "fill": note(statement.array, "write"); break;
      case "push": note(statement.stack, "write"); break;
      case "pop":
        note(statement.local, "write");
        note(statement.stack, "write");
        break;
      case "for":
        note(statement.index, "write");
        if (statement.exit) note(statement.exit, "read");
        break;
      default: break;
    }
  });
  return found;
}

/** Whether every iteration keeps to elements that no other touches. */
function isApart(accesses: readonly (readonly Expression[] | undefined)[], index: Expression): boolean {
  const [first] = accesses;
  return first?.some((own, dimension) => (sameExpression(index, own) || isShifted(own, index)) && accesses.every((indices) => sameExpression(own, indices?.[dimension]))) ?? false;
}

/** i + 1, where i is the counter. */
const isShifted = (e: Expression, index: Expression): boolean => e.kind === "call" && /^(?:add|subtract)Int$/.test(e.primitive) && sameExpression(index, e.args[0]) && e.args[1]?.kind === "constant";

function hasTrap(statement: Statement): boolean {
  let found = false;
  walkBlock([statement], (inner) => { if (inner.kind === "trap") found = true; });
  return found;
}

/** Whether the two may change places. */
function commute(a: Statement, b: Statement): boolean {
  if (hasTrap(a) || hasTrap(b)) return false;
  const [mine, theirs] = [usesOf([a]), usesOf([b])];
  for (const [variable, use] of mine) {
    const other = theirs.get(variable);
    if (other && !(use.isReadOnly && other.isReadOnly) && !(use.isAddedOnly && other.isAddedOnly)) return false;
  }
  return true;
}

/** Arrays that a block mentions; loops that are made one may leave some with a single element alive at a time. */
export function arraysIn(block: Block): Set<ArrayVariable> {
  const found = new Set<ArrayVariable>();
  for (const variable of usesOf(block).keys()) if (variable.kind === "array") found.add(variable);
  return found;
}
