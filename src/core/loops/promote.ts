import { accumulate, assign, load, type Names, read, store } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import { sameExpression } from "../ir/same";
import type { Accumulate, ArrayVariable, Block, Expression, For, IrFunction, Local, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { readsOf, writesOf, type Variable } from "./effects";
import { isPlain, turnsOf } from "./reuse";

/**
 * Elements of arrays that are added to again and again are held in a local meanwhile: those that a loop adds to in each of its turns, and those that several
 * statements one after another add to. The additions are the same, in the same order.
 */
export function promote(fn: IrFunction): IrFunction {
  const names = namesOf(fn);
  const block = (inner: Block): Block => gathered(inner.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "if": return [{ ...statement, then: block(statement.then), else: block(statement.else) }];
      case "while": return [{ ...statement, body: block(statement.body) }];
      case "for": return held({ ...statement, body: block(statement.body) }, names);
      default: return [statement];
    }
  }), names);
  return { ...fn, body: block(fn.body) };
}

type AddsToElement = Accumulate & { readonly target: ArrayVariable; readonly indices: readonly Expression[] };
const addsToElement = (statement: Statement): statement is AddsToElement => statement.kind === "accumulate" && statement.target.kind === "array" && statement.indices !== undefined;

/** Around a loop that adds to an element it does not choose. */
function held(loop: For, names: Names): Statement[] {
  if (!isPlain(loop) || turnsOf(loop) < 2) return [loop];
  const changed = new Set<Variable>([loop.index]);
  for (const statement of loop.body) for (const variable of writesOf(statement)) changed.add(variable);
  const taken: Statement[] = [];
  const left: Statement[] = [];
  const into = new Map<Statement, Local>();
  for (const statement of loop.body) {
    if (!addsToElement(statement) || into.has(statement)) continue;
    const { target, indices } = statement;
    if (indices.some((index) => [...readsOf(index)].some((variable) => changed.has(variable)))) continue;
    const same = loop.body.filter((other): other is AddsToElement => addsToElement(other) && other.target === target && indices.every((index, k) => sameExpression(index, other.indices[k])));
    if (countAccesses(loop.body, target) !== same.length) continue;
    const local = names.local("f64", target.name);
    for (const each of same) into.set(each, local);
    taken.push(assign(local, load(target, indices)));
    left.push(store(target, indices, read(local)));
  }
  if (taken.length === 0) return [loop];
  const body = loop.body.map((statement): Statement => {
    const local = into.get(statement);
    return local && statement.kind === "accumulate" ? accumulate(local, statement.value, undefined, statement.span) : statement;
  });
  return [...taken, { ...loop, body }, ...left];
}

/** Additions to one element, with others in between that do not look at its array. */
function gathered(block: Block, names: Names): Block {
  let current = [...block];
  const done = new Set<Statement>();
  for (let at = 0; at < current.length; at++) {
    const first = current[at];
    if (!first || !addsToElement(first) || done.has(first)) continue;
    const chosen = new Set(readsOfAll(first.indices));
    const run: number[] = [at];
    for (let k = at + 1; k < current.length; k++) {
      const other = current[k];
      if (!other || (other.kind !== "assign" && other.kind !== "accumulate" && other.kind !== "store") || expressionsOf(other).some((e) => looksAt(e, first.target, first.indices))) break;
      if (other.kind === "assign" && chosen.has(other.local)) break;
      if (addsToElement(other) && other.target === first.target) {
        if (other.indices.every((index, d) => sameExpression(index, first.indices[d]))) run.push(k);
        else if (!areApart(other.indices, first.indices)) break;
      } else if (other.kind === "store" && other.array === first.target && !areApart(other.indices, first.indices)) break;
    }
    if (run.length < 2) continue;
    const local = names.local("f64", first.target.name);
    const [start = at, end = at] = [run[0], run.at(-1)];
    current = current.flatMap((statement, k): Statement[] => {
      if (!run.includes(k) || statement.kind !== "accumulate") return [statement];
      const add = accumulate(local, statement.value, undefined, statement.span);
      return [...(k === start ? [assign(local, load(first.target, first.indices))] : []), add, ...(k === end ? [store(first.target, first.indices, read(local))] : [])];
    });
  }
  return current;
}

const readsOfAll = (expressions: readonly Expression[]): Variable[] => expressions.flatMap((e) => [...readsOf(e)]);

/** Whether the expression may read this element. */
function looksAt(expression: Expression, array: ArrayVariable, indices: readonly Expression[]): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array && !areApart(e.indices, indices)) found = true; });
  return found;
}

/** i + 1 and i are two elements. */
function areApart(a: readonly Expression[], b: readonly Expression[]): boolean {
  return a.some((index, k) => {
    const other = b[k];
    if (!other) return false;
    const [mine, theirs] = [offsetOf(index), offsetOf(other)];
    return mine.by !== theirs.by && (mine.base === undefined ? theirs.base === undefined : theirs.base !== undefined && sameExpression(mine.base, theirs.base));
  });
}

function offsetOf(e: Expression): { base: Expression | undefined; by: number } {
  if (e.kind === "constant") return { base: undefined, by: e.value };
  const [a, b] = e.kind === "call" && e.primitive === "addInt" ? e.args : [];
  return a && b?.kind === "constant" ? { base: a, by: b.value } : { base: e, by: 0 };
}

function countAccesses(block: Block, array: ArrayVariable): number {
  let count = 0;
  walkBlock(block, (statement) => {
    if (statement.kind === "fill" && statement.array === array) count = Infinity;
    if ((statement.kind === "store" && statement.array === array) || (statement.kind === "accumulate" && statement.target === array)) count++;
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) count++; });
  });
  return count;
}
