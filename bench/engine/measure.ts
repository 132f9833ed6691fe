/** One side of a comparison: makes so many calls and returns a number that depends on all of them. */
export type Side = (calls: number) => number;

const ROUNDS = 11;
const MILLISECONDS_A_ROUND = 8;

/** Nanoseconds a call of each side: the median over rounds in which the sides take turns, so that a slow moment hits all. */
export function inTurn(sides: readonly Side[], rounds = ROUNDS): number[] {
  const calls = sides.map(callsFor);
  const times: number[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, side] of sides.entries()) times[k]?.push((milliseconds(() => side(calls[k] ?? 1)) * 1e6) / (calls[k] ?? 1));
  }
  return times.map(median);
}

/** Enough for the clock to resolve; on the way there, V8 has seen the code often enough to have compiled it. */
function callsFor(side: Side): number {
  for (let calls = 1; ; calls *= 2) {
    milliseconds(() => side(calls));
    const time = milliseconds(() => side(calls));
    if (time > MILLISECONDS_A_ROUND) return calls;
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
