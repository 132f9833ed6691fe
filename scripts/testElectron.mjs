/**
 * npm run test:electron: the in-host suite under a desktop VS Code that @vscode/test-electron downloads, the way contributors to VS
 * Code extensions expect. `npm test` runs the same suite in the embedded workbench, which needs no download from Microsoft.
 *
 *   npm run test:electron [-- --vscode 1.100.0]
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode(20);
const { runMain } = await import("./lib/narrator.mjs");
const { testElectron } = await import("./lib/testElectron.mjs");
runMain(() => testElectron(process.argv.slice(2)));
