import { defaultDisplay } from "../src/shared/defaults";
import type { ChoiceIntent, DescentIntent, DisplayIntent, PanelIntent, ViewWindow } from "../src/shared/intent";
import type { CheckSnapshot, LandscapeSnapshot, ObjectiveSnapshot, RunSnapshot, SourceSnapshot } from "../src/shared/protocol";
import type { ExperimentName, ExperimentProgress, Experiments } from "../src/shared/experiments";
import type { MinibatchSnapshot, StationarySnapshot } from "../src/shared/questions";
import { lastFrame } from "./frames";
import type { PlayerState } from "./player";

/** What is on screen, by kind: each is drawn by one branch and no other. */
export type View =
  /** Nothing was said yet. */
  | { readonly kind: "idle" }
  /** A text is being read for the first time. */
  | { readonly kind: "loading"; readonly source: SourceSnapshot }
  /** There is no picture, and this is why. */
  | { readonly kind: "problem"; readonly source: SourceSnapshot }
  | {
      readonly kind: "ready";
      readonly source: SourceSnapshot;
      readonly objective: ObjectiveSnapshot;
      readonly run: RunSnapshot | null;
      readonly landscape: LandscapeSnapshot | null;
      /** The text is broken just now: what is shown belongs to the last version that could be read. */
      readonly stale: boolean;
    };

/** What was found where the gradient vanishes: of which function, and in which window it was looked for. */
export interface Stationary {
  readonly objective: number;
  readonly window: ViewWindow;
  readonly found: StationarySnapshot;
}

/** A difference quotient to be drawn on the curve: from x to x + h. */
export interface Secant {
  readonly x: number;
  readonly value: number;
  readonly h: number;
  readonly quotient: number;
}

/** An experiment as it stands. A newer one leaves the result of the one before in place until it has its own. */
export interface Attempt<K extends ExperimentName> {
  /** While it is under way. */
  readonly progress: ExperimentProgress | null;
  /** What came of it, and of what it was asked. */
  readonly result: Experiments[K]["response"] | null;
  readonly asked: Experiments[K]["request"] | null;
  readonly problem: string | null;
}

export type Attempts = { readonly [K in ExperimentName]: Attempt<K> };

/** The experiment whose result lies over the picture. */
export type Overlaid = "race" | "basins";

export interface State {
  readonly view: View;
  readonly intent: PanelIntent | null;
  /** Of the objective whose number it carries. */
  readonly check: CheckSnapshot | null;
  readonly stationary: Stationary | null;
  readonly secant: Secant | null;
  /** What one step of a run by minibatches sees, while the picture is of that. */
  readonly minibatch: MinibatchSnapshot | null;
  readonly experiments: Attempts;
  readonly overlaid: Overlaid | null;
  readonly display: DisplayIntent;
  readonly player: PlayerState;
  /** Requests of the person's that have not been answered. */
  readonly working: boolean;
  /** A request that failed, in words. */
  readonly notice: string | null;
}

export type Action =
  /** `keepEdits`: the person has changed something the host has not heard of yet, which must not jump back. */
  | { readonly type: "source"; readonly source: SourceSnapshot; readonly keepEdits: boolean }
  | { readonly type: "run"; readonly run: RunSnapshot | null }
  | { readonly type: "landscape"; readonly landscape: LandscapeSnapshot | null }
  | { readonly type: "check"; readonly check: CheckSnapshot | null }
  | { readonly type: "stationary"; readonly stationary: Stationary | null }
  | { readonly type: "minibatch"; readonly minibatch: MinibatchSnapshot | null }
  | { readonly type: "secant"; readonly secant: Secant | null }
  | { readonly type: "experiment"; readonly name: ExperimentName; readonly change: Partial<Attempt<ExperimentName>> }
  | { readonly type: "overlaid"; readonly overlaid: Overlaid | null }
  | { readonly type: "display"; readonly display: DisplayIntent }
  | { readonly type: "choice"; readonly choice: ChoiceIntent }
  | { readonly type: "descent"; readonly descent: DescentIntent }
  | { readonly type: "window"; readonly window: ViewWindow | undefined }
  | { readonly type: "player"; readonly player: PlayerState }
  | { readonly type: "working"; readonly working: boolean }
  | { readonly type: "notice"; readonly notice: string | null };

