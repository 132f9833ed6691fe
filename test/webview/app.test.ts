import { describe, expect, it, vi } from "vitest";
import type { PanelIntent, ViewWindow } from "../../src/shared/intent";
import { usePanel } from "./usePanel";
import { bracket, contour, curve, descent, intent, objective, run, source } from "./snapshots";

const page = usePanel();
const { boot, frame, host, requests, answer, at, text } = page;
const texts = (testid: string): string[] => [...page.root.querySelectorAll(`[data-testid="${testid}"]`)].map((node) => node.textContent);

async function type(testid: string, value: string): Promise<void> {
  const field = at(testid) as HTMLElement & { value: string };
  field.value = value;
  field.dispatchEvent(new Event("change"));
  await frame();
}

async function drag(testid: string, value: string): Promise<void> {
  const slider = at(testid) as HTMLInputElement;
  slider.value = value;
  slider.dispatchEvent(new Event("input"));
  await frame();
}

async function key(name: string, init: KeyboardEventInit = {}): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, composed: true, ...init }));
  await frame();
}

const bowl = objective(2);

async function descended(iterations = 20): Promise<void> {
  boot();
  await host("source", source(bowl));
  await host("run", run(bowl, iterations));
  await host("landscape", contour(bowl));
}

describe("a run that takes its time", () => {
  const soFar = (iterations: number, paused = false) => ({ ...run(bowl, iterations), progress: { of: 1000, secondsLeft: 42, paused } });

  it("shows how far it is, how long it will take, and what it has been so far", async () => {
    boot();
    await host("source", source(bowl));
    await host("run", soFar(10));
    expect(page.root.dataset["running"]).toBe("true");
    expect(page.root.dataset["status"]).toBe("none");
    expect(text("progress-text")).toBe("Iteration 10 of at most 1,000, about 42 seconds left");
    expect(at("progress").getAttribute("aria-valuenow")).toBe("1");
    expect(at("status-reason").hidden).toBe(true);
    await host("run", soFar(500));
    expect(page.root.dataset["iterations"]).toBe("500");
    expect(at("progress").getAttribute("aria-valuenow")).toBe("50");
    await host("run", run(bowl, 600));
    expect(at("run-progress").hidden).toBe(true);
    expect(text("status-reason")).toContain("Converged after 600 steps");
  });

  it("is paused, goes on, and is ended by its buttons", async () => {
    boot();
    await host("source", source(bowl));
    await host("run", soFar(10));
    await page.press("run-pause");
    expect(requests("steer").at(-1)?.body).toEqual({ wish: "pause" });
    await host("run", soFar(12, true));
    expect(page.root.dataset["running"]).toBe("paused");
    expect(text("progress-text")).toBe("Paused at iteration 12 of at most 1,000");
    expect(at("run-pause").getAttribute("aria-label")).toBe("Go on");
    await page.press("run-pause");
    expect(requests("steer").at(-1)?.body).toEqual({ wish: "go" });
    await page.press("run-finish");
    expect(requests("steer").at(-1)?.body).toEqual({ wish: "finish" });
  });

  it("of which not each iterate was kept counts in iterations, and says so", async () => {
    boot();
    await host("source", source(bowl));
    await host("run", { ...run(bowl, 10), iterations: 635, every: 64 });
    expect(page.root.dataset["iterations"]).toBe("635");
    await page.press("player-last");
    expect(text("player-position")).toBe("635 of 635");
    await page.press("player-step-back");
    expect(text("player-position")).toBe("576 of 635");
    expect(text("readout-iteration")).toBe("576 of 635");
    expect(text("readout-step")).toBe("–");
    expect(text("run-remarks")).toContain("every 64th iterate was kept");
  });

  it("keeps the cursor at its iterate when the record grows thinner", async () => {
    boot();
    await host("source", source(bowl));
    await host("run", { ...soFar(10), iterations: 19, every: 2 });
    await page.press("player-first");
    await page.press("player-step");
    await page.press("player-step");
    expect(text("player-position")).toBe("4 of 19");
    await host("run", { ...soFar(12), iterations: 46, every: 4 });
    expect(text("player-position")).toBe("4 of 46");
  });
});

