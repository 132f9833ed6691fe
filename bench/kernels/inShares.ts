import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import path from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { compile, printGradient, readProgram } from "../../src/core/index";
import { inShares } from "../../src/core/optimize/shares/inShares";
import { ShareKernels } from "../../src/core/optimize/shares/shareKernels";
import type { OpenRequest } from "../../src/shared/protocol";
import { runningThread } from "../../src/shared/runningWorker";
import { Steering } from "../../src/shared/steering";
import { Crew } from "../../src/worker/crew/crew";
import { objectiveOf } from "../../src/worker/openObjective";
import { networkArguments } from "../engine/data";
import { median, time } from "../engine/measure";
import { textOf } from "../engine/source";
import type { Table } from "../run";

/** Milliseconds until the other thread is called, has started, and tried to be of use; beside what reading takes it. */
const coming = 1500;
const measuring = 500;

/** The network with its numbers in the text, for another thread to read it too. */
function networkText(): string {
  const names = ["W1", "b1", "W2", "b2", "X", "Y"];
  const data = networkArguments(784, 100, 10, 64).map((numbers, k) => `const ${names[k] ?? ""} = ${JSON.stringify(numbers)};`);
  return `${textOf("bench/programs/network.ts")}
${data.join("\n")}
function loss(W1: number[][], b1: number[], W2: number[][], b2: number[]): number { return network(W1, b1, W2, b2, X, Y); }
loss(W1, b1, W2, b2);
`;
}

/** Value and gradient of the network in shares, as a long descent has them: by one thread, and by two, whose bits are the same. */
export async function networkInShares(): Promise<Table> {
  const { alone, together } = await measured();
  return {
    name: "The network in two shares of the batch",
    rows: [{ label: "one thread", value: time(alone) }, { label: "two threads", value: `${time(together)}, ${(alone / together).toFixed(2)} times as fast` }],
  };
}

async function measured(): Promise<{ alone: number; together: number }> {
  const text = networkText();
  const start = text.indexOf("function loss") + "function ".length;
  const request: OpenRequest = { id: 1, text, language: "typescript", selection: { start, end: start }, uri: "file:///network.ts", modules: [] };
  const began = performance.now();
  const objective = objectiveOf(request, { readProgram, compile, printGradient });
  const reading = performance.now() - began;
  const kernels = new ShareKernels(objective);
  const gradient = new Float64Array(objective.dimension);
  const evaluations = async (shared: ReturnType<typeof inShares>, milliseconds: number): Promise<number> => {
    const times: number[] = [];
    for (const end = performance.now() + milliseconds; performance.now() < end;) {
      const began = performance.now();
      shared.valueAndGradient(objective.start, gradient);
      times.push((performance.now() - began) * 1e6);
      // The other thread is started and spoken to in between.
      if (times.length % 16 === 0) await wait(0);
    }
    return median(times);
  };
  const crew = new Crew({ size: 1, startMember: () => runningThread(new Worker(path.join(root, "dist/worker.js"), { env: {} })), log: (line) => console.error(line) });
  try {
    const sole = inShares(objective, kernels);
    await evaluations(sole, measuring);
    return await crew.together(request, kernels, 0, { steering: new Steering() }, async (helpers) => {
      const shared = inShares(objective, kernels, helpers);
      await evaluations(shared, coming + 3 * reading);
      return { alone: await evaluations(sole, measuring), together: await evaluations(shared, measuring) };
    });
  } finally {
    crew.letGo();
  }
}
