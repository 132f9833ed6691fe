import katex from "katex";
import { describe, expect, test } from "vitest";
import { call, float, read, select } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import type { Expression, IrFunction, Local, PrimitiveName } from "../../../src/core/ir/types";
import { fromIr } from "../../../src/core/print/fromIr";
import { printLatex } from "../../../src/core/print/latex";
import { printText } from "../../../src/core/print/text";
import type { Written } from "../../../src/core/print/written";
import { operands } from "../../../src/core/ir/visit";
import { readProgram } from "../../../src/core/source/readProgram";
import { closedForm } from "../../../src/core/symbolic/closedForm";
import type { Node } from "../../../src/core/symbolic/node";
import { Random } from "../support/random";
import { pythonValue } from "./pythonValue";

const names = ["x", "y", "x1", "theta_0", "α", "learning_rate", "w_hat", "x_max"];
const locals = names.map((name): Local => ({ kind: "local", name, type: "f64" }));

/** Written by their own names in plain mathematics and read as the same. */
const functions: readonly PrimitiveName[] = [
  "abs", "sign", "sqrt", "cbrt", "exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
  "asinh", "acosh", "atanh", "sec", "csc", "cot", "asec", "acsc", "acot", "sech", "csch", "coth", "asech", "acsch", "acoth", "floor", "ceil", "round", "trunc",
];
/** Neither `Math` nor NumPy has these; code that prints them brings them along. */
const special: readonly PrimitiveName[] = ["erf", "gamma", "logGamma", "digamma", "trigamma"];
/** Spelt out with other functions: the same value, by another tree. */
const speltOut: readonly PrimitiveName[] = ["sigmoid", "softplus", "logSigmoid"];
const operators: readonly PrimitiveName[] = ["add", "add", "subtract", "subtract", "multiply", "multiply", "divide", "divide", "power"];
const pairs: readonly PrimitiveName[] = ["atan2", "hypot", "min", "max", "floorModulo", "remainder"];
const comparisons: readonly PrimitiveName[] = ["less", "lessEqual", "greater", "greaterEqual"];
const numbers = ["2", "3", "10", "0.5", "2.50", "1e-3", "12.75", "1", "0.1"];


function expression(random: Random, depth: number, extra: readonly PrimitiveName[]): Expression {
  const inner = (): Expression => expression(random, depth - 1, extra);
  const kind = random.next();
  if (depth <= 0 || kind < 0.12) return leaf(random);
  if (kind < 0.55) return call(random.pick(operators), [inner(), inner()]);
  if (kind < 0.67) return call("negate", [inner()]);
  if (kind < 0.75) return call("power", [inner(), float(random.pick([2, 3, 0.5, -1, -2]))]);
  if (kind < 0.8) return call("divide", [float(1), inner()]);
  if (kind < 0.93) return call(random.pick([...functions, ...extra]), [inner()]);
  if (kind < 0.94) return call("hypot", [inner(), inner(), inner()]);
  if (kind < 0.97) return call(random.pick(pairs), [inner(), inner()]);
  return select(condition(random, depth, extra), inner(), inner());
}

function condition(random: Random, depth: number, extra: readonly PrimitiveName[]): Expression {
  const compared = call(random.pick(comparisons), [expression(random, depth - 1, extra), expression(random, depth - 1, extra)]);
  if (random.next() < 0.15) return call("not", [condition(random, depth, extra)]);
  return random.next() < 0.3 ? call(random.next() < 0.5 ? "and" : "or", [compared, call("greater", [leaf(random), leaf(random)])]) : compared;
}

function leaf(random: Random): Expression {
  if (random.next() < 0.65) return read(random.pick(locals));
  if (random.next() < 0.15) return float(random.next() < 0.5 ? Math.PI : Math.E);
  const text = random.pick(numbers);
  return float(Number(text), undefined, text);
}

const mentionsName = (part: Expression): boolean => part.kind === "read" || operands(part).some(mentionsName);
const nameOf = (part: Expression): string => (part.kind === "read" ? part.local.name : "?");

function functionOf(result: Expression): IrFunction {
  return { name: "f", dimension: names.length, scalars: locals.map((local, offset) => ({ local, offset })), arrays: [], body: [], result };
}

