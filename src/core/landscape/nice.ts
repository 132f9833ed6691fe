/** The one of 1, 2, 2.5, 5 times a power of ten that is nearest to `rough` (which is above 0), as ratios go. */
export function niceStep(rough: number): number {
  const exponent = Math.floor(Math.log10(rough));
  // Powers through text: 10 ** −5 is not the double nearest to 0.00001, and these numbers are read by people.
  const candidates = [1, 2, 2.5, 5, 10].map((mantissa) => Number(`${mantissa}e${exponent}`));
  const distance = (step: number): number => Math.abs(Math.log(step / rough));
  return candidates.reduce((best, step) => (distance(step) < distance(best) ? step : best));
}

/** k·step without the digits that multiplication adds: 3·0.1 is 0.3. */
export function multipleOf(step: number, k: number): number {
  return Number((k * step).toPrecision(14));
}

/** The range widened to multiples of a nice step, a twentieth of it or so. */
export function niceRange(low: number, high: number): [number, number] {
  const step = niceStep((high - low) / 20);
  return [multipleOf(step, Math.floor(low / step + 1e-9)), multipleOf(step, Math.ceil(high / step - 1e-9))];
}