describe("starting", () => {
  it("says it is ready, with the intent it kept before a reload", () => {
    boot({ restored: intent });
    expect(requests("ready").map(({ body }) => body)).toEqual([{ restored: intent }]);
  });

  it("does not hand on a state of another version", () => {
    boot({ restored: { ...intent, version: 2 } as unknown as PanelIntent });
    expect(requests("ready").map(({ body }) => body)).toEqual([{}]);
  });

  it("keeps the intent the host tells it", async () => {
    await descended();
    expect(page.api.state).toEqual(intent);
  });

  it("plays a fresh descent from its start, but not where motion is reduced or the panel was restored", async () => {
    for (const [options, playing] of [[{ reducedMotion: false }, "true"], [{}, "false"], [{ reducedMotion: false, restored: intent }, "false"]] as const) {
      boot(options);
      await host("source", source(bowl));
      await host("run", run(bowl, 20));
      expect(page.root.dataset["playing"]).toBe(playing);
      expect(page.root.dataset["iteration"]).toBe(playing === "true" ? "0" : "20");
    }
  });
});

it("plays what is new in a panel that is open already, but not what was only edited", async () => {
  boot({ reducedMotion: false });
  await host("source", source(bowl));
  await host("run", run(bowl, 20));
  await key("End");
  await host("source", source(objective(2, { id: 2 })));
  await host("run", run(bowl, 20));
  expect(page.root.dataset["playing"]).toBe("false");
  await host("source", source(null, { busy: true }));
  await host("source", source(objective(2, { id: 3 })));
  await host("run", run(bowl, 20));
  expect(page.root.dataset["playing"]).toBe("true");
  expect(page.root.dataset["iteration"]).toBe("0");
});

describe("what is shown", () => {
  it("typesets the function and one partial a coordinate", async () => {
    boot();
    await host("source", source(objective(2, { formula: { value: "x^{2} + y^{2}", gradient: ["2x", "2y"] } })));
    expect(page.root.querySelectorAll('[data-testid="formula-partial"]')).toHaveLength(2);
    expect(text("formula")).toContain("∂");
    expect(at("formula").querySelectorAll(".katex")).toHaveLength(6);
  });

  it("shows the first partials of many, and how many more there are", async () => {
    boot();
    const many = objective(10);
    await host("source", source({ ...many, formula: { value: "s", gradient: many.coordinates.map(() => "2") } }));
    expect(page.root.querySelectorAll('[data-testid="formula-partial"]')).toHaveLength(6);
    expect(text("formula")).toContain("and 4 more");
  });

  it("shows value and gradient at the current point, and why, where there is no formula", async () => {
    boot();
    await host("source", source(objective(2, { noFormula: "It loops over data." })));
    await host("run", run(bowl, 20));
    expect(text("no-formula")).toBe("It loops over data.");
    await key("Home");
    expect(text("formula-value-number")).toBe("7.062500");
    expect(texts("formula-gradient-number")).toEqual(["4.000000", "3.500000"]);
    await key("ArrowRight");
    expect(texts("formula-gradient-number")).toEqual(["2.000000", "1.750000"]);
  });

  it("says how the run ended in the run's own words", async () => {
    await descended(21);
    expect(at("status").dataset["status"]).toBe("converged");
    expect(text("status-reason")).toBe("Converged after 21 steps: the gradient norm 8.1e-7 is at or below 1e-6.");
  });

  it.each([[1, "curve"], [2, "map"], [5, "traces"]])("draws %s coordinates as a %s", async (dimension, kind) => {
    boot();
    const shown = objective(dimension);
    await host("source", source(shown));
    await host("run", run(shown, 5));
    await host("landscape", dimension === 1 ? curve(shown) : dimension === 2 ? contour(shown) : null);
    expect(at("plot").dataset["kind"]).toBe(kind);
    expect(at("plot").getAttribute("aria-label")).not.toBe("");
  });

  it("shows numbers that are not finite for what they are", async () => {
    await descended(2);
    const broken = run(bowl, 2);
    broken.values[2] = Infinity;
    broken.gradientNorms[2] = NaN;
    await host("run", broken);
    await key("End");
    expect(text("readout-value")).toBe("∞");
    expect(text("readout-norm")).toBe("not a number");
  });
});

