import type { ArrayVariable, Block, Expression, Local, Statement, Store } from "../../../ir/types";
import { blocksOf, expressionsOf, mapExpression, walkBlock, walkExpression } from "../../../ir/visit";
import { readsOf, sizeOfExpression, writesOf } from "../../../loops/effects";
import { rewriteBlocks, rewriteStatement } from "../../../ir/rewriteBlock";

/**
 * Puts what a loop stores in each element in the place where the element is read, where that is cheap: `b[i] = 2 * a[i]` in
 * one loop and `… b[i] …` in another need no b.
 */
export const forwardArrays = (body: Block, arrays: readonly ArrayVariable[]): Block => rewriteBlocks(body, (block) => {
  let current = block;
  for (const array of arrays) {
    if (array.role.kind === "scratch" && array.element === "f64") current = forwardIn(current, array, body) ?? current;
  }
  return current;
});

interface Filling {
  readonly loops: readonly Local[];
  readonly store: Store;
}

function forwardIn(block: Block, array: ArrayVariable, body: Block): Block | undefined {
  const at = block.findIndex((statement) => touches(statement, array));
  const first = block[at];
  const filling = first && fillingOf(first, array, []);
  if (!first || !filling || countTouches(block, array) !== countTouches(body, array)) return undefined;
  const { store, loops } = filling;
  const later = block.slice(at + 1);
  if (later.some((statement) => isWritten(statement, array))) return undefined;
  const sites = later.reduce((sum, statement) => sum + countTouches([statement], array), 0);
  const deepest = Math.max(0, ...later.map((statement) => depthOfLoads(statement, array)));
  if (sites === 0 || !isWorth(store.value, sites, deepest > loops.length)) return undefined;
  const operands = [...readsOf(store.value)].filter((variable) => !loops.some((index) => index === variable));
  const others = new Set(operands);
  // What it is made of must be the same where it is read: not written by the loop, nor by anything up to the last read.
  const last = later.reduce((found, statement, i) => (touches(statement, array) ? i : found), 0);
  if ([first, ...later.slice(0, last + 1)].some((statement) => [...writesOf(statement)].some((variable) => others.has(variable)))) return undefined;
  const put = (e: Expression): Expression => {
    if (e.kind !== "load" || e.array !== array) return e;
    return mapExpression(store.value, (part) => {
      const dimension = part.kind === "read" ? store.indices.findIndex((index) => index.kind === "read" && index.local === part.local) : -1;
      return e.indices[dimension] ?? part;
    });
  };
  const [emptied] = rewriteBlocks([first], (inner) => inner.filter((statement) => statement !== store && !isEmpty(statement)));
  return [...block.slice(0, at), ...(emptied ? [emptied] : []), ...later.map((statement) => (touches(statement, array) ? rewriteStatement(statement, put) : statement))];
}

const isEmpty = (statement: Statement): boolean => statement.kind === "for" && statement.body.length === 0;

/** A nest of loops that stores every element of the array once, and nothing else of it. */
function fillingOf(statement: Statement, array: ArrayVariable, loops: readonly (Statement & { kind: "for" })[]): Filling | undefined {
  if (statement.kind === "store") {
    if (statement.array !== array || readsOf(statement.value).has(array)) return undefined;
    const used = new Set<Local>();
    const covers = statement.indices.every((index, dimension) => {
      const extent = array.shape[dimension] ?? 0;
      if (index.kind === "constant") return extent === 1;
      const loop = loops.find((candidate) => index.kind === "read" && candidate.index === index.local);
      if (!loop || used.has(loop.index) || loop.from.kind !== "constant" || loop.to.kind !== "constant" || loop.step !== 1) return false;
      used.add(loop.index);
      return loop.from.value === 0 && loop.to.value === extent;
    });
    return covers && used.size === loops.length ? { loops: loops.map(({ index }) => index), store: statement } : undefined;
  }
  if (statement.kind !== "for" || statement.exit) return undefined;
  const inside = statement.body.filter((inner) => touches(inner, array));
  const [only] = inside;
  return inside.length === 1 && only ? fillingOf(only, array, [...loops, statement]) : undefined;
}

/** Nothing may cost more than it did by much: functions of Math are not computed again, nor anything in deeper loops. */
function isWorth(value: Expression, sites: number, isDeeper: boolean): boolean {
  const size = sizeOfExpression(value);
  let isCheap = true;
  walkExpression(value, (e) => { if (e.kind === "select" || (e.kind === "call" && !/^(?:add|subtract|multiply|negate|toFloat)/.test(e.primitive))) isCheap = false; });
  if (size === 0) return true;
  if (isDeeper) return isCheap && size <= 1;
  return sites === 1 ? size <= 4 : isCheap && size <= 1 && sites <= 3;
}

function touches(statement: Statement, array: ArrayVariable): boolean {
  return countTouches([statement], array) > 0;
}

function countTouches(block: Block, array: ArrayVariable): number {
  let count = 0;
  walkBlock(block, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) count++; });
    if ((statement.kind === "store" || statement.kind === "fill") && statement.array === array) count++;
    if (statement.kind === "accumulate" && statement.target === array) count++;
  });
  return count;
}

const isWritten = (statement: Statement, array: ArrayVariable): boolean => writesOf(statement).has(array);

function depthOfLoads(statement: Statement, array: ArrayVariable): number {
  const own = expressionsOf(statement).some((e) => readsOf(e).has(array)) ? 0 : -1;
  const inner = Math.max(-1, ...blocksOf(statement).flat().map((each) => depthOfLoads(each, array)));
  const step = statement.kind === "for" || statement.kind === "while" ? 1 : 0;
  return Math.max(own, inner < 0 ? -1 : inner + step);
}
