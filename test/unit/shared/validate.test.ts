import { describe, expect, it } from "vitest";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import type { PanelIntent } from "../../../src/shared/intent";
import { restoredDisplay, restoredIntent, webviewChecks } from "../../../src/shared/validate";

const intent: PanelIntent = {
  version: 1,
  mode: "descend",
  source: { uri: "file:///loss.ts", language: "typescript", target: "loss", selection: { start: 3, end: 9 } },
  descent: {
    ...defaultDescent(defaultSettings), start: [1, -2],
    schedule: { kind: "cosine", settings: { tMax: 50, etaMin: 0 } }, clip: { norm: 2 }, stop: { valueChange: 1e-9, targetValue: -3, seconds: 10 },
    batch: { dataset: "xs", size: 4, seed: 9, shuffle: false },
  },
  choice: { roles: { b: "data", xs: "variable" }, values: { b: 0.5, ys: [1, 2] } },
  window: { x: [-1, 1], y: [0, 2] },
};

/** The intent with one entry changed, by path. */
function changed(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(intent);
  const keys = path.split(".");
  const last = keys.pop();
  const place = keys.reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  (place as Record<string, unknown>)[last ?? ""] = value;
  return copy;
}

describe("a restored intent", () => {
  it("comes back as it was persisted, through JSON too", () => {
    expect(restoredIntent(JSON.parse(JSON.stringify(intent)))).toEqual({ ok: true, value: intent });
  });

  it("needs neither a start, nor a window, nor a target", () => {
    const { window: _, choice: ____, ...rest } = intent;
    const { start: __, schedule: _s, clip: _c, stop: _r, batch: _b, ...descent } = intent.descent;
    const { target: ___, ...source } = intent.source;
    expect(restoredIntent({ ...rest, descent, source }).ok).toBe(true);
  });

  it("drops what it does not know", () => {
    expect(restoredIntent({ ...intent, results: [1, 2, 3] })).toEqual({ ok: true, value: intent });
  });

  it.each([
    ["version", 2], ["version", undefined], ["mode", "fly"], ["source.uri", 7], ["source.language", "cobol"],
    ["source.selection", { start: 9, end: 3 }], ["source.selection", { start: -1, end: 3 }], ["source.selection", null],
    ["descent.method", "magic"], ["descent.lineSearch", "magic"], ["descent.learningRate", NaN], ["descent.learningRate", "0.1"],
    ["descent.maxIterations", 1.5], ["descent.maxIterations", 1e9], ["descent.gradientNorm", -1],
    ["descent.start", [1, Infinity]], ["descent.start", "[1, 2]"], ["descent.parameters", { beta1: "0.9" }],
    ["descent.parameters", [0.9]],
    ["descent.schedule", { kind: "multistep", settings: {} }], ["descent.schedule.settings", { tMax: "50" }], ["descent.schedule", "cosine"],
    ["descent.clip", { norm: 0 }], ["descent.clip", { value: -1 }], ["descent.stop", { seconds: -1 }], ["descent.stop.targetValue", NaN],
    ["descent.batch.size", 0], ["descent.batch.seed", -1], ["descent.batch.seed", 0.5], ["descent.batch.dataset", 3], ["descent.batch.shuffle", 1], ["window.x", [1, 1]], ["window.x", [0, 1, 2]], ["window.y", [0]], ["window", 3],
    ["choice.roles", { b: "constant" }], ["choice.roles", ["data"]], ["choice.values", { b: "1" }], ["choice.values", { b: [NaN] }],
    ["choice.values", { b: Array<number>(65).fill(0) }],
  ])("is refused where %s is %j", (path, value) => {
    const result = restoredIntent(changed(path, value));
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problem).toContain(path);
  });

  it.each([[undefined], [null], ["text"], [[]], [42]])("is refused where it is %j", (value) => {
    expect(restoredIntent(value).ok).toBe(false);
  });
});

