/** One side of a comparison: makes so many calls and returns a number that depends on all of them. */
export type Side = (calls: number) => number;

/**
 * Many short rounds rather than a few long ones: what else the machine does then falls into some of them, and the median is
 * one that it left alone.
 */
const ROUNDS = 41;
const MILLISECONDS_A_ROUND = 1;
/** Where one call takes longer than a round should: so long for a side in all, but no fewer rounds than these. */
const LONGEST = 250;
const FEWEST_ROUNDS = 7;
/** V8 compiles beside the running program; a function of a thousand lines takes its time. */
const WARM_UP = 120;

/** Nanoseconds a call of each side: the median over rounds in which the sides take turns, so that a slow moment hits all. */
export function inTurn(sides: readonly Side[], { warmUp = WARM_UP } = {}): number[] {
  for (const side of sides) warm(side, warmUp);
  const calls = sides.map(callsFor);
  const times: number[][] = sides.map(() => []);
  const end = performance.now() + LONGEST * sides.length;
  for (let round = 0; round < ROUNDS && (round < FEWEST_ROUNDS || performance.now() < end); round++) {
    for (const [k, side] of sides.entries()) times[k]?.push((milliseconds(() => side(calls[k] ?? 1)) * 1e6) / (calls[k] ?? 1));
  }
  return times.map(median);
}

function warm(side: Side, time: number): void {
  const end = performance.now() + time;
  for (let calls = 1; performance.now() < end; calls = Math.min(2 * calls, 1000)) keep(side(calls));
}

/** Enough for the clock to resolve. */
function callsFor(side: Side): number {
  for (let calls = 1; ; calls *= 2) {
    if (milliseconds(() => side(calls)) > MILLISECONDS_A_ROUND) return calls;
  }
}

export function milliseconds(work: () => unknown): number {
  const start = performance.now();
  keep(work());
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** What is computed is looked at, so that none of it can be left out. */
function keep(result: unknown): void {
  if (Number.isNaN(result)) throw new Error("A measured function returned NaN.");
}

export function time(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(nanoseconds < 10 ? 2 : 1)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(2)} ms`;
}

export const ratio = (ours: number, peer: number): string => `${(ours / peer).toFixed(2)}×`;
