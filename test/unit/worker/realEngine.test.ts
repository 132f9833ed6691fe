import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import { compile, printGradient, readProgram } from "../../../src/core/index";
import type { Language } from "../../../src/core/source/program";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import type { ChoiceIntent } from "../../../src/shared/intent";
import type { OpenResult, RunSnapshot } from "../../../src/shared/protocol";
import { Rpc } from "../../../src/shared/rpc";
import { Steering } from "../../../src/shared/steering";
import type { AskWorker, WorkerSays } from "../../../src/shared/voices";
import { createHandlers } from "../../../src/worker/handlers";

/** The worker's handlers with the engine itself, asked over a real wire. */
const { port1, port2 } = new MessageChannel();
const portOver = (port: MessagePort) => ({
  post: (message: unknown, transfer?: readonly ArrayBuffer[]) => port.postMessage(message, transfer ? [...transfer] : []),
  onMessage(listener: (message: unknown) => void) {
    port.on("message", listener);
    return { dispose: () => void port.off("message", listener) };
  },
});
new Rpc<WorkerSays, AskWorker>(portOver(port2), { serve: createHandlers({ readProgram, compile, printGradient }), hear: {} });
const worker = new Rpc<AskWorker, WorkerSays>(portOver(port1), { serve: {}, hear: {} });
afterAll(() => port1.close());

let lastId = 0;
/** `«…»` marks the highlight, `¦` the cursor. */
function open(marked: string, language: Language, modules: [specifier: string, text: string][] = [], choice?: ChoiceIntent): Promise<OpenResult> {
  const text = marked.replace(/[«»¦]/g, "");
  const start = marked.search(/[«¦]/);
  const end = marked.includes("»") ? marked.indexOf("»") - 1 : start;
  const uri = "file:///a.ts";
  return worker.request("open", {
    id: ++lastId, text, language, selection: { start, end }, uri, ...(choice ? { choice } : {}),
    modules: modules.map(([specifier, module]) => ({ specifier, fromUri: uri, uri: `file:///${specifier}`, text: module })),
  });
}

async function opened(marked: string, language: Language, choice?: ChoiceIntent) {
  const result = await open(marked, language, [], choice);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join());
  return result;
}

const descent = { ...defaultDescent(defaultSettings), learningRate: 0.1 };

/** Twenty thousand rows: a gradient takes long enough for the run to be seen on its way. */
const slowly = `const rows = Array.from({ length: 20000 }, (_, k) => k / 20000);
export function ¦fit(a: number, b: number): number {
  let total = 0;
  for (const t of rows) total += (a * Math.sin(3 * t) + b * t - Math.cos(t)) ** 2;
  return total / rows.length;
}
`;

const program = `const data = [1, 2, 3];
// a bowl: «x^2 + 3 y^2»
export function loss(w: number, b: number): number {
  let total = 0;
  for (const t of data) total += (w * t + b - 2 * t) ** 2;
  ¦return total;
}
`;
const inFunction = program.replace(/[«»]/g, "");
const inComment = program.replace("¦", "");