describe("the player", () => {
  it("moves the cursor, the numbers and the position together", async () => {
    await descended(20);
    await key("Home");
    expect([page.root.dataset["iteration"], text("player-position"), text("readout-step")]).toEqual(["0", "0 of 20", "–"]);
    await key("ArrowRight");
    expect(texts("readout-coordinate")).toEqual(["1.000000", "0.875000"]);
    expect(texts("readout-gradient")).toEqual(["2.000000", "1.750000"]);
    expect(text("readout-value")).toBe("1.765625");
    expect(text("readout-norm")).toBe("2.657536");
    expect(text("readout-step")).toBe("1.328768");
    expect(text("readout-rate")).toBe("0.25");
    await key("ArrowLeft");
    expect(page.root.dataset["iteration"]).toBe("0");
    await key("End");
    expect(page.root.dataset["iteration"]).toBe("20");
  });

  it("is scrubbed by its slider, which says where it is", async () => {
    await descended(20);
    await drag("player-scrub", "13");
    expect(page.root.dataset["iteration"]).toBe("13");
    expect(at("player-scrub").getAttribute("aria-valuetext")).toBe("13 of 20");
  });

  it("obeys the host's commands", async () => {
    await descended(20);
    await host("player", { command: "first" });
    await host("player", { command: "step" });
    await host("player", { command: "step" });
    await host("player", { command: "stepBack" });
    expect(page.root.dataset["iteration"]).toBe("1");
    await host("player", { command: "play" });
    expect(page.root.dataset["playing"]).toBe("true");
    await host("player", { command: "pause" });
    expect(page.root.dataset["playing"]).toBe("false");
  });

  it("is played and paused by the space bar, which a focused control keeps for itself", async () => {
    await descended(20);
    await key(" ");
    expect(page.root.dataset["playing"]).toBe("true");
    await key(" ");
    expect(page.root.dataset["playing"]).toBe("false");
    at("player-scrub").dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true, composed: true }));
    await frame();
    expect(page.root.dataset["playing"]).toBe("false");
  });

  it("steps once for a click of the mouse and once for the keyboard's", async () => {
    await descended(20);
    await key("Home");
    const step = at("player-step");
    step.dispatchEvent(new PointerEvent("pointerdown", { button: 0, bubbles: true }));
    step.dispatchEvent(new PointerEvent("pointerup", { button: 0, bubbles: true }));
    step.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await frame();
    expect(page.root.dataset["iteration"]).toBe("1");
    step.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await frame();
    expect(page.root.dataset["iteration"]).toBe("2");
  });

  it("obeys its keys also while one of its buttons has the focus, but for those that press the button", async () => {
    await descended(20);
    const focused = async (name: string): Promise<void> => {
      at("player-first").dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, composed: true }));
      await frame();
    };
    await focused("Home");
    await focused("ArrowRight");
    expect(page.root.dataset["iteration"]).toBe("1");
    await focused(" ");
    expect(page.root.dataset["playing"]).toBe("false");
  });

  it("keeps the focus of a button that has nothing left to do", async () => {
    await descended(20);
    await key("Home");
    expect(at("player-first").hasAttribute("disabled")).toBe(false);
    expect(at("player-first").getAttribute("aria-disabled")).toBe("true");
    at("player-last").click();
    await frame();
    expect(page.root.dataset["iteration"]).toBe("20");
    expect(at("player-first").getAttribute("aria-disabled")).toBe("false");
  });

  it("is announced where it comes to rest", async () => {
    await descended(20);
    await key("Home");
    await key("ArrowRight");
    await vi.waitFor(() => expect(text("announcer")).toBe("Step 1 of 20: x 1, y 0.875, value 1.766, gradient norm 2.658."));
  });
});

