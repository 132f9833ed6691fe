import type { Diagnostic } from "../../src/core/source/diagnostic";
import type { DescentIntent, PanelIntent } from "../../src/shared/intent";
import type { ContourSnapshot, CurveSnapshot, ObjectiveSnapshot, RunSnapshot, SourceSnapshot } from "../../src/shared/protocol";

/** Small, true snapshots: x² + y² (or Σ xᵢ²) with gradient descent at a rate of 0.25, which halves every coordinate. */

export const descent: DescentIntent = {
  method: "gd", maximize: false, learningRate: 0.25, parameters: {}, maxIterations: 10, gradientNorm: 1e-6,
};

export const intent: PanelIntent = {
  version: 1, mode: "descend", descent,
  source: { uri: "file:///notes.md", language: "math", selection: { start: 0, end: 9 } },
};

export function objective(dimension: number, part: Partial<ObjectiveSnapshot> = {}): ObjectiveSnapshot {
  const start = Float64Array.from({ length: dimension }, (_, index) => 2 - index * 0.25);
  return {
    id: 1, name: "f", dimension, start, startOrigin: "inferred",
    coordinates: dimension <= 2 ? ["x", "y"].slice(0, dimension) : Array.from({ length: dimension }, (_, index) => `w[${index}]`),
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } },
    atStart: { value: start.reduce((sum, x) => sum + x * x, 0), gradient: start.map((x) => 2 * x) },
    diagnostics: [],
    ...part,
  };
}

export function run(of: ObjectiveSnapshot, iterations: number, start: ArrayLike<number> = of.start): RunSnapshot {
  const n = of.dimension;
  const iterates = new Float64Array((iterations + 1) * n);
  for (let k = 0; k <= iterations; k++) for (let i = 0; i < n; i++) iterates[k * n + i] = (start[i] ?? 0) / 2 ** k;
  const gradients = iterates.map((x) => 2 * x);
  const row = (all: Float64Array, k: number): Float64Array => all.subarray(k * n, (k + 1) * n);
  return {
    objective: of.id, dimension: n, iterations, every: 1, iterates, gradients,
    values: Float64Array.from({ length: iterations + 1 }, (_, k) => row(iterates, k).reduce((sum, x) => sum + x * x, 0)),
    gradientNorms: Float64Array.from({ length: iterations + 1 }, (_, k) => Math.hypot(...row(gradients, k))),
    learningRates: new Float64Array(iterations + 1).fill(0.25),
    method: "gd", maximize: false, remarks: [],
    status: "converged", rule: "gradientNorm", reason: "the gradient norm 8.1e-7 is at or below 1e-6",
    best: { iteration: iterations, value: 0 },
  };
}

export function contour(of: ObjectiveSnapshot, columns = 9, rows = 9): ContourSnapshot {
  const values = new Float64Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) values[j * columns + i] = (-4 + (8 * i) / (columns - 1)) ** 2 + (-4 + (8 * j) / (rows - 1)) ** 2;
  }
  return {
    kind: "contour", objective: of.id, window: { x: [-4, 4], y: [-4, 4] }, columns, rows, values,
    levels: Float64Array.of(1, 4, 9, 16), scale: "linear",
  };
}

export function curve(of: ObjectiveSnapshot): CurveSnapshot {
  const x = Float64Array.from({ length: 81 }, (_, index) => -4 + index / 10);
  return { kind: "curve", objective: of.id, x: [-4, 4], values: x.map((at) => at * at), derivatives: x.map((at) => 2 * at) };
}

export function source(of: ObjectiveSnapshot | null, part: Partial<SourceSnapshot> = {}): SourceSnapshot {
  return { intent, label: "notes.md · f", objective: of, problems: [], busy: false, ...part };
}

export const bracket: Diagnostic = {
  code: "E101", severity: "error", message: "The bracket that opens here is never closed.", hint: "Add “)” after “y”.",
  range: { start: { line: 11, character: 4 }, end: { line: 11, character: 12 } },
};
