import { describe, expect, it } from "vitest";
import type { Objective } from "../../../src/core/objective";
import { coordinatePlane } from "../../../src/core/landscape/plane";
import { type SampleOptions, sampleLandscape } from "../../../src/core/landscape/sample";
import { explore } from "../../../src/core/optimize/explore";
import { minimize } from "../../../src/core/optimize/minimize";
import { beale, objectiveOf, quadratic, rosenbrock } from "../optimize/testObjectives";

const size = { columns: 33, rows: 25 };

/** As the worker does it: explored first. */
function landscapeOf(objective: Objective, options: SampleOptions) {
  const explored = explore(objective, options.start ?? objective.start, 300, options.maximize ? -1 : 1);
  return sampleLandscape(objective, { explored, ...options });
}

function contoursOf(objective: Objective, options: SampleOptions) {
  const landscape = landscapeOf(objective, options);
  if (landscape?.kind !== "contour") throw new Error("expected contours");
  return landscape;
}

describe("a landscape of two variables", () => {
  it("has the function's values on the grid, row 0 at the bottom", () => {
    const window = { x: [-2, 2] as [number, number], y: [-1, 3] as [number, number] };
    const { values, columns, rows } = contoursOf(rosenbrock, { ...size, window });
    for (const [column, row] of [[0, 0], [32, 0], [0, 24], [17, 9]] as const) {
      const point = Float64Array.of(-2 + (4 * column) / (columns - 1), -1 + (4 * row) / (rows - 1));
      expect(values[row * columns + column]).toBeCloseTo(rosenbrock.value(point), 9);
    }
  });

  it("keeps a window that was asked for", () => {
    const window = { x: [10, 11] as [number, number], y: [5, 6] as [number, number] };
    expect(contoursOf(rosenbrock, { ...size, window }).window).toEqual(window);
  });

  it.each([
    [rosenbrock, [1, 1]],
    [beale, [3, 0.5]],
    [quadratic([1, 2000], [30, 1]), [0, 0]],
    [quadratic([2, 2], [100, 100], [90, 80]), [90, 80]],
  ])("of $name shows where it begins and where its minimum is, before anything has run", (objective, [mx = NaN, my = NaN]) => {
    const { window, levels } = contoursOf(objective, size);
    const { x, y } = window;
    const [sx = NaN, sy = NaN] = objective.start;
    for (const [px, py] of [[sx, sy], [mx, my]] as const) {
      expect(px > x[0] && px < x[1] && py > y[0] && py < y[1], `(${px}, ${py}) in ${JSON.stringify(window)}`).toBe(true);
    }
    expect(x[1] - x[0]).toBeLessThan(6 * Math.max(Math.abs(mx - sx), Math.abs(my - sy)));
    expect(levels.length).toBeGreaterThan(5);
  });

  it.each([
    ["walks along a floor", quadratic([1, 50], [8, 1.5]), 0.01, "log"],
    ["comes straight down", quadratic([2, 2], [2, 1.5]), 0.25, "linear"],
    ["does not get going", quadratic([1, 50], [8, 1.5]), 1e-6, "linear"],
  ] as const)("where the run %s, has levels that show it", (_what, objective, learningRate, scale) => {
    const { iterates } = minimize(objective, { method: "gd", learningRate, maxIterations: 200, stop: { gradientNorm: 1e-6 } });
    expect(contoursOf(objective, { columns: 60, rows: 40, path: iterates }).scale).toBe(scale);
  });

  it("stays near where a run that diverged set out", () => {
    const run = minimize(rosenbrock, { method: "gd", learningRate: 0.02 });
    expect(run.status).toBe("diverged");
    const { window } = contoursOf(rosenbrock, { ...size, path: run.iterates });
    expect(window.x[1] - window.x[0]).toBeLessThan(20);
    expect(window.y[1] - window.y[0]).toBeLessThan(40);
  });

  it("follows a run downhill without end only so far", () => {
    const cliff = quadratic([-1, 1], [0.1, 1]);
    const run = minimize(cliff, { method: "gd", learningRate: 0.5, maxIterations: 100 });
    expect(Math.abs(run.iterates.at(-2) ?? 0)).toBeGreaterThan(1e6);
    const { window } = contoursOf(cliff, { ...size, path: run.iterates });
    expect(window.x[1] - window.x[0]).toBeLessThan(1e5);
  });

  it("that nobody explored shows the start and what the run found", () => {
    const run = minimize(quadratic([2, 2], [5, 5]), { method: "gd", learningRate: 0.1, maxIterations: 100 });
    const landscape = sampleLandscape(quadratic([2, 2], [5, 5]), { ...size, path: run.iterates });
    if (landscape?.kind !== "contour") throw new Error("expected contours");
    expect(landscape.window.x[0]).toBeLessThan(0);
    expect(landscape.window.x[1]).toBeGreaterThan(5);
  });

  it("of a climb looks for the top", () => {
    const hill = quadratic([-2, -3], [4, 3]);
    const run = minimize(hill, { method: "gd", maximize: true, learningRate: 0.1, maxIterations: 200 });
    const { window } = contoursOf(hill, { ...size, path: run.iterates, maximize: true });
    expect(window.x[0]).toBeLessThan(0);
    expect(window.x[1]).toBeLessThan(10);
  });
});

describe("a landscape of one variable", () => {
  const cosine = objectiveOf({
    name: "cos",
    start: [1],
    value: (x) => Math.cos(x[0] ?? NaN),
    gradient: (x, out) => (out[0] = -Math.sin(x[0] ?? NaN)),
  });

  it("is the curve and its derivative, ends included", () => {
    const curve = landscapeOf(cosine, { columns: 101, rows: 1, window: { x: [0, 2], y: [0, 1] } });
    if (curve?.kind !== "curve") throw new Error("expected a curve");
    expect(curve.x).toEqual([0, 2]);
    expect(curve.values[0]).toBe(1);
    expect(curve.values[100]).toBeCloseTo(Math.cos(2), 14);
    expect(curve.derivatives[50]).toBeCloseTo(-Math.sin(1), 14);
  });

  it("is seen on both sides of the valley its start leads to", () => {
    const curve = landscapeOf(cosine, { columns: 10, rows: 1 });
    if (curve?.kind !== "curve") throw new Error("expected a curve");
    expect(curve.x[0]).toBeLessThan(1);
    expect(curve.x[1]).toBeGreaterThan(Math.PI + 1);
  });
});

describe("a landscape of more variables", () => {
  it("is not drawn until two are chosen", () => {
    expect(landscapeOf(quadratic([1, 2, 3], [1, 1, 1]), size)).toBeNull();
  });

  it("can be cut along any two of them", () => {
    const objective = quadratic([1, 2, 3], [7, 8, 9]);
    const plane = coordinatePlane(objective.start, { x: [-1, 1], y: [-2, 2] }, 2, 0);
    const values = objective.grid(plane, 3, 3);
    // Column 2 is x₃ = 1, row 0 is x₁ = −2, and x₂ stays 8.
    expect(values[2]).toBeCloseTo(objective.value(Float64Array.of(-2, 8, 1)), 12);
  });
});
