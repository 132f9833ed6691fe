/** Numbers for the programs measured: made up, the same every time. */
export const vector = (length: number, at: (k: number) => number): number[] => Array.from({ length }, (_, k) => at(k));

export const table = (rows: number, columns: number, at: (i: number, j: number) => number): number[][] =>
  vector(rows, (i) => i).map((i) => vector(columns, (j) => at(i, j)));

export const features = (rows: number, columns: number): number[][] => table(rows, columns, (i, j) => Math.sin(3 * (i * columns + j) + 1));
export const labels = (rows: number): number[] => vector(rows, (i) => i % 2);

export type NetworkArguments = [number[][], number[], number[][], number[], number[][], number[]];

export function networkArguments(inputs: number, hidden: number, classes: number, rows: number): NetworkArguments {
  return [
    table(hidden, inputs, (j, i) => 0.05 * Math.sin(0.1 * (j * inputs + i) + 1)), vector(hidden, (j) => 0.01 * Math.cos(j)),
    table(classes, hidden, (k, j) => 0.1 * Math.sin(0.3 * (k * hidden + j) + 2)), vector(classes, (k) => 0.02 * Math.sin(k)),
    table(rows, inputs, (n, i) => ((n * 7 + i * 3) % 5 === 0 ? ((n * 31 + i * 17) % 97) / 97 : 0)), vector(rows, (n) => n % classes),
  ];
}

export type MixtureArguments = [number[], number[][], number[][], number[][], number[][], number, number];

export function mixtureArguments(d: number, k: number, n: number): MixtureArguments {
  const wave = (phase: number) => (i: number, j: number): number => Math.sin(phase + 7 * i + 3 * j + i * j);
  return [
    vector(k, (c) => 0.1 * Math.sin(c)), table(k, d, wave(1)), table(k, d, (c, j) => 0.3 * wave(2)(c, j)),
    table(k, (d * (d - 1)) / 2, (c, t) => 0.2 * wave(3)(c, t)), table(n, d, wave(4)), 1, 0,
  ];
}
