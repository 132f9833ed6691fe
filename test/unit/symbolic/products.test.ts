import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import { closedForm } from "../../../src/core/symbolic/closedForm";

function objectiveOf(text: string, language: "typescript" | "math"): Objective {
  const program = readProgram({ text, language });
  return compile(program, program.target ?? program.functions.at(-1)?.name);
}

const loops: readonly [string, string][] = [
  ["factors of one unknown", "const c = [1, 2, 3.5, 4, 6]; function f(x: number) { let p = 1; for (let i = 0; i < c.length; i++) p *= x - c[i]; return p; }"],
  ["Griewank's function", "function f(x = [1, 2, 3, 4, 5]) { let s = 0, p = 1; for (let i = 0; i < x.length; i++) { s += x[i] ** 2 / 4000; p *= Math.cos(x[i] / Math.sqrt(i + 1)); } return s - p + 1; }"],
  ["factors of an unknown each", "function f(x = [1, 2, 3, 4, 5]) { let p = 1; for (let i = 0; i < x.length; i++) p *= 1 + x[i]; return p; }"],
  ["a likelihood", "const xs = [1, 2, 3, 4, 5]; function f(m = 1, s = 2) { let L = 1; for (let i = 0; i < xs.length; i++) L *= Math.exp(-((xs[i] - m) ** 2) / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI)); return L; }"],
  ["its logarithm", "const xs = [1, 2, 3, 4, 5]; function f(m = 1, s = 2) { let L = 1; for (let i = 0; i < xs.length; i++) L *= Math.exp(-((xs[i] - m) ** 2) / (2 * s * s)) / s; return Math.log(L); }"],
  ["a product of two for each unknown", "const c = [1, 2, 3, 4]; function f(w = [0.5, 1, 1.5, 2], b = 0.3) { let p = 1; for (let i = 0; i < c.length; i++) p *= w[i] * c[i] + b; return p; }"],
  ["products of neighbours", "function f(x = [1, 2, 3, 4, 5]) { let p = 1; for (let i = 0; i + 1 < x.length; i++) p *= x[i] + 2 * x[i + 1]; return p; }"],
];

/** The printed Hessian, read again with numbers in place of the unknowns. */
function printedAgrees(objective: Objective, text: string): void {
  const { formula, coordinates, labels = coordinates, start } = objective;
  const hessian = formula?.hessian() ?? [];
  expect(hessian.length).toBe(start.length);
  const data = text.startsWith("const") ? text.split("; function")[0] ?? "" : "";
  for (const moved of [0.3, -0.7]) {
    const x = start.map((value, k) => value + moved * (1 + 0.3 * k));
    const values = new Map<string, number[]>();
    labels.forEach((label, k) => {
      const name = label.split("[")[0] ?? label;
      values.set(name, [...(values.get(name) ?? []), x[k] ?? NaN]);
    });
    const given = [...values].map(([name, all]) => `const ${name} = ${labels.includes(name) ? String(all[0]) : `[${all.join(", ")}]`};`).join(" ");
    const wanted = objective.hessian(x);
    hessian.forEach((row, i) => row.forEach((entry, j) => {
      const again = objectiveOf(`${data}; ${given}\nfunction again(z: number) { return z + ${entry.typescript()}; }`, "typescript");
      expect(again.value(new Float64Array(1)), `${i}, ${j}: ${entry.typescript()}`).toBeCloseTo(wanted[i * start.length + j] ?? NaN, 7);
    }));
  }
}

describe("second derivatives of products over an index", () => {
  test.each(loops)("are the compiled function's own: %s", (_, text) => printedAgrees(objectiveOf(text, "typescript"), text));

  test("leave out both factors that were differentiated", () => {
    const { formula } = objectiveOf("prod(i, 1, 4, x - i)", "math");
    const entry = formula?.hessian()[0]?.[0];
    expect(entry?.latex()).toBe("\\sum_{i=1}^{4} \\sum_{\\substack{j=1 \\\\ j \\ne i}}^{4} \\prod_{\\substack{k=1 \\\\ k \\ne i \\\\ k \\ne j}}^{4} (x - k)");
    expect(objectiveOf(`f(x) = ${entry?.math() ?? ""}`, "math").value(new Float64Array([2]))).toBe(-2);
  });

  test("vanish where each unknown stands in one factor only", () => {
    const { formula } = objectiveOf(loops[2]?.[1] ?? "", "typescript");
    expect(formula?.hessian().map((row, i) => row[i]?.math())).toEqual(["0", "0", "0", "0", "0"]);
  });
});

test("no second derivative is told that the function itself does not have", () => {
  const program = readProgram({ text: loops[0]?.[1] ?? "", language: "typescript" });
  const { function: fn, coordinates, start } = program.lower("f", {});
  const objective = compile(program, "f");
  const reference = { start, value: (x: Float64Array) => objective.value(x), gradient: (x: Float64Array) => objective.gradient(x), hessian: (x: Float64Array) => objective.hessian(x).map((entry) => entry + 0.01 * Math.abs(entry)) };
  const form = closedForm(fn, coordinates, { data: () => [], reference });
  expect(form.ok && form.formula.hessian()).toEqual([]);
});