describe("changing the descent", () => {
  const last = (): Record<string, unknown> | undefined => requests("descend").at(-1)?.body["descent"] as Record<string, unknown> | undefined;

  it("sends every edit, one at a time, the latest last", async () => {
    await descended();
    await type("learning-rate", "0.1");
    await type("learning-rate", "0.2");
    await type("learning-rate", "0,3");
    expect(requests("descend").map(({ body }) => body["descent"])).toEqual([{ ...descent, learningRate: 0.1, ownRate: true }]);
    await answer(requests("descend")[0]);
    expect(requests("descend")).toHaveLength(2);
    expect(last()).toEqual({ ...descent, learningRate: 0.3, ownRate: true });
    expect(page.api.state).toMatchObject({ descent: { learningRate: 0.3 } });
  });

  it("takes the rate the host suggests for another method, once the host has heard of the method", async () => {
    await descended();
    const choose = at("method") as HTMLElement & { value: string };
    choose.value = "adam";
    choose.dispatchEvent(new Event("change"));
    const edit = requests("descend").at(-1)?.body["edit"] as number;
    const adam = { ...descent, method: "adam" as const, parameters: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } };
    await host("source", { ...source(bowl), heard: edit - 1 });
    expect(page.api.state).toMatchObject({ descent: { method: "adam", learningRate: 0.25 } });
    await host("source", { ...source(bowl), intent: { ...intent, descent: { ...adam, learningRate: 0.7 } }, heard: edit });
    expect((at("learning-rate") as HTMLInputElement).value).toBe("0.7");
    await type("learning-rate", "0.6");
    await host("source", { ...source(bowl), intent: { ...intent, descent: { ...adam, learningRate: 0.7 } }, heard: edit });
    expect((at("learning-rate") as HTMLInputElement).value).toBe("0.6");
  });

  it("gives the rate back to the function and the method when asked", async () => {
    await descended();
    expect(at("reset-rate").getAttribute("aria-disabled")).toBe("true");
    await type("learning-rate", "0.1");
    expect(at("reset-rate").getAttribute("aria-disabled")).toBe("false");
    await answer(requests("descend")[0]);
    at("reset-rate").click();
    expect(last()).toMatchObject({ ownRate: false });
  });

  it.each([
    ["learning-rate", "0", "A number above 0."],
    ["gradient-norm", "-1", "0 or more."],
    ["iterations", "0", "From 1 to 1e8."],
  ])("says what %s may be", async (field, typed, sentence) => {
    await descended();
    await type(field, typed);
    expect(requests("descend")).toEqual([]);
    expect(page.root.textContent).toContain(sentence);
  });

  it("keeps the names of its fields, whatever the kit calls them", async () => {
    await descended();
    at("learning-rate").setAttribute("aria-label", "Text field");
    await frame();
    expect(at("learning-rate").getAttribute("aria-label")).toBe("Learning rate η");
  });

  it("selects all in a field without letting the editor hear of it, which would select all of the text", async () => {
    await descended();
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): void => void heard.push(event.key);
    window.addEventListener("keydown", listen);
    for (const init of [{ key: "a", ctrlKey: true }, { key: "A", metaKey: true }, { key: "a" }]) {
      const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, composed: true, ...init });
      at("learning-rate").dispatchEvent(event);
      expect(event.defaultPrevented).toBe(false);
    }
    window.removeEventListener("keydown", listen);
    expect(heard).toEqual(["a"]);
  });

  it("sends nothing for what is no number, and says so beside the field", async () => {
    await descended();
    await type("learning-rate", "fast");
    expect(requests("descend")).toEqual([]);
    expect(page.root.textContent).toContain("This is not a number.");
    await type("learning-rate", "0.1");
    expect(requests("descend")).toHaveLength(1);
  });

  it("moves the learning rate in decades with the slider", async () => {
    await descended();
    await drag("learning-rate-slider", "-2");
    expect(last()).toMatchObject({ learningRate: 0.01 });
    expect(at("learning-rate-slider").getAttribute("aria-valuetext")).toBe("0.01");
    expect((at("learning-rate") as HTMLInputElement).value).toBe("0.01");
  });

  it("offers a method's own settings with it, at their usual values", async () => {
    await descended();
    await type("method", "adam");
    expect(last()).toMatchObject({ method: "adam", parameters: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } });
    await answer(requests("descend")[0]);
    await type("parameter-beta1", "0.5");
    expect(last()).toMatchObject({ parameters: { beta1: 0.5, beta2: 0.999 } });
    expect(page.root.querySelector('[data-testid="parameter-momentum"]')).toBeNull();
    await answer(requests("descend")[1]);
    await type("method", "gd");
    expect(last()).toMatchObject({ method: "gd", parameters: {} });
  });

  it("has no learning rate where a method finds the length of its steps, and says why", async () => {
    await descended();
    await type("learning-rate", "0.001");
    await answer(requests("descend")[0]);
    await type("method", "newton");
    // A rate chosen for another method would only make its first look a short one.
    expect(last()).toMatchObject({ method: "newton", ownRate: false, parameters: { c1: 1e-4 } });
    await page.frame();
    expect(at("learning-rate").closest("[hidden]")).not.toBeNull();
    expect(at("no-rate").hidden).toBe(false);
    expect(text("no-rate")).toContain("No learning rate");
    await answer(requests("descend")[1]);
    await type("method", "lbfgs");
    await page.frame();
    expect((at("parameter-historySize") as HTMLInputElement).value).toBe("100");
    await answer(requests("descend")[2]);
    await type("method", "gd");
    await page.frame();
    expect(at("learning-rate").closest("[hidden]")).toBeNull();
    expect(at("no-rate").hidden).toBe(true);
  });

  it("lets one choose the line search where there is a line to search in", async () => {
    await descended();
    await type("line-search", "armijo");
    expect(last()).toMatchObject({ method: "gd", lineSearch: "armijo", ownRate: false });
    expect(last()).toHaveProperty("parameters", { c1: 1e-4, c2: 0.1 });
    await page.frame();
    expect(at("learning-rate").closest("[hidden]")).not.toBeNull();
    expect(page.root.querySelector('[data-testid="parameter-c2"]')).toBeNull();
    await answer(requests("descend")[0]);
    await type("line-search", "none");
    expect(last()).toHaveProperty("parameters", { weightDecay: 0 });
    await page.frame();
    expect(at("learning-rate").closest("[hidden]")).toBeNull();
    await answer(requests("descend")[1]);
    await type("method", "adam");
    await page.frame();
    expect(last()).toMatchObject({ method: "adam", lineSearch: "none" });
    expect(at("line-search").closest("[hidden]")).not.toBeNull();
  });

  it("switches a setting that is on or off", async () => {
    await descended();
    await type("method", "rmsprop");
    await answer(requests("descend")[0]);
    await page.frame();
    at("parameter-centered").click();
    await page.frame();
    expect(last()).toMatchObject({ method: "rmsprop", parameters: { centered: 1, alpha: 0.99 } });
  });

  it("calls gradient descent that climbs gradient ascent", async () => {
    await descended();
    const named = (): string | null | undefined => at("method").querySelector('[value="gd"]')?.textContent;
    expect(named()).toBe("Gradient descent");
    await type("direction", "ascend");
    await page.frame();
    expect(named()).toBe("Gradient ascent");
    expect(last()).toMatchObject({ method: "gd", maximize: true });
    expect(requests("descend")).toHaveLength(1);
  });

  it.each([["direction", "ascend", { maximize: true }], ["iterations", "500", { maxIterations: 500 }], ["gradient-norm", "1e-3", { gradientNorm: 1e-3 }]])(
    "changes the %s", async (testid, value, expected) => {
      await descended();
      await type(testid, value);
      expect(last()).toMatchObject(expected);
    });

  it("sets one coordinate of the start and keeps the others, and can go back to the function's own", async () => {
    await descended();
    await type("start-1", "-3");
    expect(last()).toMatchObject({ start: [2, -3] });
    await answer(requests("descend")[0]);
    at("reset-start").click();
    await frame();
    expect(last()).not.toHaveProperty("start");
  });

  it("does not let an older word of the host's undo an edit that is on its way", async () => {
    await descended();
    await type("learning-rate", "0.1");
    await host("source", { ...source(bowl), heard: 0 });
    expect((at("learning-rate") as HTMLInputElement).value).toBe("0.1");
  });

  it("shows the whole new path when it was showing the whole old one", async () => {
    await descended(20);
    expect(page.root.dataset["iteration"]).toBe("20");
    await host("run", run(bowl, 35));
    expect(page.root.dataset["iteration"]).toBe("35");
    await key("Home");
    await host("run", run(bowl, 50));
    expect(page.root.dataset["iteration"]).toBe("0");
  });

  it("offers to descend where only the gradient was asked for", async () => {
    boot();
    await host("source", source(bowl, { intent: { ...intent, mode: "gradient" } }));
    await host("run", null);
    expect(at("player").hidden).toBe(true);
    at("descend").click();
    await frame();
    expect(requests("descend")).toHaveLength(1);
  });

  it("says what the host refused, and forgets it when something works", async () => {
    await descended();
    await type("learning-rate", "0.1");
    const [asked] = requests("descend");
    window.dispatchEvent(new MessageEvent("message", {
      data: { kind: "reply", id: asked?.id, ok: false, error: { code: "failed", message: "The worker is gone." } },
    }));
    await frame();
    expect(text("notice")).toContain("The worker is gone.");
    await host("run", run(bowl, 3));
    expect(at("problems").hidden).toBe(true);
  });
});

