import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { formulaOf } from "./formulaOf";

interface Ideal {
  input: string;
  wrt: string;
  ideal: string;
  latex: string;
  points: { at: Record<string, number>; value: number }[];
  peers: string[];
}
const ideals = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/ideals.json", import.meta.url), "utf8")) as { cases: Ideal[] };

const bare = (text: string): string => text.replace(/[\s{}()*]|\\left|\\right/g, "");

describe.each(ideals.cases)("d/d$wrt of $input", ({ input, wrt, ideal, latex, points, peers }) => {
  const { formula, coordinates } = formulaOf(input);
  const at = coordinates.indexOf(wrt);

  test("is what a person would write, or as short", () => {
    const ours = formula.gradient[at]?.math() ?? "";
    if (bare(ours) === bare(ideal)) expect(bare(formula.gradient[at]?.latex() ?? "")).toBe(bare(latex));
    else expect(bare(ours).length).toBeLessThanOrEqual(bare(ideal).length);
  });

  test("is no longer than what SymPy and mathjs print", () => {
    const ours = bare(formula.gradient[at]?.math() ?? "");
    const shortest = Math.min(...peers.filter((peer) => !peer.startsWith("(unsupported") && !peer.includes("Heaviside")).map((peer) => bare(peer).length));
    // sec(x)^2 is one name in a peer where code has to spell 1 / cos(x)^2.
    expect(ours.length).toBeLessThanOrEqual(Math.max(shortest + 1, bare(ideal).length));
  });

  test("has the right values", () => {
    for (const point of points) {
      const x = coordinates.map((name) => point.at[name] ?? NaN);
      expect(evaluateNode(formula.partialNode(at), x)).toBeCloseTo(point.value, 8);
    }
  });
});
