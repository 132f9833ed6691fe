import type { Problem } from "./problem";
import type { Sample } from "./sample";
import type { LineSearchName, MethodId, RemarkKind } from "./types";

export type Settings = Record<string, number | boolean>;

/**
 * A method's memory by name. An array is as long as the problem has coordinates, or 1 (one number for all), or empty (not
 * used); a matrix is row-major.
 */
export type State = Record<string, Float64Array>;

/**
 * One line of a method's update in plain mathematics: `target` becomes `expression`. The names are those of the state and
 * the settings, and `x`, `g` (the gradient), `learningRate`, `t` (1, 2, …). The lines are run in order. What is shown to a
 * reader is made from these, and a test holds them to the code.
 */
export interface Equation {
  target: string;
  expression: string;
}

interface Described<S extends Settings> {
  id: MethodId;
  title: string;
  /** PyTorch's default, where PyTorch has the method. */
  learningRate: number;
  /** PyTorch's names, in camelCase, and defaults. */
  defaults: S;
}

/**
 * A method that steps by a rule: the gradient is all it asks for, and one a step is enough. Everything it remembers is in
 * `State`, so that it can be recorded, shown and reset.
 */
export interface MethodDefinition<S extends Settings, T extends State> extends Described<S> {
  init(dimension: number, settings: S, learningRate: number): T;
  /** Moves `x` and `state` in place. `gradient` is only read; `t` counts from 1. */
  update(state: T, settings: S, x: Float64Array, gradient: Float64Array, learningRate: number, t: number): void;
  /** For one coordinate, as all go by the same rule. */
  equations(settings: S): readonly Equation[];
  /** Above this learning rate the method runs away on a quadratic of curvature `lambda`, where theory knows it. */
  stableLearningRate?(lambda: number, settings: S): number;
}

/** What a method that looks before it steps may ask for. */
export interface Means {
  readonly problem: Problem;
  /**
   * Looks along `direction`, first `length` times it, and moves `here` to a point that is low enough; returns how many
   * times it. 0: there is none, and `here` stays. Without a line search, it goes to the first.
   */
  readonly search: (here: Sample, direction: Float64Array, length: number) => number;
  /** Tells the person something about this step. */
  readonly remark: (kind: RemarkKind) => void;
}

/** A method that looks before it steps: along a line, or around within a radius. The learning rate scales its first look. */
export interface SearchingDefinition<S extends Settings, T extends State> extends Described<S> {
  /** The one it is known with. `undefined`: it searches in no line. */
  lineSearch: LineSearchName | undefined;
  init(dimension: number, settings: S, learningRate: number): T;
  /** Moves `here` and `state` in place. Where it cannot, it says why. */
  update(state: T, settings: S, here: Sample, means: Means, learningRate: number, t: number): string | undefined;
  /** In vectors and matrices: `x`, `g`, `H` (the Hessian); `before` is the g of the step before. */
  equations(settings: S): readonly Equation[];
}

export interface RuleStepper {
  readonly kind: "rule";
  readonly state: State;
  readonly equations: readonly Equation[];
  update(x: Float64Array, gradient: Float64Array, learningRate: number, t: number): void;
  stableLearningRate?(lambda: number): number;
}

export interface SearchingStepper {
  readonly kind: "searching";
  readonly state: State;
  readonly equations: readonly Equation[];
  update(here: Sample, means: Means, learningRate: number, t: number): string | undefined;
}

/** A method on its way: its state, and the update that moves a point by one step. */
export type Stepper = RuleStepper | SearchingStepper;

/** A method as the rest of the engine sees it: its own types of settings and state are its own affair. */
export interface Method<Kind extends Stepper = Stepper> {
  readonly kind: Kind["kind"];
  readonly id: MethodId;
  readonly title: string;
  readonly learningRate: number;
  readonly defaults: Readonly<Settings>;
  readonly lineSearch?: LineSearchName | undefined;
  begin(dimension: number, parameters: Settings | undefined, learningRate: number): Kind;
}
