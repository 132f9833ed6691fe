import type { Block, Expression, Local, Statement } from "../../../ir/types";
import { blocksOf, expressionsOf, walkBlock } from "../../../ir/visit";
import { countReads, countReadsIn } from "../../../loops/effects";
import { mentions } from "../../../loops/mentions";
import { rewriteBlocks, rewriteStatement } from "../../../ir/rewriteBlock";

/**
 * `next = f(state); … state = next` with one variable instead of two, where nobody asks for the old state in between: the
 * reverse of what single assignment has done to the user's `state = f(state)`.
 */
export const coalesce = (body: Block): Block => rewriteBlocks(body, (block) => {
  let current = block;
  for (let at = 0; at < current.length; at++) {
    const merged = mergeAt(current, at, body);
    if (!merged) continue;
    current = merged;
    at = -1;
  }
  return current;
});

function mergeAt(block: Block, at: number, body: Block): Block | undefined {
  const handOver = block[at];
  if (handOver?.kind !== "assign" || handOver.value.kind !== "read") return undefined;
  const [state, next] = [handOver.local, handOver.value.local];
  if (state === next || state.type !== next.type || (next.label !== state.label && next.label !== undefined)) return undefined;
  const first = block.findIndex((statement) => mentions(statement, next));
  // All of its life must be here, and start with a value of its own.
  if (first >= at || first < 0 || !lives(block, next, body)) return undefined;
  const between = block.slice(first, at);
  if (between.some((statement) => writes(statement, state)) || !isUnasked(between, state, next, { written: false })) return undefined;
  // After it is handed over the two are one, until one of them changes.
  const after = block.slice(at + 1);
  if (after.some((statement) => mentions(statement, next)) && after.some((statement) => writes(statement, state) || writes(statement, next))) return undefined;
  const renamed = [...block.slice(0, at), ...after].map((statement, i) => (i < first ? statement : rename(statement, next, state)));
  return renamed.filter((statement) => !(statement.kind === "assign" && statement.value.kind === "read" && statement.value.local === statement.local));
}

/** Whether the local occurs in this block alone, which sets it first. */
function lives(block: Block, local: Local, body: Block): boolean {
  const first = block.find((statement) => mentions(statement, local));
  if (!first || countReadsIn(block, local) !== countReadsIn(body, local)) return false;
  return sets(first, local);
}

function sets(statement: Statement, local: Local): boolean {
  if (statement.kind === "assign") return statement.local === local && countReads(statement.value, local) === 0;
  if (statement.kind !== "if" || expressionsOf(statement).some((e) => countReads(e, local) > 0)) return false;
  return [statement.then, statement.else].every((arm) => {
    const first = arm.find((inner) => mentions(inner, local));
    return first !== undefined && sets(first, local);
  });
}

/** Whether nobody reads `state` once `next` has been written. Loops come round again, so in them it must not be read at all. */
function isUnasked(block: Block, state: Local, next: Local, seen: { written: boolean }): boolean {
  for (const statement of block) {
    const asks = expressionsOf(statement).some((e) => countReads(e, state) > 0) || (statement.kind === "for" && statement.exit === state);
    if (asks && seen.written) return false;
    if (statement.kind === "for" || statement.kind === "while") {
      if (writes(statement, next) && countReadsIn([statement], state) > 0) return false;
      seen.written ||= writes(statement, next);
      if (seen.written && countReadsIn([statement], state) > 0) return false;
      continue;
    }
    if (statement.kind === "if") {
      const arms = blocksOf(statement).map((arm) => {
        const inner = { written: seen.written };
        return { fine: isUnasked(arm, state, next, inner), written: inner.written };
      });
      if (arms.some(({ fine }) => !fine)) return false;
      seen.written = arms.some(({ written }) => written);
      continue;
    }
    if (writes(statement, next)) seen.written = true;
  }
  return true;
}

function writes(statement: Statement, local: Local): boolean {
  let found = false;
  walkBlock([statement], (inner) => {
    if ((inner.kind === "assign" || inner.kind === "pop") && inner.local === local) found = true;
    if (inner.kind === "accumulate" && inner.target === local) found = true;
  });
  return found;
}

function rename(statement: Statement, from: Local, to: Local): Statement {
  const change = (e: Expression): Expression => (e.kind === "read" && e.local === from ? { ...e, local: to } : e);
  const [renamed] = rewriteBlocks([rewriteStatement(statement, change)], (block) => block.map((inner): Statement => {
    if ((inner.kind === "assign" || inner.kind === "pop") && inner.local === from) return { ...inner, local: to };
    if (inner.kind === "accumulate" && inner.target === from) return { ...inner, target: to };
    if (inner.kind === "for" && inner.exit === from) return { ...inner, exit: to };
    return inner;
  }).filter((inner) => !(inner.kind === "assign" && inner.value.kind === "read" && inner.value.local === inner.local)));
  return renamed ?? statement;
}
