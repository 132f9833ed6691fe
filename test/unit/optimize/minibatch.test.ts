import { describe, expect, it } from "vitest";
import { compile } from "../../../src/core/compile";
import type { Objective } from "../../../src/core/objective";
import { minimize } from "../../../src/core/optimize/minimize";
import type { RunOptions } from "../../../src/core/optimize/types";
import { mentionedArrays } from "../../../src/core/ir/mentioned";
import type { Block } from "../../../src/core/ir/types";
import { batchRows, shuffled } from "../../../src/core/optimize/minibatch/batchRows";
import { minibatchOf } from "../../../src/core/optimize/minibatch/minibatchOf";
import { readProgram } from "../../../src/core/source/readProgram";

function program(text: string): Objective {
  const start = text.indexOf("function loss") + 9;
  return compile(readProgram({ text, language: "typescript", selection: { start, end: start } }));
}

const xs = [1, 2, 3, 4, 5, 6, 7], ys = [2, 4, 5, 4, 5, 8, 6];
const line = `const xs = ${JSON.stringify(xs)}, ys = ${JSON.stringify(ys)};\n`;
const chosen = [1, 4, 6];

const at = (values: readonly number[], i: number): number => values[i] ?? NaN;
const mean = (of: number[], each: (i: number) => number): number => of.reduce((sum, i) => sum + each(i), 0) / of.length;

/** Each way to write it: the mean over the rows chosen, and what else is added. */
const losses: [string, string, string[], (w: number, b: number, of: number[]) => number][] = [
  ["a loop over data of the file",
    `${line}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) { const e = w * xs[i] + b - ys[i]; s += e ** 2; } return s / xs.length; }`,
    ["xs", "ys"], (w, b, of) => mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)],
  ["data that are arguments",
    `function loss(w: number, b: number, xs: number[], ys: number[]) { return xs.reduce((s, x, i) => s + (w * x + b - ys[i]) ** 2, 0) / xs.length; }\nloss(0.3, 0.1, ${JSON.stringify(xs)}, ${JSON.stringify(ys)});`,
    ["xs", "ys"], (w, b, of) => mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)],
  ["predictions made first, errors afterwards",
    `${line}function loss(w = 0.3, b = 0.1) { const p = xs.map((x) => w * x + b); const e = p.map((v, i) => v - ys[i]); return e.reduce((s, v) => s + v * v, 0) / e.length; }`,
    ["xs", "ys"], (w, b, of) => mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)],
  ["rows that are objects",
    `const points = [${xs.map((x, i) => `{ x: ${x}, y: ${at(ys, i)} }`).join(", ")}];\nfunction loss(w = 0.3, b = 0.1) { let s = 0; for (const { x, y } of points) s += (w * x + b - y) ** 2; return s / points.length; }`,
    ["points"], (w, b, of) => mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)],
  ["a penalty beside the mean, and a root around it",
    `${line}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return Math.sqrt(s / xs.length) + 0.1 * w * w; }`,
    ["xs", "ys"], (w, b, of) => Math.sqrt(mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)) + 0.1 * w * w],
  ["inner sums over features, and a branch",
    `const X = ${JSON.stringify(xs.map((x) => [x, 1]))}, ys = ${JSON.stringify(ys)};\nfunction loss(w = 0.3, b = 0.1) { const v = [w, b]; let s = 0; for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < 2; j++) p += v[j] * X[i][j]; const e = p - ys[i]; if (e > 0) s += e * e; else s += 2 * e * e; } return s / X.length; }`,
    ["X", "ys"], (w, b, of) => mean(of, (i) => { const e = w * at(xs, i) + b - at(ys, i); return e > 0 ? e * e : 2 * e * e; })],
  ["a layer kept for every row, and the number of the row itself",
    `const X = ${JSON.stringify(xs.map((x) => [x, 1]))}, ys = ${JSON.stringify(ys)};\nfunction loss(w = 0.3, b = 0.1) { const h = X.map((x) => [Math.tanh(w * x[0] + b * x[1]), w * x[1]]); let s = 0; for (let i = 0; i < X.length; i++) s += (h[i][0] + h[i][1] * X[i][0] - 0.1 * i - ys[i]) ** 2; return s / X.length; }`,
    ["X", "ys"], (w, b, of) => mean(of, (i) => (Math.tanh(w * at(xs, i) + b) + w * at(xs, i) - 0.1 * i - at(ys, i)) ** 2)],
  ["a plain sum, which is estimated from the batch",
    `${line}function loss(w = 0.3, b = 0.1) { let s = 0; xs.forEach((x, i) => { s += (w * x + b - ys[i]) ** 2; }); return s; }`,
    ["xs", "ys"], (w, b, of) => xs.length * mean(of, (i) => (w * at(xs, i) + b - at(ys, i)) ** 2)],
];