describe("the engine behind the wire", () => {
  it("reads a highlighted formula, shows its gradient, descends to its minimum and samples its contours", async () => {
    const { objective, readAs } = await opened("The bowl «(x - 1)^2 + 2 (y + 3)^2» is round.", "math");
    expect(readAs).toEqual({ language: "math" });
    expect(objective).toMatchObject({ dimension: 2, coordinates: ["x", "y"] });
    expect(objective.formula?.gradient).toHaveLength(2);
    expect(objective.range).toEqual({ start: { line: 0, character: 9 }, end: { line: 0, character: 32 } });
    const { learningRate } = await worker.request("suggest", { objective: objective.id, descent });
    const run = await worker.request("descend", { objective: objective.id, descent: { ...descent, learningRate } });
    expect(run.status).toBe("converged");
    const [x = NaN, y = NaN] = run.iterates.slice(-2);
    expect(x).toBeCloseTo(1, 5);
    expect(y).toBeCloseTo(-3, 5);
    const landscape = await worker.request("landscape", { objective: objective.id, columns: 40, rows: 30, path: run.iterates });
    expect(landscape?.kind).toBe("contour");
    if (landscape?.kind === "contour") {
      expect(landscape.levels.length).toBeGreaterThan(3);
      expect(landscape.window.y[0]).toBeLessThan(-3);
    }
  });

  it("reads the TypeScript function around the cursor, and evaluates its gradient", async () => {
    const { objective, readAs } = await opened(inFunction, "typescript");
    expect(readAs).toEqual({ language: "typescript", target: "loss" });
    expect(objective.coordinates).toEqual(["w", "b"]);
    const { value, gradient } = await worker.request("evaluate", { objective: objective.id, x: [1, 0] });
    // Σ (t − 2t)² = 14; ∂/∂w = Σ 2·(−t)·t = −28; ∂/∂b = Σ 2·(−t) = −12
    expect(value).toBeCloseTo(14, 12);
    expect([...gradient]).toEqual([expect.closeTo(-28, 10), expect.closeTo(-12, 10)]);
  });

  it("reads the formula highlighted in a comment of a program", async () => {
    const { objective, readAs } = await opened(inComment, "typescript");
    expect(readAs.language).toBe("math");
    expect(objective.coordinates).toEqual(["x", "y"]);
  });

  it("reads a highlighted part of an expression as a formula, and a highlighted name as what it names", async () => {
    const text = "function f(x: number, y: number) { return «x ** 2 + y ** 2» + x; }";
    expect((await opened(text, "typescript")).readAs.language).toBe("math");
    const named = "function «f»(x: number, y: number) { return x ** 2 + y ** 2 + x; }";
    expect((await opened(named, "typescript")).readAs).toEqual({ language: "typescript", target: "f" });
  });

  it("draws one variable as a curve with its derivative, and more than two not at all", async () => {
    const { objective } = await opened("«t^2»", "math");
    const curve = await worker.request("landscape", { objective: objective.id, columns: 5, rows: 1, window: { x: [-2, 2], y: [0, 1] } });
    expect(curve).toMatchObject({ kind: "curve", x: [-2, 2], values: Float64Array.of(4, 1, 0, 1, 4) });
    if (curve?.kind === "curve") expect([...curve.derivatives].map((d) => d + 0)).toEqual([-4, -2, 0, 2, 4]);
    const { objective: three } = await opened("«a^2 + b^2 + c^2»", "math");
    expect(await worker.request("landscape", { objective: three.id, columns: 5, rows: 5 })).toBeNull();
  });
});

it("says where a function is without computing anything with it", async () => {
  const text = "function other() {}\nfunction f(x: number) {\n  while (x > -1) x += 1;\n  return x;\n}";
  const offset = text.indexOf("while");
  const request = { id: 999, text, language: "typescript" as const, selection: { start: offset, end: offset }, uri: "file:///a.ts", modules: [] };
  expect(await worker.request("locate", request)).toMatchObject({ readAs: { language: "typescript", target: "f" }, range: { start: { line: 1 }, end: { line: 4 } } });
  expect(await worker.request("locate", { ...request, language: "math", text: "", selection: { start: 0, end: 0 } })).toBeNull();
});

