import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Diagnostic } from "../../../src/core/source/diagnostic";
import type { Engine } from "../../../src/host/engine/engineClient";
import { Session } from "../../../src/host/session/session";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import type { DescentIntent, PanelIntent } from "../../../src/shared/intent";
import type {
  CheckSnapshot, HostEvents, LandscapeRequest, ObjectiveSnapshot, OpenRequest, OpenResult, RunSnapshot, WorkerRequests,
} from "../../../src/shared/protocol";
import type { Following, ProgressOf } from "../../../src/shared/rpc";
import { WireError } from "../../../src/shared/wire";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
const problem: Diagnostic = { code: "E101", message: "A bracket is missing.", severity: "error", range };

const objectiveOf = (id: number, dimension = 2, diagnostics: Diagnostic[] = []): ObjectiveSnapshot => ({
  id, name: "f", dimension, coordinates: Array.from({ length: dimension }, (_, i) => `x${i}`), start: new Float64Array(dimension),
  startOrigin: "inferred", range, atStart: { value: 0, gradient: new Float64Array(dimension) }, diagnostics,
});
const runOf = (objective: number, descent: DescentIntent, dimension = 2): RunSnapshot => ({
  objective, dimension, iterations: 0, every: 1, iterates: Float64Array.from(descent.start ?? Array<number>(dimension).fill(0)), values: Float64Array.of(1),
  gradientNorms: Float64Array.of(1), gradients: new Float64Array(dimension), learningRates: Float64Array.of(descent.learningRate),
  method: "gd", maximize: false, remarks: [], status: "exhausted", rule: "iterations", reason: "done", best: { iteration: 0, value: 1 },
});
const landscapeOf = ({ objective, window, columns, rows }: LandscapeRequest): HostEvents["landscape"] => ({
  kind: "contour", objective, window: window ?? { x: [-10, 10], y: [-10, 10] }, columns, rows,
  values: new Float64Array(columns * rows), levels: Float64Array.of(1), scale: "linear",
});

const checkOf = (objective: number): CheckSnapshot =>
  ({ objective, verdict: "agree", reverseForward: 0, reverseDifference: 1e-11, directions: 3, detail: "They agree." });

/** Answers at once: reads "bad…" as broken, text of n letters "x" in its selection as n-dimensional; any answer can be replaced. */
class FakeEngine implements Engine {
  readonly asked: { name: string; body: unknown }[] = [];
  /** A run that takes its time, led by the test. */
  longRun: ((request: WorkerRequests["descend"]["request"], signal?: AbortSignal, following?: Following<RunSnapshot>) => Promise<RunSnapshot>) | undefined;
  answers: { [K in keyof WorkerRequests]?: (body: WorkerRequests[K]["request"]) => Promise<WorkerRequests[K]["response"]> } = {};

  async request<K extends keyof WorkerRequests>(name: K, body: WorkerRequests[K]["request"], signal?: AbortSignal, following?: Following<ProgressOf<WorkerRequests[K]>>): Promise<never> {
    if (signal?.aborted) throw new WireError("cancelled", "cancelled");
    this.asked.push({ name, body });
    if (name === "descend" && this.longRun) return this.longRun(body as WorkerRequests["descend"]["request"], signal, following as Following<RunSnapshot> | undefined) as Promise<never>;
    const special = this.answers[name];
    return (special ? await special(body) : this.usual(name, body)) as never;
  }

  count(name: keyof WorkerRequests): number {
    return this.asked.filter((ask) => ask.name === name).length;
  }

  last<K extends keyof WorkerRequests>(name: K): WorkerRequests[K]["request"] {
    return this.asked.filter((ask) => ask.name === name).at(-1)?.body as WorkerRequests[K]["request"];
  }

