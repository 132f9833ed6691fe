import { multipleOf, niceStep } from "./nice";

export interface Levels {
  /** Ascending. Empty where there is nothing to draw: no finite value, or only one. */
  levels: Float64Array;
  scale: "linear" | "log";
}

export interface LevelOptions {
  /** About how many. */
  count?: number;
  /** The lowest value known, where it lies in sight between the samples. */
  lowest?: number;
  /** Values on the way of a descent, where it is long enough in the picture to be followed. */
  way?: Float64Array;
  /** Values in a row of the grid: with it a valley that runs through the whole of it is recognised. */
  columns?: number;
}

/** When the top lies this many times further above the bottom than the middle does, even steps would miss the valley. */
const logarithmicFrom = 10;
const sampleSize = 4096;
/** Mantissas of round numbers, from ten a decade to one. */
const patterns = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

/**
 * Round contour levels for a grid of values: evenly spaced, or where the range asks for it, logarithmically above the
 * lowest value (as in Distill's pictures). What is not finite is not counted.
 */
export function chooseLevels(values: Float64Array, { count = 15, lowest, columns, way }: LevelOptions = {}): Levels {
  const [min, max] = extent(values);
  // Differences no larger than rounding are not a landscape.
  if (!(max - min > 1e-12 * Math.max(Math.abs(min), Math.abs(max)))) return { levels: new Float64Array(0), scale: "linear" };
  const sorted = sortedSample(values);
  const risen = sorted.filter((value) => value - min > 1e-12 * (max - min)); // a flat floor is no part of the relief
  const middle = quantile(risen, 0.5);
  const even = (max - min) / (middle - min) > logarithmicFrom ? undefined : linear(min, max, sorted, count);
  const [first = -Infinity] = even ?? [];
  const blank = isValley(values, columns, lowest, first) || (way !== undefined && way.length > 0 && way.every((value) => value < first));
  if (even && !blank) return { levels: Float64Array.from(even), scale: "linear" };
  return { levels: Float64Array.from(logarithmic(min, max, risen, count, lowest)), scale: "log" };
}

/**
 * A descent soon reaches the floor of a long valley and walks along it for the rest of its steps: where the lowest of even
 * levels lets the floor run from one side of the picture to the other, all of that would happen in one blank band. A run
 * that does so in this very picture asks for the same.
 */
function isValley(values: Float64Array, columns: number | undefined, lowest: number | undefined, first: number): boolean {
  if (columns === undefined || lowest === undefined || !(lowest < first)) return false;
  const rows = values.length / columns;
  const isFloor = (index: number): boolean => (values[index] ?? NaN) < first;
  const along = (count: number, from: number, stride: number): boolean => {
    for (let k = 0; k < count; k++) if (isFloor(from + k * stride)) return true;
    return false;
  };
  const acrossRows = along(columns, 0, 1) && along(columns, values.length - columns, 1);
  return acrossRows || (along(rows, 0, columns) && along(rows, columns - 1, columns));
}

function linear(min: number, max: number, sorted: Float64Array, count: number): number[] {
  // A pole downwards (a logarithm at its edge) must not take all the levels.
  const pit = (max - min) / (max - quantile(sorted, 0.5)) > logarithmicFrom;
  const low = pit ? quantile(sorted, 0.02) : min;
  const step = niceStep((max - low) / (count + 1));
  const levels: number[] = [];
  for (let k = Math.floor(low / step); k * step < max; k++) {
    const level = multipleOf(step, k);
    if (level > low && level < max) levels.push(level);
  }
  return levels;
}

function logarithmic(min: number, max: number, risen: Float64Array, count: number, lowest = min): number[] {
  const bottom = Math.min(lowest, min);
  // A pole upwards must not either; nor a bottom so flat that its lowest contour would be a dot.
  const high = Math.min(max, bottom + 100 * (quantile(risen, 0.98) - bottom)) - bottom;
  const low = Math.max(quantile(risen, 0.01) - bottom, 1e-10 * high, 1e-13 * Math.abs(bottom));
  const levels = roundNumbers(low, high, count).map(({ mantissa, exponent }) => {
    // The bottom as coarsely as the rise above it: 10 above 0.12 is drawn at 10, and nobody reads 10.12.
    const unit = Number(`1e${Number.isInteger(mantissa) ? exponent : exponent - 1}`);
    return Number((Math.round(bottom / unit) * unit + Number(`${mantissa}e${exponent}`)).toPrecision(14));
  });
  return levels.sort((a, b) => a - b).filter((level, i) => level > min && level < max && level !== levels[i - 1]);
}

/** Round numbers from `low` to `high`, about `count` of them, evenly in their logarithms. */
function roundNumbers(low: number, high: number, count: number): { mantissa: number; exponent: number }[] {
  const decades = Math.log10(high / low);
  const wanted = count / decades;
  const pattern = patterns.reduce((best, p) => (Math.abs(p.length - wanted) < Math.abs(best.length - wanted) ? p : best));
  const stride = Math.max(1, Math.round(1 / wanted));
  const numbers: { mantissa: number; exponent: number }[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent += stride) {
    for (const mantissa of pattern) {
      const number = Number(`${mantissa}e${exponent}`);
      if (number >= low && number <= high) numbers.push({ mantissa, exponent });
    }
  }
  return numbers;
}

function extent(values: Float64Array): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value < min && value > -Infinity) min = value;
    if (value > max && value < Infinity) max = value;
  }
  return [min, max];
}

/** Finite values at even intervals: enough for a median, and cheap while a person drags. */
function sortedSample(values: Float64Array): Float64Array {
  // An odd stride: an even one would see the same few columns of a grid again and again.
  const stride = Math.max(1, Math.floor(values.length / sampleSize)) | 1;
  const sample = new Float64Array(Math.ceil(values.length / stride));
  let taken = 0;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) sample[taken++] = value;
  }
  return sample.subarray(0, taken).sort();
}

function quantile(sorted: Float64Array, p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}
