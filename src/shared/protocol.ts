/**
 * Everything that crosses a wire, between host and worker and between host and webview. Plain data: numbers, strings,
 * records, typed arrays; no classes, no functions. Events are complete snapshots, never deltas.
 */
import type { BackendName } from "../core/codegen/kernel";
import type { Diagnostic, Range } from "../core/source/diagnostic";
import type { SelfCheck } from "../core/selfCheck";
import type { DataFile, Language } from "../core/source/program";
import type { StartOrigin } from "../core/source/program";
import type { BatchRun, Divergence, MethodId, Remark as RunRemark, RunStatus, StopRule } from "../core/optimize/types";
import type { Experiments } from "./experiments";
import type { ChoiceIntent, DescentIntent, DisplayIntent, PanelIntent, Role, ViewWindow } from "./intent";
import type { QuestionName, Questions } from "./questions";
import type { Wish } from "./steering";

// ---------------------------------------------------------------- host → worker (each settles exactly once)

export interface OpenRequest {
  /** The host's number for what it opens: a fresh worker takes over under the same one. */
  id: number;
  text: string;
  /** The document's own, until an `OpenResult` has said how the selection reads. */
  language: Language;
  selection: { start: number; end: number };
  target?: string;
  /** The functions that stood in the text before: none of them is the target under a new name. */
  known?: string[];
  uri: string;
  choice?: ChoiceIntent;
  /** Texts of modules the source imports, by specifier, as the host found them. */
  modules: { specifier: string; fromUri: string; uri: string; text: string }[];
  /** Files of data that the source and its modules seem to read, by the path they are named by. */
  files?: { path: string; fromUri: string; uri: string; file: DataFile }[];
}

/** One of the things a function is computed from: a parameter, a variable of the file, a field of its object. */
export interface ParameterSnapshot {
  /** What `ChoiceIntent` calls it. */
  name: string;
  /** What to call it before people, where that is something else: the pattern as it is written. */
  label?: string;
  role: Role;
  /** Whether it may have the other role. */
  canChange: boolean;
  /** Where its value came from; "outer": it stands outside the function. */
  origin: StartOrigin | "panel" | "outer";
  /** Where the value is written, if in a place of its own. */
  place?: Range;
  /** Lengths of the list (of lists) that it is; none: one number. Absent: an object, or not known. */
  shape?: number[];
  /** Its numbers, where they are few and in a list at most. */
  values?: number[];
}

/** A remark about the text, with the piece of it that is meant. */
export interface Remark extends Diagnostic {
  excerpt?: string;
}

/** The function as the panel shows it. Formulas are LaTeX; `code` is what a person would paste. */
export interface ObjectiveSnapshot {
  id: number;
  name: string;
  /** What to call it before people where the text gives it no name: the expression itself. */
  title?: string;
  dimension: number;
  coordinates: string[];
  start: Float64Array;
  startOrigin: StartOrigin;
  /** Where the function stands in the document. */
  range: Range;
  formula?: FormulaSnapshot;
  /** Where there is no formula: why, in a sentence. */
  noFormula?: string;
  atStart: { value: number; gradient: Float64Array };
  diagnostics: Remark[];
  /** What value and gradient are computed by. */
  backend?: BackendName;
  /** What it is computed from, in order. */
  parameters?: ParameterSnapshot[];
  /** The data that a few rows of can stand for. */
  datasets?: { name: string; rows: number }[];
  /** What more can be asked of it. */
  offers?: QuestionName[];
}

export interface FormulaSnapshot {
  value: string;
  gradient: string[];
  /** The same with names for what occurs often; absent: it is short enough as it is. */
  setOut?: { value: string; gradient: string[]; where: { name: string; value: string }[] };
}

export type OpenResult =
  | {
      ok: true;
      objective: ObjectiveSnapshot;
      /** A formula highlighted in a program reads as mathematics: how this one was read, to find it the same way again. */
      readAs: ReadAs;
      /** The names of all functions of the text, where functions have names. */
      functions?: string[];
    }
  /** `readAs` is there where it is known what was meant, though it cannot be differentiated. */
  | { ok: false; diagnostics: Diagnostic[]; readAs?: ReadAs };

export interface ReadAs {
  language: Language;
  target?: string;
}

export interface DescendRequest {
  objective: number;
  descent: DescentIntent;
}

/** Of a run that is not over. */
export interface RunProgress {
  /** Iterations at most. */
  of: number;
  /** Seconds until all of them are done, if nothing ends it before. */
  secondsLeft: number;
  paused: boolean;
}

/** Each row is a frame: iterate k, or of a long run k · every; the last row is the last iterate. */
export interface RunSnapshot {
  objective: number;
  dimension: number;
  iterations: number;
  every: number;
  /** Absent: it is over. What is told of how it ended means nothing before. */
  progress?: RunProgress;
  /** rows × dimension, row-major. */
  iterates: Float64Array;
  values: Float64Array;
  gradientNorms: Float64Array;
  /** rows × dimension: the gradient at each iterate. */
  gradients: Float64Array;
  learningRates: Float64Array;
  /** How long the gradient was after clipping, over before: of the step that led to each iterate. */
  clipping?: Float64Array;
  /** Of a run by minibatches: what the whole said once an epoch. Its own values are those of the batches. */
  batch?: BatchRun;
  /** What ran, as the intent may be a newer one. */
  method: MethodId;
  maximize: boolean;
  status: RunStatus;
  /** By which rule it ended, and why, in a clause of the engine's. */
  rule: StopRule;
  reason: string;
  /** Of a run that diverged: why, in terms of its own function. */
  divergence?: Divergence;
  /** What happened on the way: an indefinite Hessian, a clipped gradient. */
  remarks: RunRemark[];
  /** The best point of the run. */
  best: { iteration: number; value: number };
}

