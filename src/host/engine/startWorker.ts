import { Worker } from "node:worker_threads";
import { runningThread } from "../../shared/runningWorker";
import type { RunningWorker } from "../../shared/runningWorker";

/** The Node side of the seam: a thread of the extension host's process, reached through its message port. */
export function startWorker(script: string): RunningWorker {
  const worker = new Worker(script, { name: "downhill", env: {} });
  // A thread must not keep the editor from closing.
  worker.unref();
  return runningThread(worker);
}
