import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import type { Questions, StepSnapshot } from "../../src/shared/questions";
import { usePanel } from "./usePanel";
import { contour, curve, objective, run, source } from "./snapshots";

/* What one looks into: derivation, second derivatives, limit definition, stationary points. */

const page = usePanel();
const { frame, host, posted, requests, all, at } = page;
const answer = <K extends keyof Questions>(name: K, body: Questions[K]["response"]): Promise<void> => page.answer(name, body);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  page.boot();
});
afterEach(() => {
  vi.useRealTimers();
});

const tex = (node: Element): string => [...node.querySelectorAll<HTMLElement>("[data-tex]")].map((cell) => cell.dataset["tex"] ?? "").join("").replaceAll("\\displaystyle ", "");

async function unfold(testid: string, open = true): Promise<void> {
  const details = at(testid) as HTMLDetailsElement;
  details.open = open;
  details.dispatchEvent(new Event("toggle"));
  await frame();
}

async function key(target: HTMLElement, name: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  await frame();
  return event;
}

const everything: ObjectiveSnapshot["offers"] = ["steps", "hessian", "sweep", "quotients", "stationary"];
const bowl = objective(2, { formula: { value: "x^2 + y^2", gradient: ["2 x", "2 y"] }, offers: everything });
const leaf = (before: string, after: string): StepSnapshot => ({ rule: "power", before, after, open: false, children: [] });
const steps: StepSnapshot = {
  rule: "sum", before: "(2 x + 1)^2 + x^2", after: "10 x + 4", open: true,
  simplification: { from: "4 (2 x + 1) + 2 x", by: ["multiply out and collect like terms"] },
  children: [
    { rule: "power, chain", before: "(2 x + 1)^2", after: "4 (2 x + 1)", open: false, inner: { name: "u", value: "2 x + 1", derivative: "2" }, children: [leaf("2 x + 1", "2")] },
    leaf("x^2", "2 x"),
  ],
};

describe("the folds", () => {
  it("are closed, and ask nothing before they are opened; what a function has no answer to is not offered", async () => {
    await host("source", source(objective(2, { offers: ["hessian"] })));
    expect(all("derivation")[0]?.hidden).toBe(true);
    expect(at("hessian").hidden).toBe(false);
    expect(at("limit").hidden).toBe(true);
    expect(requests("hessian")).toHaveLength(0);
    await unfold("hessian");
    expect(requests("hessian").map(({ body }) => body)).toEqual([{ objective: 1 }]);
  });

  it("close with Escape, which leads back to their line", async () => {
    await host("source", source(bowl));
    await unfold("derivation");
    const event = await key(at("derivation-by-0"), "Escape");
    expect(event.defaultPrevented).toBe(true);
    expect((at("derivation") as HTMLDetailsElement).open).toBe(false);
    expect(document.activeElement).toBe(at("derivation").querySelector("summary"));
  });

  it("ask again of another function while they are open, and give up what was asked of the one before", async () => {
    await host("source", source(bowl));
    await unfold("hessian");
    const first = requests("hessian")[0]?.id;
    await host("source", source({ ...bowl, id: 2 }));
    expect(requests("hessian").map(({ body }) => body["objective"])).toEqual([1, 2]);
    expect(posted("cancel").map(({ id }) => id)).toContain(first);
  });

  it("say what went wrong, and nothing where something newer took over", async () => {
    await host("source", source(bowl));
    await unfold("hessian");
    const fail = async (code: string): Promise<void> => {
      window.dispatchEvent(new MessageEvent("message", { data: { kind: "reply", id: requests("hessian").at(-1)?.id, ok: false, error: { code, message: "no time" } } }));
      await frame();
    };
    await fail("superseded");
    expect(at("hessian-problem").textContent).toBe("");
    await host("source", source({ ...bowl, id: 2 }));
    await fail("timeout");
    expect(at("hessian-problem").textContent).toBe("That did not work: no time");
  });
});