  private usual(name: keyof WorkerRequests, body: unknown): unknown {
    switch (name) {
      case "open": {
        const { id, text, selection } = body as OpenRequest;
        const selected = text.slice(selection.start, selection.end);
        const dimension = selected.split("x").length - 1;
        const result: OpenResult = selected.includes("bad")
          ? { ok: false, diagnostics: [problem] }
          : { ok: true, objective: objectiveOf(id, dimension), readAs: { language: "math" } };
        return result;
      }
      case "locate": return null;
      case "imports": return { specifiers: [] };
      case "suggest": return { learningRate: (body as { descent: DescentIntent }).descent.method === "adam" ? 0.5 : 0.25 };
      case "descend": {
        const { objective, descent } = body as { objective: number; descent: DescentIntent };
        return runOf(objective, descent);
      }
      case "landscape": return landscapeOf(body as LandscapeRequest);
      case "evaluate": return { value: 1, gradient: Float64Array.of(1, 1) };
      case "check": return checkOf((body as { objective: number }).objective);
      case "hessian": return [["2", "0"], ["0", "2"]];
      case "steps": return { rule: "sum", before: "x + x", after: "2", open: true, children: [] };
      case "sweep": return [];
      case "quotients": return { rows: [], limit: 2, value: 1 };
      case "stationary": return { ok: true, points: [] };
      case "minibatch": return { step: 1, sees: Int32Array.of(0), landscape: null };
      case "equations": return { lines: [], settings: [] };
      case "race": case "rates": case "outcomes": case "basins": return { objective: (body as { objective: number }).objective };
      case "code": return { ok: true, code: `the gradient in ${(body as { dialect: string }).dialect}` };
    }
  }
}

