import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { runInHost } from "../harness/runInHost";

// The suite that @vscode/test-electron also runs; here inside the embedded workbench's extension host, and reported test by test.
const { results, log, exitCode } = await runInHost(path.join(root, "dist/test/suite.js"));

describe("Inside the extension host", () => {
  test("the suite ran to its end", () => {
    expect(results.length, log).toBeGreaterThan(0);
    expect(exitCode, log).toBe(results.some(({ error }) => error) ? 1 : 0);
  });
  for (const { title, error } of results) {
    test(title, () => {
      expect(error).toBeUndefined();
    });
  }
});
