import { fill, float } from "../../../ir/build";
import { sameExpression } from "../../../ir/same";
import type { ArrayVariable, Block, Expression, Statement, Store } from "../../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../../ir/visit";
import { rewriteBlocks } from "../../../ir/rewriteBlock";

/**
 * Reverse mode puts each element of an adjoint array back to 0 once it has been handed on. Where nobody looks at it any
 * more, that goes; where the next iteration of a loop around relies on it, the array is made anew there instead. And what is
 * added to an element that is still 0 is simply stored.
 */
export function withoutZeroing(body: Block, arrays: readonly ArrayVariable[]): Block {
  let result = body;
  for (const array of arrays) {
    if (array.role.kind !== "scratch" || array.role.uninitialised || array.element !== "f64") continue;
    const home = homeOf(result, array);
    if (!home) continue;
    const settled = settle(home.block, array, home.inLoop);
    result = replace(result, home.block, settled);
  }
  return result;
}

/** The innermost block around all that touches the array. */
function homeOf(body: Block, array: ArrayVariable): { block: Block; inLoop: boolean } | undefined {
  let block = body;
  let inLoop = false;
  for (;;) {
    const touching = block.filter((statement) => touches(statement, array));
    const [only] = touching;
    if (!only) return undefined;
    if (touching.length > 1 || expressionsOf(only).some((e) => loads(e, array))) return { block, inLoop };
    const inner = blocksOf(only).filter((each) => each.some((statement) => touches(statement, array)));
    const [next] = inner;
    if (!next || inner.length > 1) return { block, inLoop };
    block = next;
    inLoop ||= only.kind !== "if";
  }
}

function settle(whole: Block, array: ArrayVariable, inLoop: boolean): Block {
  const block = inLoop ? whole : withoutLastFill(whole, array);
  const zeroing = zeroingIn(block, array);
  const dead = zeroing.filter(({ top, store, around }) => isDead(block, array, top, store, around));
  let result = block;
  let isFresh = !inLoop;
  if (dead.length > 0 && (!inLoop || (dead.length === zeroing.length && covers(dead, array)))) {
    const stores = new Set<Statement>(dead.map(({ store }) => store));
    result = rewriteBlocks(result, (inner) => inner.filter((statement) => !stores.has(statement)).filter(isSomething));
    if (inLoop) {
      const first = result.findIndex((statement) => touches(statement, array));
      result = [...result.slice(0, first), fill(array, float(0)), ...result.slice(first)];
      isFresh = true;
    }
  }
  return isFresh ? storeFirst(result, array) : result;
}

/** Filling what nobody looks at any more. */
function withoutLastFill(block: Block, array: ArrayVariable): Block {
  const last = block.reduce((found, statement, i) => (touches(statement, array) ? i : found), -1);
  return block[last]?.kind === "fill" ? [...block.slice(0, last), ...block.slice(last + 1)] : block;
}

const isSomething = (statement: Statement): boolean => {
  if (statement.kind === "if") return statement.then.length + statement.else.length > 0;
  return statement.kind !== "for" || statement.body.length > 0;
};

interface Zeroing {
  /** The statement of the home block it stands in. */
  readonly top: Statement;
  readonly store: Store;
  /** From `top` down to the statement around it; empty where it stands in the home block itself. */
  readonly around: readonly Statement[];
  readonly siblings: Block;
}

function zeroingIn(block: Block, array: ArrayVariable): Zeroing[] {
  const found: Zeroing[] = [];
  const visit = (inner: Block, top: Statement | undefined, around: readonly Statement[]): void => {
    for (const statement of inner) {
      if (statement.kind === "store" && statement.array === array && statement.value.kind === "constant" && statement.value.value === 0) {
        found.push({ top: top ?? statement, store: statement, around, siblings: inner });
      }
      for (const nested of blocksOf(statement)) visit(nested, top ?? statement, [...around, statement]);
    }
  };
  visit(block, undefined, []);
  return found;
}

/** Whether nobody looks at the element after the store, within this run of the home block. */
function isDead(block: Block, array: ArrayVariable, top: Statement, store: Store, around: readonly Statement[]): boolean {
  const later = block.slice(block.indexOf(top) + 1);
  const constant = store.indices.every((index) => index.kind === "constant");
  if (around.length === 0) {
    return constant && later.every((statement) => accessesOf(statement, array).every((indices) => isElsewhere(indices, store.indices)));
  }
  if (later.some((statement) => touches(statement, array))) return false;
  if (!around.every((outer) => outer.kind === "if" || (outer.kind === "for" && store.indices.some((index) => index.kind === "read" && index.local === outer.index)))) return false;
  const siblings = blocksOf(around[around.length - 1] ?? top).find((inner) => inner.includes(store)) ?? [];
  if (siblings.slice(siblings.indexOf(store) + 1).some((statement) => touches(statement, array))) return false;
  // All else in the statement is about the same element, and comes before.
  return accessesOf(top, array).every((indices) => same(indices, store.indices));
}

