import { call, int, read } from "../ir/build";
import { type LinearForm, linearExpression, type Term } from "../ir/linearForm";
import { namesOf } from "../ir/namesOf";
import { rewriteBlock } from "../ir/rewriteBlock";
import type { ArrayVariable, Block, Expression, For, IrFunction, Statement } from "../ir/types";
import { reindex } from "./reindex";
import { rangeOf, type Subscript, subscriptsOf } from "./subscripts";

/** Shorter rows than these are not worth a loop of their own where a loop went through the whole array. */
const SHORTEST_ROW = 8;

/**
 * Dimensions of arrays that the program laid out by hand. Where every subscript of a flat array is a · K + b with b from 0 to before K, it is an array of rows of K, and the subscript is
 * [a][b]: then one sees which turns of a loop share a row, and which have one of their own. Elements stay where they are. A loop that goes through all of it goes
 * through its rows, and through each.
 */
export function unflatten(fn: IrFunction): IrFunction {
  let current = fn;
  for (;;) {
    const next = step(current);
    if (!next) return current;
    current = next;
  }
}

/** One dimension of one array made two; undefined where there is none. */
function step(fn: IrFunction): IrFunction | undefined {
  for (const [array, dimensions] of subscriptsOf(fn)) {
    for (const [dimension, subscripts] of dimensions.entries()) {
      for (const length of rowLengths(subscripts, array.shape[dimension] ?? 1)) {
        const ways = subscripts.map((subscript) => inRows(subscript, length));
        if (ways.includes("other")) continue;
        const through = new Set(subscripts.flatMap(({ through: loop }, k) => (ways[k] === "through" && loop ? [loop] : [])));
        return through.size > 0 ? throughRows(fn, through, length) : shaped(fn, array, dimension, length, subscripts);
      }
    }
  }
  return undefined;
}

/** How long rows may be, the longest first. */
function rowLengths(subscripts: readonly Subscript[], extent: number): number[] {
  const factors = new Set(subscripts.flatMap(({ form }) => (form.terms.length > 1 ? form.terms.map(({ factor }) => Math.abs(factor)) : [])));
  return [...factors].filter((factor) => factor > 1 && factor < extent && extent % factor === 0).sort((a, b) => b - a);
}

/** Whether a subscript chooses a row and a place in it, or runs through rows one after the other, or does neither. */
function inRows(subscript: Subscript, length: number): "row" | "through" | "other" {
  const place = rangeOf(parts(subscript.form, length).place, subscript);
  if (place && place.low >= 0 && place.high < length) return "row";
  const { through } = subscript;
  if (!through || length < SHORTEST_ROW || through.step !== 1 || through.exit || through.from.kind !== "constant" || through.to.kind !== "constant") return "other";
  return through.from.value % length === 0 && through.to.value % length === 0 ? "through" : "other";
}

/** What chooses the row, and what chooses the place in it. */
function parts({ constant, terms }: LinearForm, length: number): { row: LinearForm; place: LinearForm } {
  const ofRow = ({ factor }: Term): boolean => factor % length === 0;
  const rows = Math.floor(constant / length);
  return {
    row: { constant: rows, terms: terms.filter(ofRow).map(({ atom, factor }) => ({ atom, factor: factor / length })) },
    place: { constant: constant - rows * length, terms: terms.filter((term) => !ofRow(term)) },
  };
}

function shaped(fn: IrFunction, array: ArrayVariable, dimension: number, length: number, subscripts: readonly Subscript[]): IrFunction {
  const rows: ArrayVariable = { ...array, shape: array.shape.flatMap((extent, d) => (d === dimension ? [extent / length, length] : [extent])) };
  const forms = new Map(subscripts.map(({ expression, form }) => [expression, parts(form, length)]));
  return reindex(fn, array, [rows], (indices) => ({
    array: rows,
    indices: indices.flatMap((index, d) => {
      const form = d === dimension ? forms.get(index) : undefined;
      return form ? [linearExpression(form.row), linearExpression(form.place)] : [index];
    }),
  }));
}

/** The loops go through rows of that length, one after the other, and through each. */
function throughRows(fn: IrFunction, loops: ReadonlySet<For>, length: number): IrFunction {
  const names = namesOf(fn);
  const block = (inner: Block): Block => inner.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: block(statement.then), else: block(statement.else) };
      case "while": return { ...statement, body: block(statement.body) };
      case "for": {
        const { from, to, index } = statement;
        const body = block(statement.body);
        if (!loops.has(statement) || from.kind !== "constant" || to.kind !== "constant") return { ...statement, body };
        const row = names.local("i32", `${index.name}_row`);
        const at = call("addInt", [call("multiplyInt", [read(row), int(length)]), read(index)]);
        const put = (e: Expression): Expression => (e.kind === "read" && e.local === index ? at : e);
        return { ...statement, index: row, from: int(from.value / length), to: int(to.value / length), body: [{ ...statement, from: int(0), to: int(length), body: rewriteBlock(body, put) }] };
      }
      default: return statement;
    }
  });
  return { ...fn, body: block(fn.body) };
}
