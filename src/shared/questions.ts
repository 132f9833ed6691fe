/**
 * What more there is to know of a function, asked for when somebody looks at it and never before. The panel asks, the host
 * passes the question on, the worker answers. Formulas are LaTeX.
 */
import type { BatchOptions, LineSearchName, MethodId } from "../core/optimize/types";
import type { StationaryPoint } from "../core/symbolic/formula";
import type { ViewWindow } from "./intent";
import type { LandscapeSnapshot } from "./protocol";

/** What can be asked of a function; not every function has an answer to each. */
export type QuestionName = keyof Questions;

export interface Questions {
  /** The second derivatives; null: too long to be read. */
  hessian: { request: AboutObjective; response: HessianSnapshot | null };
  /** How one partial derivative comes about. */
  steps: { request: AboutCoordinate; response: StepSnapshot };
  /** The reverse sweep over the user's program, in the order in which it happens. */
  sweep: { request: AboutObjective; response: SweepLineSnapshot[] };
  /** The limit that defines a partial derivative, at a point. */
  quotients: { request: AboutCoordinate & { x: number[] }; response: QuotientsSnapshot };
  /** Where the gradient vanishes, in a window: one interval a coordinate. */
  stationary: { request: AboutObjective & { window: [number, number][] }; response: StationarySnapshot };
  /** What one step of a run by minibatches sees, over a window. */
  minibatch: { request: MinibatchQuestion; response: MinibatchSnapshot };
  /** The rules a method steps by, with the settings it has. */
  equations: { request: EquationsQuestion; response: EquationsSnapshot };
}

export interface MinibatchQuestion extends AboutObjective {
  batch: BatchOptions;
  /** 1, 2, … */
  step: number;
  window: ViewWindow;
  columns: number;
  rows: number;
}

export interface MinibatchSnapshot {
  step: number;
  /** The rows of the data that it sees, counted from 0. */
  sees: Int32Array;
  landscape: LandscapeSnapshot | null;
}

export interface EquationsQuestion extends AboutObjective {
  method: MethodId;
  lineSearch?: LineSearchName;
  parameters: Record<string, number>;
}

/** Formulas are LaTeX: each target becomes its expression, one after the other. */
export interface EquationsSnapshot {
  lines: { target: string; expression: string }[];
  /** What of the settings occurs there, by the engine's name, its letter, and its value; the learning rate's is the run's. */
  settings: { name: string; symbol: string; value?: number }[];
}

export interface HessianSnapshot {
  /** Row by row. */
  entries: string[][];
  /** What names in them stand for, the user's own. */
  where: { name: string; value: string }[];
}

export interface AboutObjective {
  /** By the host's number; a question about one that is no longer shown is not answered. */
  objective: number;
}

export interface AboutCoordinate extends AboutObjective {
  coordinate: number;
}

/** The parts that are told; the whole of it is in core/symbolic/formula. */
export interface StepSnapshot {
  /** As the rule table calls it; several, separated by commas, where they were applied at once. */
  rule: string;
  before: string;
  after: string;
  /** Whether the children are shown at first. */
  open: boolean;
  /** Of a chain: u = x² + 1, du/dx = 2x. */
  inner?: { name: string; value: string; derivative: string };
  /** Further parts of the same sum that go as this one does. */
  alike?: { before: string; after: string }[];
  simplification?: { from: string; by: string[] };
  children: StepSnapshot[];
}

export interface SweepLineSnapshot {
  /** Zero-based, in the document. */
  line: number;
  source: string;
  depth: number;
  opens?: "loop" | "branch" | "call";
  updates: string[];
}

export interface QuotientsSnapshot {
  definition?: string;
  rows: { h: number; quotient: number; error: number }[];
  limit: number;
  /** At a kink, the slopes on both sides of it: there is no limit. */
  sides?: { left: number; right: number };
  /** f at the point. */
  value: number;
}

export type StationarySnapshot =
  | { ok: true; points: StationaryPointSnapshot[] }
  /** One value takes so long that looking for them would make the person wait. */
  | { ok: false };

export interface StationaryPointSnapshot {
  at: Float64Array;
  value: number;
  kind: StationaryPoint["kind"];
  /** Where the Hessian does not decide: what the values around suggest. */
  seems?: Exclude<StationaryPoint["kind"], "undecided">;
  /** False: one of a whole line or region of them. */
  isolated: boolean;
  eigenvalues: Float64Array;
  /** The coordinates in closed form, where they have one. */
  exact?: string[];
}
