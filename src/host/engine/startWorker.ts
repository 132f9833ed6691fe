import { Worker } from "node:worker_threads";
import type { RunningWorker } from "./engineClient";

/** The Node side of the seam: a thread of the extension host's process, reached through its message port. */
export function startWorker(script: string): RunningWorker {
  const worker = new Worker(script, { name: "downhill", env: {} });
  // A thread must not keep the editor from closing.
  worker.unref();
  return {
    port: {
      post: (message, transfer) => worker.postMessage(message, transfer ? [...transfer] : []),
      onMessage(listener) {
        worker.on("message", listener);
        return { dispose: () => void worker.off("message", listener) };
      },
    },
    onEnd(listener) {
      worker.on("error", (error) => listener(error instanceof Error ? error.message : String(error)));
      worker.on("exit", (code) => listener(`exit code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
