// Surfaces to walk down. Put the cursor in one and run "Downhill: Descend".

/**
 * The valley every optimiser is tried on. Minimum 0 at (1, 1).
 * @start -1.2, 1
 */
export function rosenbrock(x: number, y: number): number {
  return (1 - x) ** 2 + 100 * (y - x ** 2) ** 2;
}

/**
 * Four minima, all of them 0.
 * @start -0.5, -1
 */
export const himmelblau = (x: number, y: number) => (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2;

/**
 * A plain with a hole, and many small dips on the way to it.
 * @start 1.7, -1.3
 */
export function ackley(x: number, y: number): number {
  const radius = Math.sqrt((x * x + y * y) / 2);
  const waves = (Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y)) / 2;
  return 20 + Math.E - 20 * Math.exp(-radius / 5) - Math.exp(waves);
}

/**
 * Two valleys: where you start decides where you end.
 * @start 1.6
 */
export const doubleWell = (x: number) => x ** 4 - 2 * x ** 2 + 0.3 * x;

/**
 * Long and narrow: watch plain descent zigzag, then give it momentum.
 * @start { x: 8, y: 1.5 }
 */
export function ravine({ x, y }: { x: number; y: number }): number {
  return 0.5 * x * x + 25 * y * y;
}

/**
 * A loop that keeps halving until it is small: differentiated exactly, steps and all.
 * @start 3, 2
 */
export function halving(x: number, y: number): number {
  let size = Math.hypot(x, y);
  let steps = 0;
  while (size > 1) {
    size = size / 2;
    steps = steps + 1;
  }
  return size * size + steps;
}
