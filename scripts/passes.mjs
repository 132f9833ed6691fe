/**
 * npm run passes -- <file> [<function> [value | gradient | product]]: prints the program of a function as each pass over its loops leaves it, before it is compiled to WebAssembly.
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode(20);
const { runMain } = await import("./lib/narrator.mjs");
const { installDependencies } = await import("./lib/dependencies.mjs");
const { bundleAndRun } = await import("./lib/bundleAndRun.mjs");
runMain(async () => {
  await installDependencies();
  return bundleAndRun("bench/passes/printPasses.ts", { args: process.argv.slice(2) });
});
