/** What a person asked for: this alone is persisted, with its version. */
import type { Language } from "../core/source/program";
import type { BatchOptions, ClipOptions, LineSearchName, MethodId, ScheduleKind, StopOptions } from "../core/optimize/types";

/** What Downhill was pointed at: enough to find it again after a reload. */
export interface SourceIntent {
  uri: string;
  language: Language;
  /** The function's name, where the language has names to find it by again; otherwise the expression is found by `selection`. */
  target?: string;
  /** UTF-16 offsets in the document, kept up to date by the host as the document is edited. */
  selection: { start: number; end: number };
}

export interface DescentIntent {
  method: MethodId;
  maximize: boolean;
  learningRate: number;
  /** The person chose the learning rate; otherwise it is the one that suits the function and the method, and changes with them. */
  ownRate?: boolean;
  /** Absent: the one the method is known with. */
  lineSearch?: LineSearchName;
  /** The method's own settings: momentum, beta1, beta2, epsilon. */
  parameters: Record<string, number>;
  maxIterations: number;
  /** Stop where ‖∇f‖₂ is at or below this; 0 never stops on it. */
  gradientNorm: number;
  /** The other rules of stopping. */
  stop?: StopIntent;
  /** How the learning rate changes; absent: it does not. */
  schedule?: ScheduleIntent;
  /** What is done about long gradients; absent: nothing. */
  clip?: ClipOptions;
  /** A few rows of the data a step; absent: all of them. Of a dataset that the function does not have (any more): likewise. */
  batch?: BatchOptions;
  /** Absent: the objective's own start. */
  start?: number[];
}

/** Absent: never by this rule. */
export type StopIntent = Pick<StopOptions, "valueChange" | "stepSize" | "targetValue" | "seconds">;

export interface ScheduleIntent {
  kind: ScheduleKind;
  /** By the engine's names; what is not there is as usual. */
  settings: Record<string, number>;
}

/** The visible window over the first two coordinates (one-variable functions use only `x`). Absent: chosen automatically. */
export interface ViewWindow {
  x: [number, number];
  y: [number, number];
}

export type Role = "variable" | "data";

/** What to vary and what to hold, where the person wants it otherwise than the text suggests. */
export interface ChoiceIntent {
  /** By name. Names that the function does not have (any more) count for nothing. */
  roles: Record<string, Role>;
  /** What is held, where it was given in the panel: a number, or a list of them. */
  values?: Record<string, number | number[]>;
}

export interface PanelIntent {
  version: 1;
  mode: "gradient" | "descend";
  source: SourceIntent;
  descent: DescentIntent;
  choice?: ChoiceIntent;
  window?: ViewWindow;
}

/** How the panel is looked at, whatever it shows: remembered from one panel to the next. */
export interface DisplayIntent {
  /** Per cent of the editor's type size. */
  size: TypeSize;
  /** Stationary points are marked on the picture. */
  marks: boolean;
  /** Of a run by minibatches, the picture is of what the next step sees; absent: of the whole. */
  batches?: boolean;
}

export type TypeSize = 100 | 125 | 150 | 200;
