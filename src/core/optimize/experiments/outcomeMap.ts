import type { Objective } from "../../objective";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { type Rates, ratesOf } from "./sweep";
import { type Outcome, trial } from "./trial";

/** The other side of the map: a setting of the method, and the values it is given. */
export interface Axis {
  readonly parameter: string;
  readonly values: readonly number[];
}

export interface OutcomeMap {
  /** One a column. */
  readonly learningRates: readonly number[];
  /** One a row. */
  readonly axis: Axis;
  /** Rows × columns, row-major, as are the others. */
  readonly outcomes: readonly Outcome[];
  readonly iterations: Int32Array;
  readonly values: Float64Array;
}

/** From none to almost all, as close to 1 as is customary. */
export const usualMomenta: Axis = { parameter: "momentum", values: [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99] };

/** What becomes of a run for each learning rate with each value of another setting, such as the momentum. */
export function* outcomeMap(
  objective: Objective,
  options: Omit<RunOptions, "learningRate">,
  rates: Rates,
  axis: Axis = usualMomenta,
): Experiment<OutcomeMap> {
  const learningRates = ratesOf(rates);
  const total = learningRates.length * axis.values.length;
  const outcomes: Outcome[] = [];
  const iterations = new Int32Array(total);
  const values = new Float64Array(total);
  for (const value of axis.values) {
    for (const learningRate of learningRates) {
      const parameters = { ...options.parameters, [axis.parameter]: value };
      const done = { done: outcomes.length, total };
      const ended = yield* trial(objective, { maxIterations: 500, ...options, parameters, learningRate }, done);
      iterations[outcomes.length] = ended.iterations;
      values[outcomes.length] = ended.value;
      outcomes.push(ended.outcome);
      yield { done: outcomes.length, total };
    }
  }
  return { learningRates, axis, outcomes, iterations, values };
}
