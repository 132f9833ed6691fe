import { afterAll, afterEach, describe, expect, it } from "vitest";
import { coordinatePlane } from "../../../../src/core/landscape/plane";
import type { Objective } from "../../../../src/core/objective";
import { defaultDescent, defaultSettings } from "../../../../src/shared/defaults";
import type { ExperimentName, Experiments, OutcomesRequest } from "../../../../src/shared/experiments";
import type { DescentIntent } from "../../../../src/shared/intent";
import type { OpenRequest } from "../../../../src/shared/protocol";
import type { CallContext, RequestOf, ResponseOf } from "../../../../src/shared/rpc";
import type { RunningWorker } from "../../../../src/shared/runningWorker";
import { Steering } from "../../../../src/shared/steering";
import { Crew } from "../../../../src/worker/crew/crew";
import { planGrid } from "../../../../src/worker/gridRows";
import { createHandlers } from "../../../../src/worker/handlers";
import { compiled } from "../../optimize/testObjectives";
import { callContext } from "../../support/callContext";
import { builtWorker, engine, inThread, overheard, thread } from "./threads";

const built = builtWorker();
afterAll(() => built.remove());

const crews: Crew[] = [];
afterEach(() => crews.splice(0).forEach((crew) => crew.letGo()));

/** Called for anything that has a second task. */
const eager = { look: 0, word: 0, opening: 0, start: 0 };

function crewOf(size: number, startMember: () => RunningWorker, idleLimit?: number) {
  const problems: string[] = [];
  const crew = new Crew({ size, startMember, log: (line) => problems.push(line), worth: eager, ...(idleLimit === undefined ? {} : { idleLimit }) });
  return { crew, problems };
}

/** The first worker, with an objective that is open. */
async function first(text: string, crew?: Crew) {
  const handlers = createHandlers(engine, crew);
  const request: OpenRequest = { id: 1, text, language: "math", selection: { start: 0, end: text.length }, uri: "file:///a.md", modules: [] };
  const opened = await handlers.open(request, callContext());
  if (!opened.ok) throw new Error(opened.diagnostics.map(({ message }) => message).join());
  return handlers;
}

const ridge = "exp(sin(3 x) - y^2) / sqrt(1 + x^2) + log(1 + (x y)^2)";
const himmelblau = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
const descent: DescentIntent = { ...defaultDescent(defaultSettings), method: "momentum", parameters: { momentum: 0.5 }, learningRate: 0.003, maxIterations: 400, start: [0.5, 1] };
const rates = { from: 1e-4, to: 1, count: 30 };

type Asked = { [K in ExperimentName]: { name: K; request: RequestOf<Experiments[K]> } }[ExperimentName];
const sweep = { name: "rates", request: { objective: 1, descent, rates: { kind: "grid", ...rates }, spending: "all" } } as const;
const narrowing = { name: "rates", request: { objective: 1, descent, rates: { kind: "random", seed: 3, ...rates }, spending: "halving" } } as const;
const basins = { name: "basins", request: { objective: 1, descent, window: [[-6, 6], [-6, 6]] as [number, number][], scatter: { kind: "grid", side: 20 } } } as const;
const asked: [string, Asked][] = [
  ["a race by gradients", { name: "race", request: {
    objective: 1, descent, budget: { kind: "gradients", count: 300 },
    entrants: (["gd", "adam", "bfgs", "newton", "rprop", "cg"] as const).map((method) => ({ method, parameters: {} })),
  } }],
  ["a sweep", sweep],
  ["a sweep that narrows down", narrowing],
  ["a map of outcomes", { name: "outcomes", request: { objective: 1, descent, rates: { ...rates, count: 12 }, parameter: "momentum", settings: [0, 0.5, 0.9, 0.99] } }],
  ["basins", basins],
];

function ask<K extends ExperimentName>(handlers: ReturnType<typeof createHandlers>, { name, request }: { name: K; request: RequestOf<Experiments[K]> }, context = callContext()) {
  const handler: (body: RequestOf<Experiments[K]>, context: CallContext<unknown>) => Promise<ResponseOf<Experiments[K]>> | ResponseOf<Experiments[K]> = handlers[name];
  return handler(request, context);
}

describe.each([0, 1, 3])("with %i others", { timeout: 60_000 }, (size) => {
  let said = 0;
  const { crew, problems } = crewOf(size, () => overheard(thread(built.script), (name) => { if (name === "work") said++; }));
  afterAll(() => crew.letGo());

  it.each(asked)("%s is what it is alone, to the last bit", async (_, experiment) => {
    said = 0;
    const together = await ask(await first(himmelblau, crew), experiment);
    expect(together).toEqual(await ask(await first(himmelblau), experiment));
    // Nothing was handed back, so what was given to others was done by them.
    expect(problems).toEqual([]);
    expect(said > 0).toBe(size > 0);
  });

  it("a landscape is what it is alone, to the last bit", async () => {
    said = 0;
    const request = { objective: 1, columns: 131, rows: 97, start: [-3, 2] };
    const together = await (await first(ridge, crew)).landscape(request, callContext());
    expect(together).toEqual(await (await first(ridge)).landscape(request, callContext()));
    expect(problems).toEqual([]);
    expect(said > 0).toBe(size > 0);
  });
});

