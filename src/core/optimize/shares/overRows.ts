import { assign, call, int, loop as forLoop, read } from "../../ir/build";
import { namesOf } from "../../ir/namesOf";
import type { ArrayVariable, Block, For, IrFunction } from "../../ir/types";
import { isRead } from "../../ir/isRead";
import type { Rows } from "../../objective";
import { placed, withBlocks } from "../minibatch/batched";
import type { RowLoops } from "../minibatch/rowLoops";

/**
 * The function with its loops over rows going through some of them only. What belongs to rows is cut to these, so that all shares of the data
 * together take no more memory than the whole, and elements keep subscripts that begin at 0.
 */
export function overRows(fn: IrFunction, { loops, rowwise }: RowLoops, { from, to }: Rows): IrFunction {
  const names = namesOf(fn);
  const cut = new Map([...rowwise].map((array) => [array, cutTo(array, from, to)]));
  const throughRange = (loop: For): For => {
    const place = names.local("i32", "place");
    const body = placed(loop.body, loop, cut, read(place));
    const row = isRead(body, loop.index) ? [assign(loop.index, call("addInt", [read(place), int(from)]))] : [];
    return forLoop(place, int(0), int(to - from), [...row, ...body], loop.span ? { span: loop.span } : {});
  };
  const change = (block: Block): Block => block.map((statement) => {
    if (statement.kind === "for" && loops.has(statement)) return throughRange(statement);
    if (statement.kind === "fill") return { ...statement, array: cut.get(statement.array) ?? statement.array };
    return withBlocks(statement, change);
  });
  return { ...fn, body: change(fn.body), arrays: fn.arrays.map((array) => cut.get(array) ?? array) };
}

function cutTo(array: ArrayVariable, from: number, to: number): ArrayVariable {
  const [, ...inner] = array.shape;
  const each = inner.reduce((product, length) => product * length, 1);
  const { role } = array;
  return {
    ...array, shape: [to - from, ...inner],
    role: role.kind === "data" ? { ...role, values: role.values.subarray(from * each, to * each) } : role,
  };
}