describe("a minibatch of a loss", () => {
  it.each(losses)("written as %s is the loss of its rows", (_, text, names, reference) => {
    const whole = program(text);
    expect(whole.datasets?.()).toEqual(names.map((name) => ({ name, rows: 7 })));
    for (const name of names) {
      const { objective, rows } = whole.minibatch?.(name, 3) ?? expect.fail("no minibatch");
      rows.set(chosen);
      const x = Float64Array.of(0.7, -0.2);
      expect(objective.value(x)).toBeCloseTo(reference(0.7, -0.2, chosen), 12);
      const gradient = objective.gradient(x);
      const h = 1e-6;
      expect(gradient[0]).toBeCloseTo((reference(0.7 + h, -0.2, chosen) - reference(0.7 - h, -0.2, chosen)) / (2 * h), 6);
      expect(gradient[1]).toBeCloseTo((reference(0.7, -0.2 + h, chosen) - reference(0.7, -0.2 - h, chosen)) / (2 * h), 6);
      // Another batch, with the same objective: nothing of the first is left.
      rows.set([0, 2, 3]);
      expect(objective.value(x)).toBeCloseTo(reference(0.7, -0.2, [0, 2, 3]), 12);
    }
  });

  it.each(losses)("written as %s, of a single row or of all", (_, text, [name = ""], reference) => {
    const whole = program(text);
    const x = Float64Array.of(0.7, -0.2);
    const one = whole.minibatch?.(name, 1) ?? expect.fail("no minibatch");
    one.rows[0] = 5;
    expect(one.objective.value(x)).toBeCloseTo(reference(0.7, -0.2, [5]), 12);
    const all = whole.minibatch?.(name, 7) ?? expect.fail("no minibatch");
    expect(all.objective.value(x)).toBe(whole.value(x));
    expect(all.objective.gradient(x)).toEqual(whole.gradient(x));
  });

  it("averages, over an epoch of equal batches, to the gradient of the whole", () => {
    const text = `const xs = [1, 2, 3, 4, 5, 6], ys = [3, 1, 4, 1, 5, 9];\nfunction loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += Math.log(1 + Math.exp(w * xs[i] + b)) - ys[i] * w; return s / xs.length; }`;
    const whole = program(text);
    const { objective, rows } = whole.minibatch?.("xs", 2) ?? expect.fail("no minibatch");
    const sum = new Float64Array(2);
    for (let t = 1; t <= 3; t++) {
      rows.set(batchRows({ rows: 6, size: 2, seed: 4 }, t));
      objective.gradient(whole.start).forEach((g, k) => (sum[k] = (sum[k] ?? 0) + g / 3));
    }
    whole.gradient(whole.start).forEach((g, k) => expect(sum[k]).toBeCloseTo(g, 13));
  });

  it("can be sampled over a plane, so that its contours can be drawn", () => {
    const { objective, rows } = program(losses[0]?.[1] ?? "").minibatch?.("xs", 2) ?? expect.fail("no minibatch");
    const plane = { origin: Float64Array.of(0, 0), u: Float64Array.of(1, 0), v: Float64Array.of(0, 1), s: [-1, 1] as const, t: [-1, 1] as const };
    rows.set([0, 1]);
    const first = objective.grid(plane, 3, 3);
    rows.set([4, 5]);
    const second = objective.grid(plane, 3, 3);
    expect(first[4]).toBeCloseTo((4 + 16) / 2, 12);
    expect(second[4]).toBeCloseTo((25 + 64) / 2, 12);
  });
});

