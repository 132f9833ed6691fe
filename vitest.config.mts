import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Three projects: pure logic in Node, the webview in happy-dom, and a real VS Code driven through a browser. */
// eslint-disable-next-line no-restricted-syntax -- vitest reads its configuration from the default export
export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    projects: [
      {
        // A machine that has more to do takes longer, and is right all the same.
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], environment: "node", testTimeout: 30_000 },
      },
      {
        test: {
          name: "webview",
          include: ["test/webview/**/*.test.ts"],
          environment: "happy-dom",
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "workbench",
          include: ["test/workbench/screen/**/*.test.ts"],
          environment: "node",
          globalSetup: ["test/workbench/harness/globalSetup.ts"],
          // One editor on screen at a time: the machine that runs this may have two cores.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
