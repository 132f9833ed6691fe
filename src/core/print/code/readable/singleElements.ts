import { accumulate, assign, call, float, type Names, read } from "../../../ir/build";
import { sameExpression } from "../../../ir/same";
import type { ArrayVariable, Block, Expression, Local, Statement } from "../../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../../ir/visit";
import { arraysIn } from "../../../loops/fuseLoops";
import { rewriteBlock, rewriteBlocks, rewriteStatement } from "../../../ir/rewriteBlock";

/** An array of which each iteration makes and uses one element, and nobody another, is a number. */
export function singleElements(body: Block, names: Names): Block {
  let result = body;
  for (const array of arraysIn(body)) {
    if (array.role.kind === "scratch" && array.element === "f64" && array.shape.length > 0) result = replaced(result, array, names) ?? result;
  }
  return result;
}

function replaced(body: Block, array: ArrayVariable, names: Names): Block | undefined {
  const accesses = accessesOf(body, array);
  const [indices] = accesses;
  if (!indices || indices.length === 0 || !accesses.every((other) => other.length === indices.length && other.every((index, d) => sameExpression(index, indices[d])))) return undefined;
  // Every dimension a loop of its own, or always the same place in it, so that no element is met twice while its loops run.
  const loops = indices.filter((index) => index.kind !== "constant").map((index) => counterIn(index));
  if (loops.length === 0 || loops.some((local) => local === undefined) || new Set(loops).size !== loops.length) return undefined;
  const fills = fillsOf(body, array);
  const home = homeOf(body, array, new Set(loops.flatMap((local) => (local ? [local] : []))));
  if (!home) return undefined;
  const first = home.find((statement) => touches(statement, array));
  // The element is made here, or it was 0 and is only added to.
  const isMade = first?.kind === "store";
  if (!isMade && !(fills.length === 1 && first?.kind === "accumulate" && isZero(fills[0]))) return undefined;
  if (first.kind === "store" && readsArray(first.value, array)) return undefined;
  const make = (): Local => names.local("f64", array.name.startsWith("d_") ? array.label === undefined ? "d_t" : array.name : "t", array.label);
  if (writesIn(home, array).every((statement) => home.includes(statement))) {
    const inPlace = exchange(body, home, versions(home, array, make));
    return rewriteBlocks(inPlace, (block) => block.filter((statement) => !(statement.kind === "fill" && statement.array === array)));
  }
  const local = make();
  const put = (e: Expression): Expression => (e.kind === "load" && e.array === array ? read(local) : e);
  const change = (block: Block): Block => block.flatMap((statement): Statement[] => {
    if (statement.kind === "fill" && statement.array === array) return [];
    if (statement.kind === "store" && statement.array === array) return [assign(local, statement.value, statement.span)];
    if (statement.kind === "accumulate" && statement.target === array) {
      if (statement === first) return [assign(local, statement.value, statement.span)];
      return [accumulate(local, statement.value, undefined, statement.span)];
    }
    return [statement];
  });
  return rewriteBlock(rewriteBlocks(body, change), put);
}

/** The counter that the index is, but for a constant. */
function counterIn(index: Expression): Local | undefined {
  if (index.kind === "read") return index.local;
  if (index.kind !== "call" || !/^(?:add|subtract)Int$/.test(index.primitive) || index.args[1]?.kind !== "constant") return undefined;
  return index.args[0] && counterIn(index.args[0]);
}

/** Each value that the element has, one after the other, by a name of its own. */
function versions(home: Block, array: ArrayVariable, make: () => Local): Block {
  let current: Local | undefined;
  let isNothing = true;
  return home.map((statement): Statement => {
    const before = current;
    const put = (e: Expression): Expression => (before && e.kind === "load" && e.array === array ? read(before) : e);
    const seen = rewriteStatement(statement, put);
    if (seen.kind === "store" && seen.array === array) {
      current = make();
      isNothing = seen.value.kind === "constant" && seen.value.value === 0;
      return assign(current, seen.value, seen.span);
    }
    if (seen.kind === "accumulate" && seen.target === array) {
      current = make();
      const value = before && !isNothing ? call("add", [read(before), seen.value]) : seen.value;
      isNothing = false;
      return assign(current, value, seen.span);
    }
    return seen;
  });
}

function exchange(body: Block, block: Block, by: Block): Block {
  if (body === block) return by;
  return body.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: exchange(statement.then, block, by), else: exchange(statement.else, block, by) };
      case "for":
      case "while": return { ...statement, body: exchange(statement.body, block, by) };
      default: return statement;
    }
  });
}

function writesIn(block: Block, array: ArrayVariable): Statement[] {
  const found: Statement[] = [];
  walkBlock(block, (statement) => {
    if ((statement.kind === "store" && statement.array === array) || (statement.kind === "accumulate" && statement.target === array)) found.push(statement);
  });
  return found;
}

const isZero = (statement: Statement | undefined): boolean => statement?.kind === "fill" && statement.value.kind === "constant" && statement.value.value === float(0).value;

/** The body of the innermost of these loops, if all but the array's making happens inside it. */
function homeOf(body: Block, array: ArrayVariable, loops: ReadonlySet<Local>): Block | undefined {
  let block = body;
  let left = loops.size;
  while (left > 0) {
    const touching = block.filter((statement) => touches(statement, array) && statement.kind !== "fill");
    const [only] = touching;
    if (touching.length !== 1 || !only || only.kind === "while") return undefined;
    if (only.kind === "if") {
      const arms = blocksOf(only).filter((arm) => arm.some((statement) => touches(statement, array)));
      if (arms.length !== 1 || expressionsOf(only).some((e) => readsArray(e, array))) return undefined;
      block = arms[0] ?? [];
      continue;
    }
    if (only.kind !== "for" || expressionsOf(only).some((e) => readsArray(e, array))) return undefined;
    if (loops.has(only.index)) left--;
    block = only.body;
  }
  return block;
}

function accessesOf(body: Block, array: ArrayVariable): (readonly Expression[])[] {
  const found: (readonly Expression[])[] = [];
  walkBlock(body, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found.push(e.indices); });
    if (statement.kind === "store" && statement.array === array) found.push(statement.indices);
    if (statement.kind === "accumulate" && statement.target === array) found.push(statement.indices ?? []);
  });
  return found;
}

function fillsOf(body: Block, array: ArrayVariable): Statement[] {
  const found: Statement[] = [];
  walkBlock(body, (statement) => { if (statement.kind === "fill" && statement.array === array) found.push(statement); });
  return found;
}

function touches(statement: Statement, array: ArrayVariable): boolean {
  return accessesOf([statement], array).length > 0 || fillsOf([statement], array).length > 0;
}

function readsArray(expression: Expression, array: ArrayVariable): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found = true; });
  return found;
}
