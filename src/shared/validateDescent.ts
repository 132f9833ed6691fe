import type { BatchOptions, ClipOptions, LineSearchName, MethodId, ScheduleKind } from "../core/optimize/types";
import { finite, flag, integer, list, malformed, oneOf, optional, record, table, text } from "./check";
import type { Check } from "./check";
import type { DescentIntent, ScheduleIntent, StopIntent } from "./intent";

/** Larger than any real problem; smaller than what would harm. */
export const mostDimensions = 1_000_000;
const mostIterations = 100_000_000;
const mostRows = 1e9;
const largestSeed = 2 ** 32 - 1;
const longestName = 1000;

export const method = oneOf<MethodId>(
  "gd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "amsgrad", "adamw", "nadam", "radam",
  "adamax", "rprop", "newton", "newton-cg", "trust-region", "cg", "bfgs", "lbfgs",
);

export const lineSearch = oneOf<LineSearchName>("none", "armijo", "strong-wolfe");

export const point = list(finite, mostDimensions);

const notNegative: Check<number> = (value, path) => {
  const number = finite(value, path);
  return number >= 0 ? number : malformed(path, "zero or more");
};

const positive: Check<number> = (value, path) => {
  const number = finite(value, path);
  return number > 0 ? number : malformed(path, "above zero");
};

const stop: Check<StopIntent> = (value, path) => {
  const fields = record(value, path);
  return {
    ...optional(fields, "valueChange", notNegative, path), ...optional(fields, "stepSize", notNegative, path),
    ...optional(fields, "targetValue", finite, path), ...optional(fields, "seconds", notNegative, path),
  };
};

/** Milestones are lists, and nothing the panel offers. */
const schedule: Check<ScheduleIntent> = (value, path) => {
  const fields = record(value, path);
  return {
    kind: oneOf<ScheduleKind>(
      "constant", "step", "exponential", "inverse-time", "polynomial", "cosine", "warm-restarts", "warm-up", "one-cycle", "plateau",
    )(fields["kind"], `${path}.kind`),
    settings: table(finite, 16)(fields["settings"], `${path}.settings`),
  };
};

const clip: Check<ClipOptions> = (value, path) => {
  const fields = record(value, path);
  return { ...optional(fields, "norm", positive, path), ...optional(fields, "value", positive, path) };
};

export const batch: Check<BatchOptions> = (value, path) => {
  const fields = record(value, path);
  return {
    dataset: text(longestName)(fields["dataset"], `${path}.dataset`),
    size: integer(1, mostRows)(fields["size"], `${path}.size`),
    seed: integer(0, largestSeed)(fields["seed"], `${path}.seed`),
    ...optional(fields, "shuffle", flag, path),
  };
};

export const descent: Check<DescentIntent> = (value, path) => {
  const fields = record(value, path);
  return {
    method: method(fields["method"], `${path}.method`),
    maximize: flag(fields["maximize"], `${path}.maximize`),
    learningRate: finite(fields["learningRate"], `${path}.learningRate`),
    ...optional(fields, "ownRate", flag, path),
    ...optional(fields, "lineSearch", lineSearch, path),
    parameters: table(finite, 32)(fields["parameters"], `${path}.parameters`),
    maxIterations: integer(0, mostIterations)(fields["maxIterations"], `${path}.maxIterations`),
    gradientNorm: notNegative(fields["gradientNorm"], `${path}.gradientNorm`),
    ...optional(fields, "stop", stop, path),
    ...optional(fields, "schedule", schedule, path),
    ...optional(fields, "clip", clip, path),
    ...optional(fields, "batch", batch, path),
    ...optional(fields, "start", point, path),
  };
};
