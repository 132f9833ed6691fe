import { describe, expect, it } from "vitest";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import type { DescentIntent } from "../../../src/shared/intent";
import { Steering } from "../../../src/shared/steering";
import { experiments } from "../../../src/worker/experiments";
import { compiled } from "../optimize/testObjectives";
import { callContext } from "../support/callContext";

const bowl = compiled("(x^2 + 50 y^2) / 2", [1, 1]);
const himmelblau = compiled("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [0, 0]);
const descent: DescentIntent = { ...defaultDescent(defaultSettings), learningRate: 0.03, maxIterations: 300 };
const on = (objective = bowl) => experiments(() => objective);

describe("an experiment that is asked for", () => {
  it("races from the person's start, each within its gradients, with a path to draw", async () => {
    const entrants = [{ method: "gd", parameters: {}, learningRate: 0.03 }, { method: "bfgs", parameters: {} }] as const;
    const race = await on().race({ objective: 7, descent: { ...descent, start: [2, 3] }, entrants: [...entrants], budget: { kind: "gradients", count: 40 } }, callContext());
    expect(race).toMatchObject({ objective: 7, dimension: 2, budget: { kind: "gradients", count: 40 }, ranking: [1, 0] });
    for (const { iterates, iterations, gradients, values } of race.racers) {
      expect([...iterates.subarray(0, 2)]).toEqual([2, 3]);
      expect(iterates).toHaveLength(2 * (iterations + 1));
      expect(values).toHaveLength(iterations + 1);
      expect(gradients.at(-1)).toBeLessThanOrEqual(40);
    }
    expect(race.racers.map(({ rateFrom }) => rateFrom)).toEqual(["own", "searches"]);
  });

  it("sends no path of a function of many unknowns", async () => {
    const race = await on(compiled("x^2 + y^2 + z^2", [1, 2, 3])).race({ objective: 1, descent, entrants: [{ method: "gd", parameters: {} }], budget: { kind: "iterations", count: 5 } }, callContext());
    expect(race.racers[0]?.iterates).toHaveLength(0);
    expect(race.racers[0]?.values).toHaveLength(6);
  });

  it("tries rates with the person's method and rules of stopping", async () => {
    const rates = await on().rates({ objective: 1, descent: { ...descent, maxIterations: 1000 }, rates: { kind: "grid", from: 0.01, to: 0.1, count: 11 }, spending: "all" }, callContext());
    expect(rates.bound).toBeCloseTo(0.04, 4);
    expect(rates.curvature).toBeCloseTo(50, 2);
    expect(rates.outcomes[rates.best ?? NaN]).toBe("converged");
    expect(rates.outcomes.at(-1)).toBe("diverged");
    expect(Math.max(...rates.iterations)).toBe(1000);
    expect(rates.startValue).toBe(25.5);
  });

  it("maps outcomes over learning rate and momentum, a row a setting", async () => {
    const map = await on().outcomes({ objective: 1, descent: { ...descent, method: "momentum" }, rates: { from: 0.01, to: 0.1, count: 4 }, parameter: "momentum", settings: [0, 0.5, 0.9] }, callContext());
    expect(map.outcomes).toHaveLength(12);
    expect([...(map.bounds ?? [])].map((bound) => bound * 50)).toEqual([2, 3, 3.8].map((bound): unknown => expect.closeTo(bound, 3)));
  });

  it("finds Himmelblau's four minima from starts all over the window, with the value at each start", async () => {
    const found = await on(himmelblau).basins({ objective: 1, descent: { ...descent, method: "bfgs" }, window: [[-5, 5], [-5, 5]], scatter: { kind: "grid", side: 10 } }, callContext());
    expect(found.places.filter(({ isMinimum }) => isMinimum)).toHaveLength(4);
    expect(found.reached).toHaveLength(100);
    expect(found.heights[0]).toBe(himmelblau.value(found.starts.subarray(0, 2)));
  });

  it.each([
    ["a learning rate of nothing", () => on().race({ objective: 1, descent, entrants: [{ method: "gd", parameters: {}, learningRate: 0 }], budget: { kind: "iterations", count: 5 } }, callContext())],
    ["a setting the method does not have", () => on().outcomes({ objective: 1, descent, rates: { from: 0.1, to: 1, count: 2 }, parameter: "beta1", settings: [0.9] }, callContext())],
    ["a window of another dimension", () => on().basins({ objective: 1, descent, window: [[0, 1]], scatter: { kind: "grid", side: 2 } }, callContext())],
  ])("comes back as a plain sentence where it makes no sense: %s", async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({ name: "WireError", code: "invalid" });
  });

  it("is given up between two pieces, however long it would have taken", async () => {
    const controller = new AbortController();
    let asked = 0;
    const slow = Object.create(himmelblau, {
      valueAndGradient: { value: (x: Float64Array, out: Float64Array) => {
        if (++asked === 500) controller.abort();
        return himmelblau.valueAndGradient(x, out);
      } },
    }) as typeof himmelblau;
    const told: number[] = [];
    const context = { signal: controller.signal, steering: new Steering(), transfer: [], tell: ({ done }: { done: number }) => void told.push(done) };
    const asking = on(slow).basins({ objective: 1, descent: { ...descent, learningRate: 1e-5, maxIterations: 100_000 }, window: [[-5, 5], [-5, 5]], scatter: { kind: "grid", side: 50 } }, context);
    await expect(asking).rejects.toMatchObject({ code: "cancelled" });
    expect(asked).toBeLessThan(2500 * 1000);
  });
});
