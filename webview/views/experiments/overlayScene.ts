import type { Overlay } from "../../chart/plots/mapPlot";
import type { RacerPath } from "../../chart/draw/drawRace";
import type { StartStyle } from "../../chart/draw/drawStarts";
import type { BasinsSnapshot, RaceSnapshot, RacerSnapshot } from "../../../src/shared/experiments";
import { iterationAt } from "../../frames";
import type { Overlaid, State } from "../../store";

const none: Overlay = { race: null, starts: null };

/** Places of their own sign; further ones are seldom reached, and share the last. */
export const placesShown = 6;

/** What the experiment that is looked at adds to the picture: nothing where it was made with another function. */
export function overlayOf(state: State): Overlay {
  const { overlaid, experiments, view } = state;
  if (view.kind !== "ready" || view.objective.dimension > 2) return none;
  const { id } = view.objective;
  if (overlaid === "race" && experiments.race.result?.objective === id) {
    const iteration = iterationShown(state);
    return { ...none, race: { racers: experiments.race.result.racers.map((racer, k) => pathOf(experiments.race.result, racer, k, iteration)) } };
  }
  if (overlaid === "basins" && experiments.basins.result?.objective === id) return { ...none, starts: startsOf(experiments.basins.result) };
  return none;
}

/** Which experiment is seen on the picture. */
export function overlaidOn(state: State): Overlaid | "none" {
  const { race, starts } = overlayOf(state);
  return race ? "race" : starts ? "basins" : "none";
}

/** Where the descent beside a race is; undefined: at its end, where the race is over too. */
export function iterationShown({ view, player }: State): number | undefined {
  const run = view.kind === "ready" ? view.run : null;
  return run && player.cursor < player.last ? iterationAt(run, player.cursor) : undefined;
}

/** A racer as far as it had come when the descent beside it had made so many iterations; undefined: to its end. */
function pathOf(race: RaceSnapshot | null, racer: RacerSnapshot, style: number, iteration: number | undefined): RacerPath {
  const { iterates, values, iterations } = racer;
  const dimension = iterates.length / (iterations + 1);
  const shown = iteration === undefined || !race ? iterations : reachedAfter(racer, race.budget.kind, iteration);
  return {
    style, count: shown + 1,
    x: (index) => iterates[index * dimension] ?? NaN,
    y: (index) => (dimension === 1 ? values[index] : iterates[index * dimension + 1]) ?? NaN,
  };
}

/** Where a racer is when so many iterations are over, or when it has spent what a rule spends on so many: one gradient each, and one at the start. */
export function reachedAfter({ gradients, iterations }: RacerSnapshot, kind: RaceSnapshot["budget"]["kind"], iteration: number): number {
  if (kind === "iterations") return Math.min(iteration, iterations);
  let row = 0;
  while (row < iterations && (gradients[row + 1] ?? Infinity) <= iteration + 1) row++;
  return row;
}

function startsOf({ starts, heights, reached, places, dimension }: BasinsSnapshot): NonNullable<Overlay["starts"]> {
  return {
    dimension,
    points: Array.from(reached, (index, k) => ({
      x: starts[k * dimension] ?? NaN,
      y: (dimension === 1 ? heights[k] : starts[k * dimension + 1]) ?? NaN,
      style: styleOf(index),
    })),
    places: places.slice(0, placesShown).map(({ x, value }, k) => ({ x: x[0] ?? NaN, y: (dimension === 1 ? value : x[1]) ?? NaN, style: k, label: String(k + 1) })),
  };
}

function styleOf(index: number): StartStyle {
  return index === -1 ? "underWay" : index < 0 ? "left" : Math.min(index, placesShown);
}
