import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { Rpc } from "../../../src/shared/rpc";
import type { CallContext, RpcOptions } from "../../../src/shared/rpc";
import { Steering } from "../../../src/shared/steering";
import { WireError } from "../../../src/shared/wire";
import type { Port } from "../../../src/shared/wire";

interface Requests {
  double: { request: number; response: number };
  explode: { request: null; response: null };
  wait: { request: string; response: string };
  numbers: { request: number; response: Float64Array };
  uncloneable: { request: null; response: unknown };
  count: { request: number; response: string; progress: number };
}
interface Asker { requests: Requests; events: { nudge: string } }
interface Answerer { requests: object; events: { news: number } }

function portOver(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer ? [...transfer] : []),
    onMessage(listener) {
      port.on("message", listener);
      return { dispose: () => void port.off("message", listener) };
    },
  };
}

const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((thing) => thing.close()));

function wire(asker: Partial<RpcOptions<Answerer>> = {}, answerer: Partial<RpcOptions<Asker>> = {}) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1);
  const heard: string[] = [];
  const signals: AbortSignal[] = [];
  const waiting: ((text: string) => void)[] = [];
  const problems: string[] = [];
  const here = new Rpc<Asker, Answerer>(portOver(port1), {
    serve: {}, hear: { news: () => undefined }, onProblem: (problem) => problems.push(problem), ...asker,
  });
  const there = new Rpc<Answerer, Asker>(portOver(port2), {
    serve: {
      double: (n) => 2 * n,
      explode: () => { throw new RangeError("too hot"); },
      wait: (_text, { signal }: CallContext) => {
        signals.push(signal);
        return new Promise((resolve) => waiting.push(resolve));
      },
      numbers: (n, { transfer }) => {
        const array = new Float64Array(n).fill(7);
        transfer.push(array.buffer);
        return array;
      },
      uncloneable: () => () => 1,
      count: async (to, { tell, steering, signal }) => {
        for (let n = 1; n <= to; n++) {
          tell(n);
          await new Promise((resolve) => setTimeout(resolve, 15));
          await steering.whilePaused(signal);
          if (signal.aborted || steering.wish === "finish") return `left off at ${n}`;
        }
        return `counted to ${to}`;
      },
    },
    hear: { nudge: (text) => heard.push(text) },
    ...answerer,
  });
  return { here, there, port1, port2, heard, signals, waiting, problems };
}

const failure = (promise: Promise<unknown>): Promise<WireError> =>
  promise.then(
    () => { throw new Error("was answered"); },
    (error: unknown) => { if (error instanceof WireError) return error; throw error; },
  );
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe("a request", () => {
  it("is answered with the handler's value", async () => {
    expect(await wire().here.request("double", 21)).toBe(42);
  });

  it("brings typed arrays back", async () => {
    expect(await wire().here.request("numbers", 3)).toEqual(Float64Array.of(7, 7, 7));
  });

  it("fails with the sentence of a handler that throws", async () => {
    expect(await failure(wire().here.request("explode", null))).toMatchObject({ code: "failed", message: "too hot" });
  });

  it("fails where the answer cannot be sent", async () => {
    expect((await failure(wire().here.request("uncloneable", null))).code).toBe("failed");
  });

  it("fails where the question cannot be sent", async () => {
    const { here } = wire();
    // @ts-expect-error a function is no number, and no message either
    expect((await failure(here.request("double", () => 1))).code).toBe("failed");
  });

  it("fails when it is not answered in time, and cancels the handler", async () => {
    const { here, signals } = wire({ timeout: 20 });
    expect((await failure(here.request("wait", "a"))).code).toBe("timeout");
    await until(() => signals[0]?.aborted === true);
  });

  it("fails when its signal fires, and the signal fires at the other end", async () => {
    const { here, signals } = wire();
    const controller = new AbortController();
    const asked = failure(here.request("wait", "a", { signal: controller.signal }));
    await until(() => signals.length === 1);
    controller.abort();
    expect((await asked).code).toBe("cancelled");
    await until(() => signals[0]?.aborted === true);
  });

  it("is not sent at all when its signal has fired before", async () => {
    const { here, signals } = wire();
    expect((await failure(here.request("wait", "a", { signal: AbortSignal.abort() }))).code).toBe("cancelled");
    await here.request("double", 1);
    expect(signals).toHaveLength(0);
  });

  it("gives way to a newer one of its kind when asked to, and to no other kind", async () => {
    const { here, waiting } = wire();
    const first = failure(here.request("wait", "a", { supersede: true }));
    const other = here.request("double", 2);
    const second = here.request("wait", "b", { supersede: true });
    expect((await first).code).toBe("superseded");
    await until(() => waiting.length === 2);
    waiting[1]?.("done");
    expect(await second).toBe("done");
    expect(await other).toBe(4);
  });

  it("is rejected by name where nobody answers it", async () => {
    const { here } = wire();
    // @ts-expect-error there is no such request
    expect((await failure(here.request("constructor", null))).code).toBe("unknown");
  });

  it("is rejected where it is malformed, before its handler runs", async () => {
    const pass = (value: unknown) => ({ ok: true as const, value: value as never });
    const { here } = wire({}, {
      checks: {
        double: (body) => typeof body === "number" ? { ok: true, value: body } : { ok: false, problem: "not a number" },
        explode: pass, wait: pass, numbers: pass, uncloneable: pass, count: pass,
      },
    });
    // @ts-expect-error the types forbid it, the wire does not
    const error = await failure(here.request("double", "x"));
    expect(error.code).toBe("invalid");
    expect(error.message).toContain("not a number");
  });
});

