import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CheckSnapshot, CodeResult, ObjectiveSnapshot, ParameterSnapshot } from "../../src/shared/protocol";
import { usePanel } from "./usePanel";
import { intent, objective, run, source } from "./snapshots";

/* What stands behind the gradient: whether it is right, how it reads as code, what it is taken by. */

const page = usePanel();
const { frame, host, requests, at, text, press } = page;
const answer = (name: string, body: CodeResult | null): Promise<void> => page.answer(name, body);

beforeEach(() => page.boot());

async function escape(testid: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true, composed: true });
  at(testid).dispatchEvent(event);
  await frame();
  return event;
}

const bowl = objective(2);
const agreed: CheckSnapshot = { objective: 1, verdict: "agree", reverseForward: 0, reverseDifference: 3.2e-11, directions: 3, detail: "They agree." };

describe("the check of the gradient", () => {
  async function checked(check: CheckSnapshot, of: ObjectiveSnapshot = bowl): Promise<void> {
    await host("source", source(of));
    await host("check", check);
    await press("check");
  }

  it("is pending until it is done, and says then what was compared, how closely, and where", async () => {
    await host("source", source(bowl));
    expect(text("check-verdict")).toBe("Checking the gradient…");
    await checked(agreed);
    expect(text("check-verdict")).toBe("Gradient checked");
    expect(at("check").querySelector("svg")).not.toBeNull();
    expect(text("check-where")).toBe("At the start, x = 2, y = 1.75, along 3 random directions:");
    expect(text("check-forward")).toBe("agree exactly (0)");
    expect(text("check-differences")).toBe("agree to 10 digits (3.2e−11)");
  });

  it.each([
    ["wasm-simd", "WebAssembly, two numbers at a time"], ["wasm", "does not take two numbers"], ["javascript", "JavaScript that was generated"], ["interpreter", "step by step"],
  ] as const)("tells what computes it: %s", async (backend, told) => {
    await checked(agreed, objective(2, { backend }));
    expect(text("backend")).toContain(told);
  });

  it("says of a gradient that disagrees why, and by which coordinate most", async () => {
    await checked({
      ...agreed, verdict: "disagree", reason: "modes", reverseForward: 0.5, worst: { coordinate: "y", reverse: 12.5, forward: 12, difference: 12 },
    });
    expect(text("check-verdict")).toBe("Gradient disagrees");
    expect(text("check-reason")).toContain("forward mode give different derivatives");
    expect(text("check-forward")).toContain("do not agree");
    expect(text("check-worst")).toBe("Most of all by y: reverse mode gives 12.5, forward mode 12, differences 12.");
  });

  it("is spoken of with the current point where it disagrees, and only there", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      for (const [verdict, spoken] of [["agree", false], ["disagree", true]] as const) {
        await host("source", source(bowl));
        await host("run", run(bowl, 3));
        await host("check", { ...agreed, verdict });
        vi.advanceTimersByTime(1000);
        expect(text("announcer")).toMatch(/^Step 3 of 3/);
        expect(text("announcer").includes("Gradient disagrees.")).toBe(spoken);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([["kink", "kink"], ["value", "not a finite number"], ["time", "makes you wait|make you wait"]] as const)("says why it cannot be checked: %s", async (reason, words) => {
    await checked({ objective: 1, verdict: "unchecked", reverseForward: NaN, reverseDifference: NaN, directions: 0, detail: "", reason });
    expect(text("check-verdict")).toBe("Not checkable here");
    expect(text("check-reason")).toMatch(new RegExp(words));
    expect(page.root.querySelector('[data-testid="check-forward"]')).toBeNull();
  });

  it("does not speak of a text that has changed since", async () => {
    await checked(agreed);
    await host("source", source(objective(2, { id: 2 })));
    expect(text("check-verdict")).toBe("Checking the gradient…");
  });

  it("opens a sheet with a name, takes the focus into it, and gives it back on Escape", async () => {
    await checked(agreed);
    expect(at("check").getAttribute("aria-expanded")).toBe("true");
    expect(at("check").getAttribute("aria-controls")).toBe(at("check-sheet").id);
    expect(at("check-sheet").getAttribute("role")).toBe("dialog");
    expect(at("check-sheet").getAttribute("aria-label")).toBe("Check of the gradient");
    expect(document.activeElement).toBe(at("check-sheet"));
    const event = await escape("check-sheet");
    expect(event.defaultPrevented).toBe(true);
    expect(at("check-sheet").hidden).toBe(true);
    expect(at("check").getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement).toBe(at("check"));
    expect((await escape("check")).defaultPrevented).toBe(false);
  });

  it("closes where one presses elsewhere", async () => {
    await checked(agreed);
    at("title").dispatchEvent(new Event("pointerdown", { bubbles: true, composed: true }));
    expect(at("check-sheet").hidden).toBe(true);
  });
});

describe("the gradient as code", () => {
  const program = { ...source(bowl), intent: { ...intent, source: { ...intent.source, language: "typescript" as const } } };

  it("is asked for when it is looked at, in the person's language, and shown as it will be copied", async () => {
    await host("source", program);
    expect(requests("code")).toEqual([]);
    await press("code");
    expect(requests("code").map(({ body }) => body)).toEqual([{ dialect: "typescript" }]);
    const code = "function fGradient(x: number): number {\n  return 2 * x; // by x\n}\n";
    await answer("code", { ok: true, code });
    expect(text("code-text")).toBe(code.trimEnd());
    expect([...at("code-text").querySelectorAll(".token-keyword")].map((node) => node.textContent)).toContain("function");
    await press("code-copy");
    expect(requests("copy").map(({ body }) => body)).toEqual([{ text: code.trimEnd() }]);
    expect(text("code-copied")).toBe("");
    await answer("copy", null);
    expect(text("code-copied")).toBe("Copied");
  });

  it("follows the text while it is open, and is not asked for twice", async () => {
    await host("source", program);
    await press("code");
    await answer("code", { ok: true, code: "a" });
    await escape("code-sheet");
    await press("code");
    expect(requests("code")).toHaveLength(1);
    await host("source", { ...program, objective: objective(2, { id: 2 }) });
    expect(requests("code")).toHaveLength(2);
    await answer("code", { ok: true, code: "b" });
    expect(text("code-text")).toBe("b");
  });

  it("says why there is none in a language", async () => {
    await host("source", program);
    await press("code");
    await answer("code", { ok: false, reason: "There is no formula." });
    expect(text("code-problem")).toBe("There is no formula.");
    expect(at("code-copy").getAttribute("aria-disabled")).toBe("true");
  });
});

describe("what varies and what is held", () => {
  const place = { start: { line: 11, character: 5 }, end: { line: 11, character: 8 } };
  const parameters: ParameterSnapshot[] = [
    { name: "w", role: "variable", canChange: true, origin: "call", place, shape: [], values: [0.5] },
    { name: "b", role: "variable", canChange: true, origin: "inferred", shape: [], values: [1] },
    { name: "xs", role: "data", canChange: true, origin: "call", shape: [3], values: [1, 2, 3] },
    { name: "table", role: "data", canChange: true, origin: "inferred", shape: [64, 784] },
    { name: "label", role: "data", canChange: false, origin: "default" },
  ];
  const named = objective(2, { coordinates: ["w", "b"], parameters });
  const chosen = (): unknown => requests("choose").at(-1)?.body["choice"];

  async function choose(name: string, role: "variable" | "data"): Promise<void> {
    const input = at(`role-${name}-${role}`) as HTMLInputElement;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await frame();
  }

  async function type(testid: string, value: string): Promise<void> {
    const field = at(testid) as HTMLElement & { value: string };
    field.value = value;
    field.dispatchEvent(new Event("change"));
    await frame();
  }

  it("is listed with where each value came from, and a way there", async () => {
    await host("source", source(named));
    expect(text("choose-summary")).toBe("w, b vary, xs, table, label held");
    expect([...page.root.querySelectorAll('[data-testid="choice-origin"]')].map((node) => node.textContent)).toEqual([
      "from the call on line 12", "chosen by Downhill (seeded)", "from a call in the file", "made up by Downhill (seeded)", "from its default value",
    ]);
    expect(at("choose").textContent).toContain("64 × 784 numbers");
    page.root.querySelector<HTMLElement>('[data-testid="choice-origin"] button')?.click();
    expect(requests("reveal").at(-1)?.body).toEqual({ range: place });
    expect(page.root.querySelector('[data-testid="role-label-variable"]')).toBeNull();
  });

  it("is said at once, and kept where it stood: the new role, and the start it was held at", async () => {
    await host("source", source(named, { intent: { ...intent, descent: { ...intent.descent, start: [3, 4] } } }));
    await choose("b", "data");
    expect(chosen()).toEqual({ roles: { b: "data" }, values: { b: 4 } });
    expect(text("choose-summary")).toBe("w vary, b, xs, table, label held");
    expect(page.api.state).toMatchObject({ choice: { roles: { b: "data" } } });
    expect((at("role-w-data") as HTMLInputElement).disabled).toBe(true);
    await answer("choose", null);
    await choose("xs", "variable");
    expect(chosen()).toMatchObject({ roles: { b: "data", xs: "variable" } });
  });

  it("does not jump back while the host has not heard of it", async () => {
    await host("source", source(named));
    await choose("b", "data");
    await host("source", source(named, { heard: 0 }));
    expect(text("choose-summary")).toContain("w vary, b,");
  });

  it("takes data that are typed, and says what it cannot read", async () => {
    await host("source", source(named));
    await type("value-xs", "1, 2.5; −3");
    expect(chosen()).toEqual({ roles: {}, values: { xs: [1, 2.5, -3] } });
    await type("value-xs", "1, two");
    expect(requests("choose")).toHaveLength(1);
    expect(at("choose").textContent).toContain("Numbers, separated by commas.");
  });

  it("gives the text's own data back", async () => {
    const given = parameters.map((one): ParameterSnapshot => (one.name === "xs" ? { ...one, origin: "panel" } : one));
    await host("source", source({ ...named, parameters: given }, { intent: { ...intent, choice: { roles: {}, values: { xs: [1], b: 2 } } } }));
    await press("undo-xs");
    expect(chosen()).toEqual({ roles: {}, values: { b: 2 } });
  });

  it("is not spoken of where there is nothing to choose", async () => {
    await host("source", source(objective(1, { parameters: parameters.slice(0, 1) })));
    await host("run", run(objective(1), 3));
    expect(at("choose-section").hidden).toBe(true);
  });
});

it("tells warnings by a shape and a word, and shows the piece of the text that is meant", async () => {
  await host("source", source(objective(2, {
    diagnostics: [{
      code: "W203", severity: "warning", message: "At the start the value is not a number; it becomes so here.", excerpt: "Math.sqrt(x)",
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 16 } },
    }],
  })));
  expect(text("problem")).toMatch(/^Warning: At the start/);
  expect(at("problem").querySelector("svg")).not.toBeNull();
  expect(text("problem-excerpt")).toBe("Math.sqrt(x)");
  await press("problem-place");
  expect(requests("reveal").at(-1)?.body).toMatchObject({ range: { start: { line: 2, character: 4 } } });
});
