/**
 * npm start: installs what is missing, builds, and opens Downhill on examples/ — in the user's VS Code when `code` is on the
 * PATH, otherwise in an embedded one, in the browser. Needs nothing but Node and npm.
 *
 *   npm start -- [--embedded] [--port N] [--no-open]
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode(20);
const { runMain } = await import("./lib/narrator.mjs");
const { start } = await import("./lib/start.mjs");
runMain(() => start(process.argv.slice(2)));