describe("the derivation", () => {
  async function shown(): Promise<void> {
    await host("source", source(bowl));
    await unfold("derivation");
    await answer("steps", steps);
  }
  const items = (): HTMLElement[] => [...at("steps").querySelectorAll<HTMLElement>('[role="treeitem"]')];

  it("tells rule, before and after of each step, its inner function and what was done to simplify", async () => {
    await shown();
    expect(all("step-rule").map(({ textContent }) => textContent)).toEqual(["Sum rule", "Chain rule · Power rule", "Power rule", "Power rule"]);
    expect(tex(all("step-math")[0] ?? page.root)).toContain("\\frac{\\partial }{\\partial x}\\left[(2 x + 1)^2 + x^2\\right]");
    expect(tex(all("step-math")[0] ?? page.root)).toContain("10 x + 4");
    expect(tex(at("step-inner"))).toContain("u = 2 x + 1");
    expect(at("step-simplified").textContent).toBe("then: multiply out, collect like terms");
  });

  it("is a tree for the keyboard: one stop, arrows to go about, to open and to close, without moving the player", async () => {
    await shown();
    const [sum, chain, inner, power] = items();
    if (!sum || !chain || !inner || !power) throw new Error("Four steps were told.");
    expect(items().map((item) => item.getAttribute("aria-level"))).toEqual(["1", "2", "3", "2"]);
    expect(items().map((item) => item.getAttribute("aria-expanded"))).toEqual(["true", "false", null, null]);
    expect(items().filter((item) => item.tabIndex === 0)).toEqual([sum]);
    sum.focus();
    expect((await key(sum, "ArrowDown")).defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(chain);
    await key(chain, "ArrowDown");
    expect(document.activeElement).toBe(power);
    await key(power, "ArrowUp");
    await key(chain, "ArrowRight");
    expect(chain.getAttribute("aria-expanded")).toBe("true");
    await key(chain, "ArrowRight");
    expect(document.activeElement).toBe(inner);
    await key(inner, "ArrowLeft");
    expect(document.activeElement).toBe(chain);
    await key(chain, "Enter");
    expect(chain.getAttribute("aria-expanded")).toBe("false");
    await key(chain, "End");
    expect(document.activeElement).toBe(power);
    await key(power, "Home");
    expect(document.activeElement).toBe(sum);
    expect(items().filter((item) => item.tabIndex === 0)).toEqual([sum]);
  });

  it("opens and closes with a click as well", async () => {
    await shown();
    const chain = items()[1];
    chain?.querySelector<HTMLElement>(".tree-line")?.click();
    expect(chain?.getAttribute("aria-expanded")).toBe("true");
    chain?.querySelector<HTMLElement>(".tree-line")?.click();
    expect(chain?.getAttribute("aria-expanded")).toBe("false");
  });

  it("is by the unknown that is chosen", async () => {
    await shown();
    const second = at("derivation-by-1") as HTMLInputElement;
    expect(second.getAttribute("aria-label")).toBe("y");
    second.checked = true;
    second.dispatchEvent(new Event("change"));
    await frame();
    expect(requests("steps").map(({ body }) => body)).toEqual([{ objective: 1, coordinate: 0 }, { objective: 1, coordinate: 1 }]);
  });

  it("of a program is told backwards too, each line a way to its place", async () => {
    await shown();
    const backwards = at("derivation-sweep") as HTMLInputElement;
    backwards.checked = true;
    backwards.dispatchEvent(new Event("change"));
    await frame();
    await answer("sweep", [
      { line: 4, source: "return total / n", depth: 0, updates: ["\\overline{total} = 1/n"] },
      { line: 2, source: "for (const x of xs)", depth: 0, opens: "loop", updates: [] },
      { line: 3, source: "total += (w * x) ** 2", depth: 1, updates: ["\\bar{w} \\mathrel{+}= 2 w x^2"] },
    ]);
    expect([...at("sweep").children].map((line) => line.getAttribute("data-depth"))).toEqual(["0", "0", "1"]);
    expect(at("sweep").textContent).toContain("once a turn, the last turn first");
    all("sweep-line")[2]?.click();
    expect(requests("reveal").at(-1)?.body).toEqual({ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } } });
    expect(all("sweep-line")[0]?.getAttribute("aria-label")).toBe("Show line 5 in the editor");
  });
});

describe("the second derivatives", () => {
  it("are named by their unknowns, each once", async () => {
    await host("source", source(bowl));
    await unfold("hessian");
    await answer("hessian", { entries: [["2", "0"], ["0", "8"]], where: [] });
    const lines = all("hessian-entry").map(tex);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("\\frac{\\partial^2 f}{\\partial x\\,\\partial y}");
    expect(tex(at("hessian"))).toContain("\\begin{pmatrix} 2 & 0");
  });

  it("say what their names stand for", async () => {
    await host("source", source(bowl));
    await unfold("hessian");
    await answer("hessian", { entries: [["p (1 - p)", "0"], ["0", "1"]], where: [{ name: "p", value: "e^x" }] });
    expect(tex(at("hessian-where"))).toContain("p = e^x");
  });

  it("that are too long to be read are not shown, which is said", async () => {
    await host("source", source(bowl));
    await unfold("hessian");
    await answer("hessian", null);
    expect(at("hessian-problem").textContent).toContain("too long");
    expect(all("hessian-entry")).toHaveLength(0);
  });
});

