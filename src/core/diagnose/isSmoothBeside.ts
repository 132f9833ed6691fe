import type { Subject } from "./subject";

const DIRECTIONS = 3;
const [FAR, NEAR] = [1e-6, 1e-8];

/**
 * Whether value and gradient go through the start without a jump. What remains of a difference a hundred times closer is a
 * jump; where the function is smooth it is a hundredth.
 */
export function isSmoothBeside({ lowered: { start }, value, gradient }: Subject): boolean {
  const here = gradient(start).slice();
  if (!here.every(Number.isFinite)) return false;
  const size = here.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  const height = Math.abs(value(start));
  let state = 0x2545f491;
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = start.map((x) => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (state < 0 ? -1 : 1) * (0.5 + (state >>> 9) / 2 ** 24) * Math.max(1, Math.abs(x));
    });
    const jumps = [FAR, NEAR].map((h) => {
      const [before, after] = [-h, h].map((step) => {
        const x = start.map((xi, i) => xi + step * (direction[i] ?? 0));
        return { value: value(x), gradient: gradient(x).slice() };
      });
      if (!before || !after) return { value: NaN, slope: NaN };
      const slope = Math.max(distance(before.gradient, after.gradient), distance(here, after.gradient));
      return { value: Math.abs(before.value - after.value), slope };
    });
    const [far, near] = jumps;
    if (!far || !near || !isContinuous(far.slope, near.slope, 1e-7 * size) || !isContinuous(far.value, near.value, 1e-9 * height)) return false;
  }
  return true;
}

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, ai, i) => (Number.isNaN(most) ? most : Math.max(most, Math.abs(ai - (b[i] ?? NaN)))), 0);

/** NaN on either side is a jump too. */
const isContinuous = (far: number, near: number, negligible: number): boolean => near <= Math.max(0.3 * far, negligible, Number.MIN_VALUE);
