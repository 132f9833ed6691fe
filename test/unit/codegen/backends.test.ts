import { describe, expect, it } from "vitest";
import { compile, type CompileOptions, type Objective, type Plane, readProgram } from "../../../src/core/index";
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

const program = (body: string): string => `function loss(w: number[]) { let t = 0; ${body} return t; }`;

/** What shows only once the turns of a loop stand one after another. */
const hiddenInLoops = [
  ["log(1 + e^z), which overflows", "const h = [0, 0]; for (let i = 0; i < 2; i++) h[i] += Math.exp(400 * w[i]); for (let k = 0; k < 2; k++) t += Math.log(1 + h[k]);"],
  ["log(1 + e^z), which does not", "const h = [0, 0]; for (let i = 0; i < 2; i++) h[i] += Math.exp(w[i]); for (let k = 0; k < 2; k++) t += Math.log(1 + h[k]);"],
  ["powers that are squares, roots and reciprocals", "for (let k = -1; k < 6; k++) t += Math.pow(w[0], k) * w[1] + Math.pow(w[1], k / 2);"],
] as const;

describe("a grid is drawn of the values, though it writes out the loops in which a spelling was hidden", () => {
  it.each(hiddenInLoops)("%s", (_name, body) => {
    const read = readProgram({ text: program(body), language: "typescript" });
    const plane: Plane = { origin: Float64Array.of(1.7, 2.3), u: Float64Array.of(0.61, -0.27), v: Float64Array.of(0.33, 0.71), s: [-0.5, 1], t: [-1, 1] };
    for (const strictOrder of [true, false]) {
      const objective = compile(read, "loss", { start: [[1.7, 2.3]], backend: "wasm", strictOrder });
      const [grid, values] = [objective.grid(plane, 7, 5), pointByPoint(objective, plane, 7, 5)];
      if (strictOrder) expect(grid).toEqual(values);
      else expectClose(grid, values, "grid");
    }
  });
});

describe("a sum of -0 is -0, however it is added up", () => {
  it.each([
    ["element by element", "let s = -0; for (let i = 0; i < 40; i++) s += zeros[i] * w[0]; t = Math.atan2(s, -1);"],
    ["row by row", "let s = -0; for (let i = 0; i < 40; i++) { let z = -0; for (let j = 0; j < 2; j++) z += zeros[i] * w[j]; if (z < 1) s += z * Math.exp(z); } t = Math.atan2(s, -1);"],
  ])("%s", (_name, body) => {
    const read = readProgram({ text: `const zeros = Array.from({ length: 40 }, () => -0);\n${program(body)}`, language: "typescript" });
    expect(compile(read, "loss", { start: [[1.7, 2.3]], backend: "wasm" }).value(Float64Array.of(1.7, 2.3))).toBe(-Math.PI);
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
