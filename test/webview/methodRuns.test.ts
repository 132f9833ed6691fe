import { expect, it } from "vitest";
import { compile, printGradient, readProgram } from "../../src/core/index";
import { defaultDescent, defaultSettings } from "../../src/shared/defaults";
import type { DescentIntent, RunSnapshot } from "../../src/shared/protocol";
import { webviewChecks } from "../../src/shared/validate";
import { createHandlers } from "../../src/worker/handlers";
import { initialParameters, methods } from "../../webview/methods";

/** What the panel sends for a method, checked as the host checks it, and run as the worker runs it. */
const worker = createHandlers({ readProgram, compile, printGradient });
const context = { signal: new AbortController().signal, transfer: [] };
const text = "(1 - x)^2 + 100 (y - x^2)^2";

async function run(part: Partial<DescentIntent>): Promise<RunSnapshot> {
  const opened = await worker.open({ id: 1, text, language: "math", selection: { start: 0, end: text.length }, uri: "file:///a.md", modules: [] }, context);
  if (!opened.ok) throw new Error(opened.diagnostics.map(({ message }) => message).join());
  const asked = { ...defaultDescent(defaultSettings), start: [-1.2, 1], ...part };
  const { learningRate } = await worker.suggest({ objective: 1, descent: asked }, context);
  const checked = webviewChecks.descend({ descent: { ...asked, learningRate } });
  if (!checked.ok) throw new Error(JSON.stringify(checked));
  return worker.descend({ objective: 1, descent: checked.value.descent }, context);
}

it.each(methods)("$id runs on Rosenbrock's function from the panel, at the rate suggested", async ({ id, group }) => {
  const { status, values, iterations, iterates } = await run({ method: id, parameters: initialParameters(id) });
  expect(["converged", "exhausted"]).toContain(status);
  expect(values[iterations]).toBeLessThan(0.5 * (values[0] ?? NaN));
  if (group === "searching") {
    expect(status).toBe("converged");
    expect(iterates.at(-2)).toBeCloseTo(1, 5);
    expect(iterates.at(-1)).toBeCloseTo(1, 5);
  }
});
