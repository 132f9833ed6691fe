import { isRead } from "../ir/isRead";
import { sameExpression } from "../ir/same";
import type { Block, If, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock } from "../ir/visit";
import { countReads, readsOf, writesOf } from "./effects";

/** Whether the statement reads or writes the local, nested statements included. */
export function mentions(statement: Statement, local: Local): boolean {
  let found = isRead([statement], local);
  walkBlock([statement], (inner) => {
    if ((inner.kind === "assign" || inner.kind === "pop") && inner.local === local) found = true;
    if (inner.kind === "accumulate" && inner.target === local) found = true;
    if (inner.kind === "for" && inner.index === local) found = true;
  });
  return found;
}

/** Whether the block sets the local before it looks at it, so that what it held before does not matter. */
export function isOwn(block: Block, local: Local): boolean {
  const first = block.find((statement) => mentions(statement, local));
  if (!first) return true;
  if (first.kind === "assign" && first.local === local) return countReads(first.value, local) === 0;
  if (first.kind === "pop" && first.local === local) return true;
  if (first.kind === "if" && countReads(first.condition, local) === 0 && sets(first, local) && blocksOf(first).every((arm) => isOwn(arm, local))) return true;
  if (first.kind === "if" && countReads(first.condition, local) === 0 && decidesAgain(first, block)) return [true, false].every((way) => isOwn(onWay(block, first, way), local));
  if (block.some((other) => other !== first && mentions(other, local)) || expressionsOf(first).some((e) => countReads(e, local) > 0)) return false;
  // It lives and dies inside the one statement.
  return blocksOf(first).every((inner) => isOwn(inner, local)) && blocksOf(first).length > 0 && !(first.kind === "for" && first.exit === local);
}

/** Whether the local has a new value after the statement, whichever way it went. */
function sets(statement: Statement, local: Local): boolean {
  if (statement.kind === "assign" || statement.kind === "pop") return statement.local === local;
  return statement.kind === "if" && blocksOf(statement).every((arm) => arm.some((inner) => sets(inner, local)));
}

/** Whether a later branch of the block is decided by the same, which nothing in the block changes. */
function decidesAgain(first: If, block: Block): boolean {
  const asked = readsOf(first.condition);
  const rest = block.slice(block.indexOf(first));
  return rest.some((other) => other !== first && isDecidedAs(other, first)) && rest.every((statement) => [...writesOf(statement)].every((variable) => !asked.has(variable)));
}

const isDecidedAs = (statement: Statement, first: If): statement is If => statement.kind === "if" && sameExpression(statement.condition, first.condition);

/** What is done where the branch goes this way. */
const onWay = (block: Block, first: If, way: boolean): Block =>
  block.flatMap((statement) => (isDecidedAs(statement, first) ? (way ? statement.then : statement.else) : [statement]));
