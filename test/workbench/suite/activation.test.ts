import assert from "node:assert/strict";
import * as vscode from "vscode";

suite("Activation", () => {
  test("the extension is here and activates", async () => {
    const extension = vscode.extensions.getExtension("downhill.downhill");
    assert.ok(extension, "downhill.downhill is not installed");
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