const notTried = { progress: null, result: null, asked: null, problem: null };

export const initialState: State = {
  view: { kind: "idle" },
  intent: null,
  check: null,
  stationary: null,
  secant: null,
  minibatch: null,
  experiments: { race: notTried, rates: notTried, outcomes: notTried, basins: notTried },
  overlaid: null,
  display: defaultDisplay,
  player: { cursor: 0, last: 0, playing: false, speed: 1 },
  working: false,
  notice: null,
};

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "source": {
      const { source, keepEdits } = action;
      const edits = keepEdits ? state.intent : null;
      const intent = edits ? withWindow({ ...source.intent, descent: edits.descent, ...(edits.choice ? { choice: edits.choice } : {}) }, edits.window) : source.intent;
      return { ...state, intent, view: viewOf(source, state.view) };
    }
    case "run":
      return { ...withPicture(state, { run: action.run }), notice: null };
    case "landscape":
      return withPicture(state, { landscape: action.landscape });
    case "check":
      return { ...state, check: action.check };
    case "stationary":
      return { ...state, stationary: action.stationary };
    case "minibatch":
      return { ...state, minibatch: action.minibatch };
    case "secant":
      return state.secant === action.secant ? state : { ...state, secant: action.secant };
    case "experiment":
      return { ...state, experiments: { ...state.experiments, [action.name]: { ...state.experiments[action.name], ...action.change } } };
    case "overlaid":
      return state.overlaid === action.overlaid ? state : { ...state, overlaid: action.overlaid };
    case "display":
      return { ...state, display: action.display };
    case "choice": {
      if (!state.intent) return state;
      // Another function: its own view, and a start of other coordinates.
      const { start: _start, ...descent } = state.intent.descent;
      return { ...state, intent: withWindow({ ...state.intent, descent, choice: action.choice }, undefined), notice: null };
    }
    case "descent":
      return state.intent ? { ...state, intent: { ...state.intent, descent: action.descent }, notice: null } : state;
    case "window":
      return state.intent ? { ...state, intent: withWindow(state.intent, action.window) } : state;
    case "player":
      return { ...state, player: action.player };
    case "working":
      return state.working === action.working ? state : { ...state, working: action.working };
    case "notice":
      return { ...state, notice: action.notice };
  }
}

function viewOf(source: SourceSnapshot, before: View): View {
  const { objective } = source;
  const broken = source.problems.some((problem) => problem.severity === "error");
  if (!objective) return broken || !source.busy ? { kind: "problem", source } : { kind: "loading", source };
  // The picture of the version before stays until the new one's arrives, so that typing does not make it blink.
  const keep = before.kind === "ready" && before.objective.dimension === objective.dimension;
  return {
    kind: "ready", source, objective, stale: broken,
    run: keep ? before.run : null,
    landscape: keep ? before.landscape : null,
  };
}

function withPicture(state: State, part: { run: RunSnapshot | null } | { landscape: LandscapeSnapshot | null }): State {
  if (state.view.kind !== "ready") return state;
  return { ...state, view: { ...state.view, ...part } };
}

function withWindow(intent: PanelIntent, window: ViewWindow | undefined): PanelIntent {
  const { window: _before, ...rest } = intent;
  return window ? { ...rest, window } : rest;
}

/** Where the descent starts: what the person chose, while it still fits the function. */
export function startOf(state: State): readonly number[] {
  if (state.view.kind !== "ready") return [];
  const { objective } = state.view;
  const chosen = state.intent?.descent.start;
  return chosen?.length === objective.dimension ? chosen : [...objective.start];
}

/** Where the player stands; before there is a run, the start. */
export function pointNow(state: State): readonly number[] {
  const { view, player } = state;
  const run = view.kind === "ready" && view.run?.objective === view.objective.id ? view.run : undefined;
  if (!run) return startOf(state);
  const at = Math.min(player.cursor, lastFrame(run)) * run.dimension;
  return [...run.iterates.subarray(at, at + run.dimension)];
}

export interface Store {
  readonly state: State;
  dispatch(action: Action): void;
  subscribe(listener: (state: State, before: State) => void): void;
}

export function createStore(): Store {
  let state = initialState;
  const listeners: ((state: State, before: State) => void)[] = [];
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state !== before) for (const listener of listeners) listener(state, before);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
