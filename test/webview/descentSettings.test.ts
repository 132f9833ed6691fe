import { describe, expect, it } from "vitest";
import { contour, descent, intent, objective, run, source } from "./snapshots";
import { usePanel } from "./usePanel";

const page = usePanel();
const { boot, frame, host, requests, answer, at, text } = page;
const bowl = objective(2);

async function type(testid: string, value: string): Promise<void> {
  const field = at(testid) as HTMLElement & { value: string };
  field.value = value;
  field.dispatchEvent(new Event("change"));
  await frame();
}

const choose = type;

async function tick(testid: string, checked: boolean): Promise<void> {
  const box = at(testid) as HTMLInputElement;
  box.checked = checked;
  box.dispatchEvent(new Event("change"));
  await frame();
}

async function open(testid: string): Promise<void> {
  const details = at(testid) as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  await frame();
}

/** What the panel asks the host to run, each answered. */
async function asked(): Promise<Record<string, unknown>> {
  const latest = requests("descend").at(-1);
  await answer(latest);
  return latest?.body["descent"] as Record<string, unknown>;
}

async function shown(of = bowl, part: Partial<typeof descent> = {}): Promise<void> {
  boot();
  await host("source", source(of, { intent: { ...intent, descent: { ...descent, ...part } } }));
  await host("run", run(of, 10));
}

describe("a schedule", () => {
  it("is chosen, with its settings as the engine has them until they are changed", async () => {
    await shown();
    await choose("schedule", "exponential");
    expect((await asked())["schedule"]).toEqual({ kind: "exponential", settings: {} });
    expect((at("schedule-gamma") as HTMLElement & { value: string }).value).toBe("0.99");
    await type("schedule-gamma", "0.9");
    expect((await asked())["schedule"]).toEqual({ kind: "exponential", settings: { gamma: 0.9 } });
    expect(text("schedule-fold-said")).toBe(" · Exponential");
    await choose("schedule", "step");
    expect((await asked())["schedule"]).toEqual({ kind: "step", settings: {} });
    expect((at("schedule-stepSize") as HTMLElement & { value: string }).value).toBe("4");
  });

  it("and clipping wait, out of sight, for a method that has use for them", async () => {
    await shown(bowl, { schedule: { kind: "cosine", settings: {} }, method: "newton", lineSearch: "armijo" });
    expect(at("schedule-fold").hidden).toBe(true);
  });
});

describe("clipping", () => {
  it("is by the norm or by each coordinate, to a limit", async () => {
    await shown();
    await choose("clip", "norm");
    expect((await asked())["clip"]).toEqual({ norm: 1 });
    await type("clip-norm", "5");
    expect((await asked())["clip"]).toEqual({ norm: 5 });
    expect(text("schedule-fold-said")).toBe(" · clipped to ‖g‖ ≤ 5");
    await choose("clip", "value");
    expect((await asked())["clip"]).toEqual({ value: 5 });
    await choose("clip", "none");
    expect((await asked())["clip"]).toEqual({});
    expect(text("schedule-fold-said")).toBe("");
  });

  it("is told at the step it acted on", async () => {
    await shown();
    await host("run", { ...run(bowl, 3), clipping: Float64Array.of(1, 0.25, 1, 1) });
    await page.press("player-first");
    expect(text("readout-clipped")).toBe("–");
    await page.press("player-step");
    expect(text("readout-clipped")).toBe("25 %");
    await page.press("player-step");
    expect(text("readout-clipped")).toBe("–");
    await host("run", run(bowl, 3));
    expect(at("readout-clipped").hidden).toBe(true);
  });
});

describe("the rules of stopping", () => {
  it("are set, and taken back by emptying their fields", async () => {
    await shown();
    await type("stop-target", "-2.5");
    expect((await asked())["stop"]).toEqual({ targetValue: -2.5 });
    await type("stop-seconds", "30");
    expect((await asked())["stop"]).toEqual({ targetValue: -2.5, seconds: 30 });
    expect(text("more-said")).toBe(" · Stop at f ≤ −2.5, Stop after (seconds) 30");
    await type("stop-target", " ");
    expect((await asked())["stop"]).toEqual({ seconds: 30 });
  });

  it.each([["stop-value-change", "-1"], ["stop-seconds", "soon"]])("are not set to what makes no sense: %s %s", async (field, value) => {
    await shown();
    await type(field, value);
    expect(requests("descend")).toHaveLength(0);
    expect(at(field).getAttribute("aria-invalid")).toBe("true");
  });
});