describe("the limit definition", () => {
  const line = objective(1, { offers: everything });
  const rows = [1, 0.1, 0.01, 0.001].map((h) => ({ h, quotient: 4 + h, error: h }));

  it("is at the current point once it rests, and follows the player", async () => {
    await host("source", source(bowl));
    await host("run", run(bowl, 3));
    await unfold("limit");
    vi.advanceTimersByTime(200);
    expect(requests("quotients").at(-1)?.body).toEqual({ objective: 1, coordinate: 0, x: [0.25, 0.21875] });
    await answer("quotients", { rows, limit: 4, value: 4, definition: "\\frac{(x + h)^2 - x^2}{h}" });
    expect(all("limit-row")).toHaveLength(4);
    expect(at("limit-where").textContent).toBe("At x = 0.25, y = 0.2188:");
    expect(at("limit-value").textContent).toBe("4.000000");
    expect(at("limit-problem").textContent).toBe("");
    await host("player", { command: "first" });
    vi.advanceTimersByTime(200);
    expect(requests("quotients").at(-1)?.body["x"]).toEqual([2, 1.75]);
  });

  it("is told from both sides at a kink, where it does not exist", async () => {
    await host("source", source(line));
    await unfold("limit");
    vi.advanceTimersByTime(200);
    await answer("quotients", { rows, limit: 0, value: 0, sides: { left: -1, right: 1 } });
    expect(at("limit-value").textContent).toBe("—");
    expect(at("limit-problem").textContent).toBe("A kink: −1 from the left, 1 from the right, so there is no limit. The gradient takes 0 here.");
  });

  it("of another function is told at once, also while its run is still played", async () => {
    const other = objective(2, { id: 2, offers: everything });
    await host("source", source(bowl));
    await host("run", run(bowl, 3));
    await unfold("limit");
    await host("player", { command: "first" });
    await host("player", { command: "play" });
    expect(page.root.dataset["playing"]).toBe("true");
    await host("source", source(other));
    expect(requests("quotients").at(-1)?.body["objective"]).toBe(2);
  });

  it("of one unknown draws the secant of the step that is chosen, and takes it away when it is closed", async () => {
    await host("source", source(line));
    await host("landscape", curve(line));
    await unfold("limit");
    vi.advanceTimersByTime(200);
    await answer("quotients", { rows, limit: 4, value: 4 });
    const pressed = (): (string | null)[] => all("limit-step").map((step) => step.getAttribute("aria-pressed"));
    expect(pressed()).toEqual(["true", "false", "false", "false"]);
    all("limit-step")[2]?.click();
    expect(pressed()).toEqual(["false", "false", "true", "false"]);
    expect(all("limit-step")[2]?.getAttribute("aria-label")).toBe("Draw the secant for h = 0.01");
  });

  it("keeps steps that are lost in rounding for those who ask", async () => {
    await host("source", source(line));
    await unfold("limit");
    vi.advanceTimersByTime(200);
    await answer("quotients", { rows: [...rows, ...[1e-9, 1e-12, 1e-15].map((h) => ({ h, quotient: 5, error: 1 }))], limit: 4, value: 4 });
    const seen = (): number => all("limit-row").filter(({ hidden }) => !hidden).length;
    expect(seen()).toBe(5);
    at("limit-more").click();
    expect(seen()).toBe(7);
    expect(at("limit-more").hidden).toBe(true);
  });
});

