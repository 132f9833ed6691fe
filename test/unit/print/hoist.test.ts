import { describe, expect, test } from "vitest";
import { type Hoisted, hoist, partsOf } from "../../../src/core/print/hoist";
import { printText } from "../../../src/core/print/text";
import { call, name, type Written } from "../../../src/core/print/written";
import { interpret } from "../../../src/core/ir/interpret";
import { readMath } from "../../../src/core/source/math/readMath";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { derivatives } from "../symbolic/derivativeCases";
import { formulaOf, type Read } from "../symbolic/formulaOf";

function hoisted({ formula, coordinates }: Read): Hoisted | undefined {
  return hoist(formula.writtenValue(), coordinates.map((_, index) => formula.writtenPartial(index)), (letter) => coordinates.includes(letter));
}

const math = (written: Written): string => printText(written, "math");
const shown = ({ where, value, gradient }: Hoisted): unknown => ({ where: where.map((one) => `${one.name} = ${math(one.value)}`), f: math(value), gradient: gradient.map(math) });

describe("what occurs often gets the name a person would give it", () => {
  test("a sigmoid is s, and its slope s (1 - s)", () => {
    const set = hoisted(formulaOf("s(z) = 1/(1+e^-z)\n(s(w x + b) - y)^2"));
    expect(set && shown(set)).toEqual({
      where: ["s = 1 / (1 + exp(-(w * x + b)))"], f: "(s - y)^2",
      gradient: ["2 * x * s * (1 - s) * (s - y)", "2 * w * s * (1 - s) * (s - y)", "2 * s * (1 - s) * (s - y)", "-2 * (s - y)"],
    });
  });
  test("a distance is r", () => {
    const set = hoisted(formulaOf("norm([x,y,z]-[1,2,3]) ln(norm([x,y,z]-[1,2,3]))"));
    expect(set && shown(set)).toEqual({
      where: ["r = sqrt((x - 1)^2 + (y - 2)^2 + (z - 3)^2)"], f: "r * log(r)",
      gradient: ["(x - 1) * (log(r) + 1) / r", "(y - 2) * (log(r) + 1) / r", "(z - 3) * (log(r) + 1) / r"],
    });
  });
  test("two of a kind are u and v", () => {
    const set = hoisted(formulaOf("f(x,y) = 1/((x-1)^2+(y-2)^2+1) + 1/((x+1)^2+(y+2)^2+1)"));
    expect(set?.where.map((one) => `${one.name} = ${math(one.value)}`)).toEqual(["u = (x - 1)^2 + (y - 2)^2 + 1", "v = (x + 1)^2 + (y + 2)^2 + 1"]);
  });
  test("never a letter that means something already", () => {
    const set = hoisted(formulaOf("(1/(1+e^-(s x + u)) - p)^2"));
    expect(set?.where.map((one) => one.name)).toEqual(["σ"]);
    expect(hoist(name("r"), Array.from({ length: 4 }, () => root(root(name("x_1")))), (letter) => letter === "d")?.where.map((one) => one.name)).toEqual(["ρ"]);
  });
  test("the user's own name where there is one", () => {
    const distance = root(name("x"));
    const set = hoist(distance, (["sin", "cos", "tan", "exp", "log", "tanh"] as const).map((primitive) => call(primitive, [distance])), () => false, new Map([[distance, "dist"]]));
    expect(set?.where.map((one) => one.name)).toEqual(["dist"]);
  });
  test.each(["x^2 + y^2", "(x^2+y-11)^2+(x+y^2-7)^2", "exp(-(x^2+y^2)/2) (x^2 + y^2)", "sin(x y)"])("%s is short as it is", (text) => {
    expect(hoisted(formulaOf(text))).toBeUndefined();
  });
});

const root = (of: Written): Written => call("sqrt", [call("add", [call("power", [of, { kind: "number", text: "2" }]), call("exp", [call("power", [of, { kind: "number", text: "4" }])])])]);

const long = [
  "s(z) = 1/(1+e^-z)\n(s(w x + b) - y)^2", "ln(1 + e^(w x + b)) - y (w x + b)", "-y ln(1/(1+e^-(a x + b))) - (1-y) ln(1 - 1/(1+e^-(a x + b)))", "tanh(w_1 x + b_1)^2 + tanh(w_2 x + b_2)",
  "f(x, y) = sqrt(x^2+y^2) sin(sqrt(x^2+y^2))", "-20 exp(-0.2 sqrt((x^2+y^2)/2)) - exp((cos(2 pi x)+cos(2 pi y))/2) + e + 20",
];
const mixed = [
  "1/(1+e^(x-y)) + 3/(1+e^(y-x))^2 + e^(x-y)/(1+e^(x-y))^3 + x y", "a/(1+e^-(a b))^2 + e^(-3 a b)/(1+e^-(a b))^2 + e^(a b)/(1+e^(a b))^2",
];

describe("names change how it looks, never what it is", () => {
  test.each([...long, ...mixed, ...derivatives.cases.map(({ expr, points }) => `f(${Object.keys(points[0] ?? {}).join(", ")}) = ${expr}`)])("%j", (text) => {
    const read = formulaOf(text);
    const set = hoisted(read);
    if (long.includes(text)) expect(set).toBeDefined();
    if (!set) return;
    // Each definition uses only those before it.
    set.where.forEach(({ value }, at) => {
      const later = new Set(set.where.slice(at).map((one) => one.name));
      expect(namesIn(value).filter((one) => later.has(one))).toEqual([]);
    });
    const valueOf = (written: Written, x: Float64Array): number => {
      const definitions = set.where.map((one) => `${one.name} = ${math(one.value)}`).join("\n");
      const program = readMath({ text: `${definitions}\nobjective(${read.coordinates.join(", ")}) = ${math(written)}`, language: "math" });
      return interpret(program.lower("objective", {}).function, x).value;
    };
    for (const shift of [0.3, 0.7, 1.1]) {
      const x = Float64Array.from(read.coordinates, (_, i) => shift + 0.17 * i);
      const compared: [Written, number][] = [[set.value, interpret(read.fn, x).value]];
      set.gradient.forEach((partial, i) => compared.push([partial, evaluateNode(read.formula.partialNode(i), x)]));
      for (const [written, expected] of compared) if (Number.isFinite(expected)) expect(valueOf(written, x)).toBeCloseTo(expected, 8);
    }
  });
});

function namesIn(written: Written): string[] {
  return written.kind === "name" ? [written.path] : partsOf(written).flatMap(namesIn);
}
