import type { Block, Expression, Local, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { type Cut, localsAround } from "./pieces";

/** Memory between the pieces of one function: a cell for each local that more than one of them, what is around them, or the result, refers to. */
export interface Frame {
  readonly cells: ReadonlyMap<Local, number>;
  /** For each piece: what it takes out of the frame when it begins, and puts back when it ends. */
  readonly pieces: readonly { readonly taken: readonly Local[]; readonly kept: readonly Local[] }[];
}

interface Use {
  /** The piece begins by writing it, at its own level: what the frame holds does not matter. */
  readonly beginsAnew: boolean;
  isWritten: boolean;
}

/** `given` are there from the start. */
export function frameOf(cut: Cut, given: readonly Local[], result: Expression): Frame {
  const uses = cut.pieces.map(({ block }) => usesIn(block));
  const last = new Map<Local, number>();
  const [cells, first] = [new Map<Local, number>(), new Map<Local, number>()];
  const share = (local: Local): void => { if (!cells.has(local)) cells.set(local, cells.size); };
  given.forEach(share);
  const around = localsAround(cut);
  around.forEach(share);
  for (const [piece, found] of uses.entries()) {
    for (const [local, { beginsAnew }] of found) {
      // At each turn of a loop the piece goes on with what it left behind itself.
      if (first.has(local) || (cut.pieces[piece]?.repeats && !beginsAnew)) share(local);
      else first.set(local, piece);
      last.set(local, piece);
    }
  }
  walkExpression(result, (e) => {
    if (e.kind !== "read") return;
    share(e.local);
    last.set(e.local, cut.pieces.length);
  });
  const isReadLater = (local: Local, piece: number): boolean =>
    (last.get(local) ?? 0) > piece || around.has(local) || cut.pieces[piece]?.repeats === true;
  return {
    cells,
    pieces: uses.map((found, piece) => {
      const shared = [...found].filter(([local]) => cells.has(local));
      return {
        taken: shared.flatMap(([local, { beginsAnew }]) => (beginsAnew ? [] : [local])),
        kept: shared.flatMap(([local, { isWritten }]) => (isWritten && isReadLater(local, piece) ? [local] : [])),
      };
    }),
  };
}

/** In order of first use; loop indices are declared where they stand. */
function usesIn(piece: Block): Map<Local, Use> {
  const uses = new Map<Local, Use>();
  const indices = new Set<Local>();
  const own = new Set<Statement>(piece);
  const note = (local: Local, writer?: Statement): void => {
    const known = uses.get(local);
    if (!known) uses.set(local, { beginsAnew: writer?.kind === "assign" && own.has(writer), isWritten: writer !== undefined });
    else if (writer) known.isWritten = true;
  };
  walkBlock(piece, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "read") note(e.local); });
    if (statement.kind === "assign" || statement.kind === "pop") note(statement.local, statement);
    if (statement.kind === "accumulate" && statement.target.kind === "local") note(statement.target, statement);
    if (statement.kind === "for") {
      indices.add(statement.index);
      if (statement.exit) note(statement.exit);
    }
  });
  for (const index of indices) uses.delete(index);
  return uses;
}
