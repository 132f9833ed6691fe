import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Rpc } from "../../../src/shared/rpc";
import { Steering } from "../../../src/shared/steering";
import { WireError } from "../../../src/shared/wire";
import { inPieces } from "../../../src/worker/inPieces";

interface Requests {
  work: { request: { turns: number }; response: { turns: number }; progress: { turns: number; shared: Float64Array } };
  quick: { request: null; response: string };
}
interface Asker { requests: Requests; events: object }
interface Answerer { requests: object; events: object }

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

function worker() {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const over = (port: MessagePort) => ({
    post: (message: unknown, transfer?: readonly ArrayBuffer[]) => port.postMessage(message, transfer ? [...transfer] : []),
    onMessage(listener: (message: unknown) => void) {
      port.on("message", listener);
      return { dispose: () => void port.off("message", listener) };
    },
  });
  let computed = 0;
  new Rpc<Answerer, Asker>(over(port2), {
    serve: {
      quick: () => "at once",
      work({ turns }, context) {
        function* computing(): Generator<number, { turns: number }, void> {
          for (computed = 1; computed <= turns && context.steering.wish !== "finish"; computed++) {
            const until = performance.now() + 5;
            while (performance.now() < until);
            yield computed;
          }
          return { turns: computed - 1 };
        }
        return inPieces(computing(), context, (turn, transfer) => {
          const shared = Float64Array.of(turn);
          transfer.push(shared.buffer);
          return { turns: turn, shared };
        });
      },
    },
    hear: {},
  });
  const here = new Rpc<Asker, Answerer>(over(port1), { serve: {}, hear: {} });
  return { here, computed: () => computed };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => "answered", (error: unknown) => (error instanceof WireError ? error.code : String(error)));

describe("what is computed in pieces", () => {
  it("comes to its end, and tells on the way how far it is", async () => {
    const told: number[] = [];
    const { turns } = await worker().here.request("work", { turns: 60 }, { onProgress: ({ turns: turn, shared }) => { told.push(turn); expect(shared[0]).toBe(turn); } });
    expect(turns).toBe(60);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it("lets others be answered meanwhile", async () => {
    const { here } = worker();
    const answered: string[] = [];
    const long = here.request("work", { turns: 20 }).then(() => answered.push("long"));
    await here.request("quick", null).then(() => answered.push("quick"));
    await long;
    expect(answered).toEqual(["quick", "long"]);
  });

  it("stands still while it is paused, having told how far it came, and goes on to its end", async () => {
    const { here, computed } = worker();
    const steering = new Steering();
    steering.set("pause");
    const told: number[] = [];
    const long = here.request("work", { turns: 20 }, { steering, onProgress: ({ turns }) => told.push(turns) });
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const at = computed();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(computed()).toBe(at);
    expect(told).toEqual([at]);
    steering.set("go");
    expect((await long).turns).toBe(20);
  });

  it("stops when nobody waits for it any more", async () => {
    const { here, computed } = worker();
    const stop = new AbortController();
    const long = codeOf(here.request("work", { turns: 100_000 }, { stop: stop.signal }));
    await here.request("quick", null);
    stop.abort();
    expect(await long).toBe("cancelled");
    await new Promise((resolve) => setTimeout(resolve, 60));
    const at = computed();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(computed()).toBe(at);
  });

  it("finishes with what it has", async () => {
    const { here } = worker();
    const steering = new Steering();
    const long = here.request("work", { turns: 100_000 }, { steering });
    await here.request("quick", null);
    steering.set("finish");
    expect((await long).turns).toBeGreaterThan(0);
  });

  it.each([[1, 19], [625_000, 4]])("tells %i numbers %i times in four seconds: what is large is told less often", async (numbers, times) => {
    let clock = 0;
    const now = vi.spyOn(performance, "now").mockImplementation(() => clock);
    function* computing(): Generator<number, void, void> {
      for (; clock < 4000; clock += 30) yield clock;
    }
    let told = 0;
    await inPieces(computing(), { signal: new AbortController().signal, steering: new Steering(), tell: () => { told++; }, transfer: [] }, (_at, transfer) => {
      transfer.push(new Float64Array(numbers).buffer);
      return null;
    });
    now.mockRestore();
    expect(told).toBe(times);
  });
});
