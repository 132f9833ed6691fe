import type { ScheduleKind } from "../src/core/optimize/types";

type OfferedSchedule = Exclude<ScheduleKind, "multistep">;

/** What the panel says of how a run goes on, and of what one may choose beyond its method. */
export const descentWords = {
  progress: {
    running: (done: string, of: string, left: string) => `Iteration ${done} of at most ${of}, ${left} left`,
    paused: (done: string, of: string) => `Paused at iteration ${done} of at most ${of}`,
    seconds: (count: number) => (count <= 1 ? "a second" : `about ${count} seconds`),
    minutes: (count: number) => (count === 1 ? "about a minute" : `about ${count} minutes`),
    hours: (count: number) => (count === 1 ? "about an hour" : `about ${count} hours`),
    days: (count: number) => (count === 1 ? "about a day" : `about ${count} days`),
    bar: "How far the run is",
    pause: "Pause the run",
    resume: "Go on",
    finish: "End the run here",
    thinned: (every: number) => `Of this long run every ${ordinal(every)} iterate was kept, and the last: the player goes from one to the next`,
  },
  schedule: {
    title: "Schedule and clipping",
    kind: "Schedule",
    kinds: {
      constant: "Constant", step: "In steps", exponential: "Exponential", "inverse-time": "Inverse time", polynomial: "Polynomial", cosine: "Cosine",
      "warm-restarts": "Cosine with warm restarts", "warm-up": "Warm-up", "one-cycle": "One cycle", plateau: "Lowered on a plateau",
    } satisfies Record<OfferedSchedule, string>,
    settings: {
      gamma: "Times, each time", stepSize: "Iterations a step", decay: "Decay", totalIters: "Iterations in all", power: "Power", etaMin: "Lowest rate",
      t0: "Iterations of the first period", tMult: "Each period longer, times", startFactor: "Begins with this share", warmUp: "Iterations of warming up",
      pctStart: "Share of going up", divFactor: "Begins this many times lower", patience: "Iterations of patience",
    },
    picture: "Learning rate over the iterations",
    clip: "Clip gradients",
    clips: { none: "Not at all", norm: "By their norm", value: "By each coordinate" },
    limits: { norm: "Longest gradient ‖g‖", value: "Largest |gᵢ|" },
    clippedTo: (limit: string, by: "norm" | "value"): string => (by === "norm" ? `clipped to ‖g‖ ≤ ${limit}` : `clipped to |gᵢ| ≤ ${limit}`),
  },
  stopping: {
    title: "Stopping and details",
    valueChange: "Stop at |Δf| ≤ (relative)",
    stepSize: "Stop at ‖Δx‖ ≤ (relative)",
    target: (ascends: boolean): string => (ascends ? "Stop at f ≥" : "Stop at f ≤"),
    seconds: "Stop after (seconds)",
    never: "never",
  },
  minibatch: {
    title: "Minibatches",
    dataset: "Rows of",
    all: "All rows at every step",
    size: (rows: number) => `Rows a step, of ${rows}`,
    seed: "Seed",
    newSeed: "Another order",
    shuffle: "A new order each epoch",
    said: (size: number, rows: number, name: string) => `${size} of ${rows} rows of ${name}`,
    epoch: (steps: number) => `An epoch is ${steps} ${steps === 1 ? "step" : "steps"}.`,
    noUse: "This method looks before it steps, so it sees all rows.",
    contours: "Show what the next step sees",
    sees: (step: number, rows: string, more: number) => `Step ${step} sees ${more > 0 ? `rows ${rows} … (${more} more)` : /,/.test(rows) ? `rows ${rows}` : `row ${rows}`}`,
    value: "f of the batch",
    whole: "f of all rows",
  },
  rule: { title: "Update rule", otherwise: "otherwise", where: "with" },
  readout: { clipped: "Clipped to", share: (percent: string) => `${percent} %`, notClipped: "–" },
};

function ordinal(count: number): string {
  const last = count % 10;
  const teen = count % 100 >= 11 && count % 100 <= 13;
  return `${count}${teen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
}
