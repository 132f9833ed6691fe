import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../../src/shared/ids";
import { testApi } from "./inEditor";

suite("Activation", () => {
  // How long it takes, `npm run bench` reports; that nothing heavy is loaded, the bundler's metafile shows.
  test("starts no engine and opens no panel", async () => {
    const api = await testApi();
    assert.equal(api.engineState().started, 0);
    assert.equal(api.panelState(), undefined);
  });

  test("registers every command the manifest names, and the manifest names every command", async () => {
    await testApi();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith("downhill."));
    const manifest = vscode.extensions.getExtension("downhill.downhill")?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const named = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(new Set(named), new Set(Object.values(commands)));
    assert.deepEqual(named.filter((id) => !registered.includes(id)), []);
  });
});
