import { MessageChannel, Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../../../../scripts/lib/paths.mjs";
import { compile, printGradient, readProgram } from "../../../../src/core/index";
import { Rpc } from "../../../../src/shared/rpc";
import { portOver, runningThread } from "../../../../src/shared/runningWorker";
import type { RunningWorker } from "../../../../src/shared/runningWorker";
import { memberHandlers } from "../../../../src/worker/crew/memberHandlers";
import type { AskMember, MemberSays } from "../../../../src/worker/crew/voices";

export const engine = { readProgram, compile, printGradient };

/** The worker's own script, built as it is shipped. */
export function builtWorker(): { script: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "downhill-crew-"));
  const script = path.join(folder, "worker.js");
  buildSync({ entryPoints: [path.join(root, "src/worker/entry.node.ts")], outfile: script, bundle: true, platform: "node", format: "cjs", target: "node20" });
  return { script, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A thread as the crew starts them. */
export function thread(script: string): RunningWorker {
  return runningThread(new Worker(script, { env: {} }));
}

/** A member in this very thread, behind a real wire, that can be brought down. */
export function inThread() {
  const { port1, port2 } = new MessageChannel();
  const member = memberHandlers(engine);
  const rpc = new Rpc<MemberSays, AskMember>(portOver(port2), member);
  const ends: ((reason: string) => void)[] = [];
  const close = (): void => {
    rpc.dispose();
    port1.close();
  };
  const worker: RunningWorker = { port: portOver(port1), onEnd: (listener) => void ends.push(listener), terminate: close };
  return { worker, fall: () => { close(); ends.forEach((end) => end("it fell over")); } };
}

/** Lets a test see what is said to a worker: of requests and events the name, otherwise the kind of frame. */
export function overheard(worker: RunningWorker, hear: (said: string) => void): RunningWorker {
  const { port } = worker;
  return {
    ...worker,
    port: {
      ...port,
      post(message, transfer) {
        port.post(message, transfer);
        const { kind, name } = message as { kind: string; name?: string };
        hear(name ?? kind);
      },
    },
  };
}
