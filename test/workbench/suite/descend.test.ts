import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeEverything, eventually, runOn, show, testApi } from "./inEditor";

suite("Descend", () => {
  teardown(closeEverything);

  test("a highlighted expression in Markdown gives its gradient and a run that converges", async () => {
    const editor = await show("markdown", "A bowl: `x^2 + y^2`, round.\n", "x^2 + y^2");
    const { objective, problems } = await runOn(editor, "downhill.descend");
    assert.deepEqual(problems, []);
    assert.deepEqual(objective?.coordinates, ["x", "y"]);
    assert.equal(objective.formula?.gradient.length, 2);
    const api = await testApi();
    const run = await eventually("a run", () => api.panelState()?.told.run ?? undefined);
    assert.equal(run.status, "converged");
    assert.ok((run.gradientNorms.at(-1) ?? Infinity) < 1e-3);
    const landscape = await eventually("a landscape", () => api.panelState()?.told.landscape ?? undefined);
    assert.equal(landscape.kind, "contour");
  });

  test("the function under the cursor in TypeScript is read with its parameters in order", async () => {
    const text = "const data = [1, 2, 3];\nexport function loss(w: number, b: number): number {\n  let sum = 0;\n  for (const t of data) sum += (w * t + b) ** 2;\n  return sum;\n}\n";
    const editor = await show("typescript", text, "let sum", "cursor");
    const { objective, problems } = await runOn(editor, "downhill.showGradient");
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
    assert.equal(objective?.name, "loss");
    assert.deepEqual(objective.coordinates, ["w", "b"]);
  });

  test("the picture follows an edit of the document", async () => {
    const editor = await show("plaintext", "x^2 + y^2\n", "x^2 + y^2");
    const before = await runOn(editor, "downhill.descend");
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "3"));
    const api = await testApi();
    const after = await eventually("the formula changes", () => {
      const source = api.panelState()?.told.source;
      return source?.objective && source.objective.formula?.value !== before.objective?.formula?.value ? source : undefined;
    });
    assert.match(after.objective?.formula?.value ?? "", /3/);
  });
});
