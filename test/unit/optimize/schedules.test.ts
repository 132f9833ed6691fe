import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/core/optimize/minimize";
import { scheduleOf } from "../../../src/core/optimize/schedules/scheduleOf";
import type { ScheduleOptions } from "../../../src/core/optimize/types";
import { objectiveOf, quadratic, rosenbrock } from "./testObjectives";

type Sequence = { schedule: string; options: ScheduleOptions; base: number; losses?: number[]; rates: number[] };
const path = new URL("../../fixtures/optimize/torchSchedules.json", import.meta.url);
const fixture = JSON.parse(readFileSync(path, "utf8")) as { schedules: Sequence[] };

describe("the learning rates of PyTorch's schedules", () => {
  it.each(fixture.schedules.map((sequence) => [sequence.schedule, sequence] as const))("%s", (_, { options, base, losses, rates }) => {
    const schedule = scheduleOf(base, options, rates.length, false);
    rates.forEach((expected, k) => {
      expect(Math.abs(schedule.rate(k + 1) - expected), `step ${k + 1}`).toBeLessThanOrEqual(1e-12 * Math.max(1, expected));
      schedule.observe?.(losses?.[k] ?? NaN);
    });
  });

  it.each(fixture.schedules.filter(({ losses }) => !losses).map((s) => [s.schedule, s] as const))("%s are those of the run", (_, { options, base, rates }) => {
    const run = minimize(quadratic([1e-3], [1]), { method: "gd", learningRate: base, schedule: options, maxIterations: rates.length, stop: {} });
    rates.forEach((expected, k) => expect(run.learningRates[k + 1]).toBeCloseTo(expected, 12));
  });
});

describe("a schedule", () => {
  it.each(["polynomial", "cosine"] as const)("%s runs out with the run where nobody says when", (kind) => {
    const run = minimize(quadratic([1], [1]), { method: "gd", learningRate: 0.1, schedule: { kind }, maxIterations: 50, stop: {} });
    expect(run.learningRates[1]).toBe(0.1);
    expect(run.learningRates[50]).toBeLessThan(0.01);
  });

  it("on a plateau says when the rate was lowered", () => {
    const flat = objectiveOf({ name: "flat", start: [0], value: () => 1, gradient: (_x, out) => (out[0] = 1) });
    const run = minimize(flat, { method: "gd", learningRate: 0.1, schedule: { kind: "plateau", patience: 3 }, maxIterations: 12, stop: {} });
    expect(run.learningRates[12]).toBeCloseTo(1e-3, 12);
    expect(run.remarks).toMatchObject([{ kind: "lowered", count: 2, first: 5 }]);
    expect(run.remarks[0]?.message).toBe("In 2 iterations, first in 5, the learning rate was lowered, as the value had stopped getting better.");
  });

  it("on a plateau takes the direction of ascent into account", () => {
    const climbing = scheduleOf(1, { kind: "plateau", patience: 0 }, 10, true);
    for (const value of [1, 2, 3]) climbing.observe?.(value);
    expect(climbing.rate(4)).toBe(1);
    climbing.observe?.(3);
    expect(climbing.rate(5)).toBeCloseTo(0.1, 15);
  });

  it.each<[ScheduleOptions, string]>([
    [{ kind: "sawtooth" as "step" }, 'There is no learning-rate schedule "sawtooth"; choose one of constant, step'],
    [{ kind: "step", step: 3 }, 'The schedule "step" has no setting called "step"; it has stepSize, gamma.'],
    [{ kind: "step", stepSize: 0 }, `The schedule's "stepSize" counts steps, so it must be a whole number from 1 up, not 0.`],
    [{ kind: "exponential", gamma: -1 }, `The schedule's "gamma" must be a number from 0 up, not -1.`],
    [{ kind: "multistep" }, 'The schedule "multistep" needs milestones'],
    [{ kind: "plateau", factor: 2 }, `The schedule's "factor" must be below 1, but is 2.`],
  ])("%j is refused in a sentence", (schedule, message) => {
    expect(() => minimize(rosenbrock, { method: "gd", schedule })).toThrow(message);
  });
});

describe("clipping", () => {
  it("by norm shortens a long gradient as PyTorch does, and says so", () => {
    const run = minimize(quadratic([3, 4], [1, 1]), { method: "gd", learningRate: 0.1, clip: { norm: 1 }, maxIterations: 1, stop: {} });
    const share = 1 / (5 + 1e-6);
    expect(run.iterates[2]).toBeCloseTo(1 - 0.1 * 3 * share, 14);
    expect(run.iterates[3]).toBeCloseTo(1 - 0.1 * 4 * share, 14);
    expect(run.internals.clipping?.[1]).toBeCloseTo(share, 12);
    // The gradient recorded is the function's own.
    expect(Array.from(run.gradients.subarray(0, 2))).toEqual([3, 4]);
    expect(run.remarks).toMatchObject([{ kind: "clipped", count: 1, first: 1, message: "In iteration 1 the gradient was clipped before the step." }]);
  });

  it("by value cuts each coordinate", () => {
    const run = minimize(quadratic([3, 0.5], [1, 1]), { method: "gd", learningRate: 0.1, clip: { value: 1 }, maxIterations: 1, stop: {} });
    expect(Array.from(run.iterates.subarray(2))).toEqual([0.9, 0.95]);
  });

  it("that does nothing changes nothing, and is not mentioned", () => {
    const options = { method: "adam", learningRate: 0.01, maxIterations: 30, stop: {} } as const;
    const run = minimize(rosenbrock, { ...options, clip: { norm: 1e9 } });
    expect(run.iterates).toEqual(minimize(rosenbrock, options).iterates);
    expect(run.remarks).toEqual([]);
    expect(new Set(run.internals.clipping)).toEqual(new Set([1]));
  });

  it("keeps a run on the ground that would have left it", () => {
    const options = { method: "gd", learningRate: 0.01, maxIterations: 3000 } as const;
    expect(minimize(rosenbrock, options).status).toBe("diverged");
    expect(minimize(rosenbrock, { ...options, clip: { norm: 1 } }).status).not.toBe("diverged");
  });

  it.each([
    [{ method: "gd", clip: { norm: 0 } }, "Gradients can be clipped to a norm above 0, not to 0."],
    [{ method: "bfgs", clip: { norm: 1 } }, "BFGS finds its own step lengths, so its gradients are not clipped."],
  ] as const)("%j is refused", (options, message) => {
    expect(() => minimize(rosenbrock, options)).toThrow(message);
  });
});
