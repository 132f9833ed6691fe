import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticSource } from "../../../src/shared/ids";
import { closeEverything, eventually, runOn, show, testApi } from "./inEditor";

async function marked(editor: vscode.TextEditor): Promise<vscode.Diagnostic[]> {
  return eventually("the editor marks the place", () => {
    const ours = vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === diagnosticSource);
    return ours.length > 0 ? ours : undefined;
  });
}

suite("What cannot be differentiated", () => {
  teardown(closeEverything);

  const cases: [what: string, language: Parameters<typeof show>[0], text: string, piece: string, how: "highlight" | "cursor"][] = [
    ["nothing highlighted in prose", "plaintext", "Dear diary,\n\nhello.\n", "\nhello", "cursor"],
    ["a highlight that is not mathematics", "plaintext", "Dear diary, hello (\n", "diary, hello (", "highlight"],
    ["a function that returns a string", "typescript", "function f(x: number) {\n  return `x = ${x}`;\n}\n", "return", "cursor"],
    ["a function that reads a file", "javascript", "const fs = require('fs');\nfunction f(x) {\n  return x * fs.readFileSync('a').length;\n}\n", "return", "cursor"],
    ["a function without parameters", "typescript", "function f(): number {\n  return 3;\n}\n", "return", "cursor"],
  ];
  for (const [what, language, text, piece, how] of cases) {
    test(`${what}: a sentence, a place and a remedy, in the panel and in the editor`, async () => {
      const editor = await show(language, text, piece, how);
      const { problems } = await runOn(editor, "downhill.descend");
      const error = problems.find(({ severity }) => severity === "error");
      assert.ok(error, "the panel says nothing");
      assert.match(error.message, /^[A-Z"“‘`].*\.$/s);
      assert.doesNotMatch(error.message + (error.hint ?? ""), /\bat \w+.*:\d+:\d+|undefined|\[object/);
      assert.ok(error.hint, `no remedy: ${error.message}`);
      const [mark] = await marked(editor);
      assert.ok(mark, "the editor marks nothing");
      assert.ok(mark.message.startsWith(error.message), `the editor says: ${mark.message}`);
      assert.equal(mark.range.start.line, error.range.start.line);
    });
  }

  const endless: [what: string, body: string, kills: boolean][] = [
    ["a loop whose end never comes", "while (x * x >= 0) x += 1;", false],
    ["loops that would take a day", "for (let i = 0; i < 900000; i++) for (let j = 0; j < 900000; j++) x += Math.sin(x) / (i + j + 1);", true],
  ];
  for (const [what, body, kills] of endless) {
    test(`${what}: it is stopped within the time limit, and the engine works again afterwards`, async () => {
      const api = await testApi();
      const settings = vscode.workspace.getConfiguration("downhill");
      await settings.update("timeLimit", 1, vscode.ConfigurationTarget.Global);
      try {
        const { killed } = api.engineState();
        const stuck = await show("typescript", `function f(x: number) {\n  ${body}\n  return x;\n}\n`, "return", "cursor");
        const { problems } = await runOn(stuck, "downhill.descend");
        const error = problems.find(({ severity }) => severity === "error");
        assert.ok(error?.hint, JSON.stringify(problems));
        // The first may be noticed by counting, where the machine is quick enough; the second only by the clock.
        if (kills) assert.equal(api.engineState().killed, killed + 1, JSON.stringify(problems));
        const good = await show("plaintext", "(x - 1)^2\n", "(x - 1)^2");
        const { objective } = await runOn(good, "downhill.descend");
        assert.deepEqual(objective?.coordinates, ["x"]);
        const run = await eventually("a run", () => api.panelState()?.told.run ?? undefined);
        assert.equal(run.status, "converged");
      } finally {
        await settings.update("timeLimit", undefined, vscode.ConfigurationTarget.Global);
      }
    });
  }
});
