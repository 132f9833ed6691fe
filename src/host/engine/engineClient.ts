import type { OpenRequest, WorkerRequests } from "../../shared/protocol";
import { Rpc } from "../../shared/rpc";
import type { Following, ProgressOf, RequestOf, ResponseOf } from "../../shared/rpc";
import type { RunningWorker } from "../../shared/runningWorker";
import type { AskWorker, WorkerSays } from "../../shared/voices";
import { WireError } from "../../shared/wire";
import type { Disposable } from "../../shared/wire";

export interface EngineOptions {
  startWorker: () => RunningWorker;
  /** Milliseconds a request may compute. Asked anew for each. */
  timeLimit: () => number;
  /** Milliseconds without requests after which the worker is let go; the next request starts another. */
  idleLimit?: number;
  log?: (line: string) => void;
}

/** What the session needs of the engine: an answer, or a WireError that says why there is none. */
export interface Engine {
  /** With `following`, what is long and computed in pieces: others are answered meanwhile. */
  request<K extends keyof WorkerRequests>(
    name: K,
    body: RequestOf<WorkerRequests[K]>,
    signal?: AbortSignal,
    following?: Following<ProgressOf<WorkerRequests[K]>>,
  ): Promise<ResponseOf<WorkerRequests[K]>>;
}

export interface EngineState {
  running: boolean;
  /** Workers started, and those killed because they did not answer. */
  started: number;
  killed: number;
}

/** Reading mathematics takes a worker this long to learn on the slowest machines; it is not the text's fault. */
const startLimit = 30_000;
/** How long a computation nobody waits for any more may still block those who do. */
const abandonedLimit = 1000;
/** Of two that share the worker, the one that holds it up is to run out of time first. */
const piecewiseAllowance = 1000;
const defaultIdleLimit = 120_000;

/**
 * Keeps one worker: starts it on first use, asks it one thing at a time beside what is computed in pieces, kills it when it does
 * not answer in time, and gives a fresh one the last source that could be read, under the same number, so that nobody above notices.
 */
export class EngineClient implements Engine, Disposable {
  readonly state: EngineState = { running: false, started: 0, killed: 0 };
  private current: { worker: RunningWorker; rpc: Rpc<AskWorker, WorkerSays>; knows: Set<number> } | undefined;
  private lastGood: OpenRequest | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  /** The request that has the worker for itself, until it is answered. */
  private inQueue: Promise<unknown> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(private readonly options: EngineOptions) {}

  /** Starts the worker ahead of its first request. */
  prewarm(): void {
    void this.inTurn(async () => { await this.worker(); }).catch((error: unknown) => this.log(`Could not start: ${String(error)}`));
  }

