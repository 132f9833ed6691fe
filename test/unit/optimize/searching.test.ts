import { describe, expect, it } from "vitest";
import type { Objective } from "../../../src/core/objective";
import { minimize } from "../../../src/core/optimize/minimize";
import type { LineSearchName, MethodId } from "../../../src/core/optimize/types";
import { compiled, finalIterate, objectiveOf, rosenbrock, seededRandom } from "./testObjectives";

const searching = ["newton", "newton-cg", "trust-region", "cg", "bfgs", "lbfgs"] as const;
const exact = { c2: 1e-9 }; // so flat a slope is only at the minimum along the line

/** A quadratic of n unknowns with random curvatures and a random rotation: Σ (aₖ·x − 1)² over random aₖ. */
function tangled(n: number, seed: number): Objective {
  const random = seededRandom(seed);
  const terms = Array.from({ length: n + 2 }, () =>
    `(${Array.from({ length: n }, (_, j) => `${(2 * random() - 1).toFixed(3)} x${j + 1}`).join(" + ")} - 1)^2`);
  return compiled(terms.join(" + "), Array.from({ length: n }, () => 4 * random() - 2));
}

describe("on a quadratic", () => {
  it.each([1, 2, 3, 6])("of %d unknowns Newton arrives in one step", (n) => {
    for (const seed of [1, 2, 3]) {
      const run = minimize(tangled(n, seed), { method: "newton", stop: { gradientNorm: 1e-9 } });
      expect(run.status).toBe("converged");
      expect(run.iterations).toBe(1);
      expect(run.learningRates[1]).toBe(1);
    }
  });

  it.each(["bfgs", "lbfgs", "cg"] as const)("%s arrives in n steps when it searches each line to its lowest point", (method) => {
    for (const n of [2, 3, 5]) {
      const run = minimize(tangled(n, n), { method, parameters: exact, stop: { gradientNorm: 1e-6 } });
      expect(run.status).toBe("converged");
      expect(run.iterations).toBeLessThanOrEqual(n);
    }
  });

  it("BFGS has learnt the inverse Hessian after n such steps", () => {
    const objective = compiled("2 x^2 + 3 y^2 + x y - x", [1, 2]);
    const run = minimize(objective, { method: "bfgs", parameters: exact, stop: {}, maxIterations: 2 });
    const learnt = run.internals.inverseHessian?.subarray(8);
    // [[4, 1], [1, 6]]⁻¹
    [6 / 23, -1 / 23, -1 / 23, 4 / 23].forEach((entry, k) => expect(learnt?.[k]).toBeCloseTo(entry, 6));
  });

  it("a trust region large enough is Newton's step, and a small one goes to its edge", () => {
    const objective = compiled("x^2 + 4 y^2", [3, 4]);
    const wide = minimize(objective, { method: "trust-region", parameters: { initialRadius: 10 } });
    expect(wide.iterations).toBe(1);
    const narrow = minimize(objective, { method: "trust-region", maxIterations: 1, stop: {} });
    const [x = NaN, y = NaN] = finalIterate(narrow);
    expect(Math.hypot(x - 3, y - 4)).toBeCloseTo(0.25, 9);
  });
});

describe("where the Hessian is indefinite", () => {
  const saddle = compiled("x^4/4 - x^2/2 + y^2", [0.1, 1]);

  it.each(["newton", "newton-cg", "trust-region"] as const)("%s says so, and goes downhill all the same", (method) => {
    const run = minimize(saddle, { method, stop: { gradientNorm: 1e-8 } });
    expect(run.status).toBe("converged");
    expect(run.values[run.iterations]).toBeCloseTo(-0.25, 12);
    expect(run.remarks.find(({ kind }) => kind === "indefinite")).toBeDefined();
    expect(run.remarks[0]?.message).toMatch(/^In (iteration \d+|\d+ iterations, first in \d+,) the Hessian was not positive definite/);
  });

  it("Newton shows by how much it was raised, and 0 where it need not be", () => {
    const run = minimize(saddle, { method: "newton" });
    const shifts = run.internals.shift ?? [];
    // The Hessian at the start is diag(−0.97, 2).
    expect(shifts[1]).toBeGreaterThan(0.97);
    expect(shifts[run.iterations]).toBe(0);
  });

  it("a trust region leaves a saddle even where the slope has no part along the way down", () => {
    const run = minimize(compiled("x^4/4 - x^2/2 + y^2", [0, 1]), { method: "trust-region" });
    expect(run.values[run.iterations]).toBeCloseTo(-0.25, 9);
  });
});

