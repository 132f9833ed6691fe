import type { Objective, Plane, Rows } from "../core/objective";
import type { Perform, Plan } from "../core/optimize/experiments/plan";

/** Some rows of a grid over a plane. */
export interface RowsTask {
  readonly plane: Plane;
  readonly columns: number;
  readonly rows: number;
  readonly only: Rows;
}

/** Enough for any crew to share, few enough to cost nothing. */
const mostParts = 64;

/** A grid over a plane as parts that can be filled anywhere. */
export function* planGrid(plane: Plane, columns: number, rows: number): Plan<RowsTask, Float64Array, Float64Array> {
  const height = Math.ceil(rows / mostParts);
  const tasks = Array.from({ length: Math.ceil(rows / height) }, (_, k) => ({ plane, columns, rows, only: { from: k * height, to: Math.min(rows, (k + 1) * height) } }));
  const parts = yield { tasks, each: height, total: tasks.length * height };
  const grid = new Float64Array(columns * rows);
  parts.forEach((part, k) => grid.set(part, k * height * columns));
  return grid;
}

/** Fills them. */
export function gridRows(objective: Objective): Perform<RowsTask, Float64Array> {
  return function* ({ plane, columns, rows, only }) {
    yield 0;
    return objective.grid(plane, columns, rows, only);
  };
}
