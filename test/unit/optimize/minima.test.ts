import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type MinimaFixture, compareWithSciPy, median } from "./compareWithSciPy";

const path = new URL("../../fixtures/optimize/minima.json", import.meta.url);
const fixture = JSON.parse(readFileSync(path, "utf8")) as MinimaFixture;

describe("from the standard starts, at a gradient tolerance of 1e-8", () => {
  it.each([
    ["bfgs", "BFGS", 0],
    ["lbfgs", "L-BFGS-B", 0],
    ["cg", "CG", 0],
    ["newton-cg", "Newton-CG", 0],
    ["trust-region", "trust-exact", 1],
  ] as const)("%s reaches the minimum as often as SciPy's %s, or oftener, in as many evaluations", (method, peer, more) => {
    const { ours, theirs, ratios } = compareWithSciPy(fixture, method, peer);
    expect(ours.length).toBeGreaterThanOrEqual(theirs.length + more);
    expect(median(ratios)).toBeLessThanOrEqual(1.2);
  }, 60_000);
});
