/** How far an experiment is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/**
 * An experiment in pieces: between two of them its owner may tell the progress, let others speak, or give it up by asking
 * for no more. What it returns is the result.
 */
export type Experiment<Result> = Generator<Progress, Result, void>;

/** Runs an experiment to its end at once. Undefined where `signal` stopped it. */
export function conclude<Result>(
  experiment: Experiment<Result>,
  onProgress: (progress: Progress) => void = () => undefined,
  signal?: AbortSignal,
): Result | undefined {
  for (;;) {
    if (signal?.aborted) return undefined;
    const piece = experiment.next();
    if (piece.done) return piece.value;
    onProgress(piece.value);
  }
}
