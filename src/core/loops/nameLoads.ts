import { assign, type Names, read } from "../ir/build";
import { hasChoice } from "../ir/hasChoice";
import type { Block, Statement } from "../ir/types";
import { rewriteStatement } from "../ir/rewriteBlock";

/**
 * Statements with each element that they read in any case held in a local of its own: where several copies of the block are put together, one sees that
 * they read the same, and it is fetched once.
 */
export function nameLoads(block: Block, names: Names): Statement[] {
  return block.flatMap((statement): Statement[] => {
    if (statement.kind === "assign" && statement.value.kind === "load") return [statement];
    if ((statement.kind !== "assign" && statement.kind !== "accumulate") || hasChoice(statement.value)) return [statement];
    const held: Statement[] = [];
    const named = rewriteStatement(statement, (e) => {
      if (e.kind !== "load" || e.array.element !== "f64") return e;
      const local = names.local("f64", e.array.name);
      held.push(assign(local, e, e.span));
      return read(local, e.span);
    });
    return [...held, named];
  });
}
