import { Deadline } from "./deadline";
import { Steering } from "./steering";
import type { Wish } from "./steering";
import { frameOf, WireError } from "./wire";
import type { Disposable, Frame, Port } from "./wire";

export type RequestOf<Entry> = Entry extends { request: infer Request } ? Request : never;
export type ResponseOf<Entry> = Entry extends { response: infer Response } ? Response : never;
/** What a long request tells on its way; most have nothing to tell. */
export type ProgressOf<Entry> = Entry extends { progress: infer Progress } ? Progress : never;

/** What one end may say: the requests it makes (by name: `{ request, response }`, where it is long `progress`) and the events it sends (by name). */
export interface Voice {
  requests: object;
  events: object;
}

/** Travels with a request to its handler. */
export interface CallContext<Progress = never> {
  /** Fires when the caller has given up; what the handler answers then is dropped. */
  readonly signal: AbortSignal;
  /** Whether to go on, to pause, or to answer with what there is. */
  readonly steering: Steering;
  /** Tells the caller how far it is. */
  readonly tell: (progress: Progress, transfer?: readonly ArrayBuffer[]) => void;
  /** Buffers of the answer to hand over rather than copy. Push only what nobody on this side reads again. */
  readonly transfer: ArrayBuffer[];
}

export type Handlers<Requests> = {
  [K in keyof Requests]:
    (body: RequestOf<Requests[K]>, context: CallContext<ProgressOf<Requests[K]>>) => ResponseOf<Requests[K]> | Promise<ResponseOf<Requests[K]>>;
};

export type Listeners<Events> = { [K in keyof Events]: (body: Events[K]) => void };

export type Checked<T> = { ok: true; value: T } | { ok: false; problem: string };

/** Turns what arrived into what the handler expects, or says what is wrong with it. */
export type Checks<Requests> = {
  [K in keyof Requests]: (body: unknown) => Checked<RequestOf<Requests[K]>>;
};

export interface RpcOptions<Hears extends Voice> {
  /** Answers to the requests of the other end. */
  serve: Handlers<Hears["requests"]>;
  /** What to do on the events of the other end. */
  hear: Listeners<Hears["events"]>;
  /** Needed where the other end is not to be trusted (a webview). */
  checks?: Checks<Hears["requests"]>;
  /** Milliseconds before a request is given up; 0 or absent: never. */
  timeout?: number;
  /** Told of messages nobody can answer for: no frame, unknown event, second reply, a listener that threw. */
  onProblem?: (problem: string) => void;
}

/** How a long request is followed and led. */
export interface Following<Progress> {
  /** Told how far the other end is. Each sign of life from there begins the timeout anew. */
  onProgress?: (progress: Progress) => void;
  /** Lets the other end pause, go on, or answer with what it has. While it pauses, there is no timeout. */
  steering?: Steering;
}

export interface RequestOptions<Progress = never> extends Following<Progress> {
  /** Gives the request up at once. */
  signal?: AbortSignal;
  /** Tells the other end that it may stop, and waits for its word: for those who must know whether it is free again. */
  stop?: AbortSignal;
  /** Overrides the wire's own. */
  timeout?: number;
  /** Gives up earlier requests of this kind, which then fail with "superseded". */
  supersede?: boolean;
  transfer?: readonly ArrayBuffer[];
}

type Name<M> = keyof M & string;

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

/** A request of the other end's that is being answered. */
interface Call {
  readonly controller: AbortController;
  readonly steering: Steering;
}

/**
 * One end of a wire. `Says` is what this end may say, `Hears` what the other end may; the two ends are each other's mirror:
 * `Rpc<HostSays, WebviewSays>` talks to `Rpc<WebviewSays, HostSays>`. Every request settles exactly once.
 */
export class Rpc<Says extends Voice, Hears extends Voice> implements Disposable {
  private readonly pending = new Map<number, Pending>();
  /** Requests we gave up: their replies are expected, and dropped. */
  private readonly abandoned = new Set<number>();
  private readonly serving = new Map<number, Call>();
  private readonly subscription: Disposable;
  private nextId = 1;
  private disposed = false;

  constructor(private readonly port: Port, private readonly options: RpcOptions<Hears>) {
    this.subscription = port.onMessage((message) => this.receive(message));
  }

