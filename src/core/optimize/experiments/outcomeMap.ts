import type { Objective } from "../../objective";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { inTurn } from "./plan";
import { rankedTrials } from "./rankedTrials";
import { type Rates, ratesOf, stabilityAt } from "./sweep";
import { type Outcome, type TrialPlan, trials } from "./trial";

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
  /** Index of the best; undefined where all left. */
  readonly best: number | undefined;
  /** Of each row: above this learning rate, theory says, the method runs away at the best trial's end. Absent: it does not know. */
  readonly bounds: Float64Array | undefined;
  readonly curvature: number | undefined;
}

/** From none to almost all, as close to 1 as is customary. */
export const usualMomenta: Axis = { parameter: "momentum", values: [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99] };

/** What becomes of a run for each learning rate with each value of another setting, such as the momentum. */
export function outcomeMap(
  objective: Objective, options: Omit<RunOptions, "learningRate">, rates: Rates, axis: Axis = usualMomenta,
): Experiment<OutcomeMap> {
  return inTurn(planOutcomeMap(objective, options, rates, axis), trials(objective));
}

export function* planOutcomeMap(objective: Objective, options: Omit<RunOptions, "learningRate">, rates: Rates, axis: Axis): TrialPlan<OutcomeMap> {
  const learningRates = ratesOf(rates);
  const tasks = axis.values.flatMap((value) => {
    const parameters = { ...options.parameters, [axis.parameter]: value };
    return learningRates.map((learningRate) => ({ options: { maxIterations: 500, ...options, parameters, learningRate } }));
  });
  const made = yield { tasks, each: 1, total: tasks.length };
  const [best] = rankedTrials(made, options.maximize ?? false);
  return {
    learningRates, axis, best,
    outcomes: made.map(({ outcome }) => outcome),
    iterations: Int32Array.from(made, (each) => each.iterations),
    values: Float64Array.from(made, ({ value }) => value),
    ...boundsAt(objective, options, axis, best === undefined ? undefined : made[best]?.end),
  };
}

function boundsAt(objective: Objective, options: Omit<RunOptions, "learningRate">, axis: Axis, x: Float64Array | undefined): Pick<OutcomeMap, "bounds" | "curvature"> {
  if (!x) return { bounds: undefined, curvature: undefined };
  const rows = axis.values.map((value) => stabilityAt(objective, { ...options, parameters: { ...options.parameters, [axis.parameter]: value } }, x));
  const bounds = rows.flatMap(({ bound }) => bound ?? []);
  return { bounds: bounds.length === rows.length ? Float64Array.from(bounds) : undefined, curvature: rows[0]?.curvature };
}
