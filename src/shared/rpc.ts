import { Answering } from "./answering";
import { Asking } from "./asking";
import type { Steering } from "./steering";
import { frameOf, messageOf, ownFunction, WireError } from "./wire";
import type { Disposable, Frame, Line, Port } from "./wire";

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

/**
 * One end of a wire. `Says` is what this end may say, `Hears` what the other end may; the two ends are each other's mirror:
 * `Rpc<HostSays, WebviewSays>` talks to `Rpc<WebviewSays, HostSays>`. Every request settles exactly once.
 */
export class Rpc<Says extends Voice, Hears extends Voice> implements Disposable {
  private readonly asking: Asking;
  private readonly answering: Answering;
  private readonly subscription: Disposable;
  private disposed = false;

  constructor(private readonly port: Port, private readonly options: RpcOptions<Hears>) {
    const line: Line = {
      post: (frame, transfer) => { if (!this.disposed) port.post(frame, transfer); },
      report: (problem) => this.report(problem),
      guarded: (what, listen) => this.guarded(what, listen),
    };
    this.asking = new Asking(line, options.timeout ?? 0);
    this.answering = new Answering(line, options.serve, options.checks);
    this.subscription = port.onMessage((message) => this.receive(message));
  }

  request<K extends Name<Says["requests"]>>(
    name: K,
    body: RequestOf<Says["requests"][K]>,
    options: RequestOptions<ProgressOf<Says["requests"][K]>> = {},
  ): Promise<ResponseOf<Says["requests"][K]>> {
    if (this.disposed) return Promise.reject(new WireError("disposed", `"${name}" was asked of a closed wire.`));
    // What is told under this name has this type, as has the answer.
    const answer = this.asking.request(name, body, options as RequestOptions<unknown>);
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
    this.answering.close();
    this.asking.close();
  }

  private receive(message: unknown): void {
    if (this.disposed) return;
    const frame = frameOf(message);
    this.asking.heard();
    switch (frame?.kind) {
      case undefined: this.report("A message arrived that is not one of ours."); break;
      case "request": void this.answering.serve(frame.id, frame.name, frame.body); break;
      case "cancel": this.answering.cancel(frame.id); break;
      case "steer": this.answering.steer(frame.id, frame.wish); break;
      case "progress": this.asking.takeProgress(frame.id, frame.body); break;
      case "held": this.asking.takeHeld(frame.id); break;
      case "event": this.hear(frame.name, frame.body); break;
      case "reply": this.asking.takeReply(frame); break;
    }
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
