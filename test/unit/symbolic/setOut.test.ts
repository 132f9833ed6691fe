import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/index";
import type { Formula } from "../../../src/core/symbolic/formula";

const points = "const xs = [0.5, 1, 2.5, 3, 4.5], ys = [0, 0, 1, 0, 1];";

function formulaOf(text: string): Formula {
  const program = readProgram({ text, language: "typescript" });
  const { formula, noFormula } = compile(program, program.target ?? program.functions.at(-1)?.name);
  if (!formula) throw new Error(noFormula);
  return formula;
}

const setOutOf = (text: string): { value?: string; gradient?: string[]; where?: string[] } => {
  const out = formulaOf(text).setOut?.();
  return out ? { value: out.value.latex(), gradient: out.gradient.map((entry) => entry.latex()), where: out.where.map(({ name, value }) => `${name.latex()} = ${value.latex()}`) } : {};
};

describe("formulas set out with the user's names", () => {
  test("a logistic loss as a textbook has it, with its probability under the name the program gives it", () => {
    const out = setOutOf(`${points}
      function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const z = w * xs[i] + b; const p = 1 / (1 + Math.exp(-z)); s -= ys[i] * Math.log(p) + (1 - ys[i]) * Math.log(1 - p); } return s / xs.length; }`);
    expect(out).toEqual({
      value: "-\\frac{1}{n} \\sum_{i=1}^{n} (y_i \\ln p_i + (1 - y_i) \\ln(1 - p_i))",
      gradient: ["\\frac{1}{n} \\sum_{i=1}^{n} x_i (p_i - y_i)", "\\frac{1}{n} \\sum_{i=1}^{n} (p_i - y_i)"],
      where: ["n = 5", "p_i = \\frac{1}{1 + e^{-(w x_i + b)}}"],
    });
  });

  test("each name stands after those it is made of", () => {
    const out = setOutOf("function f(x: number, y: number) { const dx = x - 1, dy = y - 2; const r2 = dx * dx + dy * dy; return Math.exp(-r2) * r2; }");
    expect(out).toMatchObject({ value: "e^{-r_2} r_2", where: ["\\mathrm{dx} = x - 1", "\\mathrm{dy} = y - 2", "r_2 = \\mathrm{dx}^2 + \\mathrm{dy}^2"] });
  });

  test("a layer's name stands in the gradient too", () => {
    const out = setOutOf("function f(a: number, b: number, c: number, d: number) { const h = Math.tanh(a * 0.5 + b); return (c * h + d - 1) ** 2; }");
    expect(out).toMatchObject({ value: "(c h + d - 1)^2", where: ["h = \\tanh(a \\cdot 0.5 + b)"] });
    expect(out.gradient?.[2]).toBe("2h (c h + d - 1)");
  });

  test("what depends on the turn of one loop and is added up by another has one name under two indices", () => {
    const out = setOutOf(`const xs = [0.5, 1, 2.5, 3, 4.5];
      function f(a: number, b: number) { const p = xs.map(x => Math.exp(a * x + b)); const total = p.reduce((s, v) => s + v, 0); let l = 0; for (let i = 0; i < xs.length; i++) l -= Math.log(p[i] / total); return l; }`);
    expect(out).toMatchObject({ value: "-\\sum_{i=1}^{n} \\ln\\left(\\frac{p_i}{\\mathrm{total}}\\right)", where: ["n = 5", "p_i = e^{a x_i + b}", "\\mathrm{total} = \\sum_{i=1}^{n} p_i"] });
  });

  test("a name that means two things is none", () => {
    const out = setOutOf("const part = (u: number) => { const v = Math.exp(u * u + 1); return v * v + v; }; function f(x: number, y: number) { return part(x) + part(y); }");
    expect(out.where?.some((line) => line.startsWith("v"))).not.toBe(true);
  });

  test("names that make nothing shorter are left out, the length of the data is told", () => {
    const out = setOutOf(`${points}
      function loss(w: number, b: number) { let total = 0; for (let i = 0; i < xs.length; i++) { const error = w * xs[i] + b - ys[i]; total += error ** 2; } return total / xs.length; }`);
    expect(out.where).toContain("n = 5");
    expect(out.where?.join()).not.toContain("total");
  });

  test("value and gradient themselves mention no such names", () => {
    const formula = formulaOf("function f(x: number, y: number) { const dx = x - 1, dy = y - 2; const r2 = dx * dx + dy * dy; return Math.exp(-r2) * r2; }");
    expect([formula.value, ...formula.gradient].map((entry) => entry.math()).join()).not.toMatch(/r2|dx|dy/);
  });
});

