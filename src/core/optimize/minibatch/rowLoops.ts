import { isMadeAnew } from "../../autodiff/independence";
import type { ArrayVariable, Block, Expression, For, IrFunction, Local, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../ir/visit";

/** The loops of a function that go through a dataset row by row, and only add up what they find there. */
export interface RowLoops {
  readonly rows: number;
  readonly loops: ReadonlySet<For>;
  /** What belongs to one row: data, and arrays that these loops fill. The first index is the row. */
  readonly rowwise: ReadonlySet<ArrayVariable>;
}

export type Search = { readonly ok: true; readonly found: RowLoops } | { readonly ok: false; readonly reason: string };

/** What people call the data of a function that has rows: each name once, with how many. */
export function namedData(fn: IrFunction): Map<string, number> {
  const named = new Map<string, number>();
  for (const array of fn.arrays) {
    const [rows = 0] = array.shape;
    if (array.role.kind === "data" && rows >= 2) named.set(nameOf(array), rows);
  }
  return named;
}

/**
 * The loops over the rows of the data called `name`, with all that is read by the same index; or why a few rows cannot
 * stand for all of them.
 */
export function rowLoops(fn: IrFunction, name: string): Search {
  const rowwise = new Set(fn.arrays.filter((array) => array.role.kind === "data" && nameOf(array) === name));
  const rows = namedData(fn).get(name) ?? 0;
  const loops = new Set<For>();
  const all: For[] = [];
  walkBlock(fn.body, (statement) => {
    if (statement.kind === "for" && goesThrough(statement, rows)) all.push(statement);
  });
  // What one loop fills the next may read, so that it is found only then.
  for (let before = -1; before !== loops.size + rowwise.size;) {
    before = loops.size + rowwise.size;
    for (const loop of all) {
      const read = rowwiseIn(loop, rows);
      if (![...read].some((array) => rowwise.has(array))) continue;
      loops.add(loop);
      for (const array of read) rowwise.add(array);
    }
  }
  if (loops.size === 0) return { ok: false, reason: `no loop goes through ${name} row by row` };
  const obstacle = obstacleIn(fn, { rows, loops, rowwise }, name);
  return obstacle === undefined ? { ok: true, found: { rows, loops, rowwise } } : { ok: false, reason: obstacle };
}

const nameOf = ({ label, name }: ArrayVariable): string => label ?? name;

const goesThrough = ({ from, to, step, exit }: For, rows: number): boolean =>
  step === 1 && !exit && from.kind === "constant" && from.value === 0 && to.kind === "constant" && to.value === rows;

/** Whether an element belongs to the row that the loop is at. */
export function isAtRow(indices: readonly Expression[], { index }: For): boolean {
  const [first] = indices;
  return first?.kind === "read" && first.local === index;
}

function rowwiseIn(loop: For, rows: number): Set<ArrayVariable> {
  const found = new Set<ArrayVariable>();
  eachElement(loop.body, (array, indices) => {
    const { kind } = array.role;
    if (array.shape[0] === rows && (kind === "data" || kind === "scratch") && isAtRow(indices, loop)) found.add(array);
  });
  return found;
}

function eachElement(block: Block, each: (array: ArrayVariable, indices: readonly Expression[]) => void): void {
  walkBlock(block, (statement) => {
    if (statement.kind === "store") each(statement.array, statement.indices);
    if (statement.kind === "accumulate" && statement.target.kind === "array") each(statement.target, statement.indices ?? []);
    for (const expression of expressionsOf(statement)) eachLoad(expression, each);
  });
}

function eachLoad(expression: Expression, each: (array: ArrayVariable, indices: readonly Expression[]) => void): void {
  walkExpression(expression, (e) => {
    if (e.kind === "load") each(e.array, e.indices);
  });
}

/** Locals that a block assigns, and scalars and arrays that it only adds to. */
export function writtenIn(block: Block): { assigned: Set<Local | ArrayVariable>; added: Set<Local | ArrayVariable> } {
  const assigned = new Set<Local | ArrayVariable>();
  const added = new Set<Local | ArrayVariable>();
  walkBlock(block, (statement) => {
    if (statement.kind === "assign" || statement.kind === "pop") assigned.add(statement.local);
    if (statement.kind === "for") assigned.add(statement.index);
    if (statement.kind === "store" || statement.kind === "fill") assigned.add(statement.array);
    if (statement.kind === "accumulate") added.add(statement.target);
  });
  for (const target of assigned) added.delete(target);
  return { assigned, added };
}

function obstacleIn(fn: IrFunction, { loops, rowwise }: RowLoops, name: string): string | undefined {
  const elsewhere = `${name} is read otherwise than row by row`;
  const carried = `what one row of ${name} leaves behind is read at the next, so the rows cannot be taken apart`;
  const after = `what the last row of ${name} leaves behind is read afterwards`;

  const visit = (block: Block, row: For | undefined): string | undefined => {
    for (const statement of block) {
      const isLoop = statement.kind === "for" && loops.has(statement);
      if (isLoop && row) return `${name} is read in pairs of rows`;
      let stray = false;
      const check = (array: ArrayVariable, indices: readonly Expression[]): void => {
        if (rowwise.has(array) && !(row && isAtRow(indices, row))) stray = true;
      };
      ownElements(statement, check);
      if (stray) return elsewhere;
      for (const inner of blocksOf(statement)) {
        const found = visit(inner, isLoop ? statement : row);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  let strayResult = false;
  eachLoad(fn.result, (array) => (strayResult ||= rowwise.has(array)));
  const misread = strayResult ? elsewhere : visit(fn.body, undefined);
  if (misread !== undefined) return misread;

  for (const loop of loops) {
    const { assigned, added } = writtenIn(loop.body);
    if (mentions(loop.body, (target) => added.has(target) && !(target.kind === "array" && rowwise.has(target)))) return carried;
    for (const target of assigned) {
      if (target.kind === "array" && !rowwise.has(target) && !isMadeAnew(loop.body, target)) return carried;
    }
    const locals = new Set([...assigned].filter((target): target is Local => target.kind === "local"));
    if (readsStale(loop.body, new Set(locals))) return carried;
  }
  return leftBehind(fn, loops, rowwise) ? after : undefined;
}

function ownElements(statement: Statement, each: (array: ArrayVariable, indices: readonly Expression[]) => void): void {
  if (statement.kind === "store") each(statement.array, statement.indices);
  if (statement.kind === "accumulate" && statement.target.kind === "array") each(statement.target, statement.indices ?? []);
  for (const expression of expressionsOf(statement)) eachLoad(expression, each);
}

/** Whether any expression of the block reads such a local or array. */
function mentions(block: Block, isMeant: (target: Local | ArrayVariable) => boolean): boolean {
  let found = false;
  walkBlock(block, (statement) => (found ||= expressionsOf(statement).some((expression) => mentionsIn(expression, isMeant))));
  return found;
}

function mentionsIn(expression: Expression, isMeant: (target: Local | ArrayVariable) => boolean): boolean {
  let found = false;
  walkExpression(expression, (e) => {
    if (e.kind === "read") found ||= isMeant(e.local);
    if (e.kind === "load") found ||= isMeant(e.array);
  });
  return found;
}

/**
 * Whether a local is read that still holds something stale. Assigning makes it fresh, but only for what certainly follows: what
 * an `if` or an inner loop assigns counts within it.
 */
function readsStale(block: Block, stale: Set<Local>): boolean {
  const reads = (expression: Expression): boolean => {
    let found = false;
    walkExpression(expression, (e) => (found ||= e.kind === "read" && stale.has(e.local)));
    return found;
  };
  for (const statement of block) {
    if (expressionsOf(statement).some(reads)) return true;
    if (statement.kind === "accumulate" && statement.target.kind === "local" && stale.has(statement.target)) return true;
    if (statement.kind === "assign") stale.delete(statement.local);
    if (statement.kind === "if") {
      const then = new Set(stale);
      const otherwise = new Set(stale);
      if (readsStale(statement.then, then) || readsStale(statement.else, otherwise)) return true;
      for (const local of stale) if (!then.has(local) && !otherwise.has(local)) stale.delete(local);
    } else {
      for (const inner of blocksOf(statement)) {
        const within = new Set(stale);
        if (statement.kind === "for") within.delete(statement.index);
        if (readsStale(inner, within)) return true;
      }
    }
  }
  return false;
}

/** Whether something that rows assign is read after their loop without having been assigned again. */
function leftBehind(fn: IrFunction, loops: ReadonlySet<For>, rowwise: ReadonlySet<ArrayVariable>): boolean {
  const stale = new Set<Local | ArrayVariable>();
  const reads = (expression: Expression): boolean => mentionsIn(expression, (target) => stale.has(target));
  const visit = (block: Block): boolean => block.some((statement) => {
    if (statement.kind === "for" && loops.has(statement)) {
      for (const target of writtenIn(statement.body).assigned) if (target.kind === "local" || !rowwise.has(target)) stale.add(target);
      return false;
    }
    if (expressionsOf(statement).some(reads)) return true;
    if (statement.kind === "accumulate" && stale.has(statement.target)) return true;
    if (statement.kind === "assign") stale.delete(statement.local);
    if (statement.kind === "fill") stale.delete(statement.array);
    // What the end of a turn leaves behind may be read at the beginning of the next.
    const turns = statement.kind === "for" || statement.kind === "while" ? 2 : 1;
    return Array.from({ length: turns }, () => blocksOf(statement).some(visit)).some((found) => found);
  });
  return visit(fn.body) || reads(fn.result);
}
