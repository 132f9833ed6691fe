import { interpret } from "../ir/interpret";
import type { Backend } from "./kernel";

const nothing = new Float64Array(0);

/** The slow and certain way: what the others are measured against. */
export const interpreterBackend: Backend = {
  name: "interpreter",
  kernel: (fn) => (x, output) => {
    const { value, trap } = interpret(fn, x, output);
    if (trap) output.fill(NaN);
    return value;
  },
  grid: (fn) => (origin, u, v, s0, ds, t0, dt, columns, rows, grid) => {
    const x = new Float64Array(fn.dimension);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [s, t] = [s0 + column * ds, t0 + row * dt];
        for (let k = 0; k < x.length; k++) x[k] = (origin[k] ?? NaN) + t * (v[k] ?? NaN) + s * (u[k] ?? NaN);
        grid[row * columns + column] = interpret(fn, x, nothing).value;
      }
    }
  },
};
