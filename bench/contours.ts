import { chooseLevels } from "../src/core/landscape/levels";
import { joinContours } from "../webview/chart/joinContours";
import { marchingSquares } from "../webview/chart/marchingSquares";
import { paint, quantise } from "../webview/chart/quantise";

const levelCount = 20;
const rounds = 41;

interface Grid {
  values: Float64Array;
  columns: number;
  rows: number;
}

/** Himmelblau's four valleys over [−5, 5]². */
function himmelblau(size: number): Grid {
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const y = -5 + (10 * row) / (size - 1);
    for (let column = 0; column < size; column++) {
      const x = -5 + (10 * column) / (size - 1);
      values[row * size + column] = (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;
    }
  }
  return { values, columns: size, rows: size };
}

/** Evenly spaced in the square root: they run through all of the picture. */
function twentyLevels({ values }: Grid): Float64Array {
  const top = Math.sqrt(values.reduce((max, value) => Math.max(max, value), 0));
  return Float64Array.from({ length: levelCount }, (_, k) => ((top * (k + 0.5)) / levelCount) ** 2);
}

function median(work: () => void): string {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return `${(times[rounds >> 1] ?? NaN).toFixed(2)} ms`;
}

export async function run(): Promise<{ name: string; rows: { label: string; value: string }[] }> {
  const rows: { label: string; value: string }[] = [];
  for (const size of [128, 256, 512]) {
    const grid = himmelblau(size);
    const levels = twentyLevels(grid);
    const march = () => marchingSquares(grid.values, size, size, levels);
    const palette = new Uint8ClampedArray(4 * (levelCount + 1)).fill(128);
    const pixels = new Uint8ClampedArray(4 * size * size);
    rows.push(
      { label: `${levelCount} levels, ${size}², segments`, value: median(march) },
      { label: `${levelCount} levels, ${size}², joined into lines`, value: median(() => joinContours(march())) },
      { label: `fills, ${size}² pixels`, value: median(() => paint(quantise(grid.values, levels), palette, pixels)) },
      { label: `choosing levels, ${size}²`, value: median(() => chooseLevels(grid.values)) },
      { label: `segments, ${size}²`, value: String(march().edges.length / 2) },
    );
  }
  return { name: "contours", rows };
}