describe("what it refuses comes back as a sentence with a place", () => {
  it.each<[what: string, marked: string, language: Language]>([
    ["a broken formula", "«x^2 +»", "math"],
    ["prose", "Dear «diary, hello (»", "math"],
    ["nothing at all", "¦\n", "math"],
    ["a string", "function f(x: number) { ¦return `x = ${x}`; }", "typescript"],
    ["a file", "const fs = require('fs');\nfunction f(x) { ¦return x * fs.readFileSync('a').length; }", "javascript"],
    ["no parameters", "function f() { ¦return 3; }", "typescript"],
    ["no end", "function f(x: number) { ¦while (x * x >= 0) x += 1; return x; }", "typescript"],
    ["no function", "const a = 1;¦\n", "typescript"],
    ["a syntax error", "function f(x: number) { ¦return x +; }", "typescript"],
  ])("%s", async (_what, marked, language) => {
    const result = await open(marked, language);
    if (result.ok) throw new Error("was accepted");
    const [first] = result.diagnostics;
    expect(first?.code).toMatch(/^E\d{3}$/);
    expect(first?.message).toMatch(/^\S.*\.$/s);
    expect(first?.message).not.toMatch(/undefined|\[object|\n\s+at /);
    const lines = marked.split("\n").length;
    expect(first?.range.start.line).toBeLessThan(lines);
  });
});

describe("what to vary and what to hold", () => {
  const text = `const xs = [1, 2, 3], ys = [2, 4, 6];
function loss(w: number, b: number, xs: number[], ys: number[]) {
  let s = 0;
  for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2;
  ¦return s;
}
loss(0.5, 1, xs, ys);
`;

  it("is told of every parameter, with where its value came from", async () => {
    const { objective } = await opened(text, "typescript");
    expect(objective.parameters).toEqual([
      { name: "w", role: "variable", canChange: true, origin: "call", place: { start: { line: 6, character: 5 }, end: { line: 6, character: 8 } }, shape: [], values: [0.5] },
      { name: "b", role: "variable", canChange: true, origin: "call", place: { start: { line: 6, character: 10 }, end: { line: 6, character: 11 } }, shape: [], values: [1] },
      expect.objectContaining({ name: "xs", role: "data", canChange: true, shape: [3], values: [1, 2, 3] }),
      expect.objectContaining({ name: "ys", role: "data", origin: "call" }),
    ]);
  });

  it("follows the person: a variable that is held becomes data, where they put it", async () => {
    const { objective } = await opened(text, "typescript", { roles: { b: "data" }, values: { b: 0 } });
    expect(objective.coordinates).toEqual(["w"]);
    expect([...objective.start]).toEqual([0.5]);
    expect(objective.parameters?.[1]).toMatchObject({ name: "b", role: "data", origin: "panel", values: [0] });
    // Σ (w x − 2x)² at w = 0.5 is (1 + 4 + 9) · 2.25.
    expect(objective.atStart.value).toBeCloseTo(31.5, 12);
    expect(objective.startOrigin).toBe("call");
  });

  it("and data that are varied become unknowns", async () => {
    const { objective } = await opened(text, "typescript", { roles: { w: "data", b: "data", ys: "variable" } });
    expect(objective.coordinates).toEqual(["ys[0]", "ys[1]", "ys[2]"]);
    expect(objective.parameters?.map(({ role }) => role)).toEqual(["data", "data", "data", "variable"]);
  });

  it("prints the gradient of the function that was chosen, in the language that was", async () => {
    const { objective } = await opened(text, "typescript", { roles: { b: "data" } });
    const typescript = await worker.request("code", { objective: objective.id, dialect: "typescript" });
    expect(typescript).toMatchObject({ ok: true, code: expect.stringMatching(/function lossGradient[^]*for \(/) as string });
    expect(typescript.ok && typescript.code).toMatch(/: number \{/);
    expect(await worker.request("code", { objective: objective.id, dialect: "python" })).toMatchObject({ ok: true, code: expect.stringContaining("def loss_gradient") as string });
    const { objective: loop } = await opened("function f(x: number) { let s = x; while (s > 1) s = s / 2 + Math.sin(x); ¦return s; }", "typescript");
    expect(await worker.request("code", { objective: loop.id, dialect: "latex" })).toMatchObject({ ok: false, reason: expect.stringMatching(/\.$/) as string });
  });

  it.each([
    ["names that are gone count for nothing", { gone: "data" as const }, ["w", "b"]],
    ["the last variable is never taken away", { w: "data" as const, b: "data" as const }, ["w", "b"]],
    ["what changes nothing is as good as nothing", { w: "variable" as const, xs: "data" as const }, ["w", "b"]],
  ])("%s", async (_name, roles, coordinates) => {
    const { objective } = await opened(text, "typescript", { roles });
    expect(objective.coordinates).toEqual(coordinates);
    expect(objective.diagnostics).toEqual([]);
  });

  it("holds one variable of a formula where it was, and draws a curve over the other", async () => {
    const { objective } = await opened("«(x - 1)^2 + 2 y^2»", "math", { roles: { y: "data" } });
    expect(objective).toMatchObject({ dimension: 1, coordinates: ["x"] });
    expect(objective.parameters).toMatchObject([{ name: "x", role: "variable" }, { name: "y", role: "data", values: [1.5] }]);
    const moved = await opened("«(x - 1)^2 + 2 y^2»", "math", { roles: { y: "data" }, values: { y: 3 } });
    expect(moved.objective.atStart.value - objective.atStart.value).toBeCloseTo(2 * (9 - 1.5 ** 2), 12);
  });

  it("a function without parameters descends on what it reads from outside", async () => {
    const { objective } = await opened("class Line { m = 1; b = 0; private xs = [1, 2]; private ys = [2, 4]; cost() { let s = 0; for (let i = 0; i < 2; i++) s += (this.m * this.xs[i] + this.b - this.ys[i]) ** 2; ¦return s; } }\nconst line = new Line();", "typescript", { roles: { "this.xs": "data", "this.ys": "data" } });
    expect(objective.coordinates).toEqual(["this.m", "this.b"]);
    expect(objective.parameters).toMatchObject(["this.m", "this.xs", "this.b", "this.ys"].map((name) => ({ name, origin: "outer", role: /xs|ys/.test(name) ? "data" : "variable" })));
  });

  it("made-up data are remarked on until they are given", async () => {
    const unknown = "function cost(w: number, xs: number[], n: number[]) { ¦return xs.reduce((s, x) => s + (w - x) ** 2, 0) + n[0]; }";
    const madeUp = (result: Awaited<ReturnType<typeof opened>>): string[] => result.objective.diagnostics.filter(({ code }) => code === "W206").map(({ message }) => message);
    const roles = { w: "variable", xs: "data", n: "data" } as const;
    expect(madeUp(await opened(unknown, "typescript", { roles }))).toHaveLength(2);
    expect(madeUp(await opened(unknown, "typescript", { roles, values: { xs: [1, 2, 3] } }))).toEqual([expect.stringContaining('"n"')]);
  });
});

it("shows the piece of the text a warning is about", async () => {
  const { objective } = await opened("/** @start -1 */\nfunction f(x: number) {\n  const root = Math.sqrt(x);\n  ¦return root * x;\n}", "typescript");
  expect(objective.diagnostics.find(({ code }) => code === "W203")).toMatchObject({ range: { start: { line: 2 } }, excerpt: expect.stringContaining("Math.sqrt(x)") as string });
});

describe("a run that takes its time, behind the wire", () => {
  it("of ten million steps tells what it has been so far, lets others be answered, pauses, and ends where it is told to", async () => {
    const { objective } = await opened(slowly, "typescript");
    const steering = new Steering();
    const told: RunSnapshot[] = [];
    const running = worker.request("descend", { objective: objective.id, descent: { ...descent, learningRate: 1e-4, maxIterations: 10_000_000, gradientNorm: 0 } }, {
      steering, onProgress: (soFar) => told.push(soFar),
    });
    while (told.length < 2) expect((await worker.request("evaluate", { objective: objective.id, x: [1, 1] })).value).toBeGreaterThan(0);
    const [first, second] = told;
    expect(first?.progress).toMatchObject({ of: 10_000_000, paused: false });
    expect(first?.progress?.secondsLeft).toBeGreaterThan(0);
    expect(second?.iterations).toBeGreaterThan(first?.iterations ?? NaN);
    expect(second?.values[0]).toBe(objective.atStart.value);
    steering.set("pause");
    while (told.at(-1)?.progress?.paused !== true) await new Promise((resolve) => setTimeout(resolve, 5));
    const at = told.at(-1)?.iterations;
    steering.set("finish");
    const run = await running;
    expect(run).toMatchObject({ iterations: at, status: "cancelled", rule: "user" });
    expect(run.progress).toBeUndefined();
  });

  it("a million steps come back as evenly spread frames, few enough to be shown", async () => {
    const { objective } = await opened("«(1 - x)^2 + 100 (y - x^2)^2»", "math");
    const run = await worker.request("descend", { objective: objective.id, descent: { ...descent, learningRate: 1e-5, maxIterations: 1_000_000, gradientNorm: 0 } });
    expect(run.iterations).toBe(1_000_000);
    expect(run.values.length).toBeLessThanOrEqual(20_001);
    expect(run.values.length).toBe(Math.ceil(1_000_000 / run.every) + 1);
    const [x = NaN, y = NaN] = run.iterates.slice(-2);
    expect(run.values.at(-1)).toBe((await worker.request("evaluate", { objective: objective.id, x: [x, y] })).value);
  });
});
