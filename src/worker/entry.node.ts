import { availableParallelism } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { compile, printGradient, readProgram } from "../core/index";
import { Rpc } from "../shared/rpc";
import { portOver } from "../shared/runningWorker";
import type { AskWorker, WorkerSays } from "../shared/voices";
import { Crew } from "./crew/crew";
import { memberHandlers } from "./crew/memberHandlers";
import { startMember } from "./crew/startMember.node";
import type { AskMember } from "./crew/voices";
import { createHandlers } from "./handlers";

const port = parentPort;
if (!port) throw new Error("The engine runs in a worker thread.");

/** More than this share little but the memory. */
const largestCrew = 7;
const engine = { readProgram, compile, printGradient };
const log = (line: string): void => console.error(line);
const crew = new Crew({ size: wantedSize(workerData) ?? Math.min(largestCrew, availableParallelism() - 1), startMember, log });
// The same script is the first worker, whom the host asks, and the others, whom the first asks.
const asMember = memberHandlers(engine);

new Rpc<WorkerSays, { requests: AskWorker["requests"] & AskMember["requests"]; events: AskMember["events"] }>(portOver(port), {
  serve: { ...createHandlers(engine, crew), ...asMember.serve },
  hear: asMember.hear,
  onProblem: log,
});

/** Whoever starts the thread may say how many others it may have. */
function wantedSize(data: unknown): number | undefined {
  return typeof data === "object" && data !== null && "crew" in data && typeof data.crew === "number" ? data.crew : undefined;
}
