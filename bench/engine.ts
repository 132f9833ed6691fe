/**
 * How fast generated gradients are, beside what a person would write by hand. Every row is a ratio of two sides measured
 * in turn in this very run; absolute times differ from machine to machine.
 */
import { reverse } from "../src/core/autodiff/reverse";
import { javascriptKernel } from "../src/core/codegen/javascript/javascriptKernel";
import { javascriptGridKernel } from "../src/core/codegen/javascript/gridKernel";
import { makeFunction } from "../src/core/codegen/javascript/runtime";
import { accumulate, assign, call, float, int, load, loop, Names, read } from "../src/core/ir/build";
import type { IrFunction } from "../src/core/ir/types";
import { simplify } from "../src/core/simplify/simplify";
import { readMath } from "../src/core/source/math/readMath";
import type { Bench } from "./run";

interface Row { name: string; ours: number; peer: number; peerName: string }

export async function run(): Promise<Bench> {
  const rows = [...smallFunctions(), logisticRow(), ...grids()].map(({ name, ours, peer, peerName }) => ({
    label: name, value: `${ours.toFixed(1)} ns, ${(ours / peer).toFixed(2)}× ${peerName} (${peer.toFixed(1)} ns)`,
  }));
  if (Number.isNaN(sink)) throw new Error("A measured function returned NaN.");
  return { name: "engine", rows };
}

/** Nanoseconds a call: the median of seven rounds, both sides in turn. */
function versus(ours: () => number, peer: () => number, calls: number): [number, number] {
  const time = (run: () => number): number => {
    const start = performance.now();
    sink += run();
    return ((performance.now() - start) * 1e6) / calls;
  };
  const rounds = Array.from({ length: 9 }, () => [time(ours), time(peer)] as const).slice(2);
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
  return [median(rounds.map(([a]) => a)), median(rounds.map(([, b]) => b))];
}
let sink = 0;

function lowered(text: string): IrFunction {
  const program = readMath({ text, language: "math", selection: { start: 0, end: text.length } });
  return program.lower(program.target ?? "f", {}).function;
}

type Gradient = (x: Float64Array, g: Float64Array) => number;

function smallFunctions(): Row[] {
  const { exp, sqrt, cos, sin, PI, E } = Math;
  const peers: [string, string, Gradient][] = [
    ["Rosenbrock", "f(x, y) = (1 - x)^2 + 100 (y - x^2)^2", (p, g) => {
      const x = p[0] ?? 0, y = p[1] ?? 0, a = 1 - x, b = y - x * x;
      g[0] = -2 * a - 400 * x * b;
      g[1] = 200 * b;
      return a * a + 100 * b * b;
    }],
    ["Himmelblau", "f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2", (p, g) => {
      const x = p[0] ?? 0, y = p[1] ?? 0, a = x * x + y - 11, b = x + y * y - 7;
      g[0] = 4 * x * a + 2 * b;
      g[1] = 2 * a + 4 * y * b;
      return a * a + b * b;
    }],
    ["Ackley", "f(x, y) = -20 exp(-0.2 sqrt(0.5 (x^2 + y^2))) - exp(0.5 (cos(2 pi x) + cos(2 pi y))) + e + 20", (p, g) => {
      const x = p[0] ?? 0, y = p[1] ?? 0, r = sqrt(0.5 * (x * x + y * y)), a = exp(-0.2 * r), b = exp(0.5 * (cos(2 * PI * x) + cos(2 * PI * y)));
      g[0] = (2 * a * x) / r + PI * b * sin(2 * PI * x);
      g[1] = (2 * a * y) / r + PI * b * sin(2 * PI * y);
      return -20 * a - b + E + 20;
    }],
  ];
  return peers.map(([name, text, byHand]) => {
    const ours = javascriptKernel(simplify(reverse(simplify(lowered(text))).function));
    const calls = name === "Ackley" ? 100_000 : 1_000_000;
    // A loop of its own for each function, as a descent has it.
    const loopOf = (): ((f: Gradient) => number) =>
      makeFunction(`return function (f) {
        const x = Float64Array.of(-1.2, 1), g = new Float64Array(2);
        let s = 0;
        for (let i = 0; i < ${calls}; i++) { s += f(x, g); x[0] -= 1e-9 * g[0]; x[1] -= 1e-9 * g[1]; }
        return s;
      };`, []) as (f: Gradient) => number;
    const [runOurs, runPeer] = [loopOf(), loopOf()];
    const [a, b] = versus(() => runOurs(ours), () => runPeer(byHand), calls);
    return { name: `${name}: value and gradient`, ours: a, peer: b, peerName: "by hand" };
  });
}

