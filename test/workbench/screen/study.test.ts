import { beforeAll, describe, expect, test } from "vitest";
import { descendOn, descendRosenbrock } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("What one looks into", () => {
  const editor = useEditor({ theme: "light", size: { width: 1500, height: 950 } });
  let panel: Panel;

  beforeAll(async () => {
    panel = await descendRosenbrock(editor());
  });

  const open = async (fold: string): Promise<void> => {
    await panel.part(fold).locator("summary").first().click();
  };
  const focused = (): Promise<string | null | undefined> => panel.frame.evaluate(() => document.activeElement?.getAttribute("role"));

  test("the derivation of each partial derivative: rules by name, an outline for the keyboard", async () => {
    await open("derivation");
    await panel.says("step-rule", /^Sum rule/);
    const visible = await panel.part("steps").locator("[role=treeitem]").filter({ visible: true }).count();
    expect(visible).toBeGreaterThan(2);
    expect(visible).toBeLessThanOrEqual(14);
    expect((await panel.latex("step-math"))[0]).toMatch(/\\partial.*\(1 - x\)\^2/);
    await panel.part("steps").locator("[role=treeitem][tabindex='0']").focus();
    const before = (await panel.state()).iteration;
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("ArrowRight");
    await until("a line of the outline has the keyboard", focused, (role) => role === "treeitem");
    expect((await panel.state()).iteration).toBe(before);
    await editor().screenshot("derivation");
    await panel.page.keyboard.press("Escape");
    await until("the outline is folded", () => panel.part("steps").isVisible(), (visible) => !visible);
  });

  test("the second derivatives as a matrix, the limit with its quotients", async () => {
    await open("hessian");
    const matrix = await until("the matrix is there", () => panel.latex("hessian-matrix"), ([tex]) => tex !== "");
    expect(matrix[0]).toMatch(/pmatrix.*1200 ?x\^2.*-400 ?x.*200/);
    await open("limit");
    await panel.says("limit-value", /\d/);
    const errors = await panel.part("limit-row").locator("td:last-child").allInnerTexts();
    expect(Number(errors[4]?.replace("−", "-"))).toBeLessThan(Number(errors[1]?.replace("−", "-")));
    await editor().screenshot("hessian-and-limit");
    await open("hessian");
    await open("limit");
  });

  test("the stationary points in sight: of Rosenbrock's valley the minimum at (1, 1), marked and listed", async () => {
    await panel.part("marks").click();
    await panel.part("marks").click();
    await open("stationary");
    await panel.says("stationary-kind", /^Minimum$/);
    expect((await panel.latex("stationary-place"))[0]).toContain("1,\\ 1");
    expect(await panel.part("marks").getAttribute("aria-pressed")).toBe("true");
    await editor().screenshot("stationary");
  });

  test("of a program the reverse sweep, line by line, each a way to its place in the editor", async () => {
    await descendOn(editor(), "regression.ts", "total += error ** 2");
    await panel.says("title", /meanSquaredError/);
    await panel.reaches({ view: "ready", landscape: "contour" });
    expect((await panel.latex("formula-value"))[0]).toMatch(/\\sum_\{i=1\}/);
    if (!(await panel.part("derivation-way").isVisible())) await open("derivation");
    await panel.frame.locator("label[for=derivation-sweep]").click();
    await panel.says("sweep", /total \+= error \*\* 2/);
    expect((await panel.latex("sweep-update")).join(" ")).toMatch(/error/);
    await editor().screenshot("sweep");
    await panel.part("sweep-line").first().click();
    await editor().page.locator("#status\\.editor\\.selection").filter({ hasText: "Ln 13" }).waitFor();
    await panel.part("in-full").click();
    await panel.part("in-full").click();
    await editor().openFile("surfaces.ts");
  });

  test("all of it as large as a projector needs, and still so in the next panel", async () => {
    const size = await panel.frame.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    await panel.part("type-size").click();
    await panel.part("type-size").locator("vscode-option").filter({ hasText: "200 %" }).click();
    await until("the type is twice as large", () => panel.frame.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize)),
      (now) => Math.abs(now - 2 * size) < 0.1);
    const beyond = (): Promise<number> => panel.frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await until("nothing is wider than the panel", beyond, (pixels) => pixels <= 0);
    await editor().page.waitForTimeout(500);
    await editor().screenshot("projector");
    await editor().page.locator(".tab").filter({ hasText: "Downhill" }).locator(".codicon-close").click();
    await until("the panel is closed", () => editor().page.locator(".tab").filter({ hasText: "Downhill" }).count(), (count) => count === 0);
    panel = await descendOn(editor(), "surfaces.ts", "return (1 - x) ** 2");
    await panel.reaches({ view: "ready" });
    expect(await panel.frame.evaluate(() => document.documentElement.dataset["size"])).toBe("200");
  });
});
