import { describe, expect, it } from "vitest";
import { forward } from "../../../src/core/autodiff/forward";
import { reverse } from "../../../src/core/autodiff/reverse";
import { javascriptKernel } from "../../../src/core/codegen/javascript/javascriptKernel";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import { verify } from "../../../src/core/ir/verify";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

const close = (a: number, b: number, tolerance: number): boolean => Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

describe("simplifying random programs", () => {
  it.each(Array.from({ length: 300 }, (_, k) => 5000 + k))("seed %d: keeps value, gradient and Hessian-vector product, compiled as interpreted", (seed) => {
    const random = new Random(seed);
    const fn = randomProgram(random, 2 + (seed % 4));
    const n = fn.dimension;
    const x = Float64Array.from({ length: n }, () => random.between(-1, 1));
    const both = Float64Array.of(...x, ...Array.from({ length: n }, () => random.between(-1, 1)));
    const plainGradient = reverse(fn).function;
    const simple = simplify(fn);
    const simpleGradient = simplify(reverse(simple).function);
    const pairs = [
      [fn, simple, x, 1e-13], [plainGradient, simpleGradient, x, 1e-11],
      [forward(plainGradient), simplify(forward(simpleGradient)), both, 1e-9],
    ] as const;
    for (const [plain, simplified, at, tolerance] of pairs) {
      verify(simplified);
      const [expected, interpreted, compiled] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
      const value = interpret(plain, at, expected).value;
      const shown = (): string => `seed ${seed}\n${printIr(fn)}\n----\n${printIr(plain)}\n----\n${printIr(simplified)}`;
      const simplifiedValue = interpret(simplified, at, interpreted).value;
      if (!close(simplifiedValue, value, tolerance) || !expected.every((e, k) => close(e, interpreted[k] ?? NaN, tolerance))) expect.fail(`${value} ${simplifiedValue}; ${expected}; ${interpreted}\n${shown()}`);
      expect(javascriptKernel(simplified)(at, compiled)).toBe(simplifiedValue);
      expect(compiled).toEqual(interpreted);
    }
  });
});
