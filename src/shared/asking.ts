import { Deadline } from "./deadline";
import type { RequestOptions } from "./rpc";
import type { Steering } from "./steering";
import { messageOf, WireError } from "./wire";
import type { Frame, Line } from "./wire";

interface Pending {
  readonly name: string;
  resolve(body: unknown): void;
  reject(error: WireError): void;
  readonly deadline: Deadline;
  readonly steering: Steering | undefined;
  readonly onProgress: ((progress: unknown) => void) | undefined;
  /** Releases all that would call it. */
  readonly release: () => void;
}

/** The requests of one end: each is settled once, by its answer or by being given up. */
export class Asking {
  private readonly pending = new Map<number, Pending>();
  /** Requests we gave up: their replies are expected, and dropped. */
  private readonly abandoned = new Set<number>();
  private nextId = 1;

  /** `timeout`: in milliseconds, where a request has none of its own; 0: never. */
  constructor(private readonly line: Line, private readonly timeout: number) {}

  request(name: string, body: unknown, options: RequestOptions<unknown>): Promise<unknown> {
    const cancelled = (): WireError => new WireError("cancelled", `"${name}" was cancelled.`);
    if (options.signal?.aborted || options.stop?.aborted) return Promise.reject(cancelled());
    if (options.supersede) this.supersede(name);
    const id = this.nextId++;
    return new Promise<unknown>((resolve, reject) => {
      const { signal, stop, steering, onProgress } = options;
      const onAbort = (): void => this.abandon(id, cancelled());
      const onStop = (): void => this.line.post({ kind: "cancel", id });
      signal?.addEventListener("abort", onAbort, { once: true });
      stop?.addEventListener("abort", onStop, { once: true });
      const limit = options.timeout ?? this.timeout;
      const deadline = new Deadline(limit, () => this.abandon(id, new WireError("timeout", `"${name}" was not answered within ${limit} ms.`)));
      const stopSteering = steering?.onChange((wish) => {
        this.line.post({ kind: "steer", id, wish });
        if (wish !== "pause") deadline.begin();
      });
      this.pending.set(id, {
        name, resolve, reject, deadline, steering, onProgress,
        release: () => {
          deadline.rest();
          stopSteering?.();
          signal?.removeEventListener("abort", onAbort);
          stop?.removeEventListener("abort", onStop);
        },
      });
      try {
        this.line.post({ kind: "request", id, name, body }, options.transfer);
        if (steering && steering.wish !== "go") this.line.post({ kind: "steer", id, wish: steering.wish });
      } catch (error) {
        this.settle(id)?.reject(new WireError("failed", messageOf(error)));
      }
    });
  }

  /** Gives all of them up: nobody answers any more. */
  close(): void {
    for (const [id, { name }] of [...this.pending]) {
      this.settle(id)?.reject(new WireError("disposed", `The wire was closed before "${name}" was answered.`));
    }
  }

  /** Whoever computes in pieces is alive if anything is heard from there, be it the answer to another request. */
  heard(): void {
    for (const { onProgress, deadline } of this.pending.values()) if (onProgress) deadline.renew();
  }

  private supersede(name: string): void {
    for (const [id, pending] of [...this.pending]) {
      if (pending.name === name) this.abandon(id, new WireError("superseded", `A newer "${name}" took its place.`));
    }
  }

  private abandon(id: number, error: WireError): void {
    const pending = this.settle(id);
    if (!pending) return;
    this.abandoned.add(id);
    pending.reject(error);
    this.line.post({ kind: "cancel", id });
  }

  /** Takes a request off the books; whoever gets it here is the only one who may resolve or reject it. */
  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) return undefined;
    this.pending.delete(id);
    pending.release();
    return pending;
  }

  takeReply(frame: Frame & { kind: "reply" }): void {
    const pending = this.settle(frame.id);
    if (!pending) {
      if (!this.abandoned.delete(frame.id)) this.line.report(`Request ${frame.id} was answered, but is not waiting for an answer.`);
    } else if (frame.ok) pending.resolve(frame.body);
    else pending.reject(new WireError(frame.error.code, frame.error.message));
  }

  takeProgress(id: number, body: unknown): void {
    const onProgress = this.pending.get(id)?.onProgress;
    if (onProgress) this.line.guarded("the progress of a request", () => onProgress(body));
  }

  takeHeld(id: number): void {
    const pending = this.pending.get(id);
    if (pending?.steering?.wish === "pause") pending.deadline.rest();
  }
}