describe("every method that searches", () => {
  it.each(searching)("%s reaches Rosenbrock's minimum", (method) => {
    const run = minimize(compiled("(1-x)^2 + 100 (y-x^2)^2", [-1.2, 1]), { method, stop: { gradientNorm: 1e-8 } });
    expect(run.status).toBe("converged");
    finalIterate(run).forEach((x) => expect(x).toBeCloseTo(1, 7));
  });

  it.each(searching)("%s never climbs, but for rounding", (method) => {
    const run = minimize(compiled("(1-x)^2 + 100 (y-x^2)^2", [-1.2, 1]), { method });
    for (let k = 1; k <= run.iterations; k++) {
      expect(run.values[k]).toBeLessThanOrEqual((run.values[k - 1] ?? NaN) * (1 + 1e-11));
    }
  });

  it.each(searching)("%s comes back from where the function has no value", (method) => {
    // Newton's first step from 3 leads to −3.
    const run = minimize(compiled("x - log(x) + (y - 1)^2", [3, 2]), { method, stop: { gradientNorm: 1e-8 } });
    expect(run.status).toBe("converged");
    expect(finalIterate(run)[0]).toBeCloseTo(1, 7);
  });

  it.each(searching)("%s ends at a kink in a sentence, lower than it began", (method) => {
    const run = minimize(compiled("|x - 1/3| + (y - 2)^2 / 2", [3, 5]), { method, maxIterations: 500 });
    expect(run.values[run.iterations]).toBeLessThan(5);
    expect(run.reason).toMatch(/kink|digits|still|gradient norm/);
  });

  it.each(searching)("%s stays at the minimum where no rule ends the run, and counts on", (method) => {
    const run = minimize(compiled("x^2 + 3 y^2", [1, 2]), { method, maxIterations: 40, stop: {} });
    expect(run).toMatchObject({ iterations: 40, status: "exhausted" });
    finalIterate(run).forEach((x) => expect(Math.abs(x)).toBeLessThan(1e-6));
  });

  it.each(searching)("%s is cancelled like any other", (method) => {
    expect(minimize(rosenbrock, { method, signal: AbortSignal.abort() })).toMatchObject({ status: "cancelled", iterations: 0 });
  });

  it.each(searching)("%s follows a function without a bottom, and says that it left", (method) => {
    const run = minimize(compiled("x + y^2", [1, 1]), { method });
    expect(["diverged", "exhausted"]).toContain(run.status);
    expect(run.values[run.iterations]).toBeLessThan(-100);
  });
});

describe("a minimum far away or badly scaled", () => {
  it.each(searching)("is no kink to %s: it stops where digits end", (method) => {
    // Brown's: the minimum is at (10⁶, 2·10⁻⁶).
    const run = minimize(compiled("(x - 10^6)^2 + (y - 2*10^(-6))^2 + (x y - 2)^2", [1, 1]), { method, maxIterations: 3000, stop: { gradientNorm: 1e-8 } });
    expect(run.status).toBe("converged");
    expect(run.values[run.iterations]).toBeLessThan(1e-8);
  });
});

describe("many unknowns", () => {
  const n = 200;
  const chain = objectiveOf({
    name: "chain",
    start: Array.from({ length: n }, (_, i) => Math.sin(i)),
    value: (x) => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - (x[i - 1] ?? 1)) ** 2, 0),
    gradient: (x, out) => {
      out.fill(0);
      x.forEach((xi, i) => {
        const slope = 2 * (i + 1) * (xi - (x[i - 1] ?? 1));
        out[i] = (out[i] ?? 0) + slope;
        if (i > 0) out[i - 1] = (out[i - 1] ?? 0) - slope;
      });
    },
  });

  it.each(["newton-cg", "trust-region", "cg", "bfgs", "lbfgs"] as const)("are no obstacle to %s", (method) => {
    const parameters = method === "cg" ? { c2: 0.01 } : {}; // directions stay conjugate only where lines are searched well
    const run = minimize(chain, { method, parameters, maxIterations: 5000, stop: { gradientNorm: 1e-5 } });
    expect(run.status).toBe("converged");
    finalIterate(run).forEach((x) => expect(x).toBeCloseTo(1, 3));
  });

  it("are refused where a matrix of them would not fit", () => {
    const large = objectiveOf({ name: "large", start: new Array<number>(3000).fill(1), value: () => 1, gradient: (_x, out) => out.fill(0) });
    expect(() => minimize(large, { method: "bfgs" })).toThrow("which is too large; L-BFGS");
    expect(() => minimize(large, { method: "newton" })).toThrow("which is too large; Newton-CG");
  });
});

describe("a line search of one's choice", () => {
  const cases = (["gd", "newton", "newton-cg", "cg", "bfgs", "lbfgs"] satisfies MethodId[]).flatMap((method) =>
    (["armijo", "strong-wolfe"] satisfies LineSearchName[]).map((lineSearch) => [method, lineSearch] as const));
  it.each(cases)("%s with %s goes down", (method, lineSearch) => {
    const run = minimize(compiled("(1-x)^2 + 5 (y-x^2)^2", [-1.2, 1]), { method, lineSearch, maxIterations: 4000 });
    expect(run.status).toBe("converged");
    finalIterate(run).forEach((x) => expect(x).toBeCloseTo(1, 4));
  });

  it("none takes the whole step, wherever it leads", () => {
    const run = minimize(compiled("x^4/4 - x^2", [0.9]), { method: "newton", lineSearch: "none", maxIterations: 1, stop: {} });
    expect(run.iterations).toBe(1);
    expect(run.learningRates[1]).toBe(1);
    expect(run.evaluations).toEqual({ value: 2, gradient: 2, hessian: 1 });
  });

  it("gradient descent keeps its own steps unless a search is asked for", () => {
    const run = minimize(rosenbrock, { method: "gd", maxIterations: 3, learningRate: 1e-4, stop: {} });
    expect(Array.from(run.learningRates)).toEqual([1e-4, 1e-4, 1e-4, 1e-4]);
  });
});

describe("PyTorch's L-BFGS with its strong Wolfe search", () => {
  it("passes through the same points on Rosenbrock's valley", () => {
    const run = minimize(compiled("(1 - x1)^2 + 100 (x2 - x1^2)^2", [-1.2, 1]), { method: "lbfgs", parameters: { historySize: 10 }, stop: { gradientNorm: 1e-9 } });
    // Parameters of torch.optim.LBFGS (2.13.0, float64, history 10) after one and two calls of up to 20 iterations.
    for (const [x, y] of [[0.3800165494898331, 0.12448955654148494], [0.9999993334076402, 0.9999986743824548]] as const) {
      const distance = Math.min(...Array.from({ length: run.iterations + 1 }, (_, k) =>
        Math.max(Math.abs((run.iterates[2 * k] ?? NaN) - x), Math.abs((run.iterates[2 * k + 1] ?? NaN) - y))));
      expect(distance).toBeLessThanOrEqual(1e-12);
    }
  });
});
