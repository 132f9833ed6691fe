import { MessageChannel, Worker } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { EngineClient } from "../../../src/host/engine/engineClient";
import type { EngineOptions } from "../../../src/host/engine/engineClient";
import type { OpenRequest, WorkerRequests } from "../../../src/shared/protocol";
import { Rpc } from "../../../src/shared/rpc";
import type { Handlers } from "../../../src/shared/rpc";
import type { RunningWorker } from "../../../src/shared/runningWorker";
import type { AskWorker, WorkerSays } from "../../../src/shared/voices";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import { Steering } from "../../../src/shared/steering";
import { WireError } from "../../../src/shared/wire";
import type { Port } from "../../../src/shared/wire";

const portOver = (port: MessagePort | Worker): Port => ({
  post: (message) => port.postMessage(message),
  onMessage(listener) {
    port.on("message", listener);
    return { dispose: () => void port.off("message", listener) };
  },
});

const open = (id: number, text = "x^2"): OpenRequest =>
  ({ id, text, language: "math", selection: { start: 0, end: text.length }, uri: "file:///a.md", modules: [] });

/** Workers in this very thread: each knows the objectives it was told of, and can be told to keep silent. */
function inThread(options: Partial<EngineOptions> = {}, silent: { open?: boolean; evaluate?: boolean } = {}) {
  const clients: EngineClient[] = [];
  const workers: { asked: string[]; terminated: boolean; end(reason: string): void }[] = [];
  const startWorker = (): RunningWorker => {
    const { port1, port2 } = new MessageChannel();
    const knows = new Set<number>();
    const ends: ((reason: string) => void)[] = [];
    const state = { asked: [] as string[], terminated: false, end: (reason: string) => ends.forEach((end) => end(reason)) };
    const never = <T>(): Promise<T> => new Promise(() => undefined);
    const serve: Handlers<WorkerRequests> = {
      imports: () => { state.asked.push("imports"); return { specifiers: [], files: [] }; },
      open: ({ id, text }) => {
        state.asked.push(`open ${id}`);
        if (text === "silent" || silent.open) return never();
        if (text === "bad") return { ok: false, diagnostics: [] };
        knows.add(id);
        return { ok: true, objective: { id } as never, readAs: { language: "math" } };
      },
      evaluate: ({ objective, x }) => {
        state.asked.push(`evaluate ${objective}`);
        if (x[0] === 99) return never();
        if (!knows.has(objective)) throw new Error(`unknown objective ${objective}`);
        return { value: x[0] ?? NaN, gradient: Float64Array.of(1) };
      },
      locate: never, suggest: never, descend: never, landscape: never, check: never, code: never,
      hessian: never, steps: never, sweep: never, quotients: never, stationary: never, minibatch: never, equations: never, race: never, rates: never, outcomes: never, basins: never,
    };
    const rpc = new Rpc<WorkerSays, AskWorker>(portOver(port2), { serve, hear: {} });
    workers.push(state);
    return {
      port: portOver(port1),
      onEnd: (listener) => void ends.push(listener),
      terminate: () => { state.terminated = true; rpc.dispose(); port1.close(); },
    };
  };
  const client = new EngineClient({ startWorker, timeLimit: () => 60, ...options });
  clients.push(client);
  opened.push(client);
  return { client, workers };
}

const opened: EngineClient[] = [];
afterEach(() => opened.splice(0).forEach((client) => client.dispose()));

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => "answered", (error: unknown) => (error instanceof WireError ? error.code : String(error)));

