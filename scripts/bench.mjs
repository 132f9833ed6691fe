/**
 * npm run bench [-- name …]: builds for production, then runs the benchmarks of bench/ (or those named) and prints their tables.
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode(20);
const { runMain } = await import("./lib/narrator.mjs");
const { bench } = await import("./lib/bench.mjs");
runMain(() => bench(process.argv.slice(2)));
