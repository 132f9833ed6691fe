import type { Block, Expression, Local, Statement } from "../../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../../ir/visit";
import { countReadsIn, readsOf, sizeOfExpression, type Variable, writesOf } from "../../../loops/effects";
import { rewriteStatement } from "../../../ir/rewriteBlock";

/** A line with more operations than this is better read in two. */
const LONGEST = 14;

/**
 * Puts what a local stands for in its place, where a person would not have named it: temporaries used once, elements of
 * arrays that are there anyway, other names of the same thing. What the user gave a name keeps it, if it computes something.
 */
export function inlineTemporaries(block: Block): Block {
  const writes = new Map<Local, number>();
  const exits = new Set<Local>();
  walkBlock(block, (statement) => {
    const target = statement.kind === "assign" || statement.kind === "pop" ? statement.local
      : statement.kind === "accumulate" && statement.target.kind === "local" ? statement.target
      : statement.kind === "for" ? statement.index : undefined;
    if (target) writes.set(target, (writes.get(target) ?? 0) + 1);
    if (statement.kind === "for" && statement.exit) exits.add(statement.exit);
  });
  const totals = new Map<Local, number>();
  const count = (e: Expression): void => walkExpression(e, (part) => { if (part.kind === "read") totals.set(part.local, (totals.get(part.local) ?? 0) + 1); });
  walkBlock(block, (statement) => { expressionsOf(statement).forEach(count); });

  const visit = (inner: Block): Statement[] => {
    const out = inner.map((statement): Statement => {
      switch (statement.kind) {
        case "if": return { ...statement, then: visit(statement.then), else: visit(statement.else) };
        case "for":
        case "while": return { ...statement, body: visit(statement.body) };
        default: return statement;
      }
    });
    for (let at = 0; at < out.length; at++) {
      const statement = out[at];
      if (statement?.kind !== "assign" || writes.get(statement.local) !== 1 || exits.has(statement.local)) continue;
      const total = totals.get(statement.local) ?? 0;
      if (total === 0) {
        out.splice(at--, 1);
        continue;
      }
      const use = useOf(statement.local, statement.value, total);
      const after = use && substitute(out, at, statement.local, statement.value, total, use);
      if (!after) continue;
      out.splice(at, out.length - at, ...after);
      count(statement.value);
      // Its reads are there `total` times now, and were there once.
      walkExpression(statement.value, (e) => { if (e.kind === "read") totals.set(e.local, (totals.get(e.local) ?? 0) + total - 2); });
      at--;
    }
    return out;
  };
  return visit(block);
}

interface Use {
  /** Cheap enough to be computed anew in every iteration of a loop. */
  readonly intoLoops: boolean;
}

function useOf(local: Local, value: Expression, reads: number): Use | undefined {
  const isNamed = local.label !== undefined && !local.name.startsWith("d_");
  switch (value.kind) {
    case "constant":
    case "read": return { intoLoops: true };
    case "load": {
      const plain = value.indices.every((index) => sizeOfExpression(index) <= 1);
      if (isNamed && reads > 1) return undefined;
      return plain && reads <= 4 ? { intoLoops: true } : reads === 1 ? { intoLoops: false } : undefined;
    }
    default: {
      if (value.kind === "call" && value.primitive === "toFloat" && sizeOfExpression(value) === 0) return { intoLoops: true };
      // A minus sign costs nothing.
      if (!isNamed && value.kind === "call" && value.primitive === "negate" && value.args[0]?.kind === "read") return { intoLoops: true };
      if (local.type === "bool" && reads === 1) return { intoLoops: false };
      return !isNamed && reads === 1 ? { intoLoops: false } : undefined;
    }
  }
}

/** The statements after number `at` with the value in place of the local, or undefined where it would mean something else there. */
function substitute(block: readonly Statement[], at: number, local: Local, value: Expression, total: number, use: Use): Statement[] | undefined {
  const operands = readsOf(value);
  const put = (e: Expression): Expression => (e.kind === "read" && e.local === local ? value : e);
  const out: Statement[] = [];
  let left = total;
  let spoilt = false;
  for (const statement of block.slice(at + 1)) {
    const inside = countReadsIn([statement], local);
    if (inside > 0) {
      if (spoilt || !mayEnter(statement, local, operands, use) || tooLong(statement, local, value)) return undefined;
      left -= inside;
    }
    out.push(inside > 0 ? rewriteStatement(statement, put) : statement);
    if (left > 0 && !spoilt) spoilt = [...writesOf(statement)].some((variable) => operands.has(variable));
  }
  return left === 0 ? out : undefined;
}

/** Whether every read in the statement sees the operands as they are before it. */
function mayEnter(statement: Statement, local: Local, operands: ReadonlySet<Variable>, use: Use): boolean {
  const nested = blocksOf(statement);
  if (nested.length === 0) return true;
  const isLoop = statement.kind === "for" || statement.kind === "while";
  const inBody = nested.some((block) => countReadsIn(block, local) > 0);
  const inCondition = statement.kind === "while" && expressionsOf(statement).some((e) => readsOf(e).has(local));
  if (!inBody && !inCondition) return true;
  if (isLoop && !use.intoLoops) return false;
  return ![...writesOf(statement)].some((variable) => operands.has(variable));
}

function tooLong(statement: Statement, local: Local, value: Expression): boolean {
  const added = sizeOfExpression(value);
  if (added <= 1) return false;
  let longest = 0;
  walkBlock([statement], (inner) => {
    for (const e of expressionsOf(inner)) {
      if (!readsOf(e).has(local)) continue;
      longest = Math.max(longest, sizeOfExpression(e) + added);
    }
  });
  return longest > LONGEST;
}