function begin(text: string, options: { mode?: PanelIntent["mode"]; restored?: boolean; descent?: Partial<DescentIntent> } = {}) {
  const marked = /\[(.*)\]/.exec(text);
  const plain = text.replace(/[[\]]/g, "");
  const start = marked?.index ?? 0;
  const intent: PanelIntent = {
    version: 1, mode: options.mode ?? "descend",
    source: { uri: "file:///notes.md", language: "math", selection: { start, end: start + (marked?.[1]?.length ?? 0) } },
    descent: { ...defaultDescent(defaultSettings), ...options.descent },
  };
  const engine = new FakeEngine();
  const document: { now: string | undefined } = { now: plain };
  const shown: { name: keyof HostEvents; snapshot: unknown }[] = [];
  const marks = new Map<string, readonly Diagnostic[]>();
  const remembered: PanelIntent[] = [];
  let lastId = 0;
  const session = new Session(intent, {
    engine,
    label: (uri) => uri.slice(uri.lastIndexOf("/") + 1),
    read: async () => document.now,
    beside: async () => ({ modules: [], files: [] }),
    show: (name, snapshot) => void shown.push({ name, snapshot }),
    mark: (uri, problems) => void marks.set(uri, problems),
    remember: (now) => void remembered.push(now),
    settings: () => defaultSettings,
    newId: () => ++lastId,
    t: (message, ...values) => message.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  }, options.restored ?? false);
  const last = <K extends keyof HostEvents>(name: K): HostEvents[K] =>
    shown.filter((entry) => entry.name === name).at(-1)?.snapshot as HostEvents[K];
  const type = (offset: number, removed: number, inserted: string): void => {
    const before = document.now ?? "";
    document.now = before.slice(0, offset) + inserted + before.slice(offset + removed);
    session.documentChanged("file:///notes.md", document.now, [{ offset, removed, inserted }]);
  };
  const paused = async (): Promise<void> => { await vi.advanceTimersByTimeAsync(defaultSettings.debounce + 1); };
  return { session, engine, document, shown, marks, remembered, last, type, paused };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a session", () => {
  it("reads the text, then shows the source, the run and the landscape", async () => {
    const { session, shown, last } = begin("the bowl [x + x] here");
    await session.read();
    expect(shown.map(({ name }) => name)).toEqual(["source", "source", "run", "landscape"]);
    expect(last("source")).toMatchObject({ label: "notes.md · f", busy: false, problems: [], objective: { id: 1, dimension: 2 } });
    expect(last("run")?.objective).toBe(1);
    expect(last("landscape")?.objective).toBe(1);
  });

  it("shows no run where only the gradient was asked for, and one once it is descended", async () => {
    const { session, last } = begin("[x + x]", { mode: "gradient" });
    await session.read();
    expect(last("run")).toBeNull();
    expect(last("landscape")).not.toBeNull();
    await session.descend(last("source").intent.descent);
    expect(last("run")?.objective).toBe(1);
    expect(last("source").intent.mode).toBe("descend");
  });

  it("samples no landscape of more than two unknowns", async () => {
    const { session, engine, last } = begin("[x x x]");
    await session.read();
    expect(engine.count("landscape")).toBe(0);
    expect(last("landscape")).toBeNull();
  });

  it("says everything again to a webview that comes up anew, without computing", async () => {
    const { session, engine, shown } = begin("[x + x]");
    await session.read();
    const asked = engine.asked.length;
    shown.length = 0;
    session.showAll();
    expect(shown.map(({ name }) => name)).toEqual(["source", "run", "landscape", "check"]);
    expect(engine.asked).toHaveLength(asked);
  });

  it("follows the text once the person pauses, and not before", async () => {
    const { session, engine, type, paused, last } = begin("the bowl [x + x] here");
    await session.read();
    type(14, 0, " ");
    type(14, 0, "+");
    await vi.advanceTimersByTimeAsync(100);
    expect(engine.count("open")).toBe(1);
    await paused();
    expect(engine.count("open")).toBe(2);
    expect(last("source").objective?.id).toBe(2);
  });

  it("keeps its place while text is typed before it, and takes in what is typed at its end", async () => {
    const { session, engine, type, paused } = begin("the bowl [x + x] here");
    await session.read();
    type(0, 0, "Look at ");
    type(22, 0, " + x");
    await paused();
    const { text, selection } = engine.last("open");
    expect(text.slice(selection.start, selection.end)).toBe("x + x + x");
  });

  it("keeps the last good picture on a typing error, says what is wrong in panel and editor, and takes it back when mended", async () => {
    const { session, engine, type, paused, last, marks, shown } = begin("[x + x]");
    await session.read();
    type(5, 0, "bad");
    shown.length = 0;
    await paused();
    expect(last("source")).toMatchObject({ problems: [problem], objective: { id: 1 }, busy: false });
    expect(marks.get("file:///notes.md")).toEqual([problem]);
    expect(shown.some(({ name }) => name === "run" || name === "landscape")).toBe(false);
    expect((await session.evaluate([1, 2])).value).toBe(1);
    expect(engine.last("evaluate").objective).toBe(1);
    type(5, 3, "");
    await paused();
    expect(last("source")).toMatchObject({ problems: [], objective: { id: 3 } });
    expect(marks.get("file:///notes.md")).toEqual([]);
  });

  it("says notes in the panel only, and warnings in the editor too", async () => {
    const { session, engine, last, marks } = begin("[x + x]");
    const [note, warning] = [{ ...problem, severity: "info" as const }, { ...problem, severity: "warning" as const }];
    engine.answers.open = ({ id }) => Promise.resolve({ ok: true, objective: objectiveOf(id, 2, [note, warning]), readAs: { language: "math" } });
    await session.read();
    expect(last("source").problems).toEqual([note, warning]);
    expect(marks.get("file:///notes.md")).toEqual([warning]);
  });

  it("names what was meant even where it cannot be differentiated", async () => {
    const { session, engine, last } = begin("[x + x]");
    engine.answers.open = () => Promise.resolve({ ok: false, diagnostics: [problem], readAs: { language: "typescript", target: "loss" } });
    await session.read();
    expect(last("source")).toMatchObject({ label: "notes.md · loss", objective: null, intent: { source: { target: "loss" } } });
  });

  it("lets only the newest text win, however late the older answer comes", async () => {
    const { session, engine, type, paused, last } = begin("[x + x]");
    await session.read();
    let answerOld: (result: OpenResult) => void = () => undefined;
    engine.answers.open = ({ id }) => id === 2
      ? new Promise((resolve) => { answerOld = resolve; })
      : Promise.resolve({ ok: true, objective: objectiveOf(id, 1), readAs: { language: "math" } });
    type(0, 0, "1 ");
    await paused();
    type(0, 0, "2 ");
    await paused();
    answerOld({ ok: true, objective: objectiveOf(2, 5), readAs: { language: "math" } });
    await vi.advanceTimersByTimeAsync(10);
    expect(last("source").objective).toMatchObject({ id: 3, dimension: 1 });
  });

  it("takes the learning rate that suits, until the person chooses one", async () => {
    const { session, type, paused, last } = begin("[x + x]");
    await session.read();
    expect(last("source").intent.descent.learningRate).toBe(0.25);
    await session.descend({ ...last("source").intent.descent, method: "adam" });
    expect(last("source").intent.descent).toMatchObject({ method: "adam", learningRate: 0.5 });
    await session.descend({ ...last("source").intent.descent, learningRate: 0.125, ownRate: true });
    type(0, 0, " ");
    await paused();
    expect(last("source").intent.descent.learningRate).toBe(0.125);
    expect(last("run")?.learningRates[0]).toBe(0.125);
    await session.descend({ ...last("source").intent.descent, method: "gd" });
    expect(last("source").intent.descent.learningRate).toBe(0.125);
    await session.descend({ ...last("source").intent.descent, ownRate: false });
    expect(last("source").intent.descent.learningRate).toBe(0.25);
  });

  it("keeps the rate that suits the method, whatever older one a panel that has not heard of it repeats", async () => {
    const { session, last } = begin("[x + x]");
    await session.read();
    const { descent } = last("source").intent;
    await session.descend({ ...descent, method: "adam" });
    await session.descend({ ...descent, method: "adam", start: [1, 1] });
    expect(last("source").intent.descent.learningRate).toBe(0.5);
    expect(last("run")?.learningRates[0]).toBe(0.5);
  });

  it("goes on taking the rate that suits after a reload", async () => {
    const { session, last } = begin("[x + x]", { restored: true, descent: { learningRate: 0.75 } });
    await session.read();
    await session.descend({ ...last("source").intent.descent, method: "adam" });
    expect(last("source").intent.descent.learningRate).toBe(0.5);
  });

  it("remembers what the person pointed at, moved to and chose, as it is now", async () => {
    const { session, type, paused, last, remembered } = begin("[x + x]");
    await session.read();
    type(0, 0, "3 ");
    type(7, 0, " ");
    await paused();
    expect(remembered.at(-1)?.source.selection).toEqual({ start: 0, end: 8 });
    await session.view({ x: [0, 1], y: [0, 1] }, { columns: 10, rows: 10 });
    expect(remembered.at(-1)?.window).toEqual({ x: [0, 1], y: [0, 1] });
    await session.descend({ ...last("source").intent.descent, start: [5, 5] });
    expect(remembered.at(-1)?.descent.start).toEqual([5, 5]);
  });

  it("restores the learning rate, the start and the window it was left with", async () => {
    const { session, engine, last } = begin("[x + x]", { restored: true, descent: { learningRate: 0.75, start: [3, 4] } });
    await session.read();
    expect(engine.count("suggest")).toBe(0);
    expect(last("source").intent.descent).toMatchObject({ learningRate: 0.75, start: [3, 4] });
    expect([...(last("run")?.iterates ?? [])]).toEqual([3, 4]);
  });

  it("forgets start and window when the function gets another number of unknowns", async () => {
    const { session, type, paused, last } = begin("[x + x]", { descent: { start: [3, 4] } });
    await session.read();
    await session.view({ x: [0, 1], y: [0, 1] }, { columns: 10, rows: 10 });
    expect(last("source").intent.descent.start).toEqual([3, 4]);
    type(5, 0, " + x");
    await paused();
    expect(last("source").intent.descent.start).toBeUndefined();
    expect(last("source").intent.window).toBeUndefined();
  });

  it("keeps the landscape while the path can be followed in it, and takes another when it leaves or is too small", async () => {
    const { session, engine, last } = begin("[x + x]");
    await session.read();
    const { descent } = last("source").intent;
    const toOrigin = (request: { objective: number; descent: DescentIntent }): RunSnapshot => {
      const run = runOf(request.objective, request.descent);
      return { ...run, iterations: 1, iterates: Float64Array.of(...run.iterates, 0, 0) };
    };
    engine.answers.descend = (request) => Promise.resolve(toOrigin(request));
    await session.descend({ ...descent, start: [3, 4] });
    await session.descend({ ...descent, start: [-9, 9] });
    expect(engine.count("landscape")).toBe(1);
    expect([...(last("run")?.iterates ?? [])]).toEqual([-9, 9, 0, 0]);
    await session.descend({ ...descent, start: [11, 0] });
    expect(engine.count("landscape")).toBe(2);
    await session.descend({ ...descent, start: [0.1, 0] });
    expect(engine.count("landscape")).toBe(3);
  });

  it("tells the engine which functions there were, so that another does not take the place of the one that is gone", async () => {
    const { session, engine, type, paused } = begin("[x + x]");
    engine.answers.open = ({ id }) =>
      Promise.resolve({ ok: true, objective: objectiveOf(id), readAs: { language: "typescript", target: "f" }, functions: ["f", "g"] });
    await session.read();
    expect(engine.last("open").known).toBeUndefined();
    type(0, 0, " ");
    await paused();
    expect(engine.last("open")).toMatchObject({ target: "f", known: ["f", "g"] });
  });

  it("shows the window the person moved to, at the resolution of the plot, and the automatic one when asked back", async () => {
    const { session, engine, last } = begin("[x + x]");
    await session.read();
    await session.view({ x: [0, 1], y: [2, 3] }, { columns: 30, rows: 20 });
    expect(last("landscape")).toMatchObject({ window: { x: [0, 1], y: [2, 3] }, columns: 30, rows: 20 });
    await session.view(undefined, { columns: 30, rows: 20 });
    expect(engine.last("landscape").window).toBeUndefined();
  });

  it("loses neither run nor window when the plot says its size while the run is being computed", async () => {
    const { session, engine, last } = begin("[x + x]");
    let answerRun: () => void = () => undefined;
    engine.answers.descend = ({ objective, descent }) => new Promise((resolve) => { answerRun = () => resolve(runOf(objective, descent)); });
    const reading = session.read();
    await vi.advanceTimersByTimeAsync(1);
    await session.view({ x: [0, 1], y: [2, 3] }, { columns: 30, rows: 20 });
    answerRun();
    await reading;
    expect(last("run")?.objective).toBe(1);
    expect(engine.count("landscape")).toBe(1);
    expect(last("landscape")).toMatchObject({ columns: 30, rows: 20, window: { x: [0, 1], y: [2, 3] } });
  });

  it("samples at the size the plot had before there was anything to sample", async () => {
    const { session, last } = begin("[x + x]");
    await session.view(undefined, { columns: 30, rows: 20 });
    await session.read();
    expect(last("landscape")).toMatchObject({ columns: 30, rows: 20 });
  });

  it("shows the run of the newest start, however fast it is dragged", async () => {
    const { session, engine, last } = begin("[x + x]");
    await session.read();
    const answers: (() => void)[] = [];
    engine.answers.descend = ({ objective, descent }) => new Promise((resolve) => answers.push(() => resolve(runOf(objective, descent))));
    const { descent } = last("source").intent;
    const first = session.descend({ ...descent, start: [1, 1] });
    const second = session.descend({ ...descent, start: [2, 2] });
    answers[1]?.();
    await second;
    answers[0]?.();
    await first;
    expect([...(last("run")?.iterates ?? [])]).toEqual([2, 2]);
  });

  it("says in a sentence that a computation was stopped, takes the run away, and recovers with the next one", async () => {
    const { session, engine, last, marks } = begin("[x + x]");
    await session.read();
    engine.answers.descend = () => Promise.reject(new WireError("timeout", "late"));
    await session.descend(last("source").intent.descent);
    expect(last("source").problems).toMatchObject([{ code: "E109", message: "This did not finish within 5 seconds, so it was stopped.", range }]);
    expect(last("run")).toBeNull();
    expect(marks.get("file:///notes.md")).toHaveLength(1);
    engine.answers = {};
    await session.descend(last("source").intent.descent);
    expect(last("source").problems).toEqual([]);
    expect(last("run")?.objective).toBe(1);
    expect(marks.get("file:///notes.md")).toEqual([]);
  });

  it("says at the text that it took too long to read", async () => {
    const { session, engine, last } = begin("ab [x + x]");
    engine.answers.open = () => Promise.reject(new WireError("timeout", "late"));
    await session.read();
    expect(last("source")).toMatchObject({ objective: null, problems: [{ code: "E109", range: { start: { line: 0, character: 3 }, end: { line: 0, character: 8 } } }] });
  });

  it("says of the function that it took too long to read, where the function is", async () => {
    const { session, engine, last } = begin("ab [x + x]");
    engine.answers.open = () => Promise.reject(new WireError("timeout", "late"));
    engine.answers.locate = () => Promise.resolve({ readAs: { language: "typescript", target: "endless" }, range });
    await session.read();
    expect(last("source")).toMatchObject({ label: "notes.md · endless", problems: [{ code: "E109", range }] });
  });

  it("is busy from the beginning, under the name of its file", () => {
    const { session, last } = begin("[x + x]");
    session.showAll();
    expect(last("source")).toMatchObject({ busy: true, label: "notes.md", problems: [], objective: null });
  });

  it("passes on the engine's sentence where the settings make no sense", async () => {
    const { session, engine, last } = begin("[x + x]");
    engine.answers.descend = () => Promise.reject(new WireError("invalid", "The learning rate must be above 0."));
    await session.read();
    expect(last("source").problems[0]?.message).toBe("The learning rate must be above 0.");
  });

  it("shows no stack trace where Downhill itself fails", async () => {
    const { session, engine, last } = begin("[x + x]");
    engine.answers.open = () => Promise.reject(new WireError("failed", "x is undefined"));
    await session.read();
    expect(last("source").problems[0]).toMatchObject({ code: "E199", severity: "error" });
    expect(last("source").problems[0]?.message).not.toMatch(/\bat .*:\d+/);
  });

  it("says so where the file is gone", async () => {
    const { session, document, last } = begin("[x + x]", { restored: true });
    document.now = undefined;
    await session.read();
    expect(last("source")).toMatchObject({ objective: null, busy: false, problems: [{ code: "E121" }] });
    expect(last("source").problems[0]?.message).toContain("notes.md");
  });

  it("stops computing when told to, and shows what it has", async () => {
    const { session, engine, last } = begin("[x + x]");
    engine.answers.open = () => new Promise(() => undefined);
    void session.read();
    await vi.advanceTimersByTimeAsync(1);
    expect(last("source").busy).toBe(true);
    session.cancel();
    expect(last("source").busy).toBe(false);
  });

  it("clears its marks in the editor and reads no more once it is over", async () => {
    const { session, engine, type, paused, marks } = begin("[bad x]");
    await session.read();
    expect(marks.get("file:///notes.md")).toEqual([problem]);
    type(0, 0, "z");
    session.dispose();
    await paused();
    expect(marks.get("file:///notes.md")).toEqual([]);
    expect(engine.count("open")).toBe(1);
  });
});

