import type { Line } from "../../chart/draw/drawLines";
import type { LayerScene } from "../../chart/plots/layerPlot";
import type { ChartTheme } from "../../chart/theme";
import { valueRange } from "../../chart/valueRange";
import type { RaceSnapshot, RacerSnapshot } from "../../../src/shared/experiments";
import { strings } from "../../strings";

const words = strings.experiments.race;

/** Decades below the start that an axis has room for: what is lower is as good as zero. */
const mostDecades = 16;

export interface RaceAxis {
  readonly kind: "log" | "gap" | "linear";
  readonly range: readonly [number, number];
  readonly height: (value: number) => number;
}

/** Value over what was spent. `iteration`: where the player is; undefined: at its end. */
export function raceScene(race: RaceSnapshot, axis: RaceAxis, symbol: string, theme: ChartTheme, iteration: number | undefined): LayerScene {
  const { kind } = race.budget;
  const spent = (racer: RacerSnapshot, index: number): number => (kind === "gradients" ? (racer.gradients[index] ?? NaN) : index);
  const last = Math.max(1, ...race.racers.map((racer) => spent(racer, racer.iterations)));
  const lines = race.racers.map((racer, style): Line => ({
    style, count: racer.iterations + 1, marked: racer.arrival,
    x: (index) => spent(racer, index),
    y: (index) => axis.height(racer.values[index] ?? NaN),
  }));
  return {
    theme,
    layer: { lines: { lines, cursor: iteration === undefined ? undefined : Math.min(last, kind === "gradients" ? iteration + 1 : iteration) } },
    x: { name: words.axis[kind], type: "linear", min: 0, max: last, grid: false, whole: true },
    y: {
      name: axis.kind === "gap" ? words.gap(symbol) : words.value(symbol), grid: true,
      type: axis.kind === "linear" ? "linear" : "logarithmic", min: axis.range[0], max: axis.range[1],
    },
  };
}

/**
 * A logarithm shows how fast each converges: of the value itself where that goes down to nothing, otherwise of how far it is
 * above the best of all. Where all stay within two decades, there is nothing for a logarithm to tell. Whoever left decides nothing.
 */
export function raceAxis({ racers, maximize }: RaceSnapshot): RaceAxis {
  const stayed = racers.filter(({ status }) => status !== "diverged");
  const values = (stayed.length > 0 ? stayed : racers).flatMap((racer) => Array.from(racer.values)).filter(Number.isFinite);
  const sign = maximize ? -1 : 1;
  const best = sign * values.reduce((least, value) => Math.min(least, sign * value), Infinity);
  const start = racers[0]?.values[0] ?? NaN;
  const way = Math.abs(start - best);
  const isToNothing = !maximize && best >= 0 && best <= 1e-6 * way;
  const height = isToNothing ? (value: number): number => value : (value: number): number => sign * (value - best);
  const heights = values.map(height).filter((value) => value > 0);
  const [low, high] = [heights.reduce((least, value) => Math.min(least, value), Infinity), heights.reduce((most, value) => Math.max(most, value), 0)];
  if (!(high / low > 100)) return { kind: "linear", range: valueRange(values), height: (value) => value };
  const top = Math.ceil(Math.log10(high));
  return { kind: isToNothing ? "log" : "gap", range: [10 ** Math.max(Math.floor(Math.log10(low)), top - mostDecades), 10 ** top], height };
}
