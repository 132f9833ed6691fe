import type { Port } from "./wire";

/** A worker that runs; `onEnd` tells of an end nobody asked for. */
export interface RunningWorker {
  port: Port;
  onEnd(listener: (reason: string) => void): void;
  terminate(): void;
}

/** What speaks as Node's message ports do. */
interface NodePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  off(event: "message", listener: (message: unknown) => void): unknown;
}

interface NodeThread extends NodePort {
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  terminate(): unknown;
}

export function portOver(port: NodePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer ? [...transfer] : []),
    onMessage(listener) {
      port.on("message", listener);
      return { dispose: () => void port.off("message", listener) };
    },
  };
}

/** A thread of Node's, reached through its message port. */
export function runningThread(thread: NodeThread): RunningWorker {
  return {
    port: portOver(thread),
    onEnd(listener) {
      thread.on("error", (error) => listener(error instanceof Error ? error.message : String(error)));
      thread.on("exit", (code) => listener(`exit code ${code}`));
    },
    terminate: () => void thread.terminate(),
  };
}