describe("what a webview says", () => {
  it("is taken where it is well formed", () => {
    expect(webviewChecks.ready({})).toEqual({ ok: true, value: {} });
    expect(webviewChecks.ready({ restored: intent })).toEqual({ ok: true, value: { restored: intent } });
    expect(webviewChecks.descend({ descent: intent.descent }).ok).toBe(true);
    const searching = { ...intent.descent, lineSearch: "armijo" };
    expect(webviewChecks.descend({ descent: searching })).toEqual({ ok: true, value: { descent: searching } });
    expect(webviewChecks.view({ columns: 100, rows: 1 })).toEqual({ ok: true, value: { columns: 100, rows: 1 } });
    expect(webviewChecks.evaluate({ x: [1, 2] }).ok).toBe(true);
    expect(webviewChecks.reveal({ range: { start: { line: 0, character: 1 }, end: { line: 2, character: 0 } } }).ok).toBe(true);
    expect(webviewChecks.cancel(null).ok).toBe(true);
    expect(webviewChecks.choose({ choice: { roles: { w: "data" } }, edit: 3 })).toEqual({ ok: true, value: { choice: { roles: { w: "data" } }, edit: 3 } });
    expect(webviewChecks.code({ dialect: "python" }).ok).toBe(true);
    expect(webviewChecks.copy({ text: "x" }).ok).toBe(true);
  });

  it("is refused where it asks for what there is not", () => {
    expect(webviewChecks.code({ dialect: "fortran" }).ok).toBe(false);
    expect(webviewChecks.choose({ choice: {} }).ok).toBe(false);
    expect(webviewChecks.copy({ text: 7 }).ok).toBe(false);
  });

  it("is ready even with a state that cannot be read", () => {
    expect(webviewChecks.ready({ restored: { version: 99 } })).toEqual({ ok: true, value: {} });
  });

  it.each([
    ["descend", { descent: { method: "gd" } }], ["view", { columns: 1e6, rows: 10 }], ["view", { columns: 10 }],
    ["evaluate", { x: [1, "2"] }], ["evaluate", { x: [null] }], ["evaluate", null], ["reveal", { range: { start: 1, end: 2 } }],
    ["cancel", "everything"], ["ready", "yes"],
  ] as const)("is refused where %s carries %j", (name, body) => {
    expect(webviewChecks[name](body).ok).toBe(false);
  });
});

describe("how the panel was looked at", () => {
  it("comes back as it was kept", () => {
    expect(restoredDisplay({ size: 150, marks: false })).toEqual({ ok: true, value: { size: 150, marks: false } });
  });

  it.each([[undefined], [{ size: 110, marks: true }], [{ size: "150", marks: true }], [{ size: 150 }]])("is not guessed from %j", (value) => {
    expect(restoredDisplay(value).ok).toBe(false);
  });
});

describe("questions about a function", () => {
  it("pass with what they ask for, and nothing else", () => {
    expect(webviewChecks.steps({ objective: 3, coordinate: 1, more: "x" })).toEqual({ ok: true, value: { objective: 3, coordinate: 1 } });
    expect(webviewChecks.quotients({ objective: 3, coordinate: 0, x: [1, 2] }).ok).toBe(true);
    expect(webviewChecks.stationary({ objective: 3, window: [[-1, 1], [0, 2]] }).ok).toBe(true);
  });

  it.each([
    ["steps", { objective: 3, coordinate: -1 }], ["hessian", { objective: "3" }], ["sweep", null], ["quotients", { objective: 3, coordinate: 0, x: [NaN] }],
    ["stationary", { objective: 3, window: [[1, 1]] }], ["stationary", { objective: 3, window: [[0, 1], [0, 1], [0, 1]] }], ["display", { display: { size: 3, marks: true } }],
  ] as const)("are refused where %s is asked with %j", (name, body) => {
    expect(webviewChecks[name](body).ok).toBe(false);
  });
});

describe("experiments", () => {
  const about = { objective: 3, descent: intent.descent };
  const race = { ...about, entrants: [{ method: "gd", parameters: {}, learningRate: 0.1 }, { method: "bfgs", parameters: { c1: 1e-4 } }], budget: { kind: "gradients", count: 100 } };
  const range = { from: 1e-5, to: 10, count: 13 };
  const rates = { ...about, rates: { kind: "random", ...range, seed: 7 }, spending: "halving" };
  const outcomes = { ...about, rates: range, parameter: "momentum", settings: [0, 0.9] };
  const basins = { ...about, window: [[-1, 1], [0, 2]], scatter: { kind: "grid", side: 20 } };

  it.each([["race", race], ["race", { ...race, commonRate: 0.1 }], ["rates", rates], ["outcomes", outcomes], ["basins", basins], ["basins", { ...basins, scatter: { kind: "random", count: 9, seed: 1 } }]] as const)(
    "pass as they are: %s", (name, body) => {
      expect(webviewChecks[name](body)).toEqual({ ok: true, value: body });
    });

  it.each([
    ["race", { ...race, entrants: [{ method: "magic", parameters: {} }] }], ["race", { ...race, entrants: Array(13).fill(race.entrants[0]) }],
    ["race", { ...race, budget: { kind: "seconds", count: 1 } }], ["race", { ...race, budget: { kind: "gradients", count: 0 } }], ["race", { ...race, commonRate: NaN }],
    ["rates", { ...rates, rates: { kind: "grid", from: 0, to: 1, count: 3 } }], ["rates", { ...rates, rates: { ...rates.rates, count: 1e6 } }], ["rates", { ...rates, spending: "none" }],
    ["outcomes", { ...outcomes, settings: ["0.9"] }], ["outcomes", { ...outcomes, rates: { ...range, from: 20 } }], ["outcomes", { objective: 3 }],
    ["basins", { ...basins, scatter: { kind: "grid", side: 1000 } }], ["basins", { ...basins, scatter: { kind: "random", count: 9, seed: -1 } }], ["basins", { ...basins, window: [[1, 0]] }],
  ] as const)("are refused where %s asks for what makes no sense: %j", (name, body) => {
    expect(webviewChecks[name](body).ok).toBe(false);
  });
});