describe("the function over a batch", () => {
  it("lays its rows side by side before its loops, which go through them as through data of so few rows", () => {
    const text = `const X = ${JSON.stringify(xs.map((x) => [x, 1, 2]))};\nfunction loss(w = [0.1, 0.2, 0.3]) { const h = X.map((x) => x.map((v, j) => v * w[j])); let s = 0; for (const row of h) for (const v of row) s += v * v; return s; }`;
    const lowered = readProgram({ text, language: "typescript" }).lower("loss", {});
    const { function: fn } = minibatchOf(lowered.function, "X", 2);
    const [gathering, ...body] = fn.body;
    const loaded = (block: Block): Set<string> => new Set(mentionedArrays(block, fn.arrays).filter(({ role }) => role.kind === "data").map(({ name }) => name));
    expect(gathering && loaded([gathering])).toEqual(new Set(["X", "rows"]));
    expect(loaded(body)).toEqual(new Set());
    // Nothing has room for rows that are not in the batch.
    expect(fn.arrays.filter(({ role }) => role.kind === "scratch").map(({ shape }) => shape[0])).toEqual(expect.arrayContaining([2]));
    expect(fn.arrays.filter(({ role, shape }) => role.kind === "scratch" && shape[0] === 7)).toEqual([]);
  });
});

describe("data of which no few rows can stand for all", () => {
  it.each([
    ["a running average", `${line}function loss(w = 0.3) { let s = 0, m = 0; for (let i = 0; i < xs.length; i++) { m = 0.9 * m + w * xs[i]; s += (m - ys[i]) ** 2; } return s; }`, "left behind|leaves behind"],
    ["the row before", `${line}function loss(w = 0.3) { let s = 0; for (let i = 1; i < xs.length; i++) s += (w * xs[i - 1] - xs[i]) ** 2; return s; }`, "no loop goes through xs row by row"],
    ["neighbours within a loop over all", `${line}function loss(w = 0.3) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] - xs[(i + 1) % 7]) ** 2; return s; }`, "otherwise than row by row"],
    ["pairs of rows", `${line}function loss(w = 0.3) { let s = 0; for (let i = 0; i < xs.length; i++) for (let j = 0; j < xs.length; j++) s += Math.exp(-w * (xs[i] - xs[j]) ** 2); return s; }`, "pairs of rows|otherwise than"],
    ["the largest row", `${line}function loss(w = 0.3) { let m = -1e9; for (let i = 0; i < xs.length; i++) m = Math.max(m, w * xs[i]); return m; }`, "leaves behind"],
    ["the last row", `${line}function loss(w = 0.3) { let e = 0; let s = 0; for (let i = 0; i < xs.length; i++) { e = w * xs[i]; s += e; } return s + e; }`, "leaves behind"],
  ])("%s is refused, with why", (_, text, reason) => {
    const whole = program(text);
    expect(whole.datasets?.().map(({ name }) => name)).not.toContain("xs");
    expect(() => whole.minibatch?.("xs", 2)).toThrow(new RegExp(`^Minibatches of "xs" make no sense: .*(${reason})`));
  });

  it("is no data at all", () => {
    const whole = program(losses[0]?.[1] ?? "");
    expect(() => whole.minibatch?.("zs", 2)).toThrow('There are no data called "zs"; there are xs, ys.');
    expect(() => whole.minibatch?.("xs", 8)).toThrow('A batch of "xs" has 1 to 7 rows, not 8.');
    expect(() => whole.minibatch?.("xs", 0)).toThrow(RangeError);
  });
});

