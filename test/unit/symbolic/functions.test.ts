import { readFileSync } from "node:fs";
import { derivative } from "mathjs";
import { describe, expect, test } from "vitest";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import type { DerivationStep } from "../../../src/core/symbolic/formula";
import { slopeOf } from "./differences";
import { formulaOf } from "./formulaOf";

interface Entry {
  input: string;
  /** Partial derivatives as a person would leave them, by coordinate. */
  gradient?: Record<string, string>;
  /** Why it is longer than what mathjs prints. */
  longerThanPeer?: string;
}
const { cases } = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/functions.json", import.meta.url), "utf8")) as { cases: Entry[] };

/** Marks on paper: brackets, spaces and the signs of multiplication are not counted, for anybody. */
const marks = (text: string): number => text.replace(/[\s*()]/g, "").length;

const longestRead = 800;

/** Near 0, between 0 and 1, beyond 1, on both sides of 0, and far out; no two coordinates alike. */
const scales: readonly (readonly number[])[] = [
  [0.62, 0.37, 0.81, 0.24, 0.55, 0.43], [1.37, 2.21, 1.74, 0.83, 2.6, 1.18], [-0.71, 0.46, -0.38, 0.93, -0.57, 0.68], [-1.83, -0.64, -2.3, -1.2, -0.9, -1.6],
  [0.043, 0.071, 0.029, 0.058, 0.036, 0.064], [7.3, 5.1, 9.7, 6.4, 8.2, 4.6], [0.85, -1.42, 2.4, -0.36, 1.9, -2.2], [0.31, 1.9, 0.47, 2.7, 0.22, 3.4], [12.4, 3.6, 21.7, 2.3, 5.8, 17.1],
];
const pointsOf = (dimension: number): number[][] => scales.map((scale) => Array.from({ length: dimension }, (_, k) => (scale[k % 6] ?? 1) * (1 + 0.03 * Math.floor(k / 6))));

/** A printed text read again, as a function of the same coordinates. */
function readAgain(text: string, coordinates: readonly string[]): (x: readonly number[]) => number {
  const { valueNode } = formulaOf(`f(${coordinates.join(", ")}) = ${text}`).formula;
  return (x) => evaluateNode(valueNode, x);
}

/** Does `slope` have the values that differences of `f` have, wherever these settle? */
function expectSlope(f: (x: readonly number[]) => number, slope: (x: readonly number[]) => number, at: number, dimension: number, text: string): number {
  let compared = 0;
  for (const x of pointsOf(dimension)) {
    const expected = slopeOf(f, x, at);
    const found = slope(x);
    if (expected === undefined || !Number.isFinite(found)) continue;
    expect(Math.abs(found - expected), `${text} at ${x.join(", ")}: ${found} for ${expected}`).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(expected), Math.abs(f(x))));
    compared++;
  }
  return compared;
}

describe.each(cases)("$input", ({ input, gradient, longerThanPeer }) => {
  const { formula, coordinates } = formulaOf(input);
  const partials = formula.gradient.map((partial) => partial.math());
  const slopes = partials.map((text) => readAgain(text, coordinates));

  if (gradient) test("has the gradient that a person would leave", () => {
    expect(Object.fromEntries(coordinates.map((name, k) => [name, partials[k]]))).toEqual(gradient);
  });

  test("has, as printed, the slopes that differences have", () => {
    const f = (x: readonly number[]): number => evaluateNode(formula.valueNode, x);
    coordinates.forEach((_, k) => expect(expectSlope(f, slopes[k] ?? (() => NaN), k, coordinates.length, partials[k] ?? ""), "points compared").toBeGreaterThan(1));
  });

  test("has, as printed, the second derivatives that differences of its slopes have", () => {
    const hessian = formula.hessian();
    coordinates.forEach((_, i) => coordinates.forEach((__, j) => {
      if (j < i) return;
      const text = hessian[i]?.[j]?.math() ?? "";
      // What fills a page is not read again.
      if (text.length > longestRead) return;
      expectSlope(slopes[i] ?? (() => NaN), readAgain(text, coordinates), j, coordinates.length, text);
    }));
  });

  test("is derived in steps that end in what is printed, each of them the slope of what it is about", () => {
    coordinates.forEach((_, k) => {
      const whole = formula.steps(k);
      expect(whole.after.math()).toBe(partials[k]);
      if (k > 0) return;
      for (const { before, after } of allSteps(whole)) {
        expectSlope(readAgain(before.math(), coordinates), readAgain(after.math(), coordinates), k, coordinates.length, `${before.math()} => ${after.math()}`);
      }
    });
  });

  if (longerThanPeer === undefined) test("is no longer than what mathjs makes of it, but for a sign or a power", () => {
    coordinates.forEach((name, k) => {
      const peer = peerOf(input, name);
      if (peer !== undefined) expect(marks(partials[k] ?? ""), peer).toBeLessThanOrEqual(marks(peer) + 2);
    });
  });
});

function allSteps(step: DerivationStep): DerivationStep[] {
  return [step, ...step.children.flatMap(allSteps)];
}

/** mathjs has no derivatives of max, min, atan2 and cases. */
function peerOf(input: string, name: string): string | undefined {
  return /max|min|atan2|\?|erf/.test(input) ? undefined : derivative(input, name).toString();
}
