import type { ChoiceIntent, DescentIntent, DisplayIntent, ViewWindow } from "../../src/shared/intent";
import type { CodeDialect, CodeResult, EvaluateResult } from "../../src/shared/protocol";
import type { ExperimentName, Experiments } from "../../src/shared/experiments";
import type { QuestionName, Questions } from "../../src/shared/questions";
import type { BatchOptions } from "../../src/core/optimize/types";
import type { Wish } from "../../src/shared/steering";
import type { Range } from "../../src/core/source/diagnostic";
import type { Player } from "../player";
import type { Overlaid, Secant, State } from "../store";

/** What a person can do, as the views ask for it. */
export interface Actions {
  readonly player: Player;
  changeDescent(change: Partial<DescentIntent>): void;
  /** Undefined: all rows at every step. */
  chooseBatch(batch: BatchOptions | undefined): void;
  /** Undefined: the function's own start. `onPlot`: by pointing at a place of the picture, which then must not move. */
  setStart(start: readonly number[] | undefined, onPlot: boolean): void;
  /** Undefined: chosen automatically. */
  setWindow(window: ViewWindow | undefined): void;
  /** The size of the plot in pixels, from which the landscape's resolution follows. */
  setPlotSize(width: number, height: number): void;
  evaluate(x: readonly number[], signal: AbortSignal): Promise<EvaluateResult>;
  /** What to vary and what to hold. */
  choose(choice: ChoiceIntent): void;
  /** Where the descent starts, by coordinate. */
  startNow(): ReadonlyMap<string, number>;
  /** What more there is to know of the function; asked for where somebody looks at it. */
  ask<K extends QuestionName>(name: K, question: Questions[K]["request"], signal: AbortSignal): Promise<Questions[K]["response"]>;
  /** The stationary points are looked at as a list, also where they are not marked on the picture. */
  listStationary(listed: boolean): void;
  setSecant(secant: Secant | null): void;
  /** Begins an experiment; the store is told how far it is and what came of it. */
  experiment<K extends ExperimentName>(name: K, request: Experiments[K]["request"]): void;
  giveUp(name: ExperimentName): void;
  /** An experiment is looked at, or no longer: the one that was opened last lies over the picture. */
  overlay(experiment: Overlaid, looked: boolean): void;
  changeDisplay(change: Partial<DisplayIntent>): void;
  code(dialect: CodeDialect): Promise<CodeResult>;
  /** Into the clipboard; false where that did not work, which is said elsewhere. */
  copy(text: string): Promise<boolean>;
  reveal(range: Range): void;
  /** Stops what is being computed. */
  cancel(): void;
  /** What a run that takes its time is to do. */
  steer(wish: Wish): void;
}

export interface View {
  readonly element: HTMLElement;
  update(state: State): void;
}
