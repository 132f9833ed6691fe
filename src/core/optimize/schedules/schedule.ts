/** The learning rate of each step. */
export interface Schedule {
  /** Of step t = 1, 2, …, asked once a step, in order. */
  rate(t: number): number;
  /** The value that step t began from, as PyTorch's loop hands over the loss after it; whether the rate is lowered for it. */
  observe?(value: number): boolean;
}

export type Numbers = Record<string, number>;

/** What a kind of schedule is: its settings with their defaults, and the rate k steps in (k = 0, 1, …) from the base rate. */
export interface ScheduleDefinition<N extends Numbers> {
  /** `iterations`: how many steps the run may take, for what is stretched over all of it. */
  defaults(learningRate: number, iterations: number): N;
  rate(k: number, base: number, settings: N): number;
}