  request<K extends keyof WorkerRequests>(
    name: K,
    body: RequestOf<WorkerRequests[K]>,
    signal?: AbortSignal,
    following?: Following<ProgressOf<WorkerRequests[K]>>,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    return following ? this.askInPieces(name, body, signal, following) : this.inTurn(() => this.ask(name, body, signal));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.idle);
    this.letGo();
  }

  /** One at a time, so that the time limit counts computing and not waiting, and an abandoned computation can be told. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.keepingAwake(() => this.queue.then(task));
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** The worker is let go only when nothing has been asked of it for a while. */
  private keepingAwake<T>(task: () => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    this.waiting++;
    return task().finally(() => {
      if (--this.waiting === 0 && !this.disposed) this.idle = setTimeout(() => this.letGo(), this.options.idleLimit ?? defaultIdleLimit);
    });
  }

  /** Begun in turn, so that it is asked of a worker that knows what it speaks of; then beside the others. */
  private askInPieces<K extends keyof WorkerRequests>(
    name: K, body: RequestOf<WorkerRequests[K]>, signal: AbortSignal | undefined, following: Following<ProgressOf<WorkerRequests[K]>>,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    return this.keepingAwake(async () => {
      const rpc = await this.inTurn(() => this.ready(name, body, signal));
      const timeout = this.options.timeLimit() + piecewiseAllowance;
      return this.abandonable(name, signal, () => this.inQueue, () => rpc.request(name, body, { ...following, timeout, ...(signal ? { stop: signal } : {}) }));
    });
  }

  private async ask<K extends keyof WorkerRequests>(
    name: K, body: RequestOf<WorkerRequests[K]>, signal: AbortSignal | undefined,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    const rpc = await this.ready(name, body, signal);
    // The signal is not given to the wire: it is the reply, or its absence, that tells whether the worker is free again.
    const asked = this.abandonable(name, signal, () => undefined, () => rpc.request(name, body, { timeout: this.options.timeLimit() }));
    this.inQueue = asked;
    try {
      const answer = await asked;
      if (isOpen(name, body) && isGood(answer)) {
        this.current?.knows.add(body.id);
        this.lastGood = body;
      }
      return answer;
    } finally {
      this.inQueue = undefined;
    }
  }

  /** A worker that knows what the request speaks of. */
  private async ready(name: string, body: object | null, signal: AbortSignal | undefined): Promise<Rpc<AskWorker, WorkerSays>> {
    const cancelled = (): WireError => new WireError("cancelled", `"${name}" was cancelled.`);
    if (signal?.aborted) throw cancelled();
    const { rpc, knows } = await this.worker();
    await this.reopen(body, knows, rpc);
    if (signal?.aborted) throw cancelled();
    return rpc;
  }

  /** A worker that goes on with what nobody waits for any more is replaced, once `other`, which holds it up, is answered. */
  private async abandonable<T>(
    name: string, signal: AbortSignal | undefined, other: () => Promise<unknown> | undefined, ask: () => Promise<T>,
  ): Promise<T> {
    let grace: ReturnType<typeof setTimeout> | undefined;
    let settled = false;
    const giveGrace = (): void => {
      if (!settled) grace = setTimeout(() => this.kill(`"${name}" was abandoned`), abandonedLimit);
    };
    const onAbort = (): void => void (other() ?? Promise.resolve()).then(giveGrace, giveGrace);
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      return await this.limited(ask, name);
    } catch (error) {
      // The wire closed under the request: because we closed it, or because the worker fell over (out of memory, say).
      if (!(error instanceof WireError) || error.code !== "disposed") throw error;
      if (signal?.aborted || this.disposed) throw new WireError("cancelled", `"${name}" was cancelled.`);
      throw new WireError("failed", "the computation stopped unexpectedly, perhaps for want of memory.");
    } finally {
      settled = true;
      clearTimeout(grace);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** A worker that is started and listens. */
  private async worker(): Promise<NonNullable<typeof this.current>> {
    if (this.disposed) throw new WireError("disposed", "The engine is closed.");
    if (this.current) return this.current;
    const worker = this.options.startWorker();
    const rpc = new Rpc<AskWorker, WorkerSays>(worker.port, { serve: {}, hear: {}, onProblem: (problem) => this.log(problem) });
    const current = { worker, rpc, knows: new Set<number>() };
    this.current = current;
    this.state.running = true;
    this.state.started++;
    let ended = "";
    worker.onEnd((reason) => {
      if (this.current !== current) return;
      ended = reason;
      this.log(`The worker ended: ${reason}`);
      this.letGo();
    });
    try {
      await this.limited(() => rpc.request("imports", { text: "", language: "math", uri: "" }, { timeout: startLimit }), "start");
    } catch (error) {
      if (ended === "") throw error;
      throw new WireError("failed", `the engine could not be started (${ended}).`);
    }
    return current;
  }

  /** Tells a fresh worker what the one before it knew, where the request speaks of it. */
  private async reopen(body: object | null, knows: Set<number>, rpc: Rpc<AskWorker, WorkerSays>): Promise<void> {
    const lastGood = this.lastGood;
    if (!lastGood || knows.has(lastGood.id) || !speaksOf(body, lastGood.id)) return;
    await this.limited(() => rpc.request("open", lastGood, { timeout: this.options.timeLimit() }), "open");
    knows.add(lastGood.id);
  }

  private async limited<T>(ask: () => Promise<T>, name: string): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof WireError && error.code === "timeout") this.kill(`"${name}" was not answered in time`);
      throw error;
    }
  }

  private kill(why: string): void {
    this.log(`The worker is replaced: ${why}.`);
    this.state.killed++;
    this.letGo();
  }

  private letGo(): void {
    const { current } = this;
    this.current = undefined;
    this.state.running = false;
    current?.rpc.dispose();
    current?.worker.terminate();
  }

  private log(line: string): void {
    this.options.log?.(line);
  }
}

function isOpen(name: string, body: unknown): body is OpenRequest {
  return name === "open" && typeof body === "object";
}

function isGood(answer: object | null): boolean {
  return answer !== null && "ok" in answer && answer.ok === true;
}

function speaksOf(body: object | null, id: number): boolean {
  return body !== null && "objective" in body && body.objective === id;
}
