import type { Arguments } from "./arguments";

const maxTrials = 80;

/**
 * Lengths that nobody stated, so chosen that the function reads past no array's end: a kernel has as many weights as make
 * the response as long as the data it is compared with. `misfit` reads the function and says how far it reads past ends.
 */
export function fitLengths(args: Arguments, misfit: () => number): void {
  let best = misfit();
  let lengths = new Map(args.guessedLengths());
  const restore = (to: ReadonlyMap<string, number>): void => { for (const [path, length] of to) args.setLength(path, length); };
  for (let trials = 0, improved = true; improved && best > 0 && trials < maxTrials;) {
    improved = false;
    for (const [path, length] of lengths) {
      for (const candidate of [length + 1, length - 1]) {
        if (candidate < 1 || best === 0 || trials >= maxTrials) continue;
        trials++;
        args.setLength(path, candidate);
        const found = misfit();
        if (found < best) {
          best = found;
          lengths = new Map(args.guessedLengths());
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
