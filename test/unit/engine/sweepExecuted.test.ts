import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";

/** A line as it is run: its number from 1, and what the variables were before it; `_new` is what it gave one that it read. */
interface Step {
  readonly line: number;
  readonly values: Readonly<Record<string, number>>;
}
interface Program {
  readonly text: string;
  readonly at: readonly number[];
  readonly run: (x: readonly number[]) => Step[];
}

const element = (text: string, i: number): string => text.replace(/(\w+)\[i(?: - (\d+))?\]/g, (_, name: string, less?: string) => `${name}_${i - Number(less ?? 0)}`).replace(/\[(\d+)\]/g, "_$1");

/** The right side of an update, evaluated with these values. */
function evaluate(expression: string, values: Readonly<Record<string, number>>): number {
  const names = [...new Set(expression.match(/[A-Za-z_]\w*/g) ?? [])].filter((name) => name !== "Math" && !new RegExp(`Math\\.${name}\\b`).test(expression));
  for (const name of names) if (!(name in values)) throw new Error(`${name} in ${expression} is no variable of the program.`);
  const start = names.map((name) => values[name] ?? NaN);
  const objective = compile(readProgram({ text: `function told(unused: number, ${names.join(", ")}) { return unused + ${expression}; }`, language: "typescript" }), "told", { start: [0, ...start] });
  return objective.value(Float64Array.from([0, ...start]));
}

/** Does what is told, word for word, for the lines in the order in which they were run, backwards. */
function followed({ text, at, run }: Program): number[] {
  const objective = compile(readProgram({ text, language: "typescript" }), "f", { start: [...at] });
  const told = objective.sweep?.() ?? [];
  const adjoints: Record<string, number> = {};
  for (const { line, values } of run(at).reverse()) {
    for (const update of told.filter((entry) => entry.line === line - 1).flatMap(({ updates }) => updates)) {
      const [, target = "", sign, expression = ""] = /^(.*?) (\+?=) (.*)$/.exec(element(update.typescript(), values["i"] ?? 0)) ?? [];
      const mentioned = Object.fromEntries((expression.match(/d_\w+/g) ?? []).map((name) => [name, adjoints[name] ?? 0]));
      adjoints[target] = (sign === "+=" ? adjoints[target] ?? 0 : 0) + evaluate(expression, { ...values, ...mentioned });
    }
  }
  return objective.coordinates.map((name) => adjoints[`d_${name}`] ?? 0);
}

const programs: Readonly<Record<string, Program>> = {
  "a state overwritten by a function of itself, whose rule wants the new value": {
    text: "function f(w: number) {\n  let h = 0.5;\n  for (let i = 0; i < 4; i++) {\n    h = Math.tanh(w * h);\n  }\n  return h * h;\n}", at: [0.8],
    run: ([w = 0]) => {
      const steps: Step[] = [];
      let h = 0.5;
      for (let i = 0; i < 4; i++) {
        const next = Math.tanh(w * h);
        steps.push({ line: 4, values: { w, h, h_new: next } });
        h = next;
      }
      return [...steps, { line: 6, values: { w, h } }];
    },
  },
  "a quotient by something of itself, and an exponential, one after the other": {
    text: "function f(x: number, y: number) {\n  let v = x * y;\n  v = y / (1 + v * v);\n  v = Math.exp(v * x);\n  v = Math.sqrt(v + y);\n  return v * x;\n}", at: [0.7, 1.3],
    run: ([x = 0, y = 0]) => {
      const a = x * y, b = y / (1 + a * a), c = Math.exp(b * x), d = Math.sqrt(c + y);
      return [
        { line: 2, values: { x, y } }, { line: 3, values: { x, y, v: a, v_new: b } }, { line: 4, values: { x, y, v: b, v_new: c } },
        { line: 5, values: { x, y, v: c, v_new: d } }, { line: 6, values: { x, y, v: d } },
      ];
    },
  },
  "branches that overwrite, within a loop": {
    text: "function f(a: number, b: number) {\n  let s = 0.3;\n  for (let i = 0; i < 5; i++) {\n    if (s > 0.5) {\n      s = s * a;\n    } else {\n      s = Math.exp(s * b);\n    }\n  }\n  return s;\n}", at: [0.4, 1.1],
    run: ([a = 0, b = 0]) => {
      const steps: Step[] = [];
      let s = 0.3;
      for (let i = 0; i < 5; i++) {
        const next = s > 0.5 ? s * a : Math.exp(s * b);
        steps.push({ line: s > 0.5 ? 5 : 7, values: { a, b, s, s_new: next } });
        s = next;
      }
      return [...steps, { line: 10, values: { a, b, s } }];
    },
  },
  "elements of an array overwritten": {
    text: "function f(a: number) {\n  const v = [a, 2 * a, a * a];\n  for (let i = 1; i < 3; i++) {\n    v[i] = Math.tanh(v[i] * v[i - 1]);\n  }\n  return v[2];\n}", at: [0.9],
    run: ([a = 0]) => {
      const v = [a, 2 * a, a * a];
      const steps: Step[] = [{ line: 2, values: { a } }];
      const all = (): Record<string, number> => ({ a, v_0: v[0] ?? NaN, v_1: v[1] ?? NaN, v_2: v[2] ?? NaN });
      for (let i = 1; i < 3; i++) {
        steps.push({ line: 4, values: { ...all(), i } });
        v[i] = Math.tanh((v[i] ?? NaN) * (v[i - 1] ?? NaN));
      }
      return [...steps, { line: 6, values: all() }];
    },
  },
};

describe("the told sweep, followed word for word", () => {
  it.each(Object.entries(programs))("comes to the gradient: %s", (_, program) => {
    const objective = compile(readProgram({ text: program.text, language: "typescript" }), "f", { start: [...program.at] });
    const gradient = objective.gradient(Float64Array.from(program.at), new Float64Array(program.at.length));
    const own = followed(program);
    own.forEach((entry, i) => { expect(entry).toBeCloseTo(gradient[i] ?? NaN, 10); });
  });

  it("says new of a value that the line gives, where the line reads the old one", () => {
    const told = compile(readProgram({ text: programs["a state overwritten by a function of itself, whose rule wants the new value"]?.text ?? "", language: "typescript" }), "f").sweep?.() ?? [];
    const updates = told.find(({ source }) => source.startsWith("h = "))?.updates ?? [];
    expect(updates.map((update) => update.math())).toEqual(["df/dw += h * (df/dh) * (1 - h_new^2)", "df/dh = w * (df/dh) * (1 - h_new^2)"]);
    expect(updates[1]?.latex()).toBe("\\bar{h} = w \\bar{h} (1 - h_{\\mathrm{new}}^2)");
  });
});
