import { describe, expect, it } from "vitest";
import type { Objective } from "../../../src/core/objective";
import { readMath } from "../../../src/core/source/math/readMath";
import type { OpenRequest, OpenResult, WorkerRequests } from "../../../src/shared/protocol";
import type { Handlers } from "../../../src/shared/rpc";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import { createHandlers } from "../../../src/worker/handlers";
import { callContext } from "../support/callContext";

/** f = x² + 4y², whatever the text says: the handlers are tested here, not the engine. */
const bowl = (overrides: Partial<Objective> = {}): Objective => ({
  name: "bowl", dimension: 2, coordinates: ["x", "y"], start: Float64Array.of(4, 4), startOrigin: "tag",
  value: ([x = NaN, y = NaN]) => x * x + 4 * y * y,
  gradient: ([x = NaN, y = NaN], out = new Float64Array(2)) => { out.set([2 * x, 8 * y]); return out; },
  valueAndGradient: ([x = NaN, y = NaN], out) => { out.set([2 * x, 8 * y]); return x * x + 4 * y * y; },
  hessian: (_x, out = new Float64Array(4)) => { out.set([2, 0, 0, 8]); return out; },
  hessianVector: (_x, [a = NaN, b = NaN], out = new Float64Array(2)) => { out.set([2 * a, 8 * b]); return out; },
  grid: ({ origin, u, v, s, t }, columns, rows, { from, to } = { from: 0, to: rows }) => Float64Array.from({ length: columns * (to - from) }, (_, k) => {
    const a = s[0] + ((s[1] - s[0]) * (k % columns)) / (columns - 1);
    const b = t[0] + ((t[1] - t[0]) * (from + Math.floor(k / columns))) / (rows - 1);
    const at = (i: number): number => (origin[i] ?? 0) + a * (u[i] ?? 0) + b * (v[i] ?? 0);
    return at(0) ** 2 + 4 * at(1) ** 2;
  }),
  warnings: [], ...overrides,
});

const open = (id: number, text = "x^2 + 4y^2"): OpenRequest =>
  ({ id, text, language: "math", selection: { start: 0, end: text.length }, uri: "file:///a.md", modules: [] });
const descent = { ...defaultDescent(defaultSettings), learningRate: 0.1 };

function handlers(objective: Objective = bowl()): Handlers<WorkerRequests> {
  return createHandlers({ readProgram: readMath, compile: () => objective, printGradient: (_program, name, dialect) => `${name} in ${dialect}` });
}

describe("opening", () => {
  it("tells all the panel shows of an objective", async () => {
    const result = await handlers(bowl({ noFormula: "Because.", backend: "wasm" })).open(open(7), callContext());
    expect(result).toMatchObject({
      ok: true, readAs: { language: "math" },
      objective: {
        id: 7, name: "bowl", dimension: 2, coordinates: ["x", "y"], startOrigin: "tag", noFormula: "Because.", backend: "wasm", diagnostics: [],
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 10 } }, atStart: { value: 80 },
      },
    });
    const { objective } = result as OpenResult & { ok: true };
    expect([...objective.start, ...objective.atStart.gradient]).toEqual([4, 4, 8, 32]);
  });

  it("answers what cannot be read with where and why", async () => {
    const result = await handlers().open(open(1, "x^2 +"), callContext());
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.diagnostics[0]).toMatchObject({ severity: "error", range: { start: { line: 0 } } });
  });

  it("refuses what has no unknowns", async () => {
    const result = await handlers(bowl({ dimension: 0, start: new Float64Array(0) })).open(open(1), callContext());
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: "E122" }], readAs: { language: "math" } });
  });

  it("shows no formula nobody could read", async () => {
    const long = { latex: () => "x+".repeat(5000), typescript: () => "", python: () => "", math: () => "" };
    const formula = { value: long, gradient: [long, long], hessian: () => [], steps: () => { throw new Error("not asked"); } };
    const result = await handlers(bowl({ formula })).open(open(1), callContext());
    expect(result).toMatchObject({ ok: true, objective: { noFormula: "The gradient has a formula, but one too long to be read." } });
  });

  it("shows a formula that is too long with the names that make it short", async () => {
    const print = (text: string) => ({ latex: () => text, typescript: () => "", python: () => "", math: () => "" });
    const long = print("x+".repeat(5000));
    const setOut = () => ({ value: print("s^2"), gradient: [print("2s"), print("0")], where: [{ name: print("s"), value: print("x") }] });
    const formula = { value: long, gradient: [long, long], hessian: () => [], steps: () => { throw new Error("not asked"); }, setOut };
    const result = await handlers(bowl({ formula })).open(open(1), callContext());
    const named = { value: "s^2", gradient: ["2s", "0"] };
    expect(result).toMatchObject({ ok: true, objective: { formula: { ...named, setOut: { ...named, where: [{ name: "s", value: "x" }] } } } });
  });

  it("keeps the objective before while a text is being mended, and forgets those long gone", async () => {
    const answer = handlers();
    for (let id = 1; id <= 6; id++) await answer.open(open(id), callContext());
    await answer.open(open(7, "x^2 +"), callContext());
    expect((await answer.evaluate({ objective: 6, x: [1, 1] }, callContext())).value).toBe(5);
    expect(() => answer.evaluate({ objective: 1, x: [1, 1] }, callContext())).toThrow("Objective 1 is not open.");
  });
});

