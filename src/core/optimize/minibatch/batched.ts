import { accumulate, assign, call, float, int, load, loop as forLoop, read, store } from "../../ir/build";
import type { Names } from "../../ir/build";
import { namesOf } from "../../ir/namesOf";
import type { Accumulate, ArrayVariable, Block, Expression, For, IrFunction, Local, Statement } from "../../ir/types";
import { isRead } from "../../ir/isRead";
import { rewriteAccesses } from "../../ir/rewriteAccesses";
import { type RowLoops, isAtRow, writtenIn } from "./rowLoops";

/** A function over some rows of its data in place of all. */
export interface Batched {
  readonly function: IrFunction;
  /** Which rows: whoever evaluates the function fills it beforehand. */
  readonly rows: Int32Array;
}

/**
 * The function with its loops over rows going through `size` of them only, those in `rows`. What they add up counts for all:
 * each addend is taken times rows / size, so that a mean becomes the mean over the batch, a sum its estimate, and what is no
 * sum over rows (a penalty on the weights) stays as it is. Where these are some of a batch's rows only, `batch` is how many that has.
 *
 * Rows of several numbers are laid side by side first, and what the function keeps of each row has room for the batch only: then
 * the loops are those of a function over so few data, and whatever makes such loops fast (tiles, vectors) finds them as it likes them.
 */
export function batched(fn: IrFunction, { rows: all, loops, rowwise }: RowLoops, size: number, batch = size): Batched {
  const rows = Int32Array.from({ length: size }, (_, k) => k);
  const names = namesOf(fn);
  const chosen = names.array("i32", [size], { kind: "data", values: rows, changes: true }, "rows");
  const weight = all / batch;
  const { gathered, kept } = ofTheBatch(rowwise, size, names);
  const smaller = new Map([...gathered, ...kept]);

  const throughBatch = (loop: For): For => {
    const place = names.local("i32", "place");
    const { added } = writtenIn(loop.body);
    const isSum = (statement: Accumulate): boolean => added.has(statement.target) && !isOfThisRow(statement, loop, rowwise);
    const weighed = weight === 1 ? loop.body : weighted(loop.body, weight, isSum);
    const body = placed(weighed, loop, smaller, read(place));
    const row = isRead(body, loop.index) ? [assign(loop.index, load(chosen, [read(place)]))] : [];
    return forLoop(place, int(0), int(size), [...row, ...body], loop.span ? { span: loop.span } : {});
  };
  const change = (block: Block): Block => block.map((statement) => {
    if (statement.kind === "for" && loops.has(statement)) return throughBatch(statement);
    if (statement.kind === "fill") return { ...statement, array: smaller.get(statement.array) ?? statement.array };
    return withBlocks(statement, change);
  });
  const gathering = [...gathered].map(([whole, part]) => gather(whole, part, chosen, names));
  const arrays = [...fn.arrays.map((array) => kept.get(array) ?? array), ...gathered.values(), chosen];
  return { function: { ...fn, body: [...gathering, ...change(fn.body)], arrays }, rows };
}

type Places = ReadonlyMap<ArrayVariable, ArrayVariable>;

/** Arrays with a place for each row of the batch: of data what is copied there, and of what the loops fill themselves. */
function ofTheBatch(rowwise: ReadonlySet<ArrayVariable>, size: number, names: Names): { gathered: Places; kept: Places } {
  const gathered = new Map<ArrayVariable, ArrayVariable>();
  const kept = new Map<ArrayVariable, ArrayVariable>();
  for (const array of rowwise) {
    const { element, shape: [, ...row], role, name, label } = array;
    if (role.kind === "scratch") kept.set(array, names.array(element, [size, ...row], role, name, label));
    else if (row.length > 0) gathered.set(array, names.array(element, [size, ...row], { kind: "scratch", uninitialised: true }, name, label));
  }
  return { gathered, kept };
}

function gather(whole: ArrayVariable, part: ArrayVariable, chosen: ArrayVariable, names: Names): For {
  const place = names.local("i32", "place");
  const row = names.local("i32", "row");
  const copy = (sizes: readonly number[], inner: readonly Expression[]): Statement => {
    const [size, ...rest] = sizes;
    if (size === undefined) return store(part, [read(place), ...inner], load(whole, [read(row), ...inner]));
    const column = names.local("i32", "column");
    return forLoop(column, int(0), int(size), [copy(rest, [...inner, read(column)])]);
  };
  return forLoop(place, int(0), int(part.shape[0] ?? 0), [assign(row, load(chosen, [read(place)])), copy(part.shape.slice(1), [])]);
}

/** The body of a loop with its row's numbers looked for at another place, in arrays that hold fewer. */
export function placed(body: Block, loop: For, smaller: Places, place: Expression): Block {
  return rewriteAccesses(body, {
    place: (array, indices) => {
      const there = smaller.get(array);
      return there && { array: there, indices: isAtRow(indices, loop) ? [place, ...indices.slice(1)] : indices };
    },
  });
}

function isOfThisRow({ target, indices = [] }: Accumulate, loop: For, rowwise: ReadonlySet<Local | ArrayVariable>): boolean {
  return rowwise.has(target) && isAtRow(indices, loop);
}

function weighted(block: Block, weight: number, isSum: (statement: Accumulate) => boolean): Block {
  return block.map((statement) => {
    if (statement.kind === "accumulate" && isSum(statement)) {
      return accumulate(statement.target, call("multiply", [float(weight), statement.value]), statement.indices, statement.span);
    }
    return withBlocks(statement, (inner) => weighted(inner, weight, isSum));
  });
}

export function withBlocks(statement: Statement, change: (block: Block) => Block): Statement {
  if (statement.kind === "if") return { ...statement, then: change(statement.then), else: change(statement.else) };
  if (statement.kind === "for" || statement.kind === "while") return { ...statement, body: change(statement.body) };
  return statement;
}