describe("stationary points", () => {
  const found: Questions["stationary"]["response"] = { ok: true, points: [
    { at: Float64Array.of(0, 0), value: 0, kind: "minimum", isolated: true, eigenvalues: Float64Array.of(2, 2), exact: ["0", "\\sqrt{2}"] },
    { at: Float64Array.of(1, -0.5), value: 3, kind: "saddle", isolated: true, eigenvalues: Float64Array.of(-1, 2) },
    { at: Float64Array.of(1, 1), value: 4, kind: "undecided", seems: "maximum", isolated: false, eigenvalues: Float64Array.of(-1, 0) },
  ] };

  async function drawn(): Promise<void> {
    await host("source", source(bowl));
    expect(requests("stationary")).toHaveLength(0);
    await host("landscape", contour(bowl));
  }

  it("are looked for in the window on screen, after its picture, and once", async () => {
    await drawn();
    expect(requests("stationary")).toHaveLength(0);
    vi.advanceTimersByTime(300);
    expect(requests("stationary").map(({ body }) => body)).toEqual([{ objective: 1, window: [[-4, 4], [-4, 4]] }]);
    await answer("stationary", found);
    vi.advanceTimersByTime(2000);
    expect(requests("stationary")).toHaveLength(1);
  });

  it("are given up for whatever the person asks meanwhile, and looked for again afterwards", async () => {
    await drawn();
    vi.advanceTimersByTime(300);
    const [first] = requests("stationary");
    const slider = at("learning-rate-slider");
    (slider as HTMLInputElement).value = "500";
    slider.dispatchEvent(new Event("input"));
    await frame();
    expect(requests("descend")).toHaveLength(1);
    expect(posted("cancel").map(({ id }) => id)).toContain(first?.id);
    window.dispatchEvent(new MessageEvent("message", { data: { kind: "reply", id: requests("descend")[0]?.id, ok: true, body: null } }));
    await frame();
    vi.advanceTimersByTime(300);
    expect(requests("stationary")).toHaveLength(2);
  });

  it("are listed with place, value, kind and eigenvalues: exact where they are known so", async () => {
    await drawn();
    await unfold("stationary");
    expect(at("stationary-note").textContent).toBe("Looking for them…");
    vi.advanceTimersByTime(300);
    await answer("stationary", found);
    expect(all("stationary-kind").map(({ textContent }) => textContent)).toEqual(
      ["Minimum", "Saddle point", "Undecided by the Hessian; looks like: Maximum, one of a whole line"]);
    expect(all("stationary-place").map((place) => place.dataset["tex"])).toEqual(
      ["(x, y) = \\left(0,\\ \\sqrt{2}\\right)", "(x, y) = \\left(1,\\ -0.5\\right)", "(x, y) = \\left(1,\\ 1\\right)"]);
    expect(all("stationary-eigenvalues")[1]?.textContent).toBe("eigenvalues −1, 2");
    expect(at("stationary-note").hidden).toBe(true);
  });

  it("are not looked for where nobody wants to see them; the choice is remembered by the host", async () => {
    await host("display", { size: 100, marks: false });
    await drawn();
    vi.advanceTimersByTime(1000);
    expect(requests("stationary")).toHaveLength(0);
    expect(at("marks").getAttribute("aria-pressed")).toBe("false");
    at("marks").click();
    await frame();
    expect(requests("display").at(-1)?.body).toEqual({ display: { size: 100, marks: true } });
    expect(at("marks").getAttribute("aria-pressed")).toBe("true");
    vi.advanceTimersByTime(300);
    expect(requests("stationary")).toHaveLength(1);
  });

  it("says where there are none, and where looking would take too long", async () => {
    await drawn();
    await unfold("stationary");
    vi.advanceTimersByTime(300);
    await answer("stationary", { ok: true, points: [] });
    expect(at("stationary-note").textContent).toBe("None found in this view.");
    await host("landscape", { ...contour(bowl), window: { x: [0, 1], y: [0, 1] } });
    vi.advanceTimersByTime(300);
    await answer("stationary", { ok: false });
    expect(at("stationary-note").textContent).toContain("would make you wait");
  });
});

describe("the formula", () => {
  const named = objective(2, { offers: [], formula: {
    value: "(w + b)^2 + (w + b)^3", gradient: ["A", "B"],
    setOut: { value: "s^2 + s^3", gradient: ["2 s + 3 s^2", "2 s + 3 s^2"], where: [{ name: "s", value: "w + b" }] },
  } });

  it("is set out with the names it uses beneath it, and in full on request", async () => {
    await host("source", source(named));
    expect(tex(at("formula-value"))).toContain("s^2 + s^3");
    expect(tex(at("formula-where"))).toContain("s = w + b");
    at("in-full").click();
    expect(tex(at("formula-value"))).toContain("(w + b)^2");
    expect(all("formula-where")).toHaveLength(0);
    expect(at("in-full").getAttribute("aria-pressed")).toBe("true");
  });

  it("that has one form only offers no other", async () => {
    await host("source", source(bowl));
    expect(at("in-full").hidden).toBe(true);
  });
});

describe("the type size", () => {
  it("is the host's from the first picture on, the person's from then on, and told to the host", async () => {
    await host("display", { size: 150, marks: true });
    expect(document.documentElement.dataset["size"]).toBe("150");
    const size = at("type-size") as HTMLElement & { value: string };
    size.value = "200";
    size.dispatchEvent(new Event("change"));
    await frame();
    expect(document.documentElement.dataset["size"]).toBe("200");
    expect(requests("display").at(-1)?.body).toEqual({ display: { size: 200, marks: true } });
    expect(size.getAttribute("aria-label")).toBe("Type size");
  });
});
