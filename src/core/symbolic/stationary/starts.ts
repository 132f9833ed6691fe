import { normOf, type UnitField } from "./field";

export interface Sampled {
  /** Where to begin looking, the most promising first. */
  starts: number[][];
  /** How large a gradient is here, typically. */
  scale: number;
  /** Scattered over plains: where gradient and curvature are exactly nothing, and beside it as well. */
  flat: number[][];
}

/** How far apart points of a plain are kept, in parts of the window. */
const plainSpacing = 0.05;

/** Looks at the gradient on a lattice: where both components may vanish within a cell, and where it is smallest around. */
export function sampleStarts(field: UnitField, perSide: number): Sampled {
  const n = field.dimension;
  const rows = n === 1 ? 1 : perSide;
  const at = (i: number, j: number): number[] => (n === 1 ? [i / (perSide - 1)] : [i / (perSide - 1), j / (rows - 1)]);
  const slopes: (number[] | undefined)[] = [];
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < perSide; i++) {
      const slope = field.gradient(at(i, j));
      slopes.push(slope.every(Number.isFinite) ? slope : undefined);
    }
  }
  const sizes = slopes.flatMap((slope) => (slope ? [normOf(slope)] : [])).sort((a, b) => a - b);
  const scale = sizes[Math.floor(sizes.length / 2)] || sizes.at(-1) || 0;
  const apart = Math.max(1, Math.round(plainSpacing * (perSide - 1)));
  const starts: { u: number[]; size: number }[] = [];
  const flat: number[][] = [];
  const slopeAt = (i: number, j: number): number[] | undefined => (i < 0 || j < 0 || i >= perSide || j >= rows ? undefined : slopes[j * perSide + i]);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < perSide; i++) {
      const own = slopeAt(i, j);
      const corners = (n === 1 ? [[0, 0], [1, 0]] : [[0, 0], [1, 0], [0, 1], [1, 1]]).map(([di = 0, dj = 0]) => slopeAt(i + di, j + dj));
      const known = corners.flatMap((corner) => (corner ? [corner] : []));
      if (known.length === corners.length && mayVanish(known, n)) {
        const half = n === 1 ? [0.5 / (perSide - 1)] : [0.5 / (perSide - 1), 0.5 / (rows - 1)];
        starts.push({ u: at(i, j).map((entry, k) => entry + (half[k] ?? 0)), size: Math.min(...known.map(normOf)) });
      }
      if (!own) continue;
      const size = normOf(own);
      const beside = slopeAt(i + 1, j) ?? slopeAt(i - 1, j);
      const isPlain = size === 0 && beside !== undefined && normOf(beside) === 0 && field.hessian(at(i, j)).every((entry) => entry === 0);
      if (isPlain && (i % apart === 0 && j % apart === 0)) flat.push(at(i, j));
      else if (isLeastAround(size, i, j, slopeAt)) starts.push({ u: at(i, j), size });
    }
  }
  return { starts: starts.sort((a, b) => a.size - b.size).map(({ u }) => u), scale, flat };
}

function mayVanish(corners: readonly (readonly number[])[], dimension: number): boolean {
  for (let k = 0; k < dimension; k++) {
    const entries = corners.map((corner) => corner[k] ?? NaN);
    if (Math.min(...entries) > 0 || Math.max(...entries) < 0) return false;
  }
  return true;
}

function isLeastAround(size: number, i: number, j: number, slopeAt: (i: number, j: number) => number[] | undefined): boolean {
  for (let dj = -1; dj <= 1; dj++) {
    for (let di = -1; di <= 1; di++) {
      const other = di === 0 && dj === 0 ? undefined : slopeAt(i + di, j + dj);
      if (other && normOf(other) < size) return false;
    }
  }
  return true;
}
