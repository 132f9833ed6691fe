import { expect, it } from "vitest";
import { compile, printGradient, readProgram } from "../../src/core/index";
import { defaultDescent, defaultSettings } from "../../src/shared/defaults";
import type { DescentIntent } from "../../src/shared/intent";
import type { RunSnapshot } from "../../src/shared/protocol";
import { webviewChecks } from "../../src/shared/validate";
import { createHandlers } from "../../src/worker/handlers";
import { initialParameters, methods } from "../../webview/methods";
import { callContext } from "../unit/support/callContext";

/** What the panel sends for a method, checked as the host checks it, and run as the worker runs it. */
const worker = createHandlers({ readProgram, compile, printGradient });
const context = callContext();
const text = "(1 - x)^2 + 100 (y - x^2)^2";

async function run(part: Partial<DescentIntent>, ownRate?: number): Promise<RunSnapshot> {
  const opened = await worker.open({ id: 1, text, language: "math", selection: { start: 0, end: text.length }, uri: "file:///a.md", modules: [] }, context);
  if (!opened.ok) throw new Error(opened.diagnostics.map(({ message }) => message).join());
  const asked = { ...defaultDescent(defaultSettings), start: [-1.2, 1], ...part };
  const { learningRate } = await worker.suggest({ objective: 1, descent: asked }, context);
  const checked = webviewChecks.descend({ descent: { ...asked, learningRate: ownRate ?? learningRate } });
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

it.each((["gd", "newton", "newton-cg", "cg", "bfgs", "lbfgs"] as const).flatMap((id) => (["armijo", "strong-wolfe"] as const).map((lineSearch) => ({ id, lineSearch }))))(
  "$id descends with the line search $lineSearch", async ({ id, lineSearch }) => {
    const { status, values, iterations } = await run({ method: id, lineSearch, parameters: initialParameters(id, lineSearch) });
    expect(["converged", "exhausted"]).toContain(status);
    expect(values[iterations]).toBeLessThan(0.2 * (values[0] ?? NaN));
  });

it("a run that leaves comes with the curvature, the bound and a rate that does not", async () => {
  const left = await run({ method: "gd", ownRate: true, maxIterations: 50 }, 0.01);
  expect(left).toMatchObject({ status: "diverged", rule: "divergence", method: "gd", maximize: false });
  const { curvature = 0, bound = NaN, safeLearningRate = NaN } = left.divergence ?? {};
  expect(curvature).toBeGreaterThan(1000);
  expect(bound).toBeCloseTo(2 / curvature, 12);
  expect((await run({ method: "gd", ownRate: true, maxIterations: 50 }, safeLearningRate)).status).not.toBe("diverged");
});

it("a run tells by which rule it ended, and of a Hessian that was not positive definite", async () => {
  const { rule, remarks } = await run({ method: "newton", parameters: initialParameters("newton"), start: [0, 2] });
  expect(rule).toBe("gradientNorm");
  expect(remarks).toMatchObject([{ kind: "indefinite", first: 1 }]);
});