function covers(zeroing: readonly Zeroing[], array: ArrayVariable): boolean {
  const whole = zeroing.find(({ around }) => around.length > 0);
  if (whole) {
    return whole.around.every((outer) => outer.kind === "for" && !outer.exit) && whole.store.indices.every((index, dimension) => {
      const extent = array.shape[dimension] ?? 0;
      if (index.kind === "constant") return extent === 1;
      const loop = whole.around.find((outer) => outer.kind === "for" && index.kind === "read" && outer.index === index.local);
      if (loop?.kind !== "for" || loop.from.kind !== "constant" || loop.to.kind !== "constant") return false;
      const [from, to] = [loop.from.value, loop.to.value];
      return (loop.step === 1 && from === 0 && to === extent) || (loop.step === -1 && from === extent - 1 && to === -1);
    });
  }
  const elements = new Set(zeroing.map(({ store }) => store.indices.map((index) => (index.kind === "constant" ? index.value : "?")).join()));
  return elements.size === array.shape.reduce((size, extent) => size * extent, 1);
}

/** `a[i] += v` where a[i] is still 0: the first statements of the block that touch the array, each touching it once. */
function storeFirst(block: Block, array: ArrayVariable): Block {
  const out = [...block];
  const done: (readonly Expression[])[] = [];
  for (const [at, statement] of out.entries()) {
    if (!touches(statement, array)) continue;
    if (statement.kind === "fill") {
      if (statement.value.kind === "constant" && statement.value.value === 0) continue;
      break;
    }
    const accesses = accessesOf(statement, array);
    const [indices] = accesses;
    if (accesses.length !== 1 || !indices || !done.every((other) => isElsewhere(other, indices))) break;
    const stored = storeOnce(statement, array, []);
    if (!stored) break;
    out[at] = stored;
    done.push(indices);
    if (statement.kind === "for") break;
  }
  return out;
}

function storeOnce(statement: Statement, array: ArrayVariable, loops: readonly Statement[]): Statement | undefined {
  if (statement.kind === "accumulate" && statement.target === array && statement.indices) {
    const { indices } = statement;
    const once = loops.every((loop) => loop.kind === "for" && indices.some((index) => index.kind === "read" && index.local === loop.index));
    return once ? { kind: "store", array, indices, value: statement.value, ...(statement.span ? { span: statement.span } : {}) } : undefined;
  }
  if (statement.kind !== "for") return undefined;
  const at = statement.body.findIndex((inner) => touches(inner, array));
  const inner = statement.body[at];
  const stored = inner && storeOnce(inner, array, [...loops, statement]);
  return stored ? { ...statement, body: statement.body.map((each, i) => (i === at ? stored : each)) } : undefined;
}

/** Which elements a statement touches; [] stands for all of them. */
function accessesOf(statement: Statement, array: ArrayVariable): (readonly Expression[])[] {
  const found: (readonly Expression[])[] = [];
  walkBlock([statement], (inner) => {
    if (inner.kind === "store" && inner.array === array) found.push(inner.indices);
    if (inner.kind === "accumulate" && inner.target === array) found.push(inner.indices ?? []);
    if (inner.kind === "fill" && inner.array === array) found.push([]);
    for (const expression of expressionsOf(inner)) walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found.push(e.indices); });
  });
  return found;
}

const isElsewhere = (a: readonly Expression[], b: readonly Expression[]): boolean => a.length > 0 && a.some((index, dimension) => {
  const other = b[dimension];
  return index.kind === "constant" && other?.kind === "constant" && index.value !== other.value;
});

const same = (a: readonly Expression[], b: readonly Expression[]): boolean => a.length === b.length && a.every((index, dimension) => sameExpression(index, b[dimension]));

const touches = (statement: Statement, array: ArrayVariable): boolean => accessesOf(statement, array).length > 0;

function loads(expression: Expression, array: ArrayVariable): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "load" && e.array === array) found = true; });
  return found;
}

function replace(body: Block, block: Block, by: Block): Block {
  if (body === block) return by;
  return body.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: replace(statement.then, block, by), else: replace(statement.else, block, by) };
      case "for":
      case "while": return { ...statement, body: replace(statement.body, block, by) };
      default: return statement;
    }
  });
}
