import type { MethodId } from "./types";

export type Settings = Record<string, number | boolean>;

/** A method's memory by name. An array is as long as the problem has coordinates, or 1 (one number for all), or empty (not used). */
export type State = Record<string, Float64Array>;

/**
 * One line of a method's update, for one coordinate, in plain mathematics: `target` becomes `expression`. The names are
 * those of the state and the settings, and `x`, `g` (the gradient), `learningRate`, `t` (1, 2, …). The lines are run in
 * order. What is shown to a reader is made from these, and a test holds them to the code.
 */
export interface Equation {
  target: string;
  expression: string;
}

/** What a file in `methods/` says. Everything it remembers is in `State`, so that it can be recorded, shown and reset. */
export interface MethodDefinition<S extends Settings, T extends State> {
  id: MethodId;
  title: string;
  /** PyTorch's default. */
  learningRate: number;
  /** PyTorch's names, in camelCase, and defaults. */
  defaults: S;
  init(dimension: number, settings: S, learningRate: number): T;
  /** Moves `x` and `state` in place. `gradient` is only read; `t` counts from 1. */
  update(state: T, settings: S, x: Float64Array, gradient: Float64Array, learningRate: number, t: number): void;
  equations(settings: S): readonly Equation[];
  /** Above this learning rate the method runs away on a quadratic of curvature `lambda`, where theory knows it. */
  stableLearningRate?(lambda: number, settings: S): number;
}

/** A method on its way: its state, and the update that moves a point by one step. */
export interface Stepper {
  readonly state: State;
  readonly equations: readonly Equation[];
  update(x: Float64Array, gradient: Float64Array, learningRate: number, t: number): void;
  stableLearningRate?(lambda: number): number;
}

/** A method as the rest of the engine sees it: its own types of settings and state are its own affair. */
export interface Method {
  readonly id: MethodId;
  readonly title: string;
  readonly learningRate: number;
  readonly defaults: Readonly<Settings>;
  begin(dimension: number, parameters: Settings | undefined, learningRate: number): Stepper;
}
