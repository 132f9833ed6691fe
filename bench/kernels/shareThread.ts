import { workerData } from "node:worker_threads";
import { ShareKernels } from "../../src/core/optimize/shares/shareKernels";
import { CommonMemory } from "../../src/worker/crew/commonMemory";
import { standBy } from "../../src/worker/crew/standBy";
import { networkObjective } from "./networkObjective";

/** The other thread of `inShares`: it computes shares of the network until that is over. */
const shares = standBy(CommonMemory.over(workerData as Parameters<typeof CommonMemory.over>[0]), new ShareKernels(networkObjective()));
while (!shares.next().done);
