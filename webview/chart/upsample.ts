/**
 * The grid's bilinear surface on a finer raster, row-major, row 0 first as in the grid: what makes quantised fills meet
 * the contour lines at pixel precision. Non-finite samples spread to the pixels that lean on them.
 */
export function upsample(
  values: Float64Array, columns: number, rows: number, width: number, height: number,
): Float64Array {
  const out = new Float64Array(width * height);
  const left = new Int32Array(width);
  const share = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const position = ((i + 0.5) / width) * (columns - 1);
    const cell = Math.min(Math.floor(position), columns - 2);
    left[i] = cell;
    share[i] = position - cell;
  }
  for (let j = 0; j < height; j++) {
    const position = ((j + 0.5) / height) * (rows - 1);
    const row = Math.min(Math.floor(position), rows - 2);
    const t = position - row;
    const below = row * columns;
    const above = below + columns;
    for (let i = 0; i < width; i++) {
      const cell = left[i] ?? 0;
      const s = share[i] ?? 0;
      const low = between(values[below + cell] ?? NaN, values[below + cell + 1] ?? NaN, s);
      const high = between(values[above + cell] ?? NaN, values[above + cell + 1] ?? NaN, s);
      out[j * width + i] = between(low, high, t);
    }
  }
  return out;
}

/** Exact at both ends, so that an infinite neighbour of weight nothing does not turn the value into NaN. */
function between(a: number, b: number, t: number): number {
  return t === 0 ? a : t === 1 ? b : a + (b - a) * t;
}

/** Bilinear value at a point of a grid over [x0, x1] × [y0, y1]; undefined outside it. */
export function sampleAt(
  grid: { values: Float64Array; columns: number; rows: number; window: { x: readonly [number, number]; y: readonly [number, number] } },
  x: number, y: number,
): number | undefined {
  const { values, columns, rows, window } = grid;
  const u = ((x - window.x[0]) / (window.x[1] - window.x[0])) * (columns - 1);
  const v = ((y - window.y[0]) / (window.y[1] - window.y[0])) * (rows - 1);
  if (!(u >= 0 && u <= columns - 1 && v >= 0 && v <= rows - 1)) return undefined;
  const i = Math.min(Math.floor(u), columns - 2);
  const j = Math.min(Math.floor(v), rows - 2);
  const at = (di: number, dj: number): number => values[(j + dj) * columns + i + di] ?? NaN;
  return between(between(at(0, 0), at(1, 0), u - i), between(at(0, 1), at(1, 1), u - i), v - j);
}