const rows = "const xs = [0.5, 1, 2.5, 3, 4.5], ys = [0.3, 0.1, 0.9, 0.4, 1];";
const table = "const X = [[1, 2], [0, 1], [2, 0], [1, 1], [3, 2]], labels = [0, 2, 1, 1, 0];";

/** A program, its gradient and second derivatives by the user's names, and what these stand for. */
const byNames: readonly { readonly title: string; readonly text: string; readonly gradient: readonly string[]; readonly second: readonly string[]; readonly where: readonly string[] }[] = [
  { title: "an error within a loop", text: `${rows}
    function loss(w: number, b: number) { let total = 0; for (let i = 0; i < xs.length; i++) { const e = w * xs[i] + b - ys[i]; total += e * e; } return total / xs.length; }`,
  gradient: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i e_i", "\\frac{2}{n} \\sum_{i=1}^{n} e_i"],
  second: ["\\frac{2}{n} \\sum_{i=1}^{n} x_i^2", "\\frac{2}{n} \\sum_{i=1}^{n} x_i", "2"], where: ["n = 5", "e_i = w x_i + b - y_i"] },
  { title: "logits, with the probability beside them", text: `${rows} const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const z = w * xs[i] + b; const p = sigmoid(z); s += Math.log(1 + Math.exp(z)) - ys[i] * z + 0 * p; } return s; }`,
  gradient: ["\\sum_{i=1}^{n} x_i (p_i - y_i)", "\\sum_{i=1}^{n} (p_i - y_i)"], second: [], where: ["n = 5", "z_i = w x_i + b", "p_i = \\frac{1}{1 + e^{-z_i}}"] },
  { title: "a sigmoid fitted by squares", text: `${rows}
    function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const p = 1 / (1 + Math.exp(-(w * xs[i] + b))); s += (p - ys[i]) ** 2; } return s; }`,
  gradient: ["2 \\sum_{i=1}^{n} x_i p_i (p_i - y_i) (1 - p_i)", "2 \\sum_{i=1}^{n} p_i (p_i - y_i) (1 - p_i)"], second: [], where: ["n = 5", "p_i = \\frac{1}{1 + e^{-(w x_i + b)}}"] },
  { title: "a layer of tanh", text: `${rows}
    function loss(w: number, v: number) { let s = 0; xs.forEach((x, i) => { const h = Math.tanh(w * x); s += (v * h - ys[i]) ** 2; }); return s; }`,
  gradient: ["2v \\sum_{i=1}^{n} x_i (v h_i - y_i) (1 - h_i^2)", "2 \\sum_{i=1}^{n} h_i (v h_i - y_i)"], second: [], where: ["n = 5", "h_i = \\tanh(w x_i)"] },
  { title: "one component of a softmax", text: "function p1(z: number[]) { const e = z.map(Math.exp); const t = e.reduce((a, b) => a + b, 0); const p = e.map(v => v / t); return p[1]; } p1([1, 2, 3]);",
    gradient: ["-p_0 p_1", "p_1 (1 - p_1)", "-p_1 p_2"], second: ["p_0 p_1 (2p_0 - 1)", "p_0 p_1 (2p_1 - 1)", "2p_0 p_1 p_2", "p_1 (1 - p_1) (1 - 2p_1)"],
    where: ["e_0 = e^{z_0}", "e_1 = e^{z_1}", "e_2 = e^{z_2}", "t = e_0 + e_1 + e_2", "p_0 = \\frac{e_0}{t}", "p_1 = \\frac{e_1}{t}", "p_2 = \\frac{e_2}{t}"] },
  { title: "cross-entropy of a softmax with one-hot targets", text: `const target = [0, 0, 1, 0, 0];
    function ce(z: number[]) { const e = z.map(Math.exp); const t = e.reduce((a, b) => a + b, 0); const p = e.map(v => v / t); return -p.reduce((s, pi, i) => s + target[i] * Math.log(pi), 0); } ce([1, 2, 3, 4, 5]);`,
  gradient: ["p_0 - \\mathrm{target}_0", "p_1 - \\mathrm{target}_1"], second: ["p_0 (1 - p_0)", "-p_0 p_1"], where: ["n = 5", "p_i = \\frac{e^{z_i}}{\\sum_{j=0}^{n-1} e^{z_j}}"] },
  { title: "softmax regression with labels", text: `${table}
    function loss(W: number[][]) { let total = 0; for (let i = 0; i < X.length; i++) { const z = W.map(row => row.reduce((s, w, j) => s + w * X[i][j], 0)); const e = z.map(v => Math.exp(v)); const t = e.reduce((a, b) => a + b, 0); const p = e.map(v => v / t); total -= Math.log(p[labels[i]]); } return total / X.length; }
    loss([[0.1, 0.2], [0.3, 0.1], [0, 0.2]]);`,
  gradient: ["\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,0} (p_{i,0} - \\mathbf{1}_{\\mathrm{labels}_i = 0})", "\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,1} (p_{i,0} - \\mathbf{1}_{\\mathrm{labels}_i = 0})"],
  second: ["\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,0}^2 p_{i,0} (1 - p_{i,0})", "\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,0} X_{i,1} p_{i,0} (1 - p_{i,0})", "-\\frac{1}{n} \\sum_{i=0}^{n-1} X_{i,0}^2 p_{i,0} p_{i,1}"],
  where: ["n = 5", "p_{i,j} = \\frac{e^{W_{j,0} X_{i,0} + W_{j,1} X_{i,1}}}{\\sum_{k=0}^{2} e^{W_{k,0} X_{i,0} + W_{k,1} X_{i,1}}}"] },
];

