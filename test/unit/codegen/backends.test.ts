import { describe, expect, it } from "vitest";
import { compile, type CompileOptions, type Objective, type Plane } from "../../../src/core/index";
import { Random } from "../support/random";
import { programCases, readCase, type ProgramCase } from "../source/typescript/fixtures";

/** The program at the first of its samples. */
function objectiveOf(each: ProgramCase, options: Pick<CompileOptions, "backend" | "strictOrder">): Objective {
  const program = readCase(each);
  return compile(program, program.target, { start: each.samples?.[0]?.args ?? [], ...options, ...(each.unknowns ? { variables: each.unknowns } : {}) });
}

const vector = (random: Random, length: number): Float64Array => Float64Array.from({ length }, () => random.between(-1, 1));

const cases = programCases.filter(({ samples }) => samples);

describe.each([
  ["JavaScript", { backend: "javascript" }], ["WebAssembly, sums in their order", { backend: "wasm", strictOrder: true }],
] as const)("every program is the same number in the interpreter and in %s", (_name, options) => {

  it.each(cases.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s", (_name, each) => {
    const random = new Random(11);
    const [compiled, reference] = [objectiveOf(each, options), objectiveOf(each, { backend: "interpreter" })];
    const start = compiled.start;
    const direction = vector(random, start.length);
    for (const x of [start, start.map((xk, k) => xk + 0.01 * (direction[k] ?? 0))]) {
      expect(compiled.value(x), "value").toBe(reference.value(x));
      expect(compiled.gradient(x), "gradient").toEqual(reference.gradient(x));
      expect(compiled.hessianVector(x, direction), "Hessian-vector product").toEqual(reference.hessianVector(x, direction));
    }
    const plane: Plane = { origin: start, u: direction, v: vector(random, start.length), s: [-0.2, 0.1], t: [-0.1, 0.2] };
    const grid = compiled.grid(plane, 3, 2);
    expect(grid, "grid").toEqual(pointByPoint(compiled, plane, 3, 2));
    expect(grid, "grid").toEqual(reference.grid(plane, 3, 2));
  });
});

/** Sums of many numbers are added up in another order; as large as the largest of them, so large is what they may differ by. */
function expectClose(found: Float64Array, expected: Float64Array, what: string): void {
  const largest = expected.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1);
  expect(found.map((value, k) => (Math.abs(value - (expected[k] ?? NaN)) <= 1e-12 * largest ? expected[k] ?? NaN : value)), what).toEqual(expected);
}

describe("every program is the interpreter's to 12 digits where WebAssembly adds up in pairs", () => {
  it.each(cases.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s", (_name, each) => {
    const random = new Random(12);
    const [compiled, reference] = [objectiveOf(each, { backend: "wasm" }), objectiveOf(each, { backend: "interpreter" })];
    const direction = vector(random, compiled.start.length);
    const x = compiled.start;
    expectClose(Float64Array.of(compiled.value(x)), Float64Array.of(reference.value(x)), "value");
    expectClose(compiled.gradient(x), reference.gradient(x), "gradient");
    expectClose(compiled.hessianVector(x, direction), reference.hessianVector(x, direction), "Hessian-vector product");
    const plane: Plane = { origin: x, u: direction, v: vector(random, x.length), s: [-0.2, 0.1], t: [-0.1, 0.2] };
    expectClose(compiled.grid(plane, 5, 2), reference.grid(plane, 5, 2), "grid");
    const only = (k: number): Float64Array => Float64Array.from(x, (_, i) => Number(i === k));
    const coordinates: Plane = { ...plane, u: only(0), v: only(x.length - 1) };
    expectClose(compiled.grid(coordinates, 5, 3), reference.grid(coordinates, 5, 3), "grid along coordinates");
  });
});

/** The values a grid is to hold, each from a call of its own. */
function pointByPoint(objective: Objective, { origin, u, v, s, t }: Plane, columns: number, rows: number): Float64Array {
  const [ds, dt] = [(s[1] - s[0]) / (columns - 1), (t[1] - t[0]) / (rows - 1)];
  return Float64Array.from({ length: columns * rows }, (_, at) => {
    const [along, across] = [s[0] + (at % columns) * ds, t[0] + Math.floor(at / columns) * dt];
    return objective.value(origin.map((o, k) => o + across * (v[k] ?? NaN) + along * (u[k] ?? NaN)));
  });
}
