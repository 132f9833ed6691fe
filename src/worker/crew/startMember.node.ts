import { Worker } from "node:worker_threads";
import { runningThread } from "../../shared/runningWorker";
import type { RunningWorker } from "../../shared/runningWorker";

/** The Node side of the seam: a thread of this thread's, running the same script. It ends when this one does. */
export function startMember(): RunningWorker {
  return runningThread(new Worker(__filename, { name: "downhill crew", env: {} }));
}