describe("the order of rows", () => {
  it("has each row once an epoch, the last batch smaller", () => {
    const order = { rows: 10, size: 4, seed: 1 };
    const epoch = [1, 2, 3].map((t) => Array.from(batchRows(order, t)));
    expect(epoch.map((batch) => batch.length)).toEqual([4, 4, 2]);
    expect(epoch.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("is that of the data where nothing is shuffled", () => {
    const order = { rows: 5, size: 2, seed: 7, shuffle: false };
    expect([1, 2, 3, 4].map((t) => Array.from(batchRows(order, t)))).toEqual([[0, 1], [2, 3], [4], [0, 1]]);
  });

  it("is another each epoch and with each seed, and the same for the same", () => {
    const of = (seed: number, epoch: number) => Array.from(shuffled({ rows: 30, seed }, epoch));
    expect(of(1, 0)).toEqual(of(1, 0));
    expect(of(1, 0)).not.toEqual(of(1, 1));
    expect(of(1, 0)).not.toEqual(of(2, 0));
    expect(of(1, 1)).not.toEqual(of(2, 0));
  });
});

describe("a run by minibatches", () => {
  const whole = program(losses[0]?.[1] ?? "");
  const options = (size: number, seed: number, more: Partial<RunOptions> = {}): RunOptions => ({
    method: "gd", learningRate: 0.01, maxIterations: 40, batch: { dataset: "xs", size, seed }, stop: {}, ...more,
  });

  it("is the same again with the same seed, and another with another", () => {
    const first = minimize(whole, options(2, 1));
    expect(minimize(whole, options(2, 1))).toEqual(first);
    expect(minimize(whole, options(2, 2)).iterates).not.toEqual(first.iterates);
  });

  it("takes the rows as they stand where it is not to shuffle, whatever the seed", () => {
    const inOrder = (seed: number): RunOptions => options(3, seed, { batch: { dataset: "xs", size: 3, seed, shuffle: false } });
    expect(minimize(whole, inOrder(1)).iterates).toEqual(minimize(whole, inOrder(2)).iterates);
    expect(minimize(whole, inOrder(1)).iterates).not.toEqual(minimize(whole, options(3, 1)).iterates);
  });

  it("of all rows at once is the run on the whole", () => {
    const { batch: _, ...plain } = options(7, 1);
    expect(minimize(whole, options(7, 1)).iterates).toEqual(minimize(whole, plain).iterates);
  });

  it("takes each step by the gradient of the batch it can name", () => {
    const run = minimize(whole, options(3, 5, { maxIterations: 9 }));
    for (let t = 1; t <= 9; t++) {
      const chosen = batchRows({ rows: 7, size: 3, seed: 5 }, t);
      const { objective, rows } = whole.minibatch?.("xs", chosen.length) ?? expect.fail("no minibatch");
      rows.set(chosen);
      const x = run.iterates.slice(2 * t - 2, 2 * t);
      expect(run.values[t - 1]).toBe(objective.value(x));
      objective.gradient(x).forEach((g, k) => expect(run.iterates[2 * t + k]).toBe((x[k] ?? NaN) - 0.01 * g));
    }
  });

  it("looks at the whole at the start and after each epoch", () => {
    const run = minimize(whole, options(3, 5, { maxIterations: 8 }));
    expect(run.batch).toMatchObject({ dataset: "xs", rows: 7, size: 3, seed: 5, batchesAnEpoch: 3 });
    expect(Array.from(run.batch?.wholeValues ?? [])).toEqual([0, 3, 6].map((k) => whole.value(run.iterates.slice(2 * k, 2 * k + 2))));
    // 9 batches' and 3 of the whole.
    expect(run.evaluations.gradient).toBe(12);
  });

  it("stops by what the whole says, not by a batch that happens to fit", () => {
    const run = minimize(whole, options(1, 1, { maxIterations: 7000, schedule: { kind: "inverse-time", decay: 0.01 }, stop: { gradientNorm: 0.2 } }));
    expect(run).toMatchObject({ status: "converged", rule: "gradientNorm" });
    expect(run.iterations % 7).toBe(0);
    expect(run.batch?.wholeGradientNorms.at(-1)).toBeLessThanOrEqual(0.2);
  });

  it.each(["gd", "momentum", "nesterov", "adam", "rmsprop", "adagrad"] as const)("comes near the least squares with %s", (method) => {
    const run = minimize(whole, options(2, 3, { method, learningRate: method === "adagrad" ? 0.5 : method === "momentum" || method === "nesterov" ? 5e-4 : 0.005, maxIterations: 5000 }));
    expect(run.batch?.wholeValues.at(-1) ?? NaN).toBeLessThan(1.3 * leastSquares);
  });

  it("that leaves is explained by the curvature of the whole", () => {
    const run = minimize(whole, options(2, 1, { learningRate: 1, maxIterations: 400 }));
    expect(run.status).toBe("diverged");
    // The Hessian of the mean of squares: 2/n Σ [[x², x], [x, 1]].
    expect(run.divergence?.curvature).toBeCloseTo(largest(2 * 20, 2 * 4, 2), 1);
    expect(run.divergence?.safeLearningRate).toBeLessThan(0.05);
  });
});

/** The least mean square of any line through the points, by the formulas of a table. */
const leastSquares = (() => {
  const all = xs.map((_, i) => i);
  const [mx, my] = [mean(all, (i) => at(xs, i)), mean(all, (i) => at(ys, i))];
  const slope = mean(all, (i) => (at(xs, i) - mx) * (at(ys, i) - my)) / mean(all, (i) => (at(xs, i) - mx) ** 2);
  return mean(all, (i) => (slope * (at(xs, i) - mx) + my - at(ys, i)) ** 2);
})();

/** The larger eigenvalue of [[a, b], [b, c]]. */
function largest(a: number, b: number, c: number): number {
  return (a + c) / 2 + Math.sqrt(((a - c) / 2) ** 2 + b * b);
}
