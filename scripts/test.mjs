/**
 * npm test: installs what is missing, then type-check, lint, unit tests, webview tests, build, package, and the tests in a
 * real workbench. Ends with "N passed, N failed" on a line of its own. A stage that cannot run counts as failed, with its reason.
 *
 *   node scripts/test.mjs [--only types|lint|unit|webview|workbench] [-- file filters for vitest]
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode(20);
const { runMain } = await import("./lib/narrator.mjs");
const { test } = await import("./lib/test.mjs");
runMain(() => test(process.argv.slice(2)));
