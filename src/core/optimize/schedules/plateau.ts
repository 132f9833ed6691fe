import type { Numbers, Schedule } from "./schedule";

export const plateauDefaults = { factor: 0.1, patience: 10, threshold: 1e-4, cooldown: 0, minLearningRate: 0, epsilon: 1e-8 };

/** PyTorch's ReduceLROnPlateau: once the value has not become better by `threshold` for more than `patience` steps, the rate is cut. */
export function plateau(base: number, settings: Numbers & typeof plateauDefaults, maximize: boolean): Schedule {
  const { factor, patience, threshold, cooldown, minLearningRate, epsilon } = settings;
  if (!(factor < 1)) throw new RangeError(`The schedule's "factor" must be below 1, but is ${factor}.`);
  let rate = base;
  let best = maximize ? -Infinity : Infinity;
  let bad = 0;
  let cooling = 0;
  const isBetter = (value: number): boolean => (maximize ? value > best * (1 + threshold) : value < best * (1 - threshold));
  return {
    rate: () => rate,
    observe(value) {
      if (isBetter(value) || !Number.isFinite(best)) {
        best = value;
        bad = 0;
      } else bad++;
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad <= patience) return false;
      cooling = cooldown;
      bad = 0;
      const next = Math.max(rate * factor, minLearningRate);
      if (rate - next <= epsilon) return false;
      rate = next;
      return true;
    },
  };
}