function objectiveOf(text: string): Objective {
  const program = readProgram({ text, language: "typescript" });
  return compile(program, program.target ?? program.functions.find(({ name }) => new RegExp(`${name}\\([^)]*\\);$`).test(text))?.name ?? program.functions.at(-1)?.name);
}

describe("derivatives within sums by the user's names", () => {
  test.each(byNames)("$title", ({ text, gradient, second, where }) => {
    const set = objectiveOf(text).formula?.setOut?.();
    expect(set?.gradient.slice(0, gradient.length).map((entry) => entry.latex())).toEqual(gradient);
    expect(set?.where.map((one) => `${one.name.latex()} = ${one.value.latex()}`)).toEqual(where);
    const upper = (set?.hessian?.() ?? []).flatMap((row, k) => row.slice(k));
    expect(upper.slice(0, second.length).map((entry) => entry.latex())).toEqual(second);
  });

  test.each(byNames)("are the program's own: $title", ({ text }) => {
    const objective = objectiveOf(text);
    const set = objective.formula?.setOut?.();
    if (!set) throw new Error("It is set out");
    const [data = "", signature] = [/^(?:const (?!loss).*;\n?)*/.exec(text)?.[0], /function \w+\(([^)]*)\)/.exec(text)?.[1]];
    const call = /(\([^()]*\));$/.exec(text)?.[1];
    const definitions = set.where.filter((one) => one.name.typescript() !== "n").map((one) => {
      const [name = "", ...indices] = one.name.typescript().split(/[[\]]+/).filter((part) => part !== "");
      return indices.some((index) => /^\d/.test(index)) ? `${name}[${indices.join("][")}] = ${one.value.typescript()};` : `const ${name} = ${indices.reduceRight((body, index) => `[...Array(${name === "p" && index === "j" ? 3 : 5}).keys()].map((${index}) => ${body})`, one.value.typescript())};`;
    });
    const lists = [...new Set(definitions.flatMap((line) => /^(\w+)\[/.exec(line)?.[1] ?? []))].map((name) => `const ${name}: number[] = [];`);
    const wanted = (x: Float64Array): Float64Array => objective.gradient(x);
    set.gradient.forEach((partial, k) => {
      const again = objectiveOf(`${data}\nfunction again(${signature ?? ""}) { ${[...lists, ...definitions].join(" ")} return ${partial.typescript()}; }${call ? `\nagain${call};` : ""}`);
      for (const moved of [0.3, -0.4]) {
        const x = objective.start.map((value, i) => value + moved * (1 + 0.3 * i));
        expect(again.value(x)).toBeCloseTo(wanted(x)[k] ?? NaN, 9);
      }
    });
  });
});