describe("the engine client", () => {
  it("starts no worker before it is asked, and one for many requests", async () => {
    const { client, workers } = inThread();
    expect(workers).toHaveLength(0);
    await client.request("open", open(1));
    expect((await client.request("evaluate", { objective: 1, x: [3] })).value).toBe(3);
    expect(workers).toHaveLength(1);
    expect(client.state).toEqual({ running: true, started: 1, killed: 0 });
  });

  it("kills a worker that does not answer in time, and gives the next one the last good source under its number", async () => {
    const { client, workers } = inThread();
    await client.request("open", open(1));
    expect(await codeOf(client.request("open", open(2, "silent")))).toBe("timeout");
    expect(workers[0]?.terminated).toBe(true);
    expect((await client.request("evaluate", { objective: 1, x: [5] })).value).toBe(5);
    expect(workers[1]?.asked).toEqual(["imports", "open 1", "evaluate 1"]);
    expect(client.state).toEqual({ running: true, started: 2, killed: 1 });
  });

  it("does not take a text that could not be read for the last good one", async () => {
    const { client, workers } = inThread();
    await client.request("open", open(1));
    await client.request("open", open(2, "bad"));
    expect(await codeOf(client.request("evaluate", { objective: 1, x: [99] }))).toBe("timeout");
    await client.request("evaluate", { objective: 1, x: [1] });
    expect(workers[1]?.asked).toContain("open 1");
  });

  it("counts computing against the time limit, not waiting for the one before", async () => {
    const { client } = inThread({ timeLimit: () => 100 });
    await client.request("open", open(1));
    const slow = codeOf(client.request("evaluate", { objective: 1, x: [99] }));
    const next = codeOf(client.request("evaluate", { objective: 1, x: [2] }));
    expect(await slow).toBe("timeout");
    expect(await next).toBe("answered");
  });

  it("replaces a worker that is stuck in what nobody waits for any more, before its time limit", async () => {
    const { client, workers } = inThread({ timeLimit: () => 60_000 });
    await client.request("open", open(1));
    const abandoned = new AbortController();
    const stuck = codeOf(client.request("evaluate", { objective: 1, x: [99] }, abandoned.signal));
    const next = client.request("evaluate", { objective: 1, x: [2] });
    while (!workers[0]?.asked.includes("evaluate 1")) await new Promise((resolve) => setTimeout(resolve, 1));
    abandoned.abort();
    expect((await next).value).toBe(2);
    expect(await stuck).toBe("cancelled");
    expect(workers[0].terminated).toBe(true);
  });

  it("never asks what was abandoned before its turn came", async () => {
    const { client, workers } = inThread();
    await client.request("open", open(1));
    expect(await codeOf(client.request("evaluate", { objective: 1, x: [1] }, AbortSignal.abort()))).toBe("cancelled");
    expect(workers[0]?.asked).toEqual(["imports", "open 1"]);
  });

  it("says that a computation failed when its worker fell over, and starts another", async () => {
    const { client, workers } = inThread();
    await client.request("open", open(1));
    const lost = codeOf(client.request("evaluate", { objective: 1, x: [99] }));
    while (!workers[0]?.asked.includes("evaluate 1")) await new Promise((resolve) => setTimeout(resolve, 1));
    workers[0].end("out of memory");
    expect(await lost).toBe("failed");
    expect((await client.request("evaluate", { objective: 1, x: [4] })).value).toBe(4);
    expect(client.state.started).toBe(2);
  });

  it("lets an idle worker go, and starts another when asked again", async () => {
    const { client, workers } = inThread({ idleLimit: 20 });
    await client.request("open", open(1));
    while (client.state.running) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(workers[0]?.terminated).toBe(true);
    expect((await client.request("evaluate", { objective: 1, x: [6] })).value).toBe(6);
  });

  it("cancels what waits when it is disposed, and answers nothing afterwards", async () => {
    const { client, workers } = inThread({ timeLimit: () => 60_000 });
    await client.request("open", open(1));
    const waiting = codeOf(client.request("evaluate", { objective: 1, x: [99] }));
    while (!workers[0]?.asked.includes("evaluate 1")) await new Promise((resolve) => setTimeout(resolve, 1));
    client.dispose();
    expect(await waiting).toBe("cancelled");
    expect(await codeOf(client.request("evaluate", { objective: 1, x: [1] }))).toBe("disposed");
    expect(workers).toHaveLength(1);
  });
});

