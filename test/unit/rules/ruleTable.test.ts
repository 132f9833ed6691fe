import { describe, expect, it } from "vitest";
import { float, call } from "../../../src/core/ir/build";
import { evaluate } from "../../../src/core/ir/evaluate";
import { primitiveType } from "../../../src/core/ir/primitiveTypes";
import type { PrimitiveName } from "../../../src/core/ir/types";
import { makeFunction } from "../../../src/core/codegen/javascript/runtime";
import type { Rule } from "../../../src/core/rules/rule";
import { rules, ruleOf } from "../../../src/core/rules/ruleOf";

/** Where each primitive is smooth, so that differences mean something. */
const points: Partial<Record<PrimitiveName, number[][]>> = {
  acosh: [[1.7], [3]], asec: [[1.6], [-2.1]], acsc: [[1.6], [-2.1]], acoth: [[1.6], [-2.1]], asech: [[0.4], [0.8]],
  power: [[1.7, 2.3], [0.4, -1.5], [3, 3]], gamma: [[0.3], [4.2], [-1.4]], logGamma: [[0.3], [11.5]], trigamma: [[0.7], [3.1]],
  digamma: [[0.7], [3.1], [-0.6]], hypot: [[0.3, -0.4, 1.2]], max: [[1, 2], [1, 3, 2]], min: [[1, 2], [3, 1, 2]],
  remainder: [[7.3, 2.2], [-7.3, 2.2]], floorModulo: [[7.3, 2.2], [-7.3, 2.2]], log1p: [[0.4]], expm1: [[-0.4]],
};
const defaults: Record<number, number[][]> = { 1: [[0.37], [0.81]], 2: [[0.7, 1.9], [2.4, -1.3]] };

// A steady form's two arguments are one number spelt twice: its partials make sense only together.
const smooth = rules.filter((rule) => rule.partial && rule.name !== "fround" && rule.name !== "steady");

function difference(rule: Rule, args: number[], index: number): number {
  const h = 1e-4;
  const at = (step: number) => rule.value(...args.map((a, j) => (j === index ? a + step * h : a)));
  return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
}

describe("the rule table", () => {
  it("has one entry a primitive", () => {
    expect(new Set(rules.map((rule) => rule.name)).size).toBe(rules.length);
  });

  it.each(smooth.map((rule) => [rule.name, rule] as const))("%s: every partial equals differences of the value", (name, rule) => {
    for (const args of points[name] ?? defaults[primitiveType(name).args.length] ?? []) {
      const expressions = args.map((a) => float(a));
      for (const index of args.keys()) {
        for (const slope of [rule.partial, rule.textbook]) {
          if (!slope) continue;
          const partial = slope(index, expressions, call(name, expressions), args.map(() => true));
          const expected = difference(rule, args, index);
          expect(Math.abs(evaluate(partial) - expected), `${name} at ${args.join(", ")}, argument ${index}`).toBeLessThan(1e-7 * Math.max(1, Math.abs(expected)));
        }
      }
    }
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))("%s: the generated text computes the value", (name, rule) => {
    const type = primitiveType(name);
    const isFloat = type.args[0] === "f64";
    const args = type.args[0] === "bool" ? [1, 0] : isFloat ? [0.7, 2.3] : [7, -3];
    const used = args.slice(0, type.variadic ? 2 : type.args.length);
    const names = used.map((_, j) => `a${j}`);
    const run = makeFunction(`return function (${names.join()}) { return ${rule.javascript(names)}; };`, []) as (...args: (number | boolean)[]) => number | boolean;
    const given = type.args[0] === "bool" ? used.map((a) => a === 1) : used;
    expect(Number(run(...given))).toBe(rule.value(...used));
  });
});

describe("special functions", () => {
  it.each([
    ["erf", 0.5, 0.5204998778130465], ["erf", 2.4, 0.9993114861033549], ["erf", 2.6, 0.9997639655834707], ["erf", -4, -0.9999999845827421],
    ["gamma", 0.5, 1.772453850905516], ["gamma", 5.5, 52.34277778455352], ["gamma", -1.5, 2.363271801207355],
    ["logGamma", 100.5, 361.4355404677776], ["logGamma", 0.1, 2.252712651734206], ["digamma", 1, -0.5772156649015329], ["digamma", 0.1, -10.42375494041108],
    ["trigamma", 1, 1.6449340668482264],
  ] as const)("%s(%d) is %d", (name, x, expected) => {
    expect(Math.abs(ruleOf(name).value(x) / expected - 1)).toBeLessThan(2e-14);
  });
});