describe("the check of the gradient", () => {
  const quiet = (): Promise<unknown> => vi.advanceTimersByTimeAsync(400);

  it("comes after the picture, once nothing else is asked, and once for an objective", async () => {
    const { session, engine, last } = begin("[x + x]");
    await session.read();
    expect(engine.count("check")).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await session.view(undefined, { columns: 10, rows: 10 });
    await vi.advanceTimersByTimeAsync(200);
    expect(engine.count("check")).toBe(0);
    await quiet();
    expect(last("check")).toEqual(checkOf(1));
    await session.descend(last("source").intent.descent);
    await quiet();
    expect(engine.count("check")).toBe(1);
  });

  it("gives way to the next edit: what it would have said is not said", async () => {
    const { session, engine, shown, type, paused } = begin("[x + x]");
    let finish: (check: CheckSnapshot) => void = () => undefined;
    engine.answers.check = () => new Promise((resolve) => { finish = resolve; });
    await session.read();
    await quiet();
    expect(engine.count("check")).toBe(1);
    type(1, 0, " ");
    await paused();
    finish(checkOf(1));
    await vi.advanceTimersByTimeAsync(10);
    expect(shown.filter(({ name }) => name === "check")).toEqual([]);
    await quiet();
    expect(engine.last("check")).toEqual({ objective: 2 });
  });

  it("that fails is no problem of the text's", async () => {
    const { session, engine, last } = begin("[x + x]");
    engine.answers.check = async () => { throw new WireError("timeout", "It took too long."); };
    await session.read();
    await quiet();
    expect(last("check")).toMatchObject({ objective: 1, verdict: "unchecked", reason: "time" });
    expect(last("source").problems).toEqual([]);
  });
});

