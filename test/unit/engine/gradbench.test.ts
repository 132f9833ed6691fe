import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, minimize, readProgram, type Objective } from "../../../src/core/index";
import { Random } from "../support/random";

interface Exact { id: string; program: string; args: unknown[]; wrt_args: number[]; value: number; grad: unknown[] }
interface Network {
  id: string; program: string; value: number; grad_norm2: number; grad_sum: number; grad_abs_max: number;
  grad_samples: Record<string, number>; "gd_losses_lr0.5": number[];
}

const fixture = JSON.parse(readFileSync(join(__dirname, "../../fixtures/engine/gradbench.json"), "utf8")) as {
  programs: Record<string, string>; cases: (Exact | Network)[];
};
const isExact = (each: Exact | Network): each is Exact => "grad" in each;
const exact = fixture.cases.filter(isExact);
const networks = fixture.cases.filter((each): each is Network => !isExact(each));

function objectiveOf(program: string, start: unknown[], variables: (string | number)[], backend: "javascript" | "interpreter" = "javascript"): Objective {
  const read = readProgram({ text: fixture.programs[program] ?? "", language: "typescript" });
  const parameters = read.functions.find(({ name }) => name === program)?.parameters ?? [];
  return compile(read, program, { start, variables: variables.map((each) => (typeof each === "string" ? each : parameters[each]?.name ?? "")), backend });
}

const flatten = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flatten) : [Number(value)]);
const relative = (found: number | undefined, expected: number, scale = Math.abs(expected)): number => Math.abs((found ?? NaN) - expected) / scale;

/** The Hessian times a direction, exactly and by differences of gradients, relative to its size. */
function curvatureError(objective: Objective): number {
  const random = new Random(7);
  const [x, n] = [objective.start, objective.dimension];
  const direction = Float64Array.from({ length: n }, () => random.between(-1, 1));
  const size = Math.sqrt(direction.reduce((sum, d) => sum + d * d, 0));
  const product = objective.hessianVector(x, direction);
  const h = 1e-4 / size;
  const at = (k: number): Float64Array => objective.gradient(x.map((xi, i) => xi + k * h * (direction[i] ?? 0)));
  const [a, b, c, d] = [at(-2), at(-1), at(1), at(2)];
  const largest = product.reduce((max, p) => Math.max(max, Math.abs(p)), 0);
  expect(largest).toBeGreaterThan(0);
  return Math.max(...product.map((p, i) =>
    Math.abs(p - ((a[i] ?? NaN) - 8 * (b[i] ?? NaN) + 8 * (c[i] ?? NaN) - (d[i] ?? NaN)) / (12 * h)))) / largest;
}

function expectSame(a: Objective, b: Objective): void {
  const x = a.start;
  const v = x.map((_, i) => Math.cos(i));
  expect(a.value(x)).toBe(b.value(x));
  expect(a.gradient(x)).toEqual(b.gradient(x));
  expect(a.hessianVector(x, v)).toEqual(b.hessianVector(x, v));
}

describe("objectives of GradBench", () => {
  it.each(exact.map((each) => [each.id, each] as const))("%s has the value and gradient of the hand-derived C++", (_id, each) => {
    const objective = objectiveOf(each.program, each.args, each.wrt_args);
    const gradient = new Float64Array(objective.dimension);
    expect(relative(objective.valueAndGradient(objective.start, gradient), each.value)).toBeLessThan(1e-12);
    const expected = flatten(each.grad);
    expect(gradient).toHaveLength(expected.length);
    const scale = 1e-3 * Math.max(...expected.map(Math.abs));
    for (const [k, slope] of expected.entries()) expect(relative(gradient[k], slope, Math.max(Math.abs(slope), scale)), objective.coordinates[k]).toBeLessThan(1e-9);
    expect(objective.selfCheck?.().verdict).toBe("agree");
  });

  it.each(exact.map((each) => [each.id, each] as const))("%s bends as its gradients differ, and is the same in every backend", (_id, each) => {
    const objective = objectiveOf(each.program, each.args, each.wrt_args);
    expect(curvatureError(objective)).toBeLessThan(1e-8);
    expectSame(objective, objectiveOf(each.program, each.args, each.wrt_args, "interpreter"));
  });

  it.each(networks.map((each) => [each.id, each] as const))("%s has PyTorch's value, gradient and descent", (_id, each) => {
    const objective = networkOf(784, 100, 10, 64);
    const gradient = new Float64Array(objective.dimension);
    expect(relative(objective.valueAndGradient(objective.start, gradient), each.value)).toBeLessThan(1e-12);
    for (const [path, slope] of Object.entries(each.grad_samples)) expect(relative(gradient[objective.coordinates.indexOf(path)], slope), path).toBeLessThan(1e-9);
    expect(relative(Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)), each.grad_norm2)).toBeLessThan(1e-12);
    expect(relative(gradient.reduce((sum, g) => sum + g, 0), each.grad_sum)).toBeLessThan(1e-11);
    expect(relative(gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0), each.grad_abs_max)).toBeLessThan(1e-9);
    expect(objective.selfCheck?.().verdict).toBe("agree");

    const losses = each["gd_losses_lr0.5"];
    const run = minimize(objective, { method: "gd", learningRate: 0.5, maxIterations: losses.length - 1 });
    for (const [k, loss] of losses.entries()) expect(relative(run.values[k], loss), `after ${k} steps`).toBeLessThan(1e-11);
  });

  it("a small network of the same text bends as its gradients differ, and is the same in every backend", () => {
    const objective = networkOf(12, 7, 4, 6);
    expect(objective.selfCheck?.().verdict).toBe("agree");
    expect(curvatureError(objective)).toBeLessThan(1e-8);
    expectSame(objective, networkOf(12, 7, 4, 6, "interpreter"));
  });
});

/** Inputs, hidden units, classes and rows; its numbers are those of the recipe the reference was made from. */
function networkOf(inputs: number, hidden: number, classes: number, rows: number, backend?: "javascript" | "interpreter"): Objective {
  const vector = (length: number, at: (k: number) => number): number[] => Array.from({ length }, (_, k) => at(k));
  const table = (length: number, width: number, at: (i: number, j: number) => number): number[][] => vector(length, (i) => i).map((i) => vector(width, (j) => at(i, j)));
  const args = [
    table(hidden, inputs, (j, i) => 0.05 * Math.sin(0.1 * (j * inputs + i) + 1)), vector(hidden, (j) => 0.01 * Math.cos(j)),
    table(classes, hidden, (k, j) => 0.1 * Math.sin(0.3 * (k * hidden + j) + 2)), vector(classes, (k) => 0.02 * Math.sin(k)),
    table(rows, inputs, (n, i) => ((n * 7 + i * 3) % 5 === 0 ? ((n * 31 + i * 17) % 97) / 97 : 0)), vector(rows, (n) => n % classes),
  ];
  return objectiveOf("mlp", args, ["W1", "b1", "W2", "b2"], backend);
}
