import { flatIndex, sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, Expression, Statement, Store } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** The statements at the top of a block that give every element of the array a value, before anything looks at it. */
export function settersOf(block: Block, array: ArrayVariable): readonly Statement[] | undefined {
  const at = block.findIndex((statement) => touches(statement, array));
  const first = block[at];
  if (!first) return undefined;
  if (first.kind === "fill") return [first];
  if (first.kind === "for") return storesAll(first, array) ? [first] : undefined;
  const set = new Set<number>();
  for (let end = at; end < block.length; end++) {
    const statement = block[end];
    if (!statement || !touches(statement, array)) continue;
    if (statement.kind !== "store" || statement.array !== array || expressionsOf(statement).some((e) => loads(e, array)) || !statement.indices.every((index) => index.kind === "constant")) return undefined;
    set.add(flatIndex(array, statement.indices.map((index) => (index.kind === "constant" ? index.value : 0))));
    if (set.size === sizeOf(array)) return block.slice(at, end + 1).filter((each) => touches(each, array));
  }
  return undefined;
}

/** One loop a dimension, from end to end, with one store of the element that they stand at, which nothing looks at before. */
export function storesAll(statement: Statement & { kind: "for" }, array: ArrayVariable): boolean {
  const loops: (Statement & { kind: "for" })[] = [];
  let loop = statement;
  for (;;) {
    if (loop.exit || loop.step !== 1) return false;
    loops.push(loop);
    const touching = loop.body.filter((inner) => touches(inner, array));
    const [first] = touching;
    if (first?.kind === "for" && touching.length === 1) {
      loop = first;
      continue;
    }
    if (first?.kind !== "store" || expressionsOf(first).some((e) => loads(e, array)) || loops.length !== array.shape.length) return false;
    const isFull = first.indices.every((index, dimension) => {
      const around = loops.find((candidate) => index.kind === "read" && candidate.index === index.local);
      return around?.from.kind === "constant" && around.to.kind === "constant" && around.from.value === 0 && around.to.value === array.shape[dimension];
    });
    // What comes after it in the iteration is about the same element.
    return isFull && new Set(first.indices.map((index) => (index.kind === "read" ? index.local : undefined))).size === loops.length
      && touching.slice(1).every((inner) => accessesOf([inner], array).every((indices) => isSame(indices, first)));
  }
}

const isSame = (indices: readonly Expression[], store: Store): boolean => indices.every((index, d) => {
  const other = store.indices[d];
  return index.kind === "read" && other?.kind === "read" && index.local === other.local;
});

/** Whether each run of the block makes the array anew, and nobody else in the body looks at it. */
export const isOwnArray = (block: Block, array: ArrayVariable, body: Block): boolean =>
  array.role.kind === "scratch" && settersOf(block, array) !== undefined && accessesOf(block, array).length === accessesOf(body, array).length;

export function accessesOf(block: Block, array: ArrayVariable): (readonly Expression[])[] {
  const found: (readonly Expression[])[] = [];
  walkBlock(block, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found.push(e.indices); });
    if (statement.kind === "store" && statement.array === array) found.push(statement.indices);
    if (statement.kind === "accumulate" && statement.target === array) found.push(statement.indices ?? []);
  });
  return found;
}

export function touches(statement: Statement, array: ArrayVariable): boolean {
  if (statement.kind === "fill" && statement.array === array) return true;
  if (statement.kind === "store" && statement.array === array) return true;
  if (statement.kind === "accumulate" && statement.target === array) return true;
  return expressionsOf(statement).some((e) => loads(e, array)) || blocksOf(statement).some((block) => block.some((inner) => touches(inner, array)));
}

export function loads(expression: Expression, array: ArrayVariable): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found = true; });
  return found;
}

/** Without setting an array to 0 right before every element of it is set to something else. */
export const withoutLostFills = (block: Block): Block => block.filter((statement, at) => {
  if (statement.kind !== "fill") return true;
  const setters = settersOf(block.slice(at + 1), statement.array);
  return !setters || setters.some((setter) => setter.kind === "fill");
});
