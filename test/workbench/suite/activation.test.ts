import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../../src/shared/ids";
import { testApi } from "./inEditor";

suite("Activation", () => {
  // The aim is 50 ms, which `npm run bench` reports; here a busy machine must not fail what a heavy import would.
  test("is quick and starts no engine", async () => {
    const api = await testApi();
    assert.ok(api.activationMs < 250, `it took ${api.activationMs} ms`);
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