describe("what was chosen to vary", () => {
  it("is kept, goes with every reading, and asks for a new view and rate", async () => {
    const { session, engine, remembered, last, type, paused } = begin("[x + x]");
    await session.read();
    await session.view({ x: [0, 1], y: [0, 1] }, { columns: 10, rows: 10 });
    const choice = { roles: { x0: "data" as const } };
    await session.choose(choice);
    expect(engine.last("open")).toMatchObject({ choice });
    expect(last("source").intent).toMatchObject({ choice });
    expect(last("source").intent.window).toBeUndefined();
    expect(engine.count("suggest")).toBe(2);
    expect(remembered.at(-1)).toMatchObject({ choice });
    type(1, 0, " ");
    await paused();
    expect(engine.last("open")).toMatchObject({ choice });
  });

  it("leaves the starts of the coordinates that stay", async () => {
    const { session, engine, last } = begin("[x + x]", { descent: { start: [3, 4] } });
    await session.read();
    engine.answers.open = async ({ id }) => ({ ok: true, readAs: { language: "math" }, objective: { ...objectiveOf(id, 2), coordinates: ["x1", "other"] } });
    await session.choose({ roles: { x0: "data" } });
    expect(last("source").intent.descent.start).toEqual([4, 0]);
  });

  it("and the gradient as code is of what is shown", async () => {
    const { session, engine } = begin("[x + x]");
    await expect(session.code("python")).rejects.toThrow("no function");
    await session.read();
    expect(await session.code("python")).toEqual({ ok: true, code: "the gradient in python" });
    expect(engine.last("code")).toEqual({ objective: 1, dialect: "python" });
  });
});