describe("what is computed in pieces", () => {
  /** Counts for ever, a piece a turn; each piece takes as many milliseconds as the objective's number. */
  const script = `
    const { parentPort } = require("node:worker_threads");
    const spin = (ms) => { const until = Date.now() + ms; while (Date.now() < until); };
    const wishes = new Map();
    const stopped = new Set();
    parentPort.on("message", ({ kind, id, name, body, wish }) => {
      const reply = (answer) => parentPort.postMessage({ kind: "reply", id, ok: true, body: answer });
      if (kind === "steer") { wishes.set(id, wish); if (wish === "pause") parentPort.postMessage({ kind: "held", id }); return; }
      if (kind === "cancel") { stopped.add(id); parentPort.postMessage({ kind: "reply", id, ok: false, error: { code: "cancelled", message: "" } }); return; }
      if (name === "evaluate") { spin(body.x[0]); reply({ value: body.x[0], gradient: new Float64Array(1) }); return; }
      if (name !== "descend") { reply({ specifiers: [], files: [] }); return; }
      let n = 0;
      const turn = () => {
        if (stopped.has(id)) return;
        if (wishes.get(id) === "pause") { setTimeout(turn, 5); return; }
        if (wishes.get(id) === "finish") { reply({ iterations: n }); return; }
        spin(body.objective);
        parentPort.postMessage({ kind: "progress", id, body: ++n });
        setTimeout(turn, 1);
      };
      turn();
    });`;
  function inThreadOfItsOwn(timeLimit: number) {
    const startWorker = (): RunningWorker => {
      const worker = new Worker(script, { eval: true });
      return { port: portOver(worker), onEnd: (listener) => void worker.on("exit", (code) => listener(String(code))), terminate: () => void worker.terminate() };
    };
    const client = new EngineClient({ startWorker, timeLimit: () => timeLimit });
    opened.push(client);
    return client;
  }
  const run = (client: EngineClient, spin: number, steering: Steering, signal?: AbortSignal) => {
    let pieces = 0;
    const answer = client.request("descend", { objective: spin, descent: defaultDescent(defaultSettings) }, signal, { steering, onProgress: () => { pieces++; } });
    return { answer, pieces: () => pieces };
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it("lives longer than the time limit as long as it tells its progress, and others are answered beside it", async () => {
    const client = inThreadOfItsOwn(300);
    const steering = new Steering();
    const { answer, pieces } = run(client, 20, steering);
    const began = performance.now();
    await until(() => performance.now() - began > 2000 && pieces() > 3);
    expect((await client.request("evaluate", { objective: 1, x: [1] })).value).toBe(1);
    steering.set("finish");
    expect((await answer).iterations).toBeGreaterThan(3);
    expect(client.state).toEqual({ running: true, started: 1, killed: 0 });
  });

  it("may be paused for as long as one likes", async () => {
    const client = inThreadOfItsOwn(100);
    const steering = new Steering();
    const { answer, pieces } = run(client, 5, steering);
    await until(() => pieces() > 0);
    steering.set("pause");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    steering.set("finish");
    expect((await answer).iterations).toBeGreaterThan(0);
    expect(client.state.killed).toBe(0);
  });

  it("costs the worker its life where a piece does not end", async () => {
    const client = inThreadOfItsOwn(100);
    expect(await codeOf(run(client, 1e9, new Steering()).answer)).toBe("timeout");
    expect(client.state.killed).toBe(1);
  });

  it("is given up without costing the worker its life where it listens, and costs it where it does not", async () => {
    const client = inThreadOfItsOwn(60_000);
    const soon = new AbortController();
    const listening = run(client, 5, new Steering(), soon.signal);
    await until(() => listening.pieces() > 0);
    soon.abort();
    expect(await codeOf(listening.answer)).toBe("cancelled");
    const later = new AbortController();
    const deaf = run(client, 1e9, new Steering(), later.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    later.abort();
    expect(await codeOf(deaf.answer)).toBe("cancelled");
    expect(client.state).toEqual({ running: false, started: 1, killed: 1 });
  });
});

describe("a worker that cannot even start", () => {
  it("fails the request with the reason, and is tried again by the next one", async () => {
    let starts = 0;
    const startWorker = (): RunningWorker => {
      starts++;
      const worker = new Worker("throw new RangeError('no such engine')", { eval: true });
      return { port: portOver(worker), onEnd: (listener) => void worker.on("error", (error: Error) => listener(error.message)), terminate: () => void worker.terminate() };
    };
    const client = new EngineClient({ startWorker, timeLimit: () => 1000 });
    opened.push(client);
    await expect(client.request("open", open(1))).rejects.toThrow("the engine could not be started (no such engine).");
    await expect(client.request("open", open(1))).rejects.toThrow("could not be started");
    expect(starts).toBe(2);
  });
});

describe("a real thread", () => {
  it("that spins is killed within its time limit, and the next one answers", async () => {
    const script = `
      const { parentPort } = require("node:worker_threads");
      parentPort.on("message", ({ id, name, body }) => {
        if (name === "evaluate" && body.x[0] === 99) for (;;);
        parentPort.postMessage({ kind: "reply", id, ok: true, body: name === "evaluate" ? { value: 7, gradient: new Float64Array(1) } : { specifiers: [], files: [] } });
      });`;
    const startWorker = (): RunningWorker => {
      const worker = new Worker(script, { eval: true });
      return { port: portOver(worker), onEnd: (listener) => void worker.on("exit", (code) => listener(String(code))), terminate: () => void worker.terminate() };
    };
    const client = new EngineClient({ startWorker, timeLimit: () => 300 });
    opened.push(client);
    const began = performance.now();
    expect(await codeOf(client.request("evaluate", { objective: 1, x: [99] }))).toBe("timeout");
    expect((await client.request("evaluate", { objective: 1, x: [1] })).value).toBe(7);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(client.state).toEqual({ running: true, started: 2, killed: 1 });
  });
});