/** Logistic regression, 100 rows × 2: our value and gradient beside the user's own loss. */
function logisticRow(): Row {
  const rows = 100;
  const xs = Float64Array.from({ length: 2 * rows }, (_, k) => Math.sin(3 * k + 1));
  const ys = Float64Array.from({ length: rows }, (_, k) => k % 2);
  const names = new Names();
  const w = names.array("f64", [2], { kind: "parameter", offset: 0 }, "w");
  const data = names.array("f64", [rows, 2], { kind: "data", values: xs }, "xs");
  const labels = names.array("f64", [rows], { kind: "data", values: ys }, "ys");
  const [i, j] = [names.local("i32", "i"), names.local("i32", "j")];
  const [sum, z, p] = [names.local("f64", "sum"), names.local("f64", "z"), names.local("f64", "p")];
  const y = load(labels, [read(i)]);
  const fn: IrFunction = {
    name: "logistic", dimension: 2, scalars: [], arrays: [w, data, labels], result: call("divide", [read(sum), float(rows)]),
    body: [assign(sum, float(0)), loop(i, int(0), int(rows), [
      assign(z, float(0)),
      loop(j, int(0), int(2), [accumulate(z, call("multiply", [load(w, [read(j)]), load(data, [read(i), read(j)])]))]),
      assign(p, call("divide", [float(1), call("add", [float(1), call("exp", [call("negate", [read(z)])])])])),
      accumulate(sum, call("negate", [call("add", [
        call("multiply", [y, call("log", [read(p)])]), call("multiply", [call("subtract", [float(1), y]), call("log", [call("subtract", [float(1), read(p)])])]),
      ])])),
    ])],
  };
  const ours = javascriptKernel(simplify(reverse(simplify(fn)).function));
  const table = Array.from({ length: rows }, (_, r) => [xs[2 * r] ?? 0, xs[2 * r + 1] ?? 0]);
  const truth = Array.from(ys);
  const own = (weights: number[]): number => {
    let loss = 0;
    for (let r = 0; r < table.length; r++) {
      let s = 0;
      const row = table[r] ?? [];
      for (let k = 0; k < weights.length; k++) s += (weights[k] ?? 0) * (row[k] ?? 0);
      const q = 1 / (1 + Math.exp(-s));
      const t = truth[r] ?? 0;
      loss += -(t * Math.log(q) + (1 - t) * Math.log(1 - q));
    }
    return loss / table.length;
  };
  const x = Float64Array.of(0.3, -0.2);
  const g = new Float64Array(2);
  const calls = 5_000;
  const [a, b] = versus(
    () => { let s = 0; for (let k = 0; k < calls; k++) s += ours(x, g); return s; },
    () => { let s = 0; for (let k = 0; k < calls; k++) s += own([0.3, -0.2]); return s; }, calls,
  );
  return { name: "logistic loss, 100 rows: value and gradient", ours: a, peer: b, peerName: "the loss alone" };
}

function grids(): Row[] {
  const side = 256;
  const grid = new Float64Array(side * side);
  const [origin, u, v] = [Float64Array.of(-2, -1), Float64Array.of(1, 0), Float64Array.of(0, 1)];
  const fill = javascriptGridKernel(simplify(lowered("f(x, y) = (1 - x)^2 + 100 (y - x^2)^2")));
  const byHand = (): number => {
    for (let r = 0; r < side; r++) {
      const y = -1 + (r * 4) / (side - 1);
      for (let c = 0; c < side; c++) {
        const x = -2 + (c * 4) / (side - 1), a = 1 - x, b = y - x * x;
        grid[r * side + c] = a * a + 100 * b * b;
      }
    }
    return grid[7] ?? 0;
  };
  const [a, b] = versus(() => { fill(origin, u, v, 0, 4 / (side - 1), 0, 4 / (side - 1), side, side, grid); return grid[7] ?? 0; }, byHand, 1);
  return [{ name: "Rosenbrock on a 256 × 256 grid", ours: a, peer: b, peerName: "by hand" }];
}
