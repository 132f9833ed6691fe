import { isRead } from "../ir/isRead";
import { sameExpression } from "../ir/same";
import type { ArrayVariable, Block, Expression, For, Local } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { countReadsIn } from "./effects";
import { isOwn } from "./mentions";
import { isOwnArray } from "./ownArrays";

/** Whether the iterations give the same in any order: but for rounding, or (`exact`) to the last bit. */
export function isOrderFree(loop: For, body: Block, exact = false): boolean {
  if (loop.exit) return false;
  const summed = new Set<Local>();
  const assigned = new Set<Local>();
  const accesses = new Map<ArrayVariable, (readonly Expression[])[]>();
  const added = new Set<ArrayVariable>();
  const written = new Set<ArrayVariable>();
  const loaded = new Set<ArrayVariable>();
  let fine = true;
  const access = (array: ArrayVariable, indices: readonly Expression[]): void => {
    accesses.set(array, [...(accesses.get(array) ?? []), indices]);
  };
  walkBlock(loop.body, (statement) => {
    switch (statement.kind) {
      case "assign": assigned.add(statement.local); break;
      case "accumulate":
        if (statement.target.kind === "local") summed.add(statement.target);
        else {
          added.add(statement.target);
          access(statement.target, statement.indices ?? []);
        }
        break;
      case "store":
        written.add(statement.array);
        access(statement.array, statement.indices);
        break;
      case "fill":
      case "push":
      case "pop":
      case "trap": fine = false; break;
      case "for":
      case "if":
      case "while": break;
    }
    for (const expression of expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        if (e.kind !== "load") return;
        loaded.add(e.array);
        access(e.array, e.indices);
      });
    }
  });
  if (!fine) return false;
  for (const local of assigned) if (!isOwn(loop.body, local) || countReadsIn(loop.body, local) < countReadsIn(body, local)) return false;
  for (const local of summed) if (!assigned.has(local) && (exact || isRead(loop.body, local))) return false;
  for (const array of new Set([...added, ...written])) {
    if ((!exact && !written.has(array) && !loaded.has(array)) || isOwnArray(loop.body, array, body)) continue;
    if (!isApart(accesses.get(array) ?? [], loop.index)) return false;
  }
  return true;
}

/** Whether every iteration touches elements that no other touches: all indices run with the loop in the same dimension. */
function isApart(accesses: readonly (readonly Expression[])[], index: Local): boolean {
  const [first] = accesses;
  return first?.some((e, dimension) => e.kind === "read" && e.local === index && accesses.every((other) => sameExpression(e, other[dimension]))) ?? false;
}