describe("the view", () => {
  const windows = (): (ViewWindow | undefined)[] => requests("view").map(({ body }) => body["window"] as ViewWindow | undefined);

  it("is zoomed by the keyboard about its middle, and keeps the window", async () => {
    await descended();
    await key("+");
    const [window] = windows().slice(-1);
    expect(window?.x[0]).toBeCloseTo(-3.2, 12);
    expect(window?.y[1]).toBeCloseTo(3.2, 12);
    expect(page.api.state).toMatchObject({ window });
  });

  it("asks for a coarse picture while it moves and a fine one when it rests", async () => {
    await descended();
    await key("+");
    await answer(requests("view").at(-1));
    await vi.waitFor(() => expect(requests("view")).toHaveLength(2));
    const [moving, resting] = requests("view").map(({ body }) => body["columns"] as number);
    expect(moving).toBeLessThan(resting ?? 0);
  });

  it("goes back to automatic", async () => {
    await descended();
    await key("-");
    await answer(requests("view").at(-1));
    await key("0");
    expect(windows().at(-1)).toBeUndefined();
    expect(page.api.state).not.toHaveProperty("window");
  });
});

describe("problems", () => {
  it("are said with their place and their remedy, and the place can be shown", async () => {
    boot();
    await host("source", source(null, { problems: [bracket] }));
    expect(page.root.dataset["view"]).toBe("problem");
    expect(text("problem-message")).toBe(bracket.message);
    expect(text("problem-hint")).toBe(bracket.hint);
    expect(text("problem-place")).toBe("line 12:5");
    at("problem-place").click();
    expect(requests("reveal").map(({ body }) => body)).toEqual([{ range: bracket.range }]);
    expect(at("empty").hidden).toBe(false);
  });

  it("leave the last good picture, marked as old, and go when the text is mended", async () => {
    await descended();
    await host("source", source(bowl, { problems: [bracket] }));
    expect(page.root.dataset["stale"]).toBe("true");
    expect(at("stale").hidden).toBe(false);
    expect(text("player-position")).toBe("20 of 20");
    await host("source", source(bowl));
    expect(page.root.dataset["stale"]).toBe("false");
    expect(at("problems").hidden).toBe(true);
  });

  it("are shown once, though text and objective both know of them", async () => {
    const warning = { ...bracket, severity: "warning" as const };
    boot();
    await host("source", source(objective(2, { diagnostics: [warning] }), { problems: [warning] }));
    expect(texts("problem-message")).toHaveLength(1);
  });

  it("that are mere remarks stand beside the controls, not above the picture", async () => {
    boot();
    await host("source", source(objective(2, { diagnostics: [{ ...bracket, severity: "info" }] })));
    expect(at("problems").hidden).toBe(true);
    expect(at("notes").hidden).toBe(false);
    expect(at("notes").textContent).toContain(bracket.message);
  });

  it("never put the user's text into the page as markup", async () => {
    boot();
    await host("source", source(null, { label: "<img src=x>", problems: [{ ...bracket, message: "<b>bold</b>" }] }));
    expect(text("problem-message")).toBe("<b>bold</b>");
    expect(page.root.querySelector("img, b")).toBeNull();
  });
});