describe("a crew", { timeout: 60_000 }, () => {
  it.each([
    ["at its first word", "prepare"],
    ["at work", "work"],
  ])("loses nothing where one falls over %s", async (_, when) => {
    const { crew, problems } = crewOf(2, () => {
      const { worker, fall } = inThread();
      return overheard(worker, (name) => { if (name === when) fall(); });
    });
    crews.push(crew);
    expect(await ask(await first(himmelblau, crew), narrowing)).toEqual(await ask(await first(himmelblau), narrowing));
    expect(problems).toContain("One of the crew ended: it fell over");
  });

  it("does itself what the others cannot do", async () => {
    const { crew, problems } = crewOf(1, () => {
      const { worker } = inThread();
      // It never hears what it is to be about.
      return { ...worker, port: { ...worker.port, post: (message, transfer) => {
        if ((message as { name?: string }).name !== "prepare") worker.port.post(message, transfer);
      } } };
    });
    crews.push(crew);
    expect(await ask(await first(himmelblau, crew), sweep)).toEqual(await ask(await first(himmelblau), sweep));
    expect(problems[0]).toContain("Objective 1 is not prepared.");
  });

  it("says of settings that make no sense what is wrong with them", async () => {
    const { crew } = crewOf(1, () => inThread().worker);
    crews.push(crew);
    const nonsense: { name: "outcomes"; request: OutcomesRequest } = { name: "outcomes", request: { objective: 1, descent, rates, parameter: "beta1", settings: [0.9, 0.99] } };
    await expect(ask(await first(himmelblau, crew), nonsense)).rejects.toMatchObject({ code: "invalid" });
  });

  it("is told to stop, and to forget, when nobody waits any more", async () => {
    const controller = new AbortController();
    const said: string[] = [];
    const { crew, problems } = crewOf(1, () => overheard(thread(built.script), (name) => {
      said.push(name);
      if (name === "work") controller.abort();
    }));
    crews.push(crew);
    await expect(ask(await first(himmelblau, crew), basins, { ...callContext(), signal: controller.signal })).rejects.toMatchObject({ code: "cancelled" });
    expect(said.slice(0, 2)).toEqual(["prepare", "work"]);
    expect(said.filter((name) => name === "cancel")).toHaveLength(said.filter((name) => name === "work").length);
    expect(said.at(-1)).toBe("over");
    expect(problems).toEqual([]);
  });

  it("rests while the person wants it to, and comes to the same end", async () => {
    const steering = new Steering();
    const said: string[] = [];
    const { crew } = crewOf(1, () => overheard(thread(built.script), (name) => {
      said.push(name);
      if (name === "work" && steering.wish === "go" && !said.includes("steer")) steering.set("pause");
      else if (name === "steer" && steering.wish === "pause") setTimeout(() => steering.set("go"), 20);
    }));
    crews.push(crew);
    expect(await ask(await first(himmelblau, crew), basins, { ...callContext(), steering })).toEqual(await ask(await first(himmelblau), basins));
    expect(said.filter((name) => name === "steer").length).toBeGreaterThanOrEqual(2);
  });

  it("is let go after a while without work, and called again", async () => {
    let started = 0;
    const gone: (() => void)[] = [];
    const { crew } = crewOf(1, () => {
      started++;
      const { worker } = inThread();
      return { ...worker, terminate: () => { worker.terminate(); gone.forEach((tell) => tell()); } };
    }, 5);
    crews.push(crew);
    const handlers = await first(himmelblau, crew);
    const letGo = new Promise<void>((resolve) => gone.push(resolve));
    await ask(handlers, sweep);
    await letGo;
    await ask(handlers, sweep);
    expect(started).toBe(2);
  });

  it("is not called where each copy of the data would be too much", async () => {
    let started = 0;
    const { crew } = crewOf(7, () => {
      started++;
      return inThread().worker;
    });
    crews.push(crew);
    const objective = Object.create(compiled(himmelblau, [0, 0]), { dataBytes: { value: 2 ** 27 } }) as Objective;
    const rows = planGrid(coordinatePlane(objective.start, { x: [-5, 5], y: [-5, 5] }), 64, 64);
    const request: OpenRequest = { id: 1, text: himmelblau, language: "math", selection: { start: 0, end: himmelblau.length }, uri: "file:///a.md", modules: [] };
    await crew.carryOut(request, objective, "rows", rows, callContext());
    expect(started).toBe(2);
  });
});
