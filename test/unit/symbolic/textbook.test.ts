import { readFileSync } from "node:fs";
import { derivative } from "mathjs";
import { describe, expect, test } from "vitest";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { formulaOf } from "./formulaOf";

interface Entry {
  input: string;
  wrt: string;
  ideal: string;
  sympy: string | null;
}
const { cases } = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/textbook.json", import.meta.url), "utf8")) as { cases: Entry[] };

/** Marks on paper: brackets, spaces and the signs of multiplication are not counted, for anybody. */
const marks = (text: string): number => text.replaceAll("**", "^").replace(/[\s*()]/g, "").length;

/** mathjs knows neither max nor atan2, and takes (x²)^0.5 for x. */
function peersOf({ input, wrt, sympy }: Entry): string[] {
  const peers = sympy === null || /Heaviside|Derivative|\d\.0/.test(sympy) ? [] : [sympy];
  if (/\(x\^2\)\^0\.5|max|atan2/.test(input)) return peers;
  return [...peers, derivative(input, wrt).toString()];
}

describe.each(cases)("d/d$wrt of $input", (entry) => {
  const { formula, coordinates } = formulaOf(entry.input);
  const at = coordinates.indexOf(entry.wrt);
  const ours = formula.gradient[at]?.math() ?? "";

  test("is what a textbook prints", () => {
    expect(ours).toBe(entry.ideal);
  });

  test("is no longer than what SymPy or mathjs make of it, but for a sign or a power", () => {
    for (const peer of peersOf(entry)) expect(marks(ours), peer).toBeLessThanOrEqual(marks(peer) + 2);
  });

  test("has the slope that differences have", () => {
    const x = coordinates.map((_, k) => 0.37 + 0.11 * k);
    const h = 1e-5;
    const value = (shift: number): number => evaluateNode(formula.valueNode, x.map((xk, k) => (k === at ? xk + shift : xk)));
    const slope = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h);
    if (!Number.isFinite(slope)) return;
    expect(Math.abs(evaluateNode(formula.partialNode(at), x) - slope)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(slope)));
  });
});
