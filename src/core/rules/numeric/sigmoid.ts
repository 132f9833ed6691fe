/** Bitwise what people write; it is the derivative that they get wrong, and the rule table that gets it right. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + eˣ) without overflow for large x or cancellation for small. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** log σ(x). */
export const logSigmoid = (x: number): number => -softplus(-x);

/** log(eᵃ + eᵇ). */
export function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  return Number.isFinite(larger) ? larger + Math.log1p(Math.exp(-Math.abs(a - b))) : larger;
}

/** What the user wrote, where that is a number; where it has overflowed, what it stands for. */
export const steady = (own: number, better: number): number => (Number.isFinite(own) ? own : better);
