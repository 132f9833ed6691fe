import type { Names } from "../ir/build";
import type { Block, Expression, Local, Statement } from "../ir/types";
import { blocksOf, walkBlock } from "../ir/visit";
import { isOwn, mentions } from "./mentions";
import { rewriteBlocks, rewriteStatement } from "../ir/rewriteBlock";

/**
 * Gives a local that is used for itself in several blocks (the forward loop and the reverse loop that computes it again)
 * another local in each, so that what happens to one is no concern of the others.
 */
export function separate(body: Block, names: Names): Block {
  let result = body;
  for (const [local, places] of assignedIn(body)) {
    if (places.length < 2) continue;
    for (let blocks = webs(result, local); blocks.length > 1; blocks = webs(result, local)) {
      const [, block] = blocks;
      if (block) result = replaceBlock(result, block, rename(block, local, names.local(local.type, local.name, local.label)));
    }
  }
  return result;
}

/** The blocks, none inside another, in each of which the local leads a life of its own; none where they do not tell all of it. */
function webs(body: Block, local: Local): readonly Block[] {
  const own = assigning(body, local).filter((block) => isOwn(block, local));
  const outermost = own.filter((block) => !own.some((other) => other !== block && contains(other, block)));
  return coversAll(body, local, outermost) ? outermost : [];
}

/** For each local the blocks in which it is assigned, in program order. */
function assignedIn(body: Block): Map<Local, Block[]> {
  const found = new Map<Local, Block[]>();
  const visit = (block: Block): void => {
    for (const statement of block) {
      if (statement.kind === "assign" || statement.kind === "pop") {
        const blocks = found.get(statement.local) ?? [];
        if (!blocks.includes(block)) blocks.push(block);
        found.set(statement.local, blocks);
      }
      blocksOf(statement).forEach(visit);
    }
  };
  visit(body);
  return found;
}

/** The blocks in which this one is assigned, in program order. */
function assigning(body: Block, local: Local): Block[] {
  const inner = body.flatMap((statement) => blocksOf(statement).flatMap((block) => assigning(block, local)));
  return body.some((statement) => (statement.kind === "assign" || statement.kind === "pop") && statement.local === local) ? [body, ...inner] : inner;
}

function contains(outer: Block, inner: Block): boolean {
  let found = false;
  walkBlock(outer, (statement) => { if (blocksOf(statement).includes(inner)) found = true; });
  return found;
}

/** Whether the local occurs nowhere but inside the blocks. */
function coversAll(body: Block, local: Local, blocks: readonly Block[]): boolean {
  if (blocks.includes(body)) return true;
  return body.every((statement) => {
    if (!mentions(statement, local)) return true;
    const inner = blocksOf(statement);
    const outside: Statement = emptied(statement);
    return inner.length > 0 && !mentions(outside, local) && inner.every((block) => coversAll(block, local, blocks));
  });
}

function emptied(statement: Statement): Statement {
  switch (statement.kind) {
    case "if": return { ...statement, then: [], else: [] };
    case "for":
    case "while": return { ...statement, body: [] };
    default: return statement;
  }
}

function rename(block: Block, from: Local, to: Local): Block {
  const change = (e: Expression): Expression => (e.kind === "read" && e.local === from ? { ...e, local: to } : e);
  return rewriteBlocks(block.map((statement) => rewriteStatement(statement, change)), (inner) => inner.map((statement): Statement => {
    if ((statement.kind === "assign" || statement.kind === "pop") && statement.local === from) return { ...statement, local: to };
    if (statement.kind === "accumulate" && statement.target === from) return { ...statement, target: to };
    if (statement.kind === "for" && statement.exit === from) return { ...statement, exit: to };
    return statement;
  }));
}

function replaceBlock(body: Block, block: Block, by: Block): Block {
  if (body === block) return by;
  return body.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: replaceBlock(statement.then, block, by), else: replaceBlock(statement.else, block, by) };
      case "for":
      case "while": return { ...statement, body: replaceBlock(statement.body, block, by) };
      default: return statement;
    }
  });
}
