import type { ArrayVariable, Block, For, Local, Statement } from "../ir/types";
import { sizeOf } from "../ir/shape";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { isMadeAnew } from "./independence";
import type { Normal } from "./normalise";
import { type Segments, turnsOf } from "./segments";
import type { Structure } from "./structure";
import type { Tape, Tapes } from "./tapes";

/** Bytes a tape may take before long loops are run twice instead. */
export const LARGEST_TAPE = 256 * 2 ** 20;

/** What one turn of the loop hands to the next: all that a segment needs to be run again. */
function stateOf(loop: For, normal: Normal): { locals: Local[]; arrays: ArrayVariable[] } {
  const locals = [...normal.carried].flatMap(([local, owner]) => (owner === loop ? [local] : []));
  const written = new Set<ArrayVariable>();
  walkBlock(loop.body, (statement) => {
    if (statement.kind === "store" || statement.kind === "fill") written.add(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array") written.add(statement.target);
  });
  const earlier = normal.body.slice(0, normal.body.indexOf(loop));
  const arrays = [...written].filter((array) => array.role.kind === "scratch" && !(isMadeAnew(loop.body, array) && !earlier.some((statement) => uses(statement, array))));
  return { locals, arrays };
}

/** A checkpoint at the head of each segment. */
export function checkpoint(loop: For, structure: Structure, tapes: Tapes): Tape {
  const { locals, arrays } = stateOf(loop, structure.normal);
  // One number a segment: in the tape's eyes, a place within the loop over segments and no other.
  const region = { ...structure.region(loop.body), loops: [loop] };
  const parts = [
    ...locals.map((local) => tapes.scalar({ kind: "read", local }, local, region, local.name)),
    ...arrays.map((array) => tapes.whole(array, region)),
  ];
  return { save: parts.flatMap(({ save }) => save), restore: parts.flatMap(({ restore }) => restore) };
}

/** What of the loop's body need not be run again: its sums, which nothing in it reads, and handing over to the next turn. */
export function notRunAgain(loop: For, normal: Normal): Set<Statement> {
  const left = new Set<Statement>(loop.body.filter((statement) => normal.carries.has(statement)));
  walkBlock(loop.body, (statement) => {
    if (statement.kind === "accumulate" && statement.target.kind === "local" && normal.sums.get(statement.target) === loop) left.add(statement);
  });
  return left;
}

/** Bytes of the tapes that are filled by each loop of the function's own level. */
export type TapeUse = ReadonlyMap<Statement, number>;

/**
 * The next loop to be cut into segments, where all tapes together are larger than `limit`: the one that fills most. Its
 * segments are as long as makes the checkpoints and the tape of one segment the smallest together.
 */
export function nextSegments(
  use: TapeUse, limit: number, source: Block, normal: Normal, plan: ReadonlyMap<number, Segments>,
): { number: number; segments: Segments } | undefined {
  const total = [...use.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (total <= limit) return undefined;
  const [written, loops] = [loopsOf(source), loopsOf(normal.body)];
  let found: { number: number; segments: Segments } | undefined;
  let largest = 0;
  for (const [number, loop] of loops.entries()) {
    const bytes = use.get(loop) ?? 0;
    const turns = (written[number] && turnsOf(written[number])) ?? 0;
    if (plan.has(number) || turns < 4 || bytes <= largest) continue;
    largest = bytes;
    const { locals, arrays } = stateOf(loop, normal);
    const state = 8 * (locals.length + arrays.reduce((sum, array) => sum + sizeOf(array), 0));
    const length = Math.min(turns, Math.max(1, Math.round(turns * Math.sqrt(state / bytes))));
    found = { number, segments: { length, count: Math.ceil(turns / length) } };
  }
  return found;
}

/** The loops of a block's own level. Normalising changes neither their number nor their order. */
export const loopsOf = (block: Block): For[] => block.filter((statement) => statement.kind === "for");

function uses(statement: Statement, array: ArrayVariable): boolean {
  if ((statement.kind === "store" && statement.array === array) || (statement.kind === "accumulate" && statement.target === array)) return true;
  let found = false;
  for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found = true; });
  return found || blocksOf(statement).some((block: Block) => block.some((inner) => uses(inner, array)));
}
