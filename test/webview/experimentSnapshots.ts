import type { BasinsSnapshot, OutcomesSnapshot, RaceSnapshot, RacerSnapshot, RatesSnapshot } from "../../src/shared/experiments";

/** Small, true snapshots of experiments on x² + y² from (2, 1.75). */

/** Gradient descent whose rate multiplies each coordinate by `factor`; a gradient a step, or `looks` of them. */
export function racer(part: Partial<RacerSnapshot>, factor: number, iterations: number, looks = 1): RacerSnapshot {
  const iterates = new Float64Array(2 * (iterations + 1));
  for (let k = 0; k <= iterations; k++) iterates.set([2 * factor ** k, 1.75 * factor ** k], 2 * k);
  return {
    method: "gd", learningRate: (1 - factor) / 2, rateFrom: "suggested", status: "exhausted", rule: "gradients", reason: "spent", iterations, iterates, hessians: 0,
    values: Float64Array.from({ length: iterations + 1 }, (_, k) => (4 + 1.75 ** 2) * factor ** (2 * k)),
    gradients: Float64Array.from({ length: iterations + 1 }, (_, k) => 1 + looks * k), ...part,
  };
}

export const race: RaceSnapshot = {
  objective: 1, dimension: 2, maximize: false, budget: { kind: "gradients", count: 20 }, ranking: [2, 1, 0, 3],
  racers: [
    racer({}, 0.9, 19),
    racer({ method: "adam", arrival: 14 }, 0.5, 19),
    racer({ method: "newton", rateFrom: "searches", status: "converged", hessians: 4, arrival: 4 }, 0.1, 4, 2),
    racer({ method: "momentum", status: "diverged" }, -1.5, 19),
  ],
};

export const rates: RatesSnapshot = {
  objective: 1, method: "gd", startValue: 7, learningRates: Float64Array.of(0.01, 0.1, 0.5, 1, 5), outcomes: ["slow", "slow", "converged", "oscillating", "diverged"],
  values: Float64Array.of(4.7, 0.09, 0, 7, 1e30), iterations: Int32Array.of(10, 10, 1, 10, 10), dropped: Uint8Array.of(1, 0, 0, 0, 0),
  best: 2, largestStable: 0.5, curvature: 2, bound: 1,
};

export const outcomes: OutcomesSnapshot = {
  objective: 1, method: "momentum", parameter: "momentum", learningRates: Float64Array.of(0.1, 1, 10), settings: Float64Array.of(0, 0.9),
  outcomes: ["converged", "oscillating", "diverged", "converged", "slow", "diverged"], iterations: Int32Array.of(40, 200, 9, 160, 200, 12),
  values: Float64Array.of(1e-13, 7, Infinity, 1e-13, 0.01, Infinity), best: 0, bounds: Float64Array.of(1, 1.9), curvature: 2,
};

export const basins: BasinsSnapshot = {
  objective: 1, dimension: 2, maximize: false, starts: Float64Array.of(-3, 0, -1, 0, 1, 0, 3, 0, 0, 0, 4, 4, 5, 5, 2, 2), heights: new Float64Array(8),
  reached: Int32Array.of(0, 0, 1, 1, 2, -1, -2, 0), iterations: new Int32Array(8).fill(9),
  places: [
    { x: Float64Array.of(-1, 0), value: 0, visitors: 3, isMinimum: true }, { x: Float64Array.of(1, 0), value: 0.5, visitors: 2, isMinimum: true },
    { x: Float64Array.of(0, 0), value: 1, visitors: 1, isMinimum: false },
  ],
};
