import { sameExpression } from "../ir/same";
import { flatIndex, sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, Expression, For, Statement } from "../ir/types";
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
    const runs = first.indices.map((index, dimension) => runOf(index, loops, array.shape[dimension]));
    // What comes after it in the iteration is about the same element.
    return runs.every((loop) => loop !== undefined) && new Set(runs).size === loops.length
      && touching.slice(1).every((inner) => accessesOf([inner], array).every((indices) => indices.every((index, d) => sameExpression(index, first.indices[d]))));
  }
}

/** The loop with which the subscript runs from 0 to the extent. */
function runOf(index: Expression, loops: readonly For[], extent: number | undefined): For | undefined {
  const [a, b] = index.kind === "call" && index.primitive === "addInt" ? index.args : [];
  const [counted, shift] = a && b?.kind === "constant" ? [a, b.value] : [index, 0];
  const loop = loops.find((candidate) => counted.kind === "read" && candidate.index === counted.local);
  return loop?.from.kind === "constant" && loop.to.kind === "constant" && loop.from.value + shift === 0 && loop.to.value + shift === extent ? loop : undefined;
}

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
