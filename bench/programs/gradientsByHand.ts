/** Value and gradient as one would write them who counts every multiplication. */
export function rosenbrockByHand(p: Float64Array, g: Float64Array): number {
  const x = p[0], y = p[1], a = 1 - x, b = y - x * x;
  g[0] = -2 * a - 400 * x * b;
  g[1] = 200 * b;
  return a * a + 100 * b * b;
}

export function himmelblauByHand(p: Float64Array, g: Float64Array): number {
  const x = p[0], y = p[1], a = x * x + y - 11, b = x + y * y - 7;
  g[0] = 4 * x * a + 2 * b;
  g[1] = 2 * a + 4 * y * b;
  return a * a + b * b;
}

export function ackleyByHand(p: Float64Array, g: Float64Array): number {
  const { PI, E, exp, sqrt, cos, sin } = Math;
  const x = p[0], y = p[1], u = 2 * PI * x, v = 2 * PI * y;
  const r = sqrt(0.5 * (x * x + y * y)), a = exp(-0.2 * r), b = exp(0.5 * (cos(u) + cos(v)));
  const s = (2 * a) / r;
  g[0] = s * x + PI * b * sin(u);
  g[1] = s * y + PI * b * sin(v);
  return -20 * a - b + E + 20;
}

/** Of a whole grid, rows over y from y0 on and columns over x from x0 on. */
export function rosenbrockGridByHand(x0: number, dx: number, y0: number, dy: number, columns: number, rows: number, grid: Float64Array): void {
  for (let r = 0; r < rows; r++) {
    const y = y0 + r * dy;
    for (let c = 0; c < columns; c++) {
      const x = x0 + c * dx, a = 1 - x, b = y - x * x;
      grid[r * columns + c] = a * a + 100 * b * b;
    }
  }
}

export function ackleyGridByHand(x0: number, dx: number, y0: number, dy: number, columns: number, rows: number, grid: Float64Array): void {
  const { PI, E, exp, sqrt, cos } = Math;
  for (let r = 0; r < rows; r++) {
    const y = y0 + r * dy;
    for (let c = 0; c < columns; c++) {
      const x = x0 + c * dx;
      const a = exp(-0.2 * sqrt(0.5 * (x * x + y * y))), b = exp(0.5 * (cos(2 * PI * x) + cos(2 * PI * y)));
      grid[r * columns + c] = -20 * a - b + E + 20;
    }
  }
}
