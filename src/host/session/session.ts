import type { Diagnostic, Range } from "../../core/source/diagnostic";
import { LineIndex } from "../../core/source/positions";
import type { Language } from "../../core/source/program";
import type { Settings } from "../../shared/defaults";
import type { ChoiceIntent, DescentIntent, PanelIntent, ViewWindow } from "../../shared/intent";
import type {
  CodeDialect, CodeResult, EvaluateResult, HostEvents, ObjectiveSnapshot, OpenRequest, OpenResult, ReadAs, SourceSnapshot, WorkerRequests,
} from "../../shared/protocol";
import type { ExperimentName } from "../../shared/experiments";
import type { AboutObjective, QuestionName } from "../../shared/questions";
import type { Following, ProgressOf, RequestOf, ResponseOf } from "../../shared/rpc";
import type { Wish } from "../../shared/steering";
import { WireError } from "../../shared/wire";
import type { Engine } from "../engine/engineClient";
import { adaptDescent, carryStart } from "./adaptDescent";
import { followEdits } from "./followEdits";
import type { TextChange } from "./followEdits";
import { GradientCheck } from "./gradientCheck";
import type { Beside } from "./importedModules";
import { isTimeout, sourceGone, unanswered } from "./hostProblems";
import { Picture } from "./picture";
import type { Translate } from "./translate";

export interface SessionPorts {
  engine: Engine;
  /** What to call a document: "loss.ts". */
  label(uri: string): string;
  /** Its text as it stands now, saved or not; undefined: it is gone. */
  read(uri: string): Promise<string | undefined>;
  /** The modules it imports, and the files of data it reads. */
  beside(source: { uri: string; text: string; language: Language }, signal: AbortSignal): Promise<Beside>;
  show<K extends keyof HostEvents>(name: K, snapshot: HostEvents[K]): void;
  /** Shows problems in the editor; none clears them. */
  mark(uri: string, problems: readonly Diagnostic[]): void;
  /** Keeps the intent for after a reload. */
  remember(intent: PanelIntent): void;
  settings(): Settings;
  /** A number no objective of this engine has had. */
  newId(): number;
  t: Translate;
}

/** What the panel is about: keeps the intent, follows the document, and has the engine answer for it. */
export class Session {
  private objective: ObjectiveSnapshot | null = null;
  /** Of the text as it stands now. */
  private textProblems: readonly Diagnostic[] = [];
  /** Of computing with the objective that is shown. */
  private pictureProblem: Diagnostic | undefined;
  /** From the beginning: there is nothing to say before the text is read. */
  private busy = true;
  private readonly label: string;
  private text = "";
  private besideUris: ReadonlySet<string> = new Set();
  /** The functions of the text when it could last be read. */
  private functions: string[] = [];
  /** Whatever learning rate comes back after a reload, the picture should be the same as before. */
  private keepsRate: boolean;
  private reading = new AbortController();
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly picture: Picture;
  private readonly check: GradientCheck;
  /** Where the person had the coordinates start before other ones were chosen. */
  private carried: ReadonlyMap<string, number> = new Map();
  private readonly isHighlight: boolean;

  constructor(private intent: PanelIntent, private readonly ports: SessionPorts, restored: boolean) {
    this.keepsRate = restored;
    this.label = ports.label(intent.source.uri);
    this.isHighlight = intent.source.selection.start < intent.source.selection.end;
    this.picture = new Picture(ports.engine, (name, snapshot) => ports.show(name, snapshot));
    this.check = new GradientCheck(ports.engine, (snapshot) => ports.show("check", snapshot));
  }

  get source(): SourceSnapshot {
    const { intent, objective, busy } = this;
    const name = objective?.title ?? objective?.name ?? intent.source.target;
    return { intent, label: name ? `${this.label} · ${name}` : this.label, objective, problems: this.problems, busy };
  }

  private get problems(): Diagnostic[] {
    return this.pictureProblem ? [...this.textProblems, this.pictureProblem] : [...this.textProblems];
  }

  get uri(): string {
    return this.intent.source.uri;
  }

  /** Everything, for a webview that has just come up. */
  showAll(): void {
    this.showSource();
    this.picture.showAll();
    this.check.showAll();
  }

