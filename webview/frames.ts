import type { RunSnapshot } from "../src/shared/protocol";

/** What the player moves over: the rows of a run. Of a long one they are not all of its iterates. */
type Rows = Pick<RunSnapshot, "values" | "iterations" | "every">;

export function lastFrame({ values }: Pick<Rows, "values">): number {
  return Math.max(0, values.length - 1);
}

/** Which iterate a frame is. */
export function iterationAt(run: Rows, frame: number): number {
  return frame >= lastFrame(run) ? run.iterations : frame * run.every;
}

/** The frame that shows an iterate, or the nearest to it. */
export function frameOf(run: Rows, iteration: number): number {
  return iteration >= run.iterations ? lastFrame(run) : Math.min(lastFrame(run), Math.round(iteration / run.every));
}

/** Whether the frame before it is the iterate before it. */
export function isNextStep(run: Rows, frame: number): boolean {
  return frame > 0 && iterationAt(run, frame) - iterationAt(run, frame - 1) === 1;
}
