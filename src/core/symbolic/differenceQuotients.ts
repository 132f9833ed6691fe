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
  const sides = oneSided((h) => {
    moved[coordinate] = own + h;
    return (field.value(moved) - here) / h;
  }, Math.max(1, Math.abs(own)));
  return { coordinate, x: at, rows, limit, ...(sides ? { sides } : {}) };
}

/** Quotients from both sides that each stand still, and apart: of a smooth function they meet as fast as h shrinks. */
function oneSided(quotient: (h: number) => number, scale: number): { left: number; right: number } | undefined {
  const steps = [1e-4, 1e-5, 1e-6].map((h) => h * scale);
  const [left, right] = [-1, 1].map((side) => steps.map((h) => quotient(side * h)));
  if (!left || !right || ![...left, ...right].every(Number.isFinite)) return undefined;
  const size = Math.max(...[...left, ...right].map(Math.abs));
  const gaps = right.map((value, i) => Math.abs(value - (left[i] ?? NaN)));
  const [first = 0, , last = 0] = gaps;
  const still = [left, right].every((values) => Math.max(...values) - Math.min(...values) <= 0.01 * last);
  if (last <= 1e-3 * size || Math.abs(first - last) > 0.02 * last || !still) return undefined;
  const told = (values: readonly number[]): number => Number((values[2] ?? NaN).toPrecision(4));
  return { left: told(left), right: told(right) };
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
