import { parentPort } from "node:worker_threads";
import { compile, printGradient, readProgram } from "../core/index";
import { Rpc } from "../shared/rpc";
import type { AskWorker, WorkerSays } from "../shared/voices";
import { createHandlers } from "./handlers";

const port = parentPort;
if (!port) throw new Error("The engine runs in a worker thread.");

new Rpc<WorkerSays, AskWorker>({
  post: (message, transfer) => port.postMessage(message, transfer ? [...transfer] : []),
  onMessage(listener) {
    port.on("message", listener);
    return { dispose: () => void port.off("message", listener) };
  },
}, {
  serve: createHandlers({ readProgram, compile, printGradient }),
  hear: {},
  onProblem: (problem) => console.error(problem),
});