  request<K extends Name<Says["requests"]>>(
    name: K,
    body: RequestOf<Says["requests"][K]>,
    options: RequestOptions<ProgressOf<Says["requests"][K]>> = {},
  ): Promise<ResponseOf<Says["requests"][K]>> {
    if (this.disposed) return Promise.reject(new WireError("disposed", `"${name}" was asked of a closed wire.`));
    const cancelled = (): WireError => new WireError("cancelled", `"${name}" was cancelled.`);
    if (options.signal?.aborted || options.stop?.aborted) return Promise.reject(cancelled());
    if (options.supersede) this.supersede(name);
    const id = this.nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      const { signal, stop, steering, onProgress } = options;
      const onAbort = (): void => this.abandon(id, cancelled());
      const onStop = (): void => this.post({ kind: "cancel", id });
      signal?.addEventListener("abort", onAbort, { once: true });
      stop?.addEventListener("abort", onStop, { once: true });
      const limit = options.timeout ?? this.options.timeout ?? 0;
      const deadline = new Deadline(limit, () => this.abandon(id, new WireError("timeout", `"${name}" was not answered within ${limit} ms.`)));
      const stopSteering = steering?.onChange((wish) => {
        this.post({ kind: "steer", id, wish });
        if (wish !== "pause") deadline.begin();
      });
      this.pending.set(id, {
        name, resolve, reject, deadline, steering,
        // What is told under this name has this type, as has the answer.
        onProgress: onProgress as ((progress: unknown) => void) | undefined,
        release: () => {
          deadline.rest();
          stopSteering?.();
          signal?.removeEventListener("abort", onAbort);
          stop?.removeEventListener("abort", onStop);
        },
      });
      try {
        this.port.post({ kind: "request", id, name, body } satisfies Frame, options.transfer);
        if (steering && steering.wish !== "go") this.post({ kind: "steer", id, wish: steering.wish });
      } catch (error) {
        this.settle(id)?.reject(new WireError("failed", messageOf(error)));
      }
    });
    // Both ends are compiled against one contract, so what comes back under this name has this type.
    return answer as Promise<ResponseOf<Says["requests"][K]>>;
  }

  /** After `dispose` nothing is sent, so a late computation need not ask whether anyone is still there. */
  emit<K extends Name<Says["events"]>>(name: K, body: Says["events"][K], transfer?: readonly ArrayBuffer[]): void {
    if (!this.disposed) this.port.post({ kind: "event", name, body } satisfies Frame, transfer);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.subscription.dispose();
    for (const { controller } of this.serving.values()) controller.abort();
    for (const [id, { name }] of [...this.pending]) {
      this.settle(id)?.reject(new WireError("disposed", `The wire was closed before "${name}" was answered.`));
    }
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
    this.post({ kind: "cancel", id });
  }

  private post(frame: Frame, transfer?: readonly ArrayBuffer[]): void {
    if (!this.disposed) this.port.post(frame, transfer);
  }

  /** Takes a request off the books; whoever gets it here is the only one who may resolve or reject it. */
  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) return undefined;
    this.pending.delete(id);
    pending.release();
    return pending;
  }

  private receive(message: unknown): void {
    if (this.disposed) return;
    const frame = frameOf(message);
    // Whoever computes in pieces is alive if anything is heard from there, be it the answer to another request.
    for (const { onProgress, deadline } of this.pending.values()) if (onProgress) deadline.renew();
    switch (frame?.kind) {
      case undefined: this.report("A message arrived that is not one of ours."); break;
      case "request": void this.serve(frame.id, frame.name, frame.body); break;
      case "cancel": this.cancel(frame.id); break;
      case "steer": this.steer(frame.id, frame.wish); break;
      case "progress": this.takeProgress(frame.id, frame.body); break;
      case "held": this.takeHeld(frame.id); break;
      case "event": this.hear(frame.name, frame.body); break;
      case "reply": this.takeReply(frame); break;
    }
  }

  private takeReply(frame: Frame & { kind: "reply" }): void {
    const pending = this.settle(frame.id);
    if (!pending) {
      if (!this.abandoned.delete(frame.id)) this.report(`Request ${frame.id} was answered, but is not waiting for an answer.`);
    } else if (frame.ok) pending.resolve(frame.body);
    else pending.reject(new WireError(frame.error.code, frame.error.message));
  }

  private takeProgress(id: number, body: unknown): void {
    const onProgress = this.pending.get(id)?.onProgress;
    if (onProgress) this.guarded("the progress of a request", () => onProgress(body));
  }

  private takeHeld(id: number): void {
    const pending = this.pending.get(id);
    if (pending?.steering?.wish === "pause") pending.deadline.rest();
  }

  /** Answered at once, whatever the handler does about it: the asker learns that this end listens again. */
  private cancel(id: number): void {
    const call = this.serving.get(id);
    if (!call) return;
    this.serving.delete(id);
    call.controller.abort();
    this.refuse(id, new WireError("cancelled", "The request was cancelled."));
  }

  private steer(id: number, wish: Wish): void {
    const call = this.serving.get(id);
    call?.steering.set(wish);
    if (call && wish === "pause") this.post({ kind: "held", id });
  }

  private async serve(id: number, name: string, body: unknown): Promise<void> {
    const handler = ownFunction(this.options.serve, name);
    if (!handler) {
      this.refuse(id, new WireError("unknown", `Nothing here answers "${name}".`));
      return;
    }
    const check = ownFunction(this.options.checks, name);
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
      if (isWaitedFor()) this.post({ kind: "progress", id, body: progress }, moved);
    };
    this.serving.set(id, call);
    try {
      const answer = await handler(checked.value, { signal, steering, transfer, tell } satisfies CallContext<unknown>);
      if (isWaitedFor()) this.post({ kind: "reply", id, ok: true, body: answer }, transfer);
    } catch (error) {
      // Also reached when the answer cannot be cloned: the caller must hear of that too.
      if (isWaitedFor()) this.refuse(id, error);
    } finally {
      this.serving.delete(id);
    }
  }

  private refuse(id: number, error: unknown): void {
    const code = error instanceof WireError ? error.code : "failed";
    this.post({ kind: "reply", id, ok: false, error: { code, message: messageOf(error) } });
  }

  private hear(name: string, body: unknown): void {
    const listener = ownFunction(this.options.hear, name);
    if (!listener) {
      this.report(`Nothing here listens to "${name}".`);
      return;
    }
    this.guarded(`"${name}"`, () => void listener(body));
  }

  private guarded(what: string, listen: () => void): void {
    try {
      listen();
    } catch (error) {
      this.report(`Listening to ${what} failed: ${messageOf(error)}`);
    }
  }

  private report(problem: string): void {
    this.options.onProblem?.(problem);
  }
}

/** The boundary where a name off the wire meets a typed table; only the table's own entries count ("constructor" is none). */
function ownFunction(table: object | undefined, name: string): ((...args: unknown[]) => unknown) | undefined {
  if (table === undefined || !Object.hasOwn(table, name)) return undefined;
  const entry = (table as Record<string, unknown>)[name];
  return typeof entry === "function" ? (entry as (...args: unknown[]) => unknown) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
