import { compile } from "../../../src/core/compile";
import type { Objective, Plane } from "../../../src/core/objective";
import { readProgram } from "../../../src/core/source/readProgram";

type Definition = {
  name: string;
  start: readonly number[];
  value: (x: Float64Array) => number;
  gradient: (x: Float64Array, out: Float64Array) => void;
};

/** An objective from hand-written code. Second derivatives are differences of the gradient, good to about 1e-9. */
export function objectiveOf({ name, start, value, gradient }: Definition): Objective {
  const dimension = start.length;
  const objective: Objective = {
    name,
    dimension,
    coordinates: start.map((_, i) => `x${i + 1}`),
    start: Float64Array.from(start),
    warnings: [],
    value,
    gradient(x, out = new Float64Array(dimension)) {
      gradient(x, out);
      return out;
    },
    valueAndGradient(x, out) {
      gradient(x, out);
      return value(x);
    },
    hessian(x, out = new Float64Array(dimension * dimension)) {
      const direction = new Float64Array(dimension);
      for (let j = 0; j < dimension; j++) {
        direction.fill(0);
        direction[j] = 1;
        const column = objective.hessianVector(x, direction);
        for (let i = 0; i < dimension; i++) out[i * dimension + j] = column[i] ?? NaN;
      }
      return out;
    },
    hessianVector(x, v, out = new Float64Array(dimension)) {
      const h = 1e-5;
      const ahead = objective.gradient(x.map((xi, i) => xi + h * (v[i] ?? 0)));
      const behind = objective.gradient(x.map((xi, i) => xi - h * (v[i] ?? 0)));
      for (let i = 0; i < dimension; i++) out[i] = ((ahead[i] ?? 0) - (behind[i] ?? 0)) / (2 * h);
      return out;
    },
    grid(plane: Plane, columns: number, rows: number) {
      const values = new Float64Array(columns * rows);
      const x = new Float64Array(dimension);
      for (let row = 0; row < rows; row++) {
        const t = rows === 1 ? 0 : plane.t[0] + ((plane.t[1] - plane.t[0]) * row) / (rows - 1);
        for (let column = 0; column < columns; column++) {
          const s = plane.s[0] + ((plane.s[1] - plane.s[0]) * column) / (columns - 1);
          for (let i = 0; i < dimension; i++) {
            x[i] = (plane.origin[i] ?? 0) + s * (plane.u[i] ?? 0) + (rows === 1 ? 0 : t * (plane.v[i] ?? 0));
          }
          values[row * columns + column] = value(x);
        }
      }
      return values;
    },
  };
  return objective;
}

/** With exact second derivatives. Without a start, that of the text. */
export function compiled(text: string, start?: readonly number[]): Objective {
  const program = readProgram({ text, language: "math", selection: { start: 0, end: text.length } });
  return compile(program, undefined, start && { start: [...start] });
}

const at = (x: Float64Array, i: number): number => x[i] ?? NaN;

/** ½·Σ curvatureᵢ·(xᵢ − centreᵢ)² */
export function quadratic(curvatures: readonly number[], start: readonly number[], centre: readonly number[] = []): Objective {
  const offset = (x: Float64Array, i: number): number => at(x, i) - (centre[i] ?? 0);
  return objectiveOf({
    name: "quadratic",
    start,
    value: (x) => curvatures.reduce((sum, c, i) => sum + 0.5 * c * offset(x, i) ** 2, 0),
    gradient: (x, out) => curvatures.forEach((c, i) => (out[i] = c * offset(x, i))),
  });
}

export const rosenbrock = objectiveOf({
  name: "rosen",
  start: [-1.2, 1],
  value: (x) => (1 - at(x, 0)) ** 2 + 100 * (at(x, 1) - at(x, 0) ** 2) ** 2,
  gradient: (x, out) => {
    const bend = at(x, 1) - at(x, 0) ** 2;
    const slope = 100 * (2 * bend);
    out[0] = -slope * (2 * at(x, 0)) - 2 * (1 - at(x, 0));
    out[1] = slope;
  },
});

export const beale = objectiveOf({
  name: "beale",
  start: [1, 1],
  value: (x) => [1.5, 2.25, 2.625].reduce((sum, c, k) => sum + (c - at(x, 0) + at(x, 0) * at(x, 1) ** (k + 1)) ** 2, 0),
  gradient: (x, out) => {
    out[0] = 0;
    out[1] = 0;
    [1.5, 2.25, 2.625].forEach((c, k) => {
      const residual = c - at(x, 0) + at(x, 0) * at(x, 1) ** (k + 1);
      out[0] = at(out, 0) + 2 * residual * (at(x, 1) ** (k + 1) - 1);
      out[1] = at(out, 1) + 2 * residual * at(x, 0) * (k + 1) * at(x, 1) ** k;
    });
  },
});

/** Of the trajectories: 0.5·(x1 − 1)² + 5·(x2 + 2)² */
export const bowl = quadratic([1, 10], [3, 1], [1, -2]);

/** Mulberry32: small, seeded, the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The last iterate of a run. */
export function finalIterate(run: { iterates: Float64Array; dimension: number; iterations: number }): number[] {
  return Array.from(run.iterates.subarray(run.iterations * run.dimension));
}
