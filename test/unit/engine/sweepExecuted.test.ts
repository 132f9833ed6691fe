import { describe, expect, it } from "vitest";
import { compile, readProgram, type SweepLine } from "../../../src/core/index";

/** A line as it is run: its number from 1, and what the variables were before it; `_new` is what it gave one that it read. */
interface Step {
  readonly line: number;
  readonly values: Readonly<Record<string, number>>;
  /** Lines of the calls that it is run within, the outermost first. */
  readonly within?: readonly number[];
  /** A line that calls a helper: what it does with what comes back. Without: what it does before, as with the arguments. */
  readonly after?: true;
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

interface Update { readonly target: string; readonly adds: boolean; readonly expression: string }

/** One update, or those that are made at once. */
function read(text: string): Update[] {
  const [, left = "", sign, right = ""] = /^(.*?) (\+?=) (.*)$/.exec(text) ?? [];
  if (!left.startsWith("[")) return [{ target: left, adds: sign === "+=", expression: right }];
  const expressions = apart(right.slice(1, -1));
  return apart(left.slice(1, -1)).map((target, i) => ({ target, adds: false, expression: expressions[i] ?? "" }));
}

/** What stands between the commas outside all brackets. */
function apart(list: string): string[] {
  let depth = 0;
  return [...list].reduce<string[]>((parts, letter) => {
    if (/[([]/.test(letter)) depth++;
    if (/[)\]]/.test(letter)) depth--;
    if (letter === "," && depth === 0) return [...parts, ""];
    return [...parts.slice(0, -1), (parts.at(-1) ?? "") + letter];
  }, [""]).map((part) => part.trim());
}

interface Placed { readonly line: SweepLine; readonly within: readonly number[] }

/** Each line with the calls that it is told within. */
function placed(lines: readonly SweepLine[]): Placed[] {
  const calls: SweepLine[] = [];
  return lines.map((line) => {
    while (calls.length > 0 && (calls.at(-1)?.depth ?? 0) >= line.depth) calls.pop();
    const within = calls.map((call) => call.line + 1);
    if (line.opens === "call") calls.push(line);
    return { line, within };
  });
}

/** Does what is told, word for word, for the lines in the order in which they were run, backwards. */
function followed({ text, at, run }: Program): number[] {
  const objective = compile(readProgram({ text, language: "typescript" }), "f", { start: [...at] });
  const told = placed(objective.sweep?.() ?? []);
  const adjoints: Record<string, number> = {};
  for (const { line, values, within = [], after = false } of run(at).reverse()) {
    const here = told.filter((entry) => entry.line.line === line - 1 && String(entry.within) === String(within) && (entry.line.opens === "call") === after);
    for (const update of here.flatMap((entry) => entry.line.updates)) {
      const made = read(element(update.typescript(), values["i"] ?? 0)).map(({ target, adds, expression }) => {
        const mentioned = Object.fromEntries((expression.match(/d_\w+/g) ?? []).map((name) => [name, adjoints[name] ?? 0]));
        return [target, (adds ? adjoints[target] ?? 0 : 0) + evaluate(expression, { ...mentioned, ...values })] as const;
      });
      for (const [target, value] of made) adjoints[target] = value;
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
  "two variables that change places in a loop": {
    text: "function f(x: number, y: number) {\n  for (let i = 0; i < 4; i++) {\n    [x, y] = [y, x * y];\n  }\n  return x * y;\n}", at: [1.2, 0.7],
    run: ([x = 0, y = 0]) => {
      const steps: Step[] = [];
      for (let i = 0; i < 4; i++) {
        steps.push({ line: 3, values: { x, y } });
        [x, y] = [y, x * y];
      }
      return [...steps, { line: 5, values: { x, y } }];
    },
  },
  "swaps one after the other": {
    text: "function f(a: number, b: number) {\n  let x = a, y = b;\n  [x, y] = [y, x * y];\n  [x, y] = [y * y, x + y];\n  return Math.sin(x) * y;\n}", at: [1.2, 0.7],
    run: ([a = 0, b = 0]) => {
      const [x, y] = [b, a * b];
      return [{ line: 2, values: { a, b } }, { line: 3, values: { a, b, x: a, y: b } }, { line: 4, values: { a, b, x, y } }, { line: 5, values: { a, b, x: y * y, y: x + y } }];
    },
  },
  "a record made of itself": {
    text: "function f(a: number, b: number) {\n  let p = { x: a, v: b };\n  for (let i = 0; i < 3; i++) {\n    p = { x: p.x + 0.1 * p.v, v: p.v - 0.1 * Math.sin(p.x) };\n  }\n  return p.x * p.v;\n}", at: [1.2, 0.7],
    run: ([a = 0, b = 0]) => {
      const steps: Step[] = [{ line: 2, values: { a, b } }];
      let p = { x: a, v: b };
      for (let i = 0; i < 3; i++) {
        steps.push({ line: 4, values: { a, b, p_x: p.x, p_v: p.v } });
        p = { x: p.x + 0.1 * p.v, v: p.v - 0.1 * Math.sin(p.x) };
      }
      return [...steps, { line: 6, values: { a, b, p_x: p.x, p_v: p.v } }];
    },
  },
  "a value of each turn, read again and again": {
    text: "function f(a: number, b: number) {\n  let s = 0;\n  for (let i = 0; i < 3; i++) {\n    const d = a * i - b;\n    const e = Math.exp(d);\n    s += d * e + e / (1 + d * d);\n  }\n  return s;\n}", at: [0.6, 0.7],
    run: ([a = 0, b = 0]) => {
      const steps: Step[] = [];
      for (let i = 0; i < 3; i++) {
        const d = a * i - b, e = Math.exp(d);
        for (const line of [4, 5, 6]) steps.push({ line, values: { a, b, i, d, e } });
      }
      return [...steps, { line: 8, values: { a, b } }];
    },
  },
  "a helper that calls a helper, called twice": {
    text: "function square(u: number) { return u * u; }\nfunction dist(p: number, q: number) {\n  const d = p - q;\n  return Math.sqrt(square(d) + 1);\n}\nfunction f(a: number, b: number) {\n  const s = dist(a, b);\n  const t = dist(b, s * a);\n  return s + 2 * t;\n}", at: [1.2, 0.7],
    run: ([a = 0, b = 0]) => {
      const s = Math.sqrt((a - b) ** 2 + 1), q = s * a, t = Math.sqrt((b - q) ** 2 + 1);
      const values = { a, b, q, d: b - q, d_2: a - b, s, t };
      const called = (line: number): Step[] => [
        { line, values }, { line: 3, within: [line], values }, { line: 4, within: [line], values }, { line: 1, within: [line, 4], values },
        { line: 4, within: [line], after: true, values }, { line, after: true, values },
      ];
      return [...called(7), ...called(8), { line: 9, values }];
    },
  },
  "a helper with two ways out, called each turn": {
    text: "function soft(u: number) {\n  if (u > 0) return u + Math.log(1 + Math.exp(-u));\n  return Math.log(1 + Math.exp(u));\n}\nfunction f(a: number, b: number) {\n  let s = 0;\n  for (let i = 0; i < 4; i++) {\n    s += soft(a * i - b);\n  }\n  return s;\n}", at: [0.6, 0.7],
    run: ([a = 0, b = 0]) => {
      const steps: Step[] = [];
      for (let i = 0; i < 4; i++) {
        const u = a * i - b;
        const values = { a, b, i, u };
        steps.push({ line: 8, values }, { line: u > 0 ? 2 : 3, within: [8], values }, { line: 8, after: true, values });
      }
      return [...steps, { line: 10, values: { a, b } }];
    },
  },
  "a step of Heun's, with the slope from a helper": {
    text: "function slope(y: number, k: number) { return -k * y; }\nfunction f(k: number) {\n  let y = 1;\n  for (let i = 0; i < 5; i++) {\n    const k1 = slope(y, k);\n    const k2 = slope(y + 0.5 * k1, k);\n    y += 0.5 * (k1 + k2);\n  }\n  return y * y;\n}", at: [0.3],
    run: ([k = 0]) => {
      const steps: Step[] = [];
      let y = 1;
      for (let i = 0; i < 5; i++) {
        const k1 = -k * y, k2 = -k * (y + 0.5 * k1);
        const values = { k, y, k1, k2 };
        steps.push(...[5, 6].flatMap((line): Step[] => [{ line, values }, { line: 1, within: [line], values }, { line, after: true, values }]), { line: 7, values });
        y += 0.5 * (k1 + k2);
      }
      return [...steps, { line: 9, values: { k, y } }];
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