describe("checking the gradient", () => {
  const agreed = { verdict: "agree", reverseForward: 1e-16, reverseDifference: 1e-11, detail: "They agree.", directions: 3 } as const;

  it("tells what the engine found, and along how many directions", async () => {
    const asked: (number | undefined)[] = [];
    const answer = handlers(bowl({ selfCheck: (directions) => { asked.push(directions); return agreed; } }));
    await answer.open(open(1), callContext());
    expect(await answer.check({ objective: 1 }, callContext())).toEqual({ objective: 1, ...agreed });
    expect(asked).toEqual([3]);
  });

  it("leaves functions alone whose values take so long that one would wait", async () => {
    const value = (): number => { const until = performance.now() + 20; while (performance.now() < until); return 1; };
    const answer = handlers(bowl({ value, selfCheck: () => { throw new Error("Nobody should ask."); } }));
    await answer.open(open(1), callContext());
    expect(await answer.check({ objective: 1 }, callContext())).toMatchObject({ verdict: "unchecked", reason: "time", directions: 0 });
  });

  it("says so where there is nothing to compare with", async () => {
    const answer = handlers();
    await answer.open(open(1), callContext());
    expect(await answer.check({ objective: 1 }, callContext())).toMatchObject({ verdict: "unchecked", detail: expect.stringContaining("nothing to compare") as string });
  });
});

describe("descending", () => {
  async function opened(objective?: Objective): Promise<Handlers<WorkerRequests>> {
    const answer = handlers(objective);
    await answer.open(open(1), callContext());
    return answer;
  }

  it("records the run from the objective's own start, and hands its arrays over", async () => {
    const answer = await opened();
    const call = callContext();
    const run = await answer.descend({ objective: 1, descent: { ...descent, maxIterations: 50 } }, call);
    expect(run).toMatchObject({ objective: 1, dimension: 2, iterations: 50, status: "exhausted" });
    expect([...run.iterates.slice(0, 4)]).toEqual([4, 4, 4 - 0.1 * 8, 4 - 0.1 * 32]);
    expect([...run.gradients.slice(0, 2)]).toEqual([8, 32]);
    expect(run.best.iteration).toBe(50);
    expect(new Set(call.transfer).size).toBe(5);
    expect(call.transfer).toContain(run.iterates.buffer);
  });

  it("never hands over the objective's own start", async () => {
    const objective = bowl();
    const answer = await opened(objective);
    const call = callContext();
    await answer.descend({ objective: 1, descent }, call);
    expect(call.transfer).not.toContain(objective.start.buffer);
  });

  it("starts where the person says, climbs when told to, and stops at the gradient norm", async () => {
    const answer = await opened();
    const climb = await answer.descend({ objective: 1, descent: { ...descent, maximize: true, start: [1, 0], maxIterations: 2 } }, callContext());
    expect([...climb.iterates]).toEqual([1, 0, 1.2, 0, 1.44, 0]);
    expect(climb.best).toEqual({ iteration: 2, value: climb.values[2] });
    const stopped = await answer.descend({ objective: 1, descent: { ...descent, start: [1e-9, 0] } }, callContext());
    expect(stopped).toMatchObject({ iterations: 0, status: "converged" });
  });

  it("says in a sentence what is wrong with settings that make no sense", async () => {
    const answer = await opened();
    await expect(answer.descend({ objective: 1, descent: { ...descent, learningRate: -1 } }, callContext())).rejects.toThrow(
      expect.objectContaining({ code: "invalid" }),
    );
  });

  it("suggests a learning rate that descends", async () => {
    const answer = await opened();
    const { learningRate } = await answer.suggest({ objective: 1, descent }, callContext());
    const run = await answer.descend({ objective: 1, descent: { ...descent, learningRate } }, callContext());
    expect(learningRate).toBeLessThan(2 / 8);
    expect(run.values[run.iterations]).toBeLessThan(1e-6);
  });

  it("samples the landscape about the start, the path and the minimum, or where the person looks", async () => {
    const answer = await opened();
    const landscape = await answer.landscape({ objective: 1, columns: 21, rows: 11, start: [5, -3] }, callContext());
    expect(landscape).toMatchObject({ kind: "contour", objective: 1, columns: 21, rows: 11 });
    if (landscape?.kind !== "contour") return;
    expect(landscape.values).toHaveLength(231);
    expect(landscape.window.x[1]).toBeGreaterThanOrEqual(5);
    expect(landscape.window.y[0]).toBeLessThanOrEqual(-3);
    expect(landscape.window.x[0]).toBeLessThan(0);
    expect(landscape.window.y[1]).toBeGreaterThan(0);
    const window = { x: [0, 1], y: [2, 3] } satisfies { x: [number, number]; y: [number, number] };
    const close = await answer.landscape({ objective: 1, columns: 2, rows: 2, window }, callContext());
    expect(close).toMatchObject({ window, values: Float64Array.of(16, 17, 36, 37) });
  });

  it("evaluates points of the right dimension only", async () => {
    const answer = await opened();
    expect(await answer.evaluate({ objective: 1, x: [1, 2] }, callContext())).toEqual({ value: 17, gradient: Float64Array.of(2, 16) });
    expect(() => answer.evaluate({ objective: 1, x: [1] }, callContext())).toThrow("2 coordinates");
  });
});