describe("questions about the function on screen", () => {
  it("are passed on to the engine, and answered", async () => {
    const { session, engine } = begin("[x + x]");
    await session.read();
    expect(await session.ask("hessian", { objective: 1 }, new AbortController().signal)).toEqual([["2", "0"], ["0", "2"]]);
    expect(engine.last("hessian")).toEqual({ objective: 1 });
  });

  it("are not answered of a function that is gone", async () => {
    const { session, engine, type, paused } = begin("[x + x]");
    await session.read();
    type(1, 0, "x");
    await paused();
    await expect(session.ask("steps", { objective: 1, coordinate: 0 }, new AbortController().signal)).rejects.toMatchObject({ code: "superseded" });
    expect(engine.count("steps")).toBe(0);
  });

  it("that are taken back are not asked", async () => {
    const { session, engine } = begin("[x + x]");
    await session.read();
    await expect(session.ask("stationary", { objective: 1, window: [[0, 1], [0, 1]] }, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(engine.count("stationary")).toBe(0);
  });
});

it("tells the panel of a suggested rate that it may not have heard of, being busy with a change of its own", async () => {
  const { session, last } = begin("f = [xx]");
  await session.read();
  await session.descend({ ...defaultDescent(defaultSettings), method: "adam", learningRate: 0.25 });
  expect(last("source").intent.descent.learningRate).toBe(0.5);
  // Sent before the panel had heard of 0.5.
  await session.descend({ ...defaultDescent(defaultSettings), method: "adam", learningRate: 0.25, clip: { norm: 1 } });
  expect(last("source").intent.descent).toMatchObject({ learningRate: 0.5, clip: { norm: 1 } });
});

describe("a run that takes its time", () => {
  /** Begins it; `told` tells how far it is, `ended` ends it. */
  async function longRun() {
    const begun = begin("f = [xx]");
    const { session, engine, last } = begun;
    const led: { following?: Following<RunSnapshot>; end?: (run: RunSnapshot) => void; signal?: AbortSignal } = {};
    engine.longRun = ({ objective, descent }, signal, following) => new Promise((resolve, reject) => {
      Object.assign(led, { following, signal, end: () => resolve({ ...runOf(objective, descent), iterations: 9 }) });
      signal?.addEventListener("abort", () => reject(new WireError("cancelled", "cancelled")));
    });
    const reading = session.read();
    while (!led.following) await vi.advanceTimersByTimeAsync(1);
    const told = (iterations: number): void => led.following?.onProgress?.({
      ...runOf(1, defaultDescent(defaultSettings)), iterations, progress: { of: 10, secondsLeft: 1, paused: led.following.steering?.wish === "pause" },
    });
    return { ...begun, led, told, reading, run: () => last("run") };
  }

  it("is shown as far as it is, with the landscape it runs over, and the person can go on", async () => {
    const { told, reading, run, engine, session } = await longRun();
    told(3);
    await reading;
    expect(run()).toMatchObject({ iterations: 3, progress: { of: 10, paused: false } });
    expect(engine.count("landscape")).toBe(1);
    expect(session.source.busy).toBe(false);
  });

  it("pauses, and goes on, and says so at once", async () => {
    const { told, run, session, led } = await longRun();
    told(3);
    session.steer("pause");
    expect(led.following?.steering?.wish).toBe("pause");
    expect(run()).toMatchObject({ iterations: 3, progress: { paused: true } });
    session.steer("go");
    expect(run()).toMatchObject({ progress: { paused: false } });
  });

  it("that is stopped ends where it is, and is kept", async () => {
    const { told, run, session, led } = await longRun();
    told(3);
    session.cancel();
    expect(led.following?.steering?.wish).toBe("finish");
    expect(led.signal?.aborted).toBe(false);
    led.end?.(runOf(1, defaultDescent(defaultSettings)));
    await vi.advanceTimersByTimeAsync(1);
    expect(run()).toMatchObject({ iterations: 9 });
    expect(run()?.progress).toBeUndefined();
  });

  it("gives way to another, and is no longer said to run", async () => {
    const { told, run, session, led, engine } = await longRun();
    told(3);
    engine.longRun = undefined;
    await session.descend({ ...defaultDescent(defaultSettings), learningRate: 0.5, ownRate: true });
    expect(led.signal?.aborted).toBe(true);
    expect(run()).toMatchObject({ iterations: 0 });
    told(4);
    expect(run()).toMatchObject({ iterations: 0 });
  });

  it("has nothing to pause before it is shown, and stops altogether", async () => {
    const { session, led } = await longRun();
    session.steer("pause");
    expect(led.following?.steering?.wish).toBe("go");
    session.cancel();
    expect(led.signal?.aborted).toBe(true);
  });
});
