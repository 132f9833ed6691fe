import { Worker } from "node:worker_threads";
import { availableParallelism } from "node:os";
import path from "node:path";
import { root } from "../scripts/lib/paths.mjs";
import { defaultDescent, defaultSettings } from "../src/shared/defaults";
import type { DescentIntent } from "../src/shared/intent";
import { Rpc } from "../src/shared/rpc";
import { runningThread } from "../src/shared/runningWorker";
import type { AskWorker, WorkerSays } from "../src/shared/voices";
import type { Bench } from "./run";

type Engine = Rpc<AskWorker, WorkerSays>;

const repetitions = 3;
const descent: DescentIntent = { ...defaultDescent(defaultSettings), learningRate: 0.01, maxIterations: 150 };

/** A logistic regression over so many rows: the longer they are, the more there is to do. */
function regression(rows: number): string {
  return `const n = ${rows};
const xs = Array.from({ length: n }, (_, i) => Math.sin(i * 12.9898) * 3);
const ys = xs.map((x, i) => (x + Math.sin(i * 78.233) > 0.5 ? 1 : 0));
export function loss(w: number, b: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const z = w * xs[i] + b;
    total += Math.log(1 + Math.exp(z)) - ys[i] * z;
  }
  return total / n;
}
`;
}

const sizes = [10, 100, 1000];
const grid = (id: number, engine: Engine) => engine.request("landscape", { objective: id, columns: 256, rows: 256 });
const work: [label: string, ask: (id: number, engine: Engine) => Promise<unknown>][] = [
  ["256² grid", grid],
  ["30 learning rates", (id, engine) => engine.request("rates", { objective: id, descent, rates: { kind: "grid", from: 1e-4, to: 10, count: 30 }, spending: "all" })],
  ["… narrowed down", (id, engine) => engine.request("rates", { objective: id, descent, rates: { kind: "grid", from: 1e-4, to: 10, count: 30 }, spending: "halving" })],
  ["map, 12 × 8", (id, engine) => engine.request("outcomes", {
    objective: id, descent: { ...descent, method: "momentum" }, rates: { from: 1e-3, to: 10, count: 12 }, parameter: "momentum", settings: [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99],
  })],
  ["basins, 10²", (id, engine) => engine.request("basins", { objective: id, descent: { ...descent, learningRate: 0.5 }, window: [[-3, 3], [-3, 3]], scatter: { kind: "grid", side: 10 } })],
  ["race of 6", (id, engine) => engine.request("race", {
    objective: id, descent, budget: { kind: "gradients", count: 400 },
    entrants: (["gd", "adam", "rprop", "radam", "adagrad", "nadam"] as const).map((method) => ({ method, parameters: {}, learningRate: 0.001 })),
  })],
];

/** What the machine makes of two threads just now: a loop in one, and each half of it in one of two. */
const loop = "require('node:worker_threads').parentPort.on('message', (turns) => { let sum = 0; for (let i = 0; i < turns; i++) sum += Math.sin(i); require('node:worker_threads').parentPort.postMessage(sum); })";
async function twoThreads(): Promise<string> {
  const threads = [0, 1].map(() => new Worker(loop, { eval: true }));
  const halves = (turns: number[]) => Promise.all(turns.map((count, k) => new Promise((resolve) => {
    threads[k]?.once("message", resolve);
    threads[k]?.postMessage(count);
  })));
  try {
    await halves([1e6, 1e6]);
    return await compared(() => halves([1e7]), () => halves([5e6, 5e6]));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** The worker as it is shipped, alone and with its crew, asked in turns: one row a task, a table a size. */
export async function run(): Promise<Bench> {
  const threads = [{ crew: 0 }, {}].map((workerData) => new Worker(path.join(root, "dist/worker.js"), { workerData, env: {} }));
  const [alone, together] = threads.map((thread): Engine => new Rpc(runningThread(thread).port, { serve: {}, hear: {} }));
  if (!alone || !together) throw new Error("There are two engines.");
  try {
    const tables = [];
    for (const [id, rows] of sizes.entries()) {
      const text = regression(rows);
      const target = text.indexOf("loss");
      for (const engine of [alone, together]) {
        const opened = await engine.request("open", { id, text, language: "typescript", selection: { start: target, end: target }, uri: "file:///loss.ts", modules: [] });
        if (!opened.ok) throw new Error(opened.diagnostics.map(({ message }) => message).join());
      }
      const first = await timed(() => grid(id, together));
      const measured = [];
      for (const [label, ask] of work) measured.push({ label, value: await compared(() => ask(id, alone), () => ask(id, together)) });
      tables.push({ name: `One worker and as many as cores (${availableParallelism()}): regression over ${rows} rows`, rows: [{ label: "first grid", value: `${first.toFixed(0)} ms, members not yet there` }, ...measured] });
    }
    return [{ name: "What two threads gain here at best", rows: [{ label: "a loop, its halves in two threads", value: await twoThreads() }] }, ...tables];
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function compared(one: () => Promise<unknown>, crew: () => Promise<unknown>): Promise<string> {
  const times: [number, number][] = [];
  for (let k = 0; k < repetitions; k++) times.push([await timed(one), await timed(crew)]);
  const median = (values: number[]): number => [...values].sort((a, b) => a - b)[repetitions >> 1] ?? NaN;
  const [alone, together] = [median(times.map(([a]) => a)), median(times.map(([, b]) => b))];
  return `${alone.toFixed(1)} ms alone, ${together.toFixed(1)} ms together: ${(alone / together).toFixed(2)} times as fast`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
