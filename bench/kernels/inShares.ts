import { build } from "esbuild";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { cache, root } from "../../scripts/lib/paths.mjs";
import { inShares } from "../../src/core/optimize/shares/inShares";
import { ShareKernels } from "../../src/core/optimize/shares/shareKernels";
import { CommonMemory } from "../../src/worker/crew/commonMemory";
import { Team } from "../../src/worker/crew/team";
import { inTurn, time } from "../engine/measure";
import type { Table } from "../run";
import { networkObjective } from "./networkObjective";

/** Value and gradient of the network in shares of the batch, as a long descent has them: by one thread, and by two, whose bits are the same. */
export async function networkInShares(): Promise<Table> {
  const objective = networkObjective();
  const kernels = new ShareKernels(objective);
  const memory = CommonMemory.make(objective.dimension, 0);
  const other = await start(memory);
  try {
    for (const begin = performance.now(); memory.others === 0 && performance.now() - begin < 20_000;) await wait(20);
    const [x, gradient] = [objective.start, new Float64Array(objective.dimension)];
    // That others are worth asking is found out on the way, as in a descent.
    const shared = [inShares(objective, kernels), inShares(objective, kernels, new Team(memory, 0, () => undefined))];
    const [alone = NaN, together = NaN] = inTurn(shared.map((each) => (calls) => {
      let sum = 0;
      for (let k = 0; k < calls; k++) sum += each.valueAndGradient(x, gradient);
      return sum;
    }));
    const count = kernels.division()?.ranges.length ?? 1;
    return {
      name: `The network in ${count} shares of its batch`,
      rows: [{ label: "one thread", value: time(alone) }, { label: "two threads", value: `${time(together)}, ${(alone / together).toFixed(2)} times as fast` }],
    };
  } finally {
    memory.end();
    await other.terminate();
  }
}

async function start({ buffer, dimension, mostRows }: CommonMemory): Promise<Worker> {
  const outfile = path.join(cache, "bench/shareThread.mjs");
  await build({ entryPoints: [path.join(root, "bench/kernels/shareThread.ts")], outfile, bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", logLevel: "warning" });
  return new Worker(outfile, { workerData: { buffer, dimension, mostRows } });
}