describe("minibatches", () => {
  const fitted = objective(2, { datasets: [{ name: "hours", rows: 24 }, { name: "labels", rows: 5 }] });
  const batch = { dataset: "hours", size: 3, seed: 1 };
  const batchRun = {
    ...run(fitted, 16), batch: { ...batch, rows: 24, batchesAnEpoch: 8, wholeValues: Float64Array.of(5, 3, 2), wholeGradientNorms: Float64Array.of(1, 1, 1), wholeEvery: 1 },
  };

  it("are offered only where there are data", async () => {
    await shown();
    expect(at("minibatch-fold").hidden).toBe(true);
  });

  it("have their data, size, seed and order", async () => {
    await shown(fitted);
    expect(at("minibatch-fold").hidden).toBe(false);
    await choose("batch-dataset", "hours");
    expect((await asked())["batch"]).toEqual(batch);
    expect(text("minibatch-fold-said")).toBe(" · 3 of 24 rows of hours");
    expect(text("batch-epoch")).toBe("An epoch is 8 steps.");
    await type("batch-size", "5");
    expect((await asked())["batch"]).toEqual({ ...batch, size: 5 });
    await page.press("batch-new-seed");
    expect((await asked())["batch"]).toEqual({ ...batch, size: 5, seed: 2 });
    await tick("batch-shuffle", false);
    expect((await asked())["batch"]).toEqual({ ...batch, size: 5, seed: 2, shuffle: false });
    await choose("batch-dataset", "");
    expect(await asked()).not.toHaveProperty("batch");
  });

  it("of a dataset that is gone count for nothing", async () => {
    await shown(fitted, { batch: { ...batch, dataset: "gone" } });
    expect(text("minibatch-fold-said")).toBe("");
    expect((at("batch-dataset") as HTMLElement & { value: string }).value).toBe("");
  });

  it("have what the next step sees drawn, one at a time, the latest of what was asked meanwhile", async () => {
    await shown(fitted, { batch });
    await host("run", batchRun);
    await host("landscape", contour(fitted));
    expect(requests("minibatch")).toHaveLength(0);
    await page.press("player-first");
    await tick("batch-contours", true);
    expect(requests("display").at(-1)?.body["display"]).toMatchObject({ batches: true });
    expect(requests("minibatch").map(({ body }) => body["step"])).toEqual([1]);
    expect(requests("minibatch")[0]?.body).toMatchObject({ batch, columns: 9, rows: 9, window: { x: [-4, 4], y: [-4, 4] } });
    await page.press("player-step");
    await page.press("player-step");
    expect(requests("minibatch")).toHaveLength(1);
    await answer("minibatch", { step: 1, sees: Int32Array.of(0, 4, 7), landscape: contour(fitted) });
    expect(text("legend")).toBe("Step 1 sees rows 1, 5, 8");
    expect(requests("minibatch").map(({ body }) => body["step"])).toEqual([1, 3]);
    await answer("minibatch", { step: 3, sees: Int32Array.of(2), landscape: contour(fitted) });
    expect(text("legend")).toBe("Step 3 sees row 3");
    await tick("batch-contours", false);
    expect(text("legend")).toContain("levels");
  });
});

describe("the update rule", () => {
  const equations = {
    lines: [{ target: "b", expression: "\\beta \\, b + g" }, { target: "x", expression: "x - \\eta \\, b" }],
    settings: [{ name: "momentum", symbol: "\\beta", value: 0.9 }, { name: "learningRate", symbol: "\\eta" }],
  };
  const tex = (testid: string): string[] => [...at(testid).querySelectorAll<HTMLElement>("[data-tex]")].map((cell) => cell.dataset["tex"] ?? "");

  it("is asked for when it is opened, and again for another method", async () => {
    await shown();
    expect(requests("equations")).toHaveLength(0);
    await open("rule");
    expect(requests("equations").at(-1)?.body).toEqual({ objective: 1, method: "gd", parameters: {} });
    await answer("equations", equations);
    expect(tex("rule-lines").join()).toContain("\\leftarrow");
    await choose("method", "adam");
    await frame();
    expect(requests("equations").at(-1)?.body).toMatchObject({ method: "adam" });
  });

  it("has the numbers of now, the learning rate's without asking anybody", async () => {
    await shown();
    await open("rule");
    await answer("equations", equations);
    expect(tex("rule-numbers")).toEqual(["\\beta = 0.9", "\\eta = 0.25"]);
    await type("learning-rate", "0.00001");
    expect(tex("rule-numbers")).toEqual(["\\beta = 0.9", "\\eta = 10^{-5}"]);
    expect(requests("equations")).toHaveLength(1);
  });
});