/** A canonical node as text that does not depend on the order of its parts; undefined where there is no closed form. */
function canonical(fn: IrFunction): string | undefined {
  const form = closedForm(fn, names);
  return form.ok ? spell(form.formula.valueNode) : undefined;
}

function spell(node: Node): string {
  switch (node.kind) {
    case "number": return `${node.value.numerator}/${node.value.denominator}`;
    case "symbol":
    case "constant": return node.name;
    case "sum": return `(+ ${node.terms.map(spell).sort().join(" ")})`;
    case "product": return `(* ${node.factors.map(spell).sort().join(" ")})`;
    case "power": return `(^ ${spell(node.base)} ${spell(node.exponent)})`;
    case "apply": return `(${node.primitive} ${node.args.map(spell).join(" ")})`;
    case "cases": return `(cases ${node.branches.map(({ condition: given, value }) => `${spell(given)}: ${spell(value)}`).join("; ")} else ${spell(node.otherwise)})`;
  }
}

const mathFunction = (text: string): IrFunction => readProgram({ text: `f(${names.join(", ")}) = ${text}`, language: "math" }).lower("f", {}).function;
const typescriptFunction = (text: string): IrFunction =>
  readProgram({ text: `function f(${names.map((name) => `${name}: number`).join(", ")}) { return ${text}; }`, language: "typescript" }).lower("f", { variables: [...names] }).function;

/** Points where the function is not so steep that rounding decides its value. */
function samples(random: Random, fn: IrFunction): Float64Array[] {
  const drawn = Array.from({ length: 4 }, () => Float64Array.from(names, () => 0.2 + 1.7 * random.next()));
  return drawn.filter((x) => alike(interpret(fn, x).value, interpret(fn, x.map((value) => value * (1 + 1e-13))).value));
}
const alike = (a: number, b: number): boolean => (Number.isNaN(a) && Number.isNaN(b)) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/** The last of these once lost the brackets of a negative divisor. */
const seeds = [...Array.from({ length: 600 }, (_, k) => k + 1), 3523];
const written = (seed: number, extra: readonly PrimitiveName[] = []): { result: Expression; tree: Written } => {
  const random = new Random(seed);
  let result = expression(random, 2 + (seed % 4), extra);
  // Constants are functions too, but nobody's objective.
  while (!mentionsName(result)) result = expression(random, 2 + (seed % 4), extra);
  return { result, tree: fromIr(result, nameOf) };
};

describe("what is printed and read again is the same function", () => {
  test("in plain mathematics, node for node", () => {
    for (const seed of seeds) {
      const { result, tree } = written(seed, special);
      const text = printText(tree, "math");
      expect([seed, text, canonical(mathFunction(text))]).toEqual([seed, text, canonical(functionOf(result))]);
    }
  });

  test.each(["math", "typescript"] as const)("in %s, by its values, whatever it is spelt out with", (dialect) => {
    for (const seed of seeds) {
      const { result, tree } = written(seed, speltOut);
      const text = printText(tree, dialect);
      const again = dialect === "math" ? mathFunction(text) : typescriptFunction(text);
      for (const x of samples(new Random(seed), functionOf(result))) {
        const [theirs, ours] = [interpret(again, x).value, interpret(functionOf(result), x).value];
        expect([seed, text, alike(ours, theirs) ? "same" : `${ours} became ${theirs}`]).toEqual([seed, text, "same"]);
      }
    }
  });

  test("in Python, by its values", () => {
    for (const seed of seeds) {
      const { result, tree } = written(seed, speltOut);
      const text = printText(tree, "python");
      for (const x of samples(new Random(seed), functionOf(result))) {
        const ours = interpret(functionOf(result), x).value;
        const theirs = pythonValue(text, new Map(names.map((name, i) => [name, x[i] ?? NaN])));
        expect([seed, text, alike(ours, theirs) ? "same" : `${ours} became ${theirs}`]).toEqual([seed, text, "same"]);
      }
    }
  });

  test("in LaTeX, to something that is typeset without complaint", () => {
    for (const seed of seeds) {
      const latex = printLatex(written(seed, [...speltOut, ...special]).tree);
      expect(() => katex.renderToString(latex, { throwOnError: true, strict: "error" }), latex).not.toThrow();
    }
  });
});
