import { describe, expect, it } from "vitest";
import { latestOnly } from "../../webview/latestOnly";

interface Asked {
  descend: number;
  view: string;
}

function recorded() {
  const sent: string[] = [];
  const open: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const problems: unknown[] = [];
  let idle = 0;
  const perform = (name: string) => (value: number | string) => {
    sent.push(`${name} ${value}`);
    return new Promise<void>((resolve, reject) => void open.push({ resolve, reject }));
  };
  const requests = latestOnly<Asked>({ descend: perform("descend"), view: perform("view") }, {
    onIdle: () => {
      idle++;
    }, onError: (error) => void problems.push(error),
  });
  const settle = async (how: (request: { resolve: () => void; reject: (error: Error) => void }) => void): Promise<void> => {
    const request = open.shift();
    if (request) how(request);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { requests, sent, problems, settle, get idle() { return idle; } };
}

describe("one request in flight, the latest wins", () => {
  it("drops what was overtaken while the wire was busy", async () => {
    const { requests, sent, settle } = recorded();
    for (const value of [1, 2, 3, 4]) requests.send("descend", value);
    expect(sent).toEqual(["descend 1"]);
    await settle((request) => request.resolve());
    expect(sent).toEqual(["descend 1", "descend 4"]);
  });

  it("keeps the latest of each kind, and never has two under way", async () => {
    const { requests, sent, settle } = recorded();
    requests.send("descend", 1);
    requests.send("view", "a");
    requests.send("descend", 2);
    requests.send("view", "b");
    expect(sent).toEqual(["descend 1"]);
    await settle((request) => request.resolve());
    expect(sent).toEqual(["descend 1", "view b"]);
    await settle((request) => request.resolve());
    expect(sent).toEqual(["descend 1", "view b", "descend 2"]);
  });

  it("goes on after a failure, and says that it failed", async () => {
    const { requests, sent, problems, settle } = recorded();
    requests.send("descend", 1);
    requests.send("descend", 2);
    await settle((request) => request.reject(new Error("no")));
    expect(problems).toEqual([new Error("no")]);
    expect(sent).toEqual(["descend 1", "descend 2"]);
  });

  it("is idle once, when everything was answered", async () => {
    const recording = recorded();
    recording.requests.send("descend", 1);
    recording.requests.send("descend", 2);
    expect(recording.requests.busy).toBe(true);
    await recording.settle((request) => request.resolve());
    expect(recording.idle).toBe(0);
    await recording.settle((request) => request.resolve());
    expect(recording.idle).toBe(1);
    expect(recording.requests.busy).toBe(false);
  });
});