  /** Reads the text as it stands now, and draws what it says. */
  async read(): Promise<void> {
    clearTimeout(this.pause);
    this.check.postpone();
    this.reading.abort();
    const { signal } = (this.reading = new AbortController());
    const isOld = (): boolean => signal.aborted;
    this.busy = true;
    this.showSource();
    const opened = await this.open(signal);
    if (isOld()) return;
    let answers = opened.ok;
    if (opened.ok) {
      this.accept(opened);
      if (!this.keepsRate) answers = await this.suggest();
      if (isOld()) return;
      this.keepsRate = false;
    } else {
      this.intent = { ...this.intent, source: { ...this.intent.source, ...opened.readAs } };
      this.textProblems = opened.diagnostics;
    }
    this.busy = false;
    this.showSource();
    if (answers) await this.draw();
    else if (opened.ok) this.picture.clear();
  }

  follows(uri: string): boolean {
    return uri === this.uri || this.besideUris.has(uri);
  }

  /** A document it follows was edited: keeps the place, and reads again once the person pauses. */
  documentChanged(uri: string, text: string, changes: readonly TextChange[]): void {
    if (uri === this.uri) this.followEdits(text, changes);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.read(), this.ports.settings().debounce);
  }

  async descend(descent: DescentIntent): Promise<void> {
    const before = this.intent.descent;
    const { learningRate } = before;
    // A rate that nobody chose is ours: the panel may not have heard of the latest.
    this.intent = { ...this.intent, descent: descent.ownRate === true ? descent : { ...descent, learningRate } };
    if (differ(descent, before) || (before.ownRate === true && descent.ownRate !== true)) {
      await this.suggest();
      this.showSource();
    } else if (descent.ownRate !== true && descent.learningRate !== learningRate) this.showSource();
    this.ports.remember(this.intent);
    await this.setMode("descend");
  }

  /** Other variables make another function of it: where to look and how fast to go are found anew. */
  async choose(choice: ChoiceIntent): Promise<void> {
    const { window: _before, ...intent } = this.intent;
    const { start, ...descent } = intent.descent;
    this.carried = new Map(this.objective?.coordinates.map((name, i) => [name, start?.[i] ?? NaN]));
    this.intent = { ...intent, descent, choice };
    this.keepsRate = false;
    await this.read();
  }

  async code(dialect: CodeDialect): Promise<CodeResult> {
    const { objective } = this;
    if (!objective) throw new WireError("invalid", "There is no function here.");
    return this.ports.engine.request("code", { objective: objective.id, dialect });
  }

  /** Passes on what the panel wants to know of the function it shows; whoever asks goes without an answer about one before. */
  async ask<K extends QuestionName | ExperimentName>(
    name: K, question: AboutObjective & RequestOf<WorkerRequests[K]>, signal: AbortSignal, following?: Following<ProgressOf<WorkerRequests[K]>>,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    if (this.objective?.id !== question.objective) throw new WireError("superseded", "There is another function here by now.");
    return this.ports.engine.request(name, question, signal, following);
  }

  async setMode(mode: PanelIntent["mode"]): Promise<void> {
    if (this.intent.mode !== mode) {
      this.intent = { ...this.intent, mode };
      this.showSource();
    }
    await this.draw();
  }

  async view(window: ViewWindow | undefined, resolution: { columns: number; rows: number }): Promise<void> {
    this.picture.resolution = resolution;
    const { window: _before, ...rest } = this.intent;
    this.intent = window ? { ...rest, window } : rest;
    this.ports.remember(this.intent);
    await this.answering((objective) => this.picture.view(objective, this.intent));
  }

  evaluate(x: number[]): Promise<EvaluateResult> {
    const { objective } = this;
    if (objective?.dimension !== x.length) throw new WireError("invalid", "There is no function of so many unknowns here.");
    return this.ports.engine.request("evaluate", { objective: objective.id, x });
  }

  /** What a run that takes its time is to do. */
  steer(wish: Wish): void {
    this.picture.steer(wish);
  }

  cancel(): void {
    // What has been run is worth keeping.
    if (this.picture.steer("finish")) return;
    this.reading.abort();
    this.check.postpone();
    this.picture.cancel();
    this.busy = false;
    this.showSource();
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.reading.abort();
    this.check.postpone();
    this.picture.cancel();
    this.ports.mark(this.uri, []);
  }

  private followEdits(text: string, changes: readonly TextChange[]): void {
    const { source } = this.intent;
    const selection = followEdits(source.selection, this.isHighlight, this.text, changes);
    this.text = text;
    this.intent = { ...this.intent, source: { ...source, selection } };
  }

  private async open(signal: AbortSignal): Promise<OpenResult> {
    const { source: { uri, language, target }, choice } = this.intent;
    let request: OpenRequest | undefined;
    try {
      const text = await this.ports.read(uri);
      if (text === undefined) return { ok: false, diagnostics: [sourceGone(this.ports.t, this.label)] };
      this.text = text;
      // Taken together with the text: both may move on while the modules are read.
      const { selection } = this.intent.source;
      const { modules, files } = await this.ports.beside({ uri, text, language }, signal);
      this.besideUris = new Set([...modules, ...files].map((each) => each.uri));
      request = { id: this.ports.newId(), uri, language, text, selection, modules, files, ...(choice ? { choice } : {}), ...(target === undefined ? {} : { target, known: this.functions }) };
      return await this.ports.engine.request("open", request, signal);
    } catch (error) {
      const located = request && isTimeout(error) ? await this.locate(request, signal) : null;
      const range = located?.range ?? new LineIndex(this.text).range(this.intent.source.selection);
      return { ok: false, diagnostics: [this.unanswered(error, range)], ...(located ? { readAs: located.readAs } : {}) };
    }
  }

  /** Which function it was that took too long. That it cannot be said either is not worth a complaint of its own. */
  private async locate(request: OpenRequest, signal: AbortSignal): Promise<{ readAs: ReadAs; range: Range } | null> {
    try {
      return await this.ports.engine.request("locate", request, signal);
    } catch (error) {
      if (error instanceof WireError) return null;
      throw error;
    }
  }

  private accept({ objective, readAs, functions = [] }: OpenResult & { ok: true }): void {
    const { window, ...intent } = this.intent;
    const sameShape = this.objective?.dimension === objective.dimension || this.objective === null;
    this.intent = {
      ...intent,
      source: { ...intent.source, ...readAs },
      descent: carryStart(adaptDescent(intent.descent, objective), objective, this.carried),
      ...(window && sameShape ? { window } : {}),
    };
    this.carried = new Map();
    this.objective = objective;
    this.functions = functions;
    this.textProblems = objective.diagnostics;
    this.pictureProblem = undefined;
  }

  private async suggest(): Promise<boolean> {
    if (this.intent.descent.ownRate === true) return true;
    return this.answering(async (objective) => {
      const { descent } = this.intent;
      const { learningRate } = await this.ports.engine.request("suggest", { objective: objective.id, descent }, this.reading.signal);
      const now = this.intent.descent;
      if (now.ownRate !== true && !differ(now, descent)) this.intent = { ...this.intent, descent: { ...now, learningRate } };
    });
  }

  /** Until it is drawn, or until so much of a long run is that the person can go on. */
  private draw(): Promise<void> {
    return new Promise((resolve) => {
      void this.answering((objective) => this.picture.draw(objective, () => this.intent, resolve)).then((drawn) => {
        if (!drawn) this.picture.clear();
        resolve();
      });
    });
  }

  /** Asks the engine about the objective; where it gives no answer, that is a problem of the objective's text. */
  private async answering(ask: (objective: ObjectiveSnapshot) => Promise<void>): Promise<boolean> {
    const { objective } = this;
    if (!objective) return true;
    let problem: Diagnostic | undefined;
    this.check.postpone();
    try {
      await ask(objective);
      if (objective === this.objective) this.check.later(objective);
    } catch (error) {
      if (error instanceof WireError && error.code === "cancelled") return true;
      problem = this.unanswered(error, objective.range);
    }
    if (objective !== this.objective) return true;
    if (problem !== this.pictureProblem) {
      this.pictureProblem = problem;
      this.showSource();
    }
    return problem === undefined;
  }

  private unanswered(error: unknown, range: Range): Diagnostic {
    return unanswered(this.ports.t, error, range, this.ports.settings().timeLimit);
  }

  private showSource(): void {
    this.ports.remember(this.intent);
    this.ports.show("source", this.source);
    // Notes are for the panel: a person's code is not to be underlined for what is right with it.
    if (!this.busy) this.ports.mark(this.uri, this.problems.filter(({ severity }) => severity !== "info"));
  }
}

/** Whether another learning rate may suit them. */
function differ(a: DescentIntent, b: DescentIntent): boolean {
  return a.method !== b.method || a.maximize !== b.maximize || a.lineSearch !== b.lineSearch;
}
