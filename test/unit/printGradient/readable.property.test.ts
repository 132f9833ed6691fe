import { describe, expect, test } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { float } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { namesOf } from "../../../src/core/ir/namesOf";
import { printIr } from "../../../src/core/ir/printIr";
import type { IrFunction } from "../../../src/core/ir/types";
import { readable } from "../../../src/core/print/code/readable/readable";
import { removeDeadCode } from "../../../src/core/simplify/deadCode";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

describe("What a person would write instead", () => {
  test.each(Array.from({ length: 150 }, (_, i) => i + 1))("has the gradient of random program %i", (seed) => {
    const random = new Random(seed);
    const gradient = simplify(reverse(simplify(randomProgram(random, 2 + (seed % 4)))).function);
    const lean = removeDeadCode(gradient.body, float(0));
    const written: IrFunction = { ...gradient, body: readable(lean, gradient.arrays, namesOf(gradient)), result: float(0) };
    for (let point = 0; point < 3; point++) {
      const x = Float64Array.from({ length: gradient.dimension }, () => random.between(-1, 1));
      const expected = new Float64Array(gradient.outputs ?? 0);
      const found = new Float64Array(gradient.outputs ?? 0);
      interpret(gradient, x, expected);
      interpret(written, x, found);
      for (const [i, value] of expected.entries()) {
        const error = Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value));
        expect(error, `seed ${seed}\n${printIr(gradient)}\n\n${printIr(written)}`).toBeLessThan(1e-9);
      }
    }
  });
});
