import type { ArrayVariable, Block, Expression, For, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import type { Normal } from "./normalise";

/**
 * Whether the iterations of a loop have nothing to do with one another but for what they add up: nothing is carried, and
 * every array written is either only added to, or private (all of it written anew in each iteration before it is read, and
 * read nowhere else). Such iterations can run forward and reverse one at a time (Tapenade's II-LOOP).
 */
export function isIndependent(loop: For, normal: Normal): boolean {
  if (loop.exit) return false;
  for (const owner of normal.carried.values()) if (owner === loop) return false;
  const written = new Set<ArrayVariable>();
  const assigned = new Set<ArrayVariable>();
  walkBlock(loop.body, (statement) => {
    if (statement.kind === "store" || statement.kind === "fill") {
      written.add(statement.array);
      assigned.add(statement.array);
    }
    if (statement.kind === "accumulate" && statement.target.kind === "array") written.add(statement.target);
  });
  for (const array of written) {
    // What was read before the loop could not be rolled back to within an iteration.
    const earlier = normal.body.slice(0, normal.body.indexOf(loop));
    const onlyAdded = !assigned.has(array) && !loadsIn(loop.body, array) && !loadsIn(earlier, array);
    if (!onlyAdded && !isPrivate(array, loop, normal)) return false;
  }
  return true;
}

function isPrivate(array: ArrayVariable, loop: For, normal: Normal): boolean {
  if (array.role.kind !== "scratch") return false;
  const outside = (block: Block): boolean => block.some((statement) =>
    statement !== loop && (expressionsOf(statement).some((e) => loads(e, array)) || blocksOf(statement).some(outside)));
  return !outside(normal.body) && isMadeAnew(loop.body, array);
}

/**
 * Whether the block, whenever it runs, writes all of the array before it reads any: its first statement to touch the array does so,
 * or is a loop each of whose turns does (what is read after such a loop, its last turn has written).
 */
export function isMadeAnew(block: Block, array: ArrayVariable): boolean {
  const first = block.find((statement) => touches(statement, array));
  if (!first || writesAll(first, array)) return true;
  return first.kind === "for" && !first.exit && runs(first) && isMadeAnew(first.body, array);
}

/** Certainly takes a turn. */
const runs = ({ from, to, step }: For): boolean =>
  from.kind === "constant" && to.kind === "constant" && (step > 0 ? from.value < to.value : from.value > to.value);

/** Whether the statement writes every element and reads none. */
function writesAll(statement: Statement, array: ArrayVariable): boolean {
  if (statement.kind === "fill") return statement.array === array;
  if (statement.kind !== "for" || loadsIn([statement], array)) return false;
  const loops: For[] = [];
  const search = (loop: For): boolean => {
    if (loop.exit || loop.from.kind !== "constant" || loop.to.kind !== "constant") return false;
    loops.push(loop);
    for (const inner of loop.body) {
      if (inner.kind === "store" && inner.array === array) return coversAll(inner.indices, array, loops);
      if (inner.kind === "for" && touches(inner, array)) return search(inner);
      if (touches(inner, array)) return false;
    }
    return false;
  };
  return search(statement);
}

/** Each dimension is run through from end to end by a loop of its own. */
function coversAll(indices: readonly Expression[], array: ArrayVariable, loops: readonly For[]): boolean {
  const used = new Set<For>();
  return indices.every((index, dimension) => {
    const loop = loops.find((candidate) => index.kind === "read" && candidate.index === index.local);
    if (!loop || used.has(loop) || loop.from.kind !== "constant" || loop.to.kind !== "constant") return false;
    used.add(loop);
    const extent = array.shape[dimension];
    return loop.step === 1 ? loop.from.value === 0 && loop.to.value === extent : loop.step === -1 && loop.to.value === -1 && loop.from.value + 1 === extent;
  });
}

function touches(statement: Statement, array: ArrayVariable): boolean {
  let found = false;
  walkBlock([statement], (inner) => {
    if ((inner.kind === "store" || inner.kind === "fill") && inner.array === array) found = true;
    if (inner.kind === "accumulate" && inner.target === array) found = true;
    if (expressionsOf(inner).some((e) => loads(e, array))) found = true;
  });
  return found;
}

function loadsIn(block: Block, array: ArrayVariable): boolean {
  let found = false;
  walkBlock(block, (statement) => { if (expressionsOf(statement).some((e) => loads(e, array))) found = true; });
  return found;
}

function loads(expression: Expression, array: ArrayVariable): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found = true; });
  return found;
}
