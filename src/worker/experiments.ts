import { planBasins } from "../core/optimize/experiments/basins";
import { planOutcomeMap } from "../core/optimize/experiments/outcomeMap";
import { planRace } from "../core/optimize/experiments/race";
import type { Finisher } from "../core/optimize/experiments/race";
import { planSweep } from "../core/optimize/experiments/sweep";
import type { Objective } from "../core/objective";
import type { DescentIntent } from "../shared/intent";
import type { Experiments, RacerSnapshot } from "../shared/experiments";
import type { Handlers } from "../shared/rpc";
import { alone } from "./crew/crew";
import type { CarryOut } from "./crew/crew";
import { asSentence } from "./plainly";
import { runOptions } from "./runOptions";

/** Of functions of more unknowns there is no picture that could show a path. */
const mostDrawn = 2;

/** The experiments on the objectives that are open: computed in pieces, and given up as soon as nobody waits for them. */
export function experiments(find: (id: number) => Objective, carryOut: CarryOut = alone): Handlers<Experiments> {
  return {
    async race({ objective: id, descent, entrants, budget: { kind, count }, commonRate }, context) {
      const objective = find(id);
      const { start, maximize, stop, maxIterations } = runOptions(objective, { ...descent, maxIterations: count }, entrants.length);
      const budget = kind === "gradients" ? { gradients: maxIterations } : { iterations: maxIterations };
      const { finishers, ranking } = await plainly(carryOut(id, objective, "entrant", planRace(objective, {
        entrants, start, maximize, stop, budget, ...(commonRate === undefined ? {} : { commonLearningRate: commonRate }),
      }), context));
      return {
        objective: id, dimension: objective.dimension, maximize, budget: { kind, count: maxIterations },
        racers: finishers.map((finisher) => racer(finisher, objective.dimension <= mostDrawn)), ranking: [...ranking],
      };
    },

    async rates({ objective: id, descent, rates, spending }, context) {
      const objective = find(id);
      const options = withoutRate(objective, descent, spending === "halving" ? rates.count : 1);
      const { trials, best, largestStable, bound, curvature } = await plainly(carryOut(id, objective, "trial", planSweep(objective, options, rates, spending), context));
      return {
        objective: id, method: descent.method, startValue: trials[0]?.startValue ?? NaN,
        learningRates: Float64Array.from(trials, ({ learningRate }) => learningRate),
        outcomes: trials.map(({ outcome }) => outcome),
        values: Float64Array.from(trials, ({ value }) => value),
        iterations: Int32Array.from(trials, ({ iterations }) => iterations),
        dropped: Uint8Array.from(trials, ({ dropped }) => Number(dropped)),
        ...(best === undefined ? {} : { best }), ...(largestStable === undefined ? {} : { largestStable }),
        ...(bound === undefined ? {} : { bound }), ...(curvature === undefined ? {} : { curvature }),
      };
    },

    async outcomes({ objective: id, descent, rates, parameter, settings }, context) {
      const objective = find(id);
      const options = withoutRate(objective, descent, 1);
      const { learningRates, outcomes, iterations, values, best, bounds, curvature } =
        await plainly(carryOut(id, objective, "trial", planOutcomeMap(objective, options, { kind: "grid", ...rates }, { parameter, values: settings }), context));
      return {
        objective: id, method: descent.method, parameter, learningRates: Float64Array.from(learningRates), settings: Float64Array.from(settings),
        outcomes: [...outcomes], iterations, values,
        ...(best === undefined ? {} : { best }), ...(bounds ? { bounds } : {}), ...(curvature === undefined ? {} : { curvature }),
      };
    },

    async basins({ objective: id, descent, window, scatter }, context) {
      const objective = find(id);
      const { start: _start, ...options } = runOptions(objective, descent);
      const { starts, reached, iterations, minima } = await plainly(carryOut(id, objective, "trial", planBasins(objective, options, window, scatter), context));
      const { dimension } = objective;
      return {
        objective: id, dimension, maximize: descent.maximize, starts, reached, iterations,
        heights: Float64Array.from(iterations, (_, k) => objective.value(starts.subarray(k * dimension, (k + 1) * dimension))),
        places: minima.map(({ x, value, visitors, isMinimum }) => ({ x: x.slice(), value, visitors, isMinimum })),
      };
    },
  };
}

function withoutRate(objective: Objective, descent: DescentIntent, atOnce: number): Omit<ReturnType<typeof runOptions>, "learningRate"> {
  const { learningRate: _own, ...options } = runOptions(objective, descent, atOnce);
  return options;
}

function racer({ method, learningRate, rateFrom, run, spent, arrival }: Finisher, isDrawn: boolean): RacerSnapshot {
  const { status, rule, reason, iterations, iterates, values, evaluations } = run;
  return {
    method, learningRate, rateFrom, status, rule, reason, iterations, values,
    iterates: isDrawn ? iterates : new Float64Array(0),
    gradients: spent.gradients, hessians: evaluations.hessian, ...(arrival === undefined ? {} : { arrival }),
  };
}

/** Settings that make no sense come back as the sentence that says so. */
async function plainly<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw asSentence(error);
  }
}
