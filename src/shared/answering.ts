import type { CallContext, Checked } from "./rpc";
import { Steering } from "./steering";
import type { Wish } from "./steering";
import { messageOf, ownFunction, WireError } from "./wire";
import type { Line } from "./wire";

/** A request of the other end's that is being answered. */
interface Call {
  readonly controller: AbortController;
  readonly steering: Steering;
}

/** Answers the requests of the other end, by the handler that has their name. */
export class Answering {
  private readonly serving = new Map<number, Call>();

  constructor(private readonly line: Line, private readonly handlers: object, private readonly checks: object | undefined) {}

  /** Whoever asked is gone. */
  close(): void {
    for (const { controller } of this.serving.values()) controller.abort();
  }

  /** Answered at once, whatever the handler does about it: the asker learns that this end listens again. */
  cancel(id: number): void {
    const call = this.serving.get(id);
    if (!call) return;
    this.serving.delete(id);
    call.controller.abort();
    this.refuse(id, new WireError("cancelled", "The request was cancelled."));
  }

  steer(id: number, wish: Wish): void {
    const call = this.serving.get(id);
    call?.steering.set(wish);
    if (call && wish === "pause") this.line.post({ kind: "held", id });
  }

  async serve(id: number, name: string, body: unknown): Promise<void> {
    const handler = ownFunction(this.handlers, name);
    if (!handler) {
      this.refuse(id, new WireError("unknown", `Nothing here answers "${name}".`));
      return;
    }
    const check = ownFunction(this.checks, name);
    const checked = check ? (check(body) as Checked<unknown>) : { ok: true as const, value: body };
    if (!checked.ok) {
      this.refuse(id, new WireError("invalid", `"${name}" is malformed: ${checked.problem}`));
      return;
    }
    const call: Call = { controller: new AbortController(), steering: new Steering() };
    const { controller: { signal }, steering } = call;
    const transfer: ArrayBuffer[] = [];
    const isWaitedFor = (): boolean => this.serving.get(id) === call;
    const tell = (progress: unknown, moved?: readonly ArrayBuffer[]): void => {
      if (isWaitedFor()) this.line.post({ kind: "progress", id, body: progress }, moved);
    };
    this.serving.set(id, call);
    try {
      const answer = await handler(checked.value, { signal, steering, transfer, tell } satisfies CallContext<unknown>);
      if (isWaitedFor()) this.line.post({ kind: "reply", id, ok: true, body: answer }, transfer);
    } catch (error) {
      // Also reached when the answer cannot be cloned: the caller must hear of that too.
      if (isWaitedFor()) this.refuse(id, error);
    } finally {
      this.serving.delete(id);
    }
  }

  private refuse(id: number, error: unknown): void {
    const code = error instanceof WireError ? error.code : "failed";
    this.line.post({ kind: "reply", id, ok: false, error: { code, message: messageOf(error) } });
  }
}
