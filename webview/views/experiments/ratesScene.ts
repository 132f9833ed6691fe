import type { LayerScene } from "../../chart/plots/layerPlot";
import type { ChartTheme } from "../../chart/theme";
import { valueRange } from "../../chart/valueRange";
import type { RatesSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { strings } from "../../strings";

const words = strings.experiments.rates;

/** More decades than this, and the good ones look the same. */
const mostDecades = 16;

/** Where the runs ended over their learning rates; those that left stand at the upper edge. */
export function ratesScene(rates: RatesSnapshot, symbol: string, theme: ChartTheme, pointed: number | undefined): LayerScene {
  const { learningRates, outcomes, values, startValue, best, bound, curvature } = rates;
  const kept = Array.from(values).filter((value, k) => outcomes[k] !== "diverged" && Number.isFinite(value));
  // What ended above the start is no better than what left.
  const within = [...kept.filter((value) => value <= Math.max(startValue, ...kept.slice(0, 1))), startValue];
  const positive = within.filter((value) => value > 0);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const isLog = within.every((value) => value >= 0) && high / low > 100;
  const top = Math.ceil(Math.log10(high));
  const range = isLog ? [10 ** Math.max(Math.floor(Math.log10(low)), top - mostDecades), 10 ** top] as const : valueRange(within);
  const [first = 1e-5, last = 10] = [learningRates[0], learningRates[learningRates.length - 1]];
  const air = Math.max(1.15, (last / first) ** 0.03);
  return {
    theme,
    x: { name: strings.experiments.rateAxis, type: "logarithmic", min: first / air, max: last * air, grid: false },
    y: { name: words.value(symbol), type: isLog ? "logarithmic" : "linear", min: range[0], max: range[1], grid: true },
    layer: {
      trials: {
        trials: Array.from(learningRates, (x, k) => ({ x, y: values[k] ?? NaN, outcome: outcomes[k] ?? "failed" })),
        best, pointed,
        bound: bound === undefined ? undefined : { x: bound, label: words.boundLabel(isTwoOver(bound, curvature), formatShort(bound, 3)) },
      },
    },
  };
}

/** Two over the curvature, as every text has it, or another number that the momentum decides. */
export function isTwoOver(bound: number, curvature: number | undefined): boolean {
  return curvature !== undefined && Math.abs(bound * curvature - 2) < 1e-9;
}
