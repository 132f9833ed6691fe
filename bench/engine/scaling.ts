import type { Table } from "../run";
import { line } from "../programs/line";
import { rosenbrock } from "../programs/rosenbrock";
import { vector } from "./data";
import { inTurn, ratio } from "./measure";
import { read } from "./source";

const sizes = [1e2, 1e3, 1e4, 1e5, 1e6];

/** Cost for each row of data and for each unknown: flat where the whole grows linearly. */
export function scaling(): Table {
  const rows = sizes.map((count) => {
    const xs = vector(count, (k) => Math.sin(k)), ys = vector(count, (k) => Math.cos(2 * k));
    const overRows = each(count, read("line", "line", [0.3, 0.1, xs, ys], ["slope", "intercept"]), () => line(0.3, 0.1, xs, ys));
    const x = vector(count, (k) => Math.sin(k));
    const overUnknowns = each(count, read("rosenbrock", "rosenbrock", [x]), () => rosenbrock(x));
    return { label: `10${"²³⁴⁵⁶"[Math.round(Math.log10(count)) - 2] ?? ""}`, value: `${overRows} a row;   ${overUnknowns} an unknown` };
  });
  return { name: "Value and gradient as data and unknowns grow (wanted: flat): a line through points, Rosenbrock in n dimensions", rows };
}

function each(count: number, objective: ReturnType<typeof read>, own: () => number): string {
  const [x, g] = [objective.start, new Float64Array(objective.dimension)];
  const [ours = NaN, theirs = NaN] = inTurn([
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(x, g); return s; },
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += own(); return s; },
  ]);
  return `${(ours / count).toFixed(2)} ns, ${ratio(ours, theirs)} the function (${(theirs / count).toFixed(2)} ns)`;
}