describe("a long request", () => {
  it("tells how far it is, in order, before it is answered", async () => {
    const told: number[] = [];
    expect(await wire().here.request("count", 4, { onProgress: (n) => told.push(n) })).toBe("counted to 4");
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it("has all the time it wants as long as it tells, and no more", async () => {
    const { here } = wire();
    expect(await here.request("count", 60, { timeout: 500, onProgress: () => undefined })).toBe("counted to 60");
    expect((await failure(here.request("wait", "silent", { timeout: 60, onProgress: () => undefined }))).code).toBe("timeout");
    expect((await failure(here.request("count", 1000, { timeout: 60 }))).code).toBe("timeout");
  });

  it("pauses without a time limit, and goes on", async () => {
    const { here } = wire();
    const steering = new Steering();
    const told: number[] = [];
    const answered = here.request("count", 5, { timeout: 500, steering, onProgress: (n) => { told.push(n); if (n === 2) steering.set("pause"); } });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(told).toEqual([1, 2]);
    steering.set("go");
    expect(await answered).toBe("counted to 5");
    expect(told).toEqual([1, 2, 3, 4, 5]);
  });

  it("that is told to pause but does not listen is still given up", async () => {
    const { here, port2 } = wire();
    port2.close();
    const steering = new Steering();
    const asked = failure(here.request("count", 5, { timeout: 40, steering, onProgress: () => undefined }));
    steering.set("pause");
    expect((await asked).code).toBe("timeout");
  });

  it("finishes early with what it has", async () => {
    const steering = new Steering();
    const answered = wire().here.request("count", 1000, { steering, onProgress: (n) => { if (n === 3) steering.set("finish"); } });
    expect(await answered).toMatch(/^left off at \d{1,3}$/);
  });

  it("that begins paused waits for its turn", async () => {
    const steering = new Steering();
    steering.set("pause");
    const told: number[] = [];
    const answered = wire().here.request("count", 2, { steering, onProgress: (n) => told.push(n) });
    await until(() => told.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(told).toEqual([1]);
    steering.set("go");
    expect(await answered).toBe("counted to 2");
  });

  it("that is to stop settles once the other end has heard of it, also while it pauses", async () => {
    const { here, problems } = wire();
    const steering = new Steering();
    const stop = new AbortController();
    let told = 0;
    const asked = failure(here.request("count", 1000, { stop: stop.signal, steering, onProgress: () => { told++; steering.set("pause"); } }));
    await until(() => told > 0);
    stop.abort();
    expect((await asked).code).toBe("cancelled");
    expect(await here.request("double", 3)).toBe(6);
    expect(problems).toEqual([]);
  });

  it("goes on when listening to its progress fails, and that is reported", async () => {
    const { here, problems } = wire();
    expect(await here.request("count", 2, { onProgress: () => { throw new Error("not now"); } })).toBe("counted to 2");
    expect(problems[0]).toContain("not now");
  });
});

describe("a wire", () => {
  it("drops a late reply without a word", async () => {
    const { here, waiting, problems } = wire();
    await failure(here.request("wait", "a", { timeout: 5 }));
    await until(() => waiting.length === 1);
    waiting[0]?.("too late");
    expect(await here.request("double", 1)).toBe(2);
    expect(problems).toEqual([]);
  });

  it("reports a second reply and a reply to nothing, and settles nothing twice", async () => {
    const { here, port2, problems } = wire();
    expect(await here.request("double", 4)).toBe(8);
    port2.postMessage({ kind: "reply", id: 1, ok: true, body: 99 });
    port2.postMessage({ kind: "reply", id: 1234, ok: true, body: 99 });
    await until(() => problems.length === 2);
    expect(problems[0]).toContain("not waiting");
  });

  it.each([["text", "hello"], ["null", null], ["a frame without id", { kind: "request", name: "double" }],
    ["an unknown frame", { kind: "dance", id: 1 }]])("reports %s as no message of ours", async (_name, message) => {
    const { port2, problems } = wire();
    port2.postMessage(message);
    await until(() => problems.length === 1);
  });

  it("delivers events, and reports those nobody listens to and listeners that throw", async () => {
    const { here, there, port2, heard, problems } = wire({ hear: { news: () => { throw new Error("not today"); } } });
    here.emit("nudge", "psst");
    await until(() => heard.length === 1);
    expect(heard).toEqual(["psst"]);
    port2.postMessage({ kind: "event", name: "gossip", body: 1 });
    there.emit("news", 1);
    await until(() => problems.length === 2);
    expect(problems[1]).toContain("not today");
  });

  it("rejects all that wait when it is disposed, and everything asked afterwards", async () => {
    const { here } = wire();
    const waiting = [failure(here.request("wait", "a")), failure(here.request("wait", "b"))];
    here.dispose();
    expect((await Promise.all(waiting)).map((error) => error.code)).toEqual(["disposed", "disposed"]);
    expect((await failure(here.request("double", 1))).code).toBe("disposed");
  });

  it("sends nothing once disposed: no event, no reply to a handler still at work, which is cancelled", async () => {
    const { here, there, port1, signals, waiting } = wire();
    const asked = failure(here.request("wait", "a", { timeout: 60 }));
    await until(() => waiting.length === 1);
    const received: unknown[] = [];
    port1.on("message", (message) => received.push(message));
    there.dispose();
    expect(signals[0]?.aborted).toBe(true);
    waiting[0]?.("nobody hears this");
    there.emit("news", 1);
    expect((await asked).code).toBe("timeout");
    expect(received).toEqual([]);
  });
});
