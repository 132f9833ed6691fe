import type { Look } from "./line";

/**
 * Where the cubic through two values and slopes has its minimum, no further out than `lowest` and `highest`; the middle
 * between them where it has none (Nocedal and Wright, equation 3.59).
 */
export function cubicMinimum(a: Look, b: Look, lowest = Math.min(a.at, b.at), highest = Math.max(a.at, b.at)): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.at - b.at);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return (lowest + highest) / 2;
  const d2 = Math.sqrt(square);
  const place =
    a.at <= b.at
      ? b.at - (b.at - a.at) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.at - (a.at - b.at) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
  return Number.isNaN(place) ? (lowest + highest) / 2 : Math.min(Math.max(place, lowest), highest);
}
