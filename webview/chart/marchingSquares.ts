import { noBand, quantise } from "./quantise";

/** Contour lines as loose segments, in grid units: x is a (fractional) column, y a row. */
export interface ContourSegments {
  columns: number;
  rows: number;
  /** x₀, y₀, x₁, y₁ a segment, level after level. */
  segments: Float32Array;
  /** Where in `segments` each level begins, and where the last ends. */
  offsets: Uint32Array;
  /** The grid edges each segment runs between, two a segment, by number: what joins it to its neighbours. */
  edges: Int32Array;
}

/**
 * Marching squares for all levels at once, over a row-major grid. A point at or above a level is above it. Cells with a
 * corner that is not finite are left out. Where a cell's diagonals disagree (a saddle) the mean of its corners decides,
 * by the same rule at every level.
 *
 * Most cells lie between two levels, and four equal bytes say so. The others are noted with their shape, counted a
 * level, and then written straight to their places.
 */
export function marchingSquares(values: Float64Array, columns: number, rows: number, levels: Float64Array): ContourSegments {
  const { cells, shapes, count } = findCrossings(values, columns, rows, levels);
  const offsets = new Uint32Array(levels.length + 1);
  for (let k = 0; k < count; k++) {
    const shape = shapes[k] ?? 0;
    const level = shape >> shapeBits;
    offsets[level + 1] = (offsets[level + 1] ?? 0) + ((shape & shapeMask) < firstSaddle ? 4 : 8);
  }
  for (let level = 0; level < levels.length; level++) offsets[level + 1] = (offsets[level + 1] ?? 0) + (offsets[level] ?? 0);

  const total = offsets[levels.length] ?? 0;
  const segments = new Float32Array(total);
  const edges = new Int32Array(total / 2);
  const next = offsets.slice();
  const end: EndWriter = { values, columns, segments, edges };
  for (let k = 0; k < count; k++) {
    const cell = cells[k] ?? 0;
    const shape = shapes[k] ?? 0;
    const level = shape >> shapeBits;
    const first = 4 * (shape & shapeMask);
    const last = (shape & shapeMask) < firstSaddle ? first + 2 : first + 4;
    const height = levels[level] ?? NaN;
    const row = (cell / columns) | 0;
    const column = cell - row * columns;
    let place = next[level] ?? 0;
    for (let side = first; side < last; side++, place += 2) writeEnd(end, cell, column, row, sides[side] ?? 0, height, place);
    next[level] = place;
  }
  return { columns, rows, segments, offsets, edges };
}

interface EndWriter {
  values: Float64Array;
  columns: number;
  segments: Float32Array;
  edges: Int32Array;
}

/** Where the contour crosses a side of a cell: 0 below, 1 right, 2 above, 3 left. Edges are numbered 2·point (+1 if upright). */
function writeEnd(
  { values, columns, segments, edges }: EndWriter,
  cell: number,
  column: number,
  row: number,
  side: number,
  height: number,
  place: number,
): void {
  const from = side === 1 ? cell + 1 : side === 2 ? cell + columns : cell;
  const upright = side & 1;
  const a = values[from] ?? NaN;
  const b = values[upright === 1 ? from + columns : from + 1] ?? NaN;
  const fraction = (height - a) / (b - a);
  segments[place] = side === 1 ? column + 1 : upright === 1 ? column : column + fraction;
  segments[place + 1] = side === 2 ? row + 1 : upright === 1 ? row + fraction : row;
  edges[place >> 1] = 2 * from + upright;
}

/** A shape is which corners are above: 1 ↙, 2 ↘, 4 ↗, 8 ↖. From 16 on, the saddles with their centre below and above. */
const shapeBits = 5;
const shapeMask = 31;
const firstSaddle = 16;

/** The sides a contour joins, a pair a shape, two a saddle. */
const sides = Uint8Array.from([
  ...[0, 0, 0, 0], // none above
  ...[3, 0, 0, 0],
  ...[0, 1, 0, 0],
  ...[3, 1, 0, 0],
  ...[1, 2, 0, 0],
  ...[0, 0, 0, 0], // 5 is a saddle
  ...[0, 2, 0, 0],
  ...[3, 2, 0, 0],
  ...[2, 3, 0, 0],
  ...[0, 2, 0, 0],
  ...[0, 0, 0, 0], // 10 is a saddle
  ...[1, 2, 0, 0],
  ...[3, 1, 0, 0],
  ...[0, 1, 0, 0],
  ...[3, 0, 0, 0],
  ...[0, 0, 0, 0], // all above
  ...[3, 0, 1, 2], // 5, centre below: ↙ and ↗ stand apart
  ...[0, 1, 2, 3], // 5, centre above: ↘ and ↖ do
  ...[0, 1, 2, 3], // 10, centre below
  ...[3, 0, 1, 2], // 10, centre above
]);

interface Crossings {
  /** By the number of the lower left corner. */
  cells: Int32Array;
  /** level << shapeBits | shape */
  shapes: Int32Array;
  count: number;
}

/** Every level that runs through every cell. */
function findCrossings(values: Float64Array, columns: number, rows: number, levels: Float64Array): Crossings {
  const bands = quantise(values, levels);
  let cells = new Int32Array(4096);
  let shapes = new Int32Array(4096);
  let count = 0;
  for (let row = 0; row + 1 < rows; row++) {
    let cell = row * columns;
    let b = bands[cell] ?? noBand;
    let c = bands[cell + columns] ?? noBand;
    for (let column = 0; column + 1 < columns; column++, cell++) {
      const a = b;
      const d = c;
      b = bands[cell + 1] ?? noBand;
      c = bands[cell + columns + 1] ?? noBand;
      if (a === b && a === c && a === d) continue;
      const mean =
        0.25 * (values[cell] ?? NaN) + 0.25 * (values[cell + 1] ?? NaN) +
        (0.25 * (values[cell + columns] ?? NaN) + 0.25 * (values[cell + columns + 1] ?? NaN));
      if (mean - mean !== 0) continue; // a corner is not finite
      const least = Math.min(Math.min(a, b), Math.min(c, d));
      const most = Math.max(Math.max(a, b), Math.max(c, d));
      if (count + most - least > cells.length) {
        cells = enlarged(cells);
        shapes = enlarged(shapes);
      }
      for (let level = least; level < most; level++) {
        let shape = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        if (shape === 5 || shape === 10) {
          shape = (shape === 5 ? firstSaddle : firstSaddle + 2) + (mean >= (levels[level] ?? NaN) ? 1 : 0);
        }
        cells[count] = cell;
        shapes[count++] = (level << shapeBits) | shape;
      }
    }
  }
  return { cells, shapes, count };
}

/** By at least as much as one cell can need, every level through it. */
function enlarged(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
