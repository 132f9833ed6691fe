import { all, create } from "mathjs";
import { describe, expect, test } from "vitest";
import { interpret } from "../../../../src/core/ir/interpret";
import { readMath } from "../../../../src/core/source/math/readMath";
import { Random } from "../../support/random";

const mathjs = create(all ?? {});
const scope = { x: 1.37, y: 0.81, x1: 0.63 };

const functions = (
  "abs sqrt cbrt exp log log2 log10 log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sec csc cot asec acsc acot sech csch coth "
  + "sign square cube gamma factorial erf unaryMinus"
).split(" ");
const pairs = "pow atan2 hypot min max log nthRoot add subtract multiply divide".split(" ");

/** Text with implicit products, signs, powers, remainders and choices; spaces where a person might leave them out, too. */
function text(random: Random, depth: number): string {
  const inner = (): string => text(random, depth - 1);
  if (depth <= 0) return random.pick(["x", "y", "x", "y", "2", "3", "0.5", "pi", "e", "1e-1", "x1"]);
  const kind = random.next();
  if (kind < 0.27) return `${inner()}${random.pick([" + ", " - ", "*", "/", " / "])}${inner()}`;
  if (kind < 0.33) return `(${inner()})`;
  if (kind < 0.41) return `${random.pick(["2", "3", "0.5", "1e2"])}${random.pick(["x", "y", " x", "(x + y)", "sqrt(x)", " pi y"])}`;
  if (kind < 0.48) return `${random.pick(["x", "y", "(x + 1)", "(x - y)", "(x + 1)(x - 2)"])} ${random.pick(["x", "y", "sin(y)"])}`;
  if (kind < 0.57) return `${random.pick(["x", "2", "(x + y)", "x y", "-x", "2x"])}^${random.pick(["2", "3", "-1", "x", "(y/2)", "-x", "2 x", "0.5", "1/2"])}`;
  if (kind < 0.63) return `-${inner()}`;
  if (kind < 0.66) return `${random.pick(["x", "3", "(x + 1)"])}!`;
  if (kind < 0.7) return `${random.pick(["x", "2x", "(x + 1)", "x y"])} ${random.pick(["%", "mod"])} ${random.pick(["0.7", "(y + 1)", "y"])}`;
  if (kind < 0.75) return `(x ${random.pick(["<", ">", "<=", ">="])} ${inner()} ${random.pick(["", "and y > 1 ", "or y < 1 "])}? ${inner()} : ${inner()})`;
  if (kind < 0.92) return `${random.pick(functions)}(${inner()})`;
  return `${random.pick(pairs)}(${inner()}, ${random.pick(["2", "3", inner()])})`;
}

/** Undefined where mathjs meets complex numbers, which have no order, and where a root or logarithm has no real value. */
function evaluated(formula: string): unknown {
  try {
    return mathjs.evaluate(formula, { ...scope });
  } catch (error) {
    if (error instanceof Error && /complex|Root must|Value must/i.test(error.message)) return undefined;
    throw error;
  }
}

describe("what mathjs reads is read as mathjs reads it", () => {
  test("operators, implicit products, signs, powers, functions, choices", () => {
    let compared = 0;
    for (let seed = 1; seed <= 800; seed++) {
      const formula = text(new Random(seed), 1 + (seed % 4));
      const theirs = evaluated(formula);
      // Complex numbers are none here: log(-1) is NaN.
      if (typeof theirs !== "number" || !Number.isFinite(theirs)) continue;
      const { function: read } = readMath({ text: `f(x, y, x1) = ${formula}`, language: "math" }).lower("f", {});
      const ours = interpret(read, Float64Array.of(scope.x, scope.y, scope.x1)).value;
      // A complex number on the way to a real one: |log(-x)|.
      if (Number.isNaN(ours) && /log|sqrt|asin|acos|acosh|atanh|asec|acsc|asech|\^|pow|nthRoot|gamma|!/.test(formula)) continue;
      compared++;
      expect([seed, formula, Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)) ? "same" : `${theirs} became ${ours}`]).toEqual([seed, formula, "same"]);
    }
    expect(compared).toBeGreaterThan(600);
  }, 30_000);

  /** Where paper and mathjs differ, paper is followed. */
  test.each<[string, number, string]>([
    ["x(y + 1)", 1.37 * 1.81, "mathjs calls a function x"],
    ["sin x", Math.sin(1.37), "mathjs multiplies sin by x"],
    ["log_2 x", Math.log2(1.37), "mathjs reads one name"],
    ["f(x, y, x1) = xy", 1.37 * 0.81, "mathjs reads one name"],
    ["x ** 2", 1.37 ** 2, "mathjs knows no **"],
    ["lgamma(-0.5) x", 1.37 * Math.log(2 * Math.sqrt(Math.PI)), "mathjs leaves it undefined left of 0"],
  ])("%s differs", (formula, value) => {
    const head = formula.includes("=") ? "" : "f(x, y, x1) = ";
    const { function: read } = readMath({ text: head + formula, language: "math" }).lower("f", {});
    expect(interpret(read, Float64Array.of(scope.x, scope.y, scope.x1)).value).toBeCloseTo(value, 12);
  });
});
