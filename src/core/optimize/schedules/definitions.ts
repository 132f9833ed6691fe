import type { Numbers, ScheduleDefinition } from "./schedule";

const defineSchedule = <N extends Numbers>(definition: ScheduleDefinition<N>): ScheduleDefinition<N> => definition;

/** Half a cosine wave from `from` (share 0) to `to` (share 1). */
const cosine = (from: number, to: number, share: number): number => to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));

export const constant = defineSchedule({
  defaults: () => ({}),
  rate: (_k, base) => base,
});

export const step = defineSchedule({
  defaults: (_rate, iterations) => ({ stepSize: Math.max(1, Math.ceil(iterations / 3)), gamma: 0.1 }),
  rate: (k, base, { stepSize, gamma }) => base * gamma ** Math.floor(k / stepSize),
});

export const exponential = defineSchedule({
  defaults: () => ({ gamma: 0.99 }),
  rate: (k, base, { gamma }) => base * gamma ** k,
});

export const inverseTime = defineSchedule({
  defaults: () => ({ decay: 0.1 }),
  rate: (k, base, { decay }) => base / (1 + decay * k),
});

export const polynomial = defineSchedule({
  defaults: (_rate, totalIters) => ({ totalIters, power: 1 }),
  rate: (k, base, { totalIters, power }) => base * (1 - Math.min(k, totalIters) / totalIters) ** power,
});

export const cosineAnnealing = defineSchedule({
  defaults: (_rate, tMax) => ({ tMax, etaMin: 0 }),
  rate: (k, base, { tMax, etaMin }) => cosine(base, etaMin, k / tMax),
});

/** Loshchilov and Hutter 2017. */
export const warmRestarts = defineSchedule({
  defaults: (_rate, iterations) => ({ t0: Math.max(1, Math.ceil(iterations / 7)), tMult: 2, etaMin: 0 }),
  rate(k, base, { t0, tMult, etaMin }) {
    let since = k;
    let period = t0;
    // With tMult 1 there may be a great many periods.
    if (tMult === 1) since %= t0;
    else {
      while (since >= period) {
        since -= period;
        period *= tMult;
      }
    }
    return cosine(base, etaMin, since / period);
  },
});

export const warmUp = defineSchedule({
  defaults: () => ({ startFactor: 1 / 3, endFactor: 1, totalIters: 5 }),
  rate: (k, base, { startFactor, endFactor, totalIters }) =>
    base * (startFactor + (endFactor - startFactor) * (Math.min(k, totalIters) / totalIters)),
});

/** Smith and Topin 2018, as PyTorch anneals: up by a cosine, and further down than it began. */
export const oneCycle = defineSchedule({
  defaults: (maxLearningRate, totalSteps) => ({ maxLearningRate, totalSteps, pctStart: 0.3, divFactor: 25, finalDivFactor: 1e4 }),
  rate(k, _base, { maxLearningRate, totalSteps, pctStart, divFactor, finalDivFactor }) {
    const initial = maxLearningRate / divFactor;
    const top = pctStart * totalSteps - 1;
    const end = totalSteps - 1;
    if (k <= top) return cosine(initial, maxLearningRate, k / top);
    return cosine(maxLearningRate, initial / finalDivFactor, Math.min(1, (k - top) / (end - top)));
  },
});
