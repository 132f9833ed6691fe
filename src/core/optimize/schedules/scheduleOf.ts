import type { ScheduleKind, ScheduleOptions } from "../types";
import {
  constant, cosineAnnealing, exponential, inverseTime, oneCycle, polynomial, step, warmRestarts, warmUp,
} from "./definitions";
import { plateau, plateauDefaults } from "./plateau";
import type { Numbers, Schedule, ScheduleDefinition } from "./schedule";

type Named = (options: ScheduleOptions, base: number, iterations: number, maximize: boolean) => Schedule;

/** Every kind of schedule there is, in the order a lesson meets them. */
const schedules: { readonly [kind in ScheduleKind]: Named } = {
  constant: inClosedForm(constant),
  step: inClosedForm(step),
  multistep: ({ milestones = [], ...options }, base) => multistep(milestones, base, settingsOf("multistep", { gamma: 0.1 }, options).gamma),
  exponential: inClosedForm(exponential),
  "inverse-time": inClosedForm(inverseTime),
  polynomial: inClosedForm(polynomial),
  cosine: inClosedForm(cosineAnnealing),
  "warm-restarts": inClosedForm(warmRestarts),
  "warm-up": inClosedForm(warmUp),
  "one-cycle": inClosedForm(oneCycle),
  plateau: (options, base, _iterations, maximize) => plateau(base, settingsOf("plateau", plateauDefaults, options), maximize),
};

export function scheduleOf(learningRate: number, options: ScheduleOptions | undefined, iterations: number, maximize: boolean): Schedule {
  const { kind = "constant" } = options ?? {};
  if (!Object.hasOwn(schedules, kind)) {
    throw new RangeError(`There is no learning-rate schedule "${kind}"; choose one of ${Object.keys(schedules).join(", ")}.`);
  }
  return schedules[kind](options ?? { kind }, learningRate, Math.max(1, iterations), maximize);
}

function inClosedForm<N extends Numbers>(definition: ScheduleDefinition<N>): Named {
  return (options, base, iterations) => {
    const settings = settingsOf(options.kind, definition.defaults(base, iterations), options);
    return { rate: (t) => definition.rate(t - 1, base, settings) };
  };
}

/** The rate is cut at each milestone passed. */
function multistep(milestones: unknown, base: number, gamma: number): Schedule {
  const isList = Array.isArray(milestones) && milestones.every((place) => typeof place === "number" && place >= 0);
  if (!isList || milestones.length === 0) throw new RangeError('The schedule "multistep" needs milestones: the numbers of steps after which the rate is cut.');
  const places: readonly number[] = milestones;
  return { rate: (t) => base * gamma ** places.filter((place) => t - 1 >= place).length };
}

/** The defaults with what was chosen laid over them; throws a RangeError for what makes no sense. */
function settingsOf<N extends Numbers>(kind: string, defaults: N, { kind: _kind, ...chosen }: Partial<ScheduleOptions>): N {
  const settings = { ...defaults };
  for (const [name, value] of Object.entries(chosen)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new RangeError(`The schedule "${kind}" has no setting called "${name}"; it has ${Object.keys(defaults).join(", ") || "none"}.`);
    }
    if (typeof value !== "number" || !(value >= 0 && value < Infinity)) {
      throw new RangeError(`The schedule's "${name}" must be a number from 0 up, not ${String(value)}.`);
    }
    if (mustBeWhole.has(name) && !(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`The schedule's "${name}" counts steps, so it must be a whole number from 1 up, not ${value}.`);
    }
    Object.assign(settings, { [name]: value });
  }
  return settings;
}

const mustBeWhole = new Set(["stepSize", "totalIters", "tMax", "t0", "tMult", "totalSteps"]);
