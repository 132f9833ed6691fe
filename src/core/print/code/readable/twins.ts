import { sameExpression } from "../../../ir/same";
import type { ArrayVariable, Block, Statement, Store } from "../../../ir/types";
import { walkBlock } from "../../../ir/visit";
import { rewriteBlock, rewriteBlocks } from "../../../ir/rewriteBlock";

/** A tape that holds what an array of the user's holds anyway goes; the array is read in its place. */
export function mergeTwins(body: Block): Block {
  const writes = new Map<ArrayVariable, number>();
  walkBlock(body, (statement) => {
    const array = statement.kind === "store" || statement.kind === "fill" ? statement.array : statement.kind === "accumulate" ? statement.target : undefined;
    if (array?.kind === "array") writes.set(array, (writes.get(array) ?? 0) + 1);
  });
  const inPlaceOf = new Map<ArrayVariable, ArrayVariable>();
  const look = (block: Block): Block => {
    for (const tape of block) {
      if (!isStoreOf(tape) || writes.get(tape.array) !== 1 || tape.array.role.kind !== "scratch" || !tape.array.role.uninitialised) continue;
      const twin = block.find((other): other is Store => isStoreOf(other) && other !== tape && writes.get(other.array) === 1 && other.array.role.kind === "scratch"
        && other.array.element === tape.array.element && sameExpression(other.value, tape.value) && sameIndices(other, tape));
      if (twin && !assigned(block, block.indexOf(tape), block.indexOf(twin), tape) && !inPlaceOf.has(twin.array)) inPlaceOf.set(tape.array, twin.array);
    }
    return block;
  };
  rewriteBlocks(body, look);
  if (inPlaceOf.size === 0) return body;
  const kept = rewriteBlocks(body, (block) => block.filter((statement) => !(isStoreOf(statement) && inPlaceOf.has(statement.array))));
  return rewriteBlock(kept, (e) => {
    const twin = e.kind === "load" ? inPlaceOf.get(e.array) : undefined;
    return e.kind === "load" && twin ? { ...e, array: twin } : e;
  });
}

const isStoreOf = (statement: Statement): statement is Store => statement.kind === "store" && statement.value.kind === "read";

const sameIndices = (a: Store, b: Store): boolean => a.indices.length === b.indices.length && a.indices.every((index, dimension) => sameExpression(index, b.indices[dimension]));

/** Whether anything between the two stores could make them store different things. */
function assigned(block: Block, a: number, b: number, tape: Store): boolean {
  const between = block.slice(Math.min(a, b) + 1, Math.max(a, b));
  return between.some((statement) => statement.kind !== "store" && !(statement.kind === "assign" && !mentionsOf(tape).includes(statement.local)));
}

function mentionsOf(tape: Store): readonly unknown[] {
  const found: unknown[] = [];
  for (const e of [tape.value, ...tape.indices]) if (e.kind === "read") found.push(e.local);
  return found;
}