export interface LandscapeRequest {
  objective: number;
  /** Absent: chosen from the start, the path and the minimum found. */
  window?: ViewWindow;
  /** Points to keep in sight when the window is chosen: the run's iterates, row-major. */
  path?: Float64Array;
  /** Where the descent starts, if not at the objective's own start; and whether it climbs. */
  start?: number[];
  maximize?: boolean;
  /** Samples along each side. */
  columns: number;
  rows: number;
}

export type LandscapeSnapshot = CurveSnapshot | ContourSnapshot;

/** One variable: the curve and its derivative, sampled evenly over the window. */
export interface CurveSnapshot {
  kind: "curve";
  objective: number;
  x: [number, number];
  values: Float64Array;
  derivatives: Float64Array;
}

/** Two variables: values on a grid, row-major, row 0 at y[0]; and the levels chosen for its contours. */
export interface ContourSnapshot {
  kind: "contour";
  objective: number;
  window: ViewWindow;
  columns: number;
  rows: number;
  values: Float64Array;
  levels: Float64Array;
  scale: "linear" | "log";
}

export interface EvaluateRequest {
  objective: number;
  x: number[];
}

export interface EvaluateResult {
  value: number;
  gradient: Float64Array;
}

/** What became of comparing the gradient with two other ways to it; asked for when nothing else is to be done. */
export interface CheckSnapshot extends Omit<SelfCheck, "reason"> {
  objective: number;
  /** "time": one value takes so long that comparing would make the person wait. */
  reason?: SelfCheck["reason"] | "time";
}

export type CodeDialect = "typescript" | "javascript" | "python" | "latex" | "math";

export type CodeResult = { ok: true; code: string } | { ok: false; reason: string };

/** What learning rate suits the method on this function, from this start. */
export interface SuggestRequest {
  objective: number;
  descent: DescentIntent;
}

export interface WorkerRequests extends Questions, Experiments {
  open: { request: OpenRequest; response: OpenResult };
  /** Specifiers the text imports, and paths of files it may read, so that the host can fetch them before `open`. */
  imports: { request: { text: string; language: Language; uri: string }; response: { specifiers: string[]; files: string[] } };
  /** What `open` would read, without computing anything with it: asked where `open` took too long, to say which function did. */
  locate: { request: OpenRequest; response: { readAs: ReadAs; range: Range } | null };
  suggest: { request: SuggestRequest; response: { learningRate: number } };
  descend: { request: DescendRequest; response: RunSnapshot; progress: RunSnapshot };
  landscape: { request: LandscapeRequest; response: LandscapeSnapshot | null };
  evaluate: { request: EvaluateRequest; response: EvaluateResult };
  check: { request: { objective: number }; response: CheckSnapshot };
  /** The gradient as source. */
  code: { request: { objective: number; dialect: CodeDialect }; response: CodeResult };
}

// ---------------------------------------------------------------- webview → host

/** Counts what the panel has asked to be changed, so that it can tell whether an intent it is shown knows of it all. */
export type EditNumber = number;

export interface WebviewRequests extends Questions, Experiments {
  /** First thing a webview says; `restored` is the intent it persisted. The host answers with events, all of them. */
  ready: { request: { restored?: PanelIntent }; response: null };
  /** The person changed how to descend: the host runs it and answers with a `run` event. */
  descend: { request: { descent: DescentIntent; edit?: EditNumber }; response: null };
  /** The person moved or resized the view (absent: back to automatic), or the plot needs another resolution. */
  view: { request: { window?: ViewWindow; columns: number; rows: number; edit?: EditNumber }; response: null };
  /** Hover read-out. */
  evaluate: { request: { x: number[] }; response: EvaluateResult };
  /** The person chose what to vary: the host reads the function anew. */
  choose: { request: { choice: ChoiceIntent; edit?: EditNumber }; response: null };
  /** The person changed how the panel is looked at. */
  display: { request: { display: DisplayIntent }; response: null };
  /** The gradient as source, and a text for the clipboard. */
  code: { request: { dialect: CodeDialect }; response: CodeResult };
  copy: { request: { text: string }; response: null };
  /** Show the place in the editor. */
  reveal: { request: { range: Range }; response: null };
  /** Stop the computation that is under way; a run that takes its time keeps what it has. */
  cancel: { request: null; response: null };
  /** Pause a run that takes its time, let it go on, or have it end where it is. */
  steer: { request: { wish: Wish }; response: null };
}

// ---------------------------------------------------------------- host → webview (events; complete snapshots)
// On this wire bare numbers pass through JSON: the webview's port unwraps NaN and ±∞ with `unwrapNonFinite` (nonFinite.ts).

export interface HostEvents {
  /** Sent before anything else, so that the first picture has the right size. */
  display: DisplayIntent;
  /** What is shown and from where. Sent when the source changes and after `ready`. */
  source: SourceSnapshot;
  run: RunSnapshot | null;
  landscape: LandscapeSnapshot | null;
  check: CheckSnapshot | null;
  /** A command from the palette or a key in the editor. */
  player: { command: PlayerCommand };
}

export type PlayerCommand = "play" | "pause" | "step" | "stepBack" | "first" | "last";

export interface SourceSnapshot {
  intent: PanelIntent;
  /** "loss.ts · loss" — for the title line. */
  label: string;
  /** The last objective that could be read; it stays while the text is being mended. */
  objective: ObjectiveSnapshot | null;
  /** What is wrong with the text as it stands now. Empty: nothing. */
  problems: Remark[];
  /** True while the worker is busy with the text. */
  busy: boolean;
  /** The last of the panel's changes that `intent` knows of. */
  heard?: EditNumber;
}
