import { describe, expect, test } from "vitest";
import type { Derivation } from "../../../src/core/symbolic/differentiate";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { childrenOf, type Node } from "../../../src/core/symbolic/node";
import { formulaOf } from "./formulaOf";

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const functions = ["exp", "sin", "cos", "tanh", "sqrt", "log", "abs", "atan", "cosh", "sinh", "tan"];
const numbers = ["2", "3", "0.5", "1", "1/3"];

function randomText(next: () => number, depth: number): string {
  const pick = (all: readonly string[]): string => all[Math.floor(next() * all.length)] ?? "x";
  if (depth === 0 || next() < 0.1) return next() < 0.75 ? pick(["x", "y"]) : pick(numbers);
  const inner = (): string => randomText(next, depth - 1);
  const kind = next();
  if (kind < 0.25) return `(${inner()} + ${inner()})`;
  if (kind < 0.4) return `(${inner()} - ${inner()})`;
  if (kind < 0.6) return `${inner()} * ${inner()}`;
  if (kind < 0.7) return `(${inner()}) / (${inner()})`;
  if (kind < 0.8) return `(${inner()})^${pick(["2", "3", "(-1)", "(1/2)"])}`;
  if (kind < 0.85) return `exp(-(${inner()}))`;
  return `${pick(functions)}(${inner()})`;
}

const seeds = Array.from({ length: 150 }, (_, k) => 1000 + 7919 * k);
const points = [[0.7, 0.4], [1.3, 0.9], [-0.6, 1.7], [2.1, -0.8]];

/** Every part counted as often as it is written. */
function size(node: Node): number {
  return childrenOf(node).reduce((sum, child) => sum + size(child), 1);
}

describe("derivatives of random formulas", () => {
  test.each(seeds)("keep their values when they are tidied, get no longer, and stay tidy (seed %i)", (seed) => {
    const text = `f(x, y) = ${randomText(random(seed), 4)}`;
    const { formula } = formulaOf(text);
    const { tidy, raw } = inside(formula);
    [0, 1].forEach((k) => {
      const before = raw(k);
      const after = formula.partialNode(k);
      for (const point of points) {
        const [wanted, got] = [evaluateNode(before, point), evaluateNode(after, point)];
        if (Number.isFinite(wanted)) expect(Math.abs(got - wanted), text).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(wanted)));
      }
      expect(tidy.lengthOf(after), text).toBeLessThanOrEqual(tidy.lengthOf(before));
      expect(tidy.of(after), text).toBe(after);
      expect(size(after), text).toBeLessThanOrEqual(4 * size(before));
    });
  });
});

/** What a formula keeps to itself. */
function inside(formula: object): { tidy: { of(node: Node): Node; lengthOf(node: Node): number }; raw: (k: number) => Node } {
  const parts = formula as { tidy: { of(node: Node): Node; lengthOf(node: Node): number }; derivationOf(k: number): Derivation };
  return { tidy: parts.tidy, raw: (k) => parts.derivationOf(k).derivative };
}
