import type { Arguments } from "./arguments";

const maxTrials = 80;

/**
 * Lengths that nobody stated, so chosen that the function reads past no array's end: a kernel has as many weights as make
 * the response as long as the data it is compared with. `misfit` reads the function and says how far it reads past ends.
 */
export function fitLengths(args: Arguments, misfit: () => number): void {
  let best = misfit();
  let lengths = new Map(args.learned.guessedLengths());
  const restore = (to: ReadonlyMap<string, number>): void => { for (const [path, length] of to) args.learned.setLength(path, length); };
  for (let trials = 0, improved = true; improved && best > 0 && trials < maxTrials;) {
    improved = false;
    for (const [path, length] of lengths) {
      for (const candidate of [length + 1, length - 1]) {
        if (candidate < 1 || best === 0 || trials >= maxTrials) continue;
        trials++;
        args.learned.setLength(path, candidate);
        const found = misfit();
        if (found < best) {
          best = found;
          lengths = new Map(args.learned.guessedLengths());
          improved = true;
          break;
        }
        restore(lengths);
      }
      if (improved) break;
    }
  }
  restore(lengths);
}

/** More than this many unknowns in one list are not guessed at. */
const longestFit = 256;

/**
 * Lengths that leave data unread, `for (j < theta.length) p += X[i][j] * theta[j]`: as long as the data is wide, if one more would read
 * past its end. `sizes` are the dimensions of the data that the function reads.
 */
export function stretchLengths(args: Arguments, sizes: readonly number[], misfit: () => number): void {
  const candidates = [...new Set(sizes)].filter((size) => size <= longestFit).sort((a, b) => b - a);
  let trials = 0;
  for (const [path, length] of args.learned.guessedLengths()) {
    for (const candidate of candidates) {
      if (candidate <= length || trials >= maxTrials) break;
      trials += 2;
      args.learned.setLength(path, candidate);
      const fits = misfit() === 0;
      args.learned.setLength(path, candidate + 1);
      if (fits && misfit() > 0) {
        args.learned.setLength(path, candidate);
        break;
      }
      args.learned.setLength(path, length);
    }
  }
}
