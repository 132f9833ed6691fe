import { describe, expect, it } from "vitest";
import { compile } from "../../../src/core/compile";
import { createObjective } from "../../../src/core/createObjective";
import type { IrFunction } from "../../../src/core/ir/types";
import { mentionedArrays } from "../../../src/core/ir/mentioned";
import { verify } from "../../../src/core/ir/verify";
import type { Objective } from "../../../src/core/objective";
import { minimize } from "../../../src/core/optimize/minimize";
import { namedData, rowLoops } from "../../../src/core/optimize/minibatch/rowLoops";
import { batched } from "../../../src/core/optimize/minibatch/batched";
import { type Helpers, inShares } from "../../../src/core/optimize/shares/inShares";
import { onlySums } from "../../../src/core/optimize/shares/onlySums";
import { overRows } from "../../../src/core/optimize/shares/overRows";
import { ShareKernels } from "../../../src/core/optimize/shares/shareKernels";
import { readProgram } from "../../../src/core/source/readProgram";

const selected = (text: string) => {
  const start = text.indexOf("function loss") + 9;
  return readProgram({ text, language: "typescript", selection: { start, end: start } });
};
const lowered = (text: string) => selected(text).lower("loss", {});

const data = `const xs = [${Array.from({ length: 11 }, (_, i) => Math.sin(3 * i).toFixed(3)).join()}], ys = xs.map((x) => Math.cos(x));\n`;
const table = `${data}const X = xs.map((x, i) => [x, x * x, ys[i]]);\n`;
const sums: [string, string][] = [
  ["a mean", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s / xs.length; }`],
  ["a mean and a penalty", `${data}function loss(w = 0.3, b = 0.1) { let s = 0.5 * w * w; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; s += Math.abs(b); return 0.5 * s / xs.length + Math.exp(w); }`],
  ["a difference, and what is subtracted", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; xs.forEach((x, i) => { s -= ys[i] * Math.log(1 + Math.exp(w * x + b)); }); return 3 - (b - s * w * w); }`],
  ["two loops over the rows", `${data}function loss(w = 0.3, b = 0.1) { const e = xs.map((x, i) => w * x + b - ys[i]); let s = 0, t = 0; for (const each of e) s += each * each; for (let i = 0; i < e.length; i++) t += Math.abs(e[i]); return s + 2 * t; }`],
  ["the number of the row, and a layer kept for each", `${table}function loss(w = 0.3, b = 0.1) { const h = X.map((x) => [Math.tanh(w * x[0] + b * x[1]), w * x[2]]); let s = 0; for (let i = 0; i < X.length; i++) s += (h[i][0] + h[i][1] * X[i][0] - 0.1 * i - ys[i]) ** 2; return s / X.length; }`],
  ["inner sums over features, and a branch", `${table}function loss(w = 0.3, b = 0.1) { const v = [w, b, w * b]; let s = 0; for (let i = 0; i < X.length; i++) { let p = 0; for (let j = 0; j < 3; j++) p += v[j] * X[i][j]; const e = p - ys[i]; if (e > 0) s += e * e; else s += 2 * e * e; } return s / X.length; }`],
  ["a sum for each class", `${table}function loss(w = 0.3, b = 0.1) { const s = [0, w, 0]; for (let i = 0; i < X.length; i++) for (let k = 0; k < 3; k++) s[k] += (w * X[i][k] + b) ** 2; return s[0] + 2 * s[1] + 3 * s[2]; }`],
  ["a weight that the unknowns choose", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] - ys[i]) ** 2; return w > 0 ? s * b : -s; }`],
];
const noSums: [string, string][] = [
  ["a root of a mean", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return Math.sqrt(s / xs.length); }`],
  ["a product of two sums", `${data}function loss(w = 0.3, b = 0.1) { let s = 0, t = 0; for (let i = 0; i < xs.length; i++) { s += w * xs[i]; t += b * ys[i]; } return s * t; }`],
  ["deviations from a mean that is a sum itself", `${data}function loss(w = 0.3, b = 0.1) { let m = 0; for (let i = 0; i < xs.length; i++) m += w * xs[i]; m /= xs.length; let s = 0; for (let i = 0; i < xs.length; i++) s += (b * xs[i] - m) ** 2; return s; }`],
  ["a sum that decides", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s > 1 ? s : 2 * s; }`],
  ["a sum that is left behind", `${data}function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += w * xs[i]; return b * b; }`],
];

const datasetIn = (fn: IrFunction): string => [...namedData(fn).keys()].find((name) => rowLoops(fn, name).ok) ?? expect.fail("no rows");
const found = (fn: IrFunction) => {
  const search = rowLoops(fn, datasetIn(fn));
  return search.ok ? search.found : expect.fail(search.reason);
};
const point = Float64Array.of(0.7, -0.2);
const backends = ["interpreter", "javascript", "wasm"] as const;

describe("a function as a sum of shares of its rows", () => {
  describe.each(sums)("%s", (_, text) => {
    const all = lowered(text);
    const fn = all.function;
    const rest = onlySums(fn, found(fn)) ?? expect.fail("no sum");

    it.each(backends)("is what they add up to, by %s", (backend) => {
      const whole = createObjective(all, { backend });
      const shares = [[0, 4], [4, 5], [5, 11]].map(([from = 0, to = 0], k) => overRows(k === 0 ? fn : rest, found(fn), { from, to }));
      const gradient = new Float64Array(2);
      let value = 0;
      for (const share of shares) {
        verify(share);
        const own = new Float64Array(2);
        value += createObjective({ ...all, function: share }, { backend }).valueAndGradient(point, own);
        own.forEach((each, k) => { gradient[k] = (gradient[k] ?? 0) + each; });
      }
      expect(value).toBeCloseTo(whole.value(point), 12);
      whole.gradient(point).forEach((each, k) => expect(gradient[k]).toBeCloseTo(each, 12));
    });

    it("is what they add up to over a batch", () => {
      const minibatch = createObjective(all).minibatch?.(datasetIn(fn), 5) ?? expect.fail("no minibatch");
      const chosen = [1, 2, 6, 9, 10];
      minibatch.rows.set(chosen);
      const [first, second] = [batched(fn, found(fn), 2, 5), batched(rest, found(fn), 3, 5)];
      first.rows.set(chosen.slice(0, 2));
      second.rows.set(chosen.slice(2));
      const [a, b] = [first, second].map((share) => createObjective({ ...all, function: share.function }));
      expect((a?.value(point) ?? NaN) + (b?.value(point) ?? NaN)).toBeCloseTo(minibatch.objective.value(point), 12);
      minibatch.objective.gradient(point).forEach((each, k) => expect((a?.gradient(point)[k] ?? NaN) + (b?.gradient(point)[k] ?? NaN)).toBeCloseTo(each, 12));
    });

    it("has no row twice in memory", () => {
      const share = overRows(fn, found(fn), { from: 3, to: 8 });
      const data = mentionedArrays(share.body, share.arrays).filter(({ role }) => role.kind === "data");
      expect(data.map(({ shape }) => shape[0])).toEqual(data.map(() => 5));
      expect(data).not.toEqual([]);
    });
  });

  it.each(noSums)("is none where there is %s", (_, text) => {
    const { function: fn } = lowered(text);
    expect(onlySums(fn, found(fn))).toBeUndefined();
  });
});

/** Long enough to be divided: 4000 rows, and 300 turns for each. */
const long = `const xs = Array.from({ length: 4000 }, (_, i) => Math.sin(i * 12.9898) * 3), ys = xs.map((x, i) => (x + Math.sin(i * 78.233) > 0.5 ? 1 : 0));
function loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) { const z = w * xs[i] + b; let t = 0; for (let k = 1; k < 300; k++) t += z / k; s += Math.log(1 + Math.exp(z)) - ys[i] * z + 1e-3 * t * t; } return s / xs.length + 0.1 * w * w; }`;
const short = sums[0]?.[1] ?? "";

describe("an objective in shares", () => {
  const objective: Objective = compile(selected(long));

  it("is the objective, but for the order in which rows are added up", () => {
    const kernels = new ShareKernels(objective, "xs");
    const shared = inShares(objective, kernels);
    expect(kernels.division()?.ranges.length).toBeGreaterThan(1);
    expect(shared.value(point)).toBeCloseTo(objective.value(point), 12);
    objective.gradient(point).forEach((each, k) => expect(shared.gradient(point)[k]).toBeCloseTo(each, 12));
  });

  it("descends by minibatches as the objective does", () => {
    const options = { method: "gd", maxIterations: 5, learningRate: 0.1, start: point, batch: { dataset: "xs", size: 2500, seed: 1 } } as const;
    const kernels = new ShareKernels(objective, "xs");
    expect(kernels.division(2500)?.ranges.length).toBeGreaterThan(1);
    const [shared, whole] = [minimize(inShares(objective, kernels), options), minimize(objective, options)];
    shared.iterates.forEach((each, k) => expect(each).toBeCloseTo(whole.iterates[k] ?? NaN, 11));
  });

  it("is the same to the last bit whoever computes which share", () => {
    const alone = inShares(objective, new ShareKernels(objective, "xs"));
    const kernels = new ShareKernels(objective, "xs");
    const others = new ShareKernels(objective, "xs");
    for (const theirs of [[1], [2, 3], [1, 2, 3]]) {
      let evaluated: Parameters<Helpers["begin"]>[0] = { x: point };
      const helpers: Helpers = {
        begin: (given) => { evaluated = given; },
        end: () => undefined,
        take: (part) => {
          const gradient = new Float64Array(2);
          return theirs.includes(part) ? { value: others.evaluate(part, evaluated, gradient), gradient } : undefined;
        },
      };
      const together = inShares(objective, kernels, helpers);
      const [a, b] = [new Float64Array(2), new Float64Array(2)];
      expect(together.valueAndGradient(point, a)).toBe(alone.valueAndGradient(point, b));
      expect(a).toEqual(b);
    }
  });

  it("is divided by what the function is alone: a short one not at all", () => {
    expect(compile(selected(short)).shares?.()).toBeUndefined();
    expect(objective.shares?.({ dataset: "xs", size: 64 })).toBeUndefined();
    expect(objective.shares?.({ dataset: "unknown", size: 64 })).toBeUndefined();
    expect(objective.shares?.()?.ranges).toEqual(compile(selected(long)).shares?.()?.ranges);
  });
});
