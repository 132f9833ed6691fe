import type { ScheduleOptions } from "./types";

/** The learning rate of step t = 1, 2, … */
export type Schedule = (t: number) => number;

export function scheduleOf(learningRate: number, options: ScheduleOptions | undefined): Schedule {
  if (options === undefined || options.kind === "constant") return () => learningRate;
  throw new RangeError(`The learning-rate schedule "${options.kind}" is not available; choose "constant".`);
}
