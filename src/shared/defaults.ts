import type { DescentIntent, DisplayIntent } from "./intent";

/** Settings as the manifest declares them; a test compares the two. */
export const defaultSettings = {
  /** Seconds a computation may take. */
  timeLimit: 5,
  /** Milliseconds without a keystroke before the picture follows the text. */
  debounce: 180,
  /** Iterations of a descent nobody has changed yet. */
  iterations: 200,
};

export type Settings = typeof defaultSettings;

/** Until the objective has suggested another, and the person chosen one. */
export const defaultLearningRate = 0.01;

export function defaultDescent(settings: Settings): DescentIntent {
  return {
    method: "gd",
    maximize: false,
    learningRate: defaultLearningRate,
    parameters: {},
    maxIterations: settings.iterations,
    gradientNorm: 1e-6,
  };
}

/** Samples along each side of a landscape, until the plot has said how large it is. */
export const defaultResolution = { columns: 160, rows: 120 };

export const defaultDisplay: DisplayIntent = { size: 100, marks: true };

/** Characters of TeX: some eight lines of a panel. Nobody reads a longer formula, and the typesetter would stall over it. */
export const longestFormula = 1200;
