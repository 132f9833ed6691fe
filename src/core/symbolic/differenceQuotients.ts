import { call, name, type Written } from "../print/written";
import type { DifferenceQuotients } from "./formula";

/** 1, 0.1 … 1e-15: convergence, and then what rounding does to it. */
const smallest = 15;

export function differenceQuotients(
  field: { value(x: Float64Array): number; gradient(x: Float64Array): Float64Array }, x: Float64Array, coordinate: number,
): DifferenceQuotients {
  const at = Float64Array.from(x);
  const own = at[coordinate] ?? NaN;
  const limit = field.gradient(at)[coordinate] ?? NaN;
  const here = field.value(at);
  const moved = Float64Array.from(at);
  const rows = Array.from({ length: smallest + 1 }, (_, k) => {
    const h = Number(`1e-${k}`);
    moved[coordinate] = own + h;
    const quotient = (field.value(moved) - here) / h;
    return { h, quotient, error: Math.abs(quotient - limit) };
  });
  return { coordinate, x: at, rows, limit };
}

/** ((x + h)² − x²)/h: the quotient with the formula put in, before anything is cancelled. */
export function quotientWritten(formula: Written, path: string, isTaken: (letter: string) => boolean): Written {
  const step = name(["h", "k", "t", "d"].find((letter) => !isTaken(letter)) ?? "step");
  const shifted = substituted(formula, (part) => (part.kind === "name" && part.path === path ? call("add", [part, step]) : undefined));
  return call("divide", [call("subtract", [shifted, formula]), step]);
}

function substituted(written: Written, by: (part: Written) => Written | undefined): Written {
  const found = by(written);
  if (found) return found;
  const inside = (part: Written): Written => substituted(part, by);
  switch (written.kind) {
    case "number":
    case "name":
    case "spelt":
    case "constant": return written;
    case "sum": return { ...written, body: inside(written.body) };
    case "call": return call(written.primitive, written.args.map(inside));
    case "cases": return {
      kind: "cases", branches: written.branches.map(({ condition, value }) => ({ condition: inside(condition), value: inside(value) })), otherwise: inside(written.otherwise),
    };
  }
}
