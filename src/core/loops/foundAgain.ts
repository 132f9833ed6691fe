import { sameExpression } from "../ir/same";
import type { ArrayVariable, Block, Expression, For, Load, Statement, Store } from "../ir/types";
import { blocksOf, walkBlock } from "../ir/visit";
import { accessesOf, settersOf, touches } from "./ownArrays";
import { isPlain } from "./reuse";
import { isLeftZero } from "./roles";

/**
 * Whether a run of the block is the same to the array as the one before: it makes the array anew, or leaves it as it was found. So does a turn of a loop that saves
 * what it overwrites and puts it back on its way back.
 */
export function isFoundAgain(block: Block, array: ArrayVariable): boolean {
  if (settersOf(block, array) !== undefined || (!isUninitialised(array) && isLeftZero(block, array)) || isPutBack(block, array)) return true;
  const touching = block.filter((statement) => touches(statement, array));
  const [only] = touching;
  if (!only) return true;
  return touching.length === 1 && blocksOf(only).length > 0 && blocksOf(only).every((inner) => isFoundAgain(inner, array));
}

const isUninitialised = ({ role }: ArrayVariable): boolean => role.kind === "scratch" && role.uninitialised === true;

/** A statement with the loops around it, outermost first. */
interface Place<S extends Statement> {
  readonly statement: S;
  readonly loops: readonly For[];
  /** Where it stands. */
  readonly block: Block;
}

/**
 * Saved element by element before the one store that overwrites it, and restored in loops of the same turns: what was saved first comes back last, so that
 * at the end everything is as it was at the beginning.
 */
function isPutBack(block: Block, array: ArrayVariable): boolean {
  const [written, restored] = storesOf(block, array);
  if (!written || !restored || accessesOf(block, array).length === 0 || restored.statement.value.kind !== "load") return false;
  const tape = restored.statement.value.array;
  const saved = storesOf(block, tape)[0];
  if (!saved || saved.block !== written.block || storesOf(block, tape).length > 1 || storesOf(block, array).length > 2) return false;
  if (isWrittenOtherwise(block, array) || isWrittenOtherwise(block, tape)) return false;
  const { value } = saved.statement;
  if (value.kind !== "load" || value.array !== array || !areSame(value.indices, written.statement.indices)) return false;
  if (saved.block.indexOf(saved.statement) > saved.block.indexOf(written.statement)) return false;
  if (block.findIndex((each) => contains(each, written.statement)) >= block.findIndex((each) => contains(each, restored.statement))) return false;
  return comeBackInReverse(written, saved.statement, restored, restored.statement.value);
}

function comeBackInReverse(written: Place<Store>, saved: Store, restored: Place<Store>, from: Load): boolean {
  const there = saved.indices.map((index) => loopOf(index, written.loops));
  const back = from.indices.map((index) => loopOf(index, restored.loops));
  const ways = new Map<For, For>();
  for (const [k, loop] of there.entries()) {
    const other = back[k];
    if (!loop || !other || ways.has(loop) || !haveSameTurns(loop, other)) return false;
    ways.set(loop, other);
  }
  // Every turn has a place of its own on the tape.
  if (ways.size !== written.loops.length || new Set(ways.values()).size !== restored.loops.length) return false;
  const chosen = written.statement.indices.map((index) => loopOf(index, written.loops));
  const isSamePlace = chosen.every((loop, d) => loop !== undefined && ways.get(loop) === loopOf(restored.statement.indices[d], restored.loops));
  if (!isSamePlace) return false;
  const around = written.loops.filter((loop) => !chosen.includes(loop));
  const aroundBack = restored.loops.filter((loop) => around.some((other) => ways.get(other) === loop));
  return around.every((loop, k) => ways.get(loop) === aroundBack[k] && aroundBack[k]?.step === -loop.step);
}

const loopOf = (index: Expression | undefined, loops: readonly For[]): For | undefined => loops.find((loop) => index?.kind === "read" && index.local === loop.index);

/** Of fixed ends, one by one, perhaps in the other direction. */
function haveSameTurns(a: For, b: For): boolean {
  const [mine, theirs] = [upwards(a), upwards(b)];
  return mine !== undefined && theirs !== undefined && mine.from === theirs.from && mine.to === theirs.to;
}

function upwards(loop: For): { from: number; to: number } | undefined {
  if (isPlain(loop)) return { from: loop.from.value, to: loop.to.value };
  if (loop.exit || loop.step !== -1 || loop.from.kind !== "constant" || loop.to.kind !== "constant") return undefined;
  return { from: loop.to.value + 1, to: loop.from.value + 1 };
}

/** All stores to the array that stand in nothing but loops; one in a branch has no place. */
function storesOf(block: Block, array: ArrayVariable, loops: readonly For[] = []): Place<Store>[] {
  return block.flatMap((statement): Place<Store>[] => {
    if (statement.kind === "store" && statement.array === array) return [{ statement, loops, block }];
    return statement.kind === "for" ? storesOf(statement.body, array, [...loops, statement]) : [];
  });
}

function isWrittenOtherwise(block: Block, array: ArrayVariable): boolean {
  const known = new Set<Statement>(storesOf(block, array).map(({ statement }) => statement));
  let found = false;
  walkBlock(block, (statement) => {
    if (statement.kind === "fill" && statement.array === array) found = true;
    if (statement.kind === "accumulate" && statement.target === array) found = true;
    if (statement.kind === "store" && statement.array === array && !known.has(statement)) found = true;
  });
  return found;
}

const areSame = (a: readonly Expression[], b: readonly Expression[]): boolean => a.every((index, d) => sameExpression(index, b[d]));

function contains(statement: Statement, inner: Statement): boolean {
  let found = false;
  walkBlock([statement], (each) => { if (each === inner) found = true; });
  return found;
}
