import { describe, expect, it } from "vitest";
import type { RunSnapshot } from "../../src/shared/protocol";
import { korean } from "../../webview/strings.ko";
import { contour, descent, intent, objective, run, source } from "./snapshots";
import { usePanel } from "./usePanel";

const bowl = objective(2);
const left: RunSnapshot = {
  ...run(bowl, 12), status: "diverged", rule: "divergence", reason: "the value is infinite after 12 iterations; the largest curvature is 1200",
  divergence: { curvature: 1200, at: 3, learningRate: 0.01, bound: 2 / 1200, safeLearningRate: 0.0015 },
};

describe("the words for how a run ended", () => {
  const page = usePanel();
  const { at, all, text, host, requests, answer, press } = page;
  const isShown = (testid: string): boolean => all(testid)[0]?.closest("[hidden]") === null;

  async function ran(shown: RunSnapshot): Promise<void> {
    page.boot();
    await host("source", source(bowl));
    await host("landscape", contour(bowl));
    await host("run", shown);
  }

  it("explain a run that left from its own function, and offer a rate that does not leave with one click", async () => {
    await ran(left);
    expect(text("status-reason")).toBe("Diverged after 12 steps: the steps lead further and further away.");
    expect(text("divergence")).toBe(
      "The largest curvature along the path is about 1200, near iteration 3. Gradient descent is stable on it only below a learning rate of "
      + "2 ÷ curvature = 0.00167; this run had 0.01. A learning rate of 0.0015 was tried, and does not diverge.",
    );
    expect(text("use-safe-rate")).toBe("Use 0.0015");
    await press("use-safe-rate");
    expect(requests("descend").at(-1)?.body).toMatchObject({ descent: { ...descent, learningRate: 0.0015, ownRate: true } });
    expect((at("learning-rate") as HTMLInputElement).value).toBe("0.0015");
    // Pressing it again would only ask for what is on its way.
    await press("use-safe-rate");
    expect(requests("descend")).toHaveLength(1);
    await answer(requests("descend")[0]);
    await host("run", run(bowl, 20));
    expect(isShown("use-safe-rate")).toBe(false);
    expect(isShown("divergence")).toBe(false);
  });

  it("say nothing of bounds where theory has none, and nothing at all where nothing was found", async () => {
    await ran({ ...left, method: "adam", divergence: { curvature: 5, at: 0, learningRate: 90 } });
    expect(text("divergence")).toBe("The largest curvature along the path is about 5, near iteration 0.");
    expect(isShown("use-safe-rate")).toBe(false);
  });

  it("offer no rate that was found for another method than the one chosen", async () => {
    await ran(left);
    expect(isShown("use-safe-rate")).toBe(true);
    await host("source", source(bowl, { intent: { ...intent, descent: { ...descent, method: "adam" } } }));
    expect(isShown("use-safe-rate")).toBe(false);
  });

  it("tell what happened on the way", async () => {
    await ran({ ...run(bowl, 20), remarks: [
      { kind: "indefinite", count: 1, first: 2, message: "" }, { kind: "clipped", count: 4, first: 1, message: "" },
    ] });
    expect([...at("run-remarks").children].map((child) => child.textContent)).toEqual([
      "In iteration 2, the Hessian was not positive definite, so the step was bent towards better values.",
      "In 4 iterations, first in 1, the gradient was clipped before the step.",
    ]);
    await host("run", run(bowl, 20));
    expect(isShown("run-remarks")).toBe(false);
  });

  it("name the rule in Korean too, with its number", () => {
    const { rule } = korean.status;
    expect(rule("gradientNorm", "", "8.1e−7", 21)).toContain("8.1e−7");
    expect(rule("iterations", "", "1", 200)).toContain("200");
    expect(rule("precision", "rounding", "1", 3)).toMatch(/^[^a-z]+$/i);
  });
});
