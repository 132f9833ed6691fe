/**
 * Many runs of one function, asked for by the person: a race of methods, a sweep of learning rates, a map of outcomes, starts all
 * over the window. They take their time: they tell how far they are, and can be given up. What comes back is a snapshot that
 * belongs to one objective; it is never kept beyond the panel.
 */
import type { LineSearchName, MethodId, RunStatus, StopRule } from "../core/optimize/types";
import type { DescentIntent } from "./intent";
import type { AboutObjective } from "./questions";

export type ExperimentName = keyof Experiments;

export interface Experiments {
  race: { request: RaceRequest; response: RaceSnapshot; progress: ExperimentProgress };
  rates: { request: RatesRequest; response: RatesSnapshot; progress: ExperimentProgress };
  outcomes: { request: OutcomesRequest; response: OutcomesSnapshot; progress: ExperimentProgress };
  basins: { request: BasinsRequest; response: BasinsSnapshot; progress: ExperimentProgress };
}

/** Runs that are over, of so many; of a race, iterations. */
export interface ExperimentProgress {
  done: number;
  total: number;
}

/** An experiment begins with a descent: its start and direction, its rules of stopping, and mostly its method. */
export interface AboutDescent extends AboutObjective {
  descent: DescentIntent;
}

/** What became of a run: it arrived; it was on its way, or went to and fro, when its iterations were over; or it left. */
export type OutcomeName = "converged" | "slow" | "oscillating" | "diverged" | "failed";

// ---------------------------------------------------------------- race

export interface RaceRequest extends AboutDescent {
  entrants: Entrant[];
  /** What each may spend. */
  budget: { kind: "iterations" | "gradients"; count: number };
  /** One learning rate for all; absent: each has its own. */
  commonRate?: number;
}

export interface Entrant {
  method: MethodId;
  lineSearch?: LineSearchName;
  parameters: Record<string, number>;
  /** Absent: the one that suits the method and the function. */
  learningRate?: number;
}

export interface RaceSnapshot {
  objective: number;
  dimension: number;
  maximize: boolean;
  budget: RaceRequest["budget"];
  /** In the order of the entrants. */
  racers: RacerSnapshot[];
  /** Indices of the racers, the best first. */
  ranking: number[];
}

export interface RacerSnapshot {
  method: MethodId;
  learningRate: number;
  /** Shared by all, the person's own, or suggested from the function; a method that searches needs none. */
  rateFrom: "common" | "own" | "suggested" | "searches";
  status: RunStatus;
  rule: StopRule;
  reason: string;
  iterations: number;
  /** (iterations + 1) × dimension; empty where there is no picture of it. */
  iterates: Float64Array;
  values: Float64Array;
  /** Gradients evaluated by the time each iterate was reached. */
  gradients: Float64Array;
  /** Hessians, and products with them. */
  hessians: number;
  /** The first iterate as good as any of all; absent: none was. */
  arrival?: number;
}

// ---------------------------------------------------------------- learning rates

export interface RatesRequest extends AboutDescent {
  rates: RateRange & ({ kind: "grid" } | { kind: "random"; seed: number });
  /** All the iterations for each rate, or more and more of them for the better ones. */
  spending: "all" | "halving";
}

export interface RateRange {
  from: number;
  to: number;
  count: number;
}

/** One entry a learning rate, from the lowest to the highest. */
export interface RatesSnapshot {
  objective: number;
  method: MethodId;
  learningRates: Float64Array;
  outcomes: OutcomeName[];
  /** At the end of each run. */
  values: Float64Array;
  iterations: Int32Array;
  /** 1: given up before its iterations were over, as others were better. */
  dropped: Uint8Array;
  startValue: number;
  best?: number;
  largestStable?: number;
  /** The largest curvature where the best run ended, and above which rate the method runs away on it, where theory knows. */
  curvature?: number;
  bound?: number;
}

// ---------------------------------------------------------------- outcomes

export interface OutcomesRequest extends AboutDescent {
  rates: RateRange;
  /** The other side of the map: a setting of the method. */
  parameter: string;
  settings: number[];
}

/** Row-major, a row a setting, a column a learning rate. */
export interface OutcomesSnapshot {
  objective: number;
  method: MethodId;
  parameter: string;
  learningRates: Float64Array;
  settings: Float64Array;
  outcomes: OutcomeName[];
  iterations: Int32Array;
  values: Float64Array;
  best?: number;
  /** One a row: above this learning rate the method runs away, as theory has it. */
  bounds?: Float64Array;
  curvature?: number;
}

// ---------------------------------------------------------------- basins

export interface BasinsRequest extends AboutDescent {
  /** One interval a coordinate. */
  window: [number, number][];
  scatter: { kind: "grid"; side: number } | { kind: "random"; count: number; seed: number };
}

export interface BasinsSnapshot {
  objective: number;
  dimension: number;
  maximize: boolean;
  /** One a row, `dimension` columns; and the value there. */
  starts: Float64Array;
  heights: Float64Array;
  /** Of each start: the index of the place it leads to; −1: not there in time; −2: it left. */
  reached: Int32Array;
  iterations: Int32Array;
  /** The most visited first. */
  places: PlaceSnapshot[];
}

export interface PlaceSnapshot {
  x: Float64Array;
  value: number;
  visitors: number;
  /** False: a saddle, on which a start on its ridge ends. */
  isMinimum: boolean;
}
