import type { GridKernel, Kernel } from "./kernel";

const noOutput = new Float64Array(0);

/** A grid by a call a point: for functions next to whose own length a call is nothing. */
export function pointByPoint(kernel: Kernel, dimension: number): GridKernel {
  const x = new Float64Array(dimension);
  return (origin, u, v, s0, ds, t0, dt, columns, first, last, grid) => {
    for (let row = first; row < last; row++) {
      const t = t0 + row * dt;
      for (let column = 0; column < columns; column++) {
        const s = s0 + column * ds;
        for (let k = 0; k < x.length; k++) x[k] = (origin[k] ?? NaN) + t * (v[k] ?? NaN) + s * (u[k] ?? NaN);
        grid[(row - first) * columns + column] = kernel(x, noOutput);
      }
    }
  };
}
