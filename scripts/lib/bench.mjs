import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { bundleAndRun } from "./bundleAndRun.mjs";
import { installDependencies } from "./dependencies.mjs";
import { Obstacle } from "./narrator.mjs";
import { root } from "./paths.mjs";
import { stopChildrenOnExit } from "./processes.mjs";

/**
 * @param {string[]} wanted parts of names; none: all
 * @returns {Promise<number>} the exit code
 */
export async function bench(wanted) {
  stopChildrenOnExit();
  await installDependencies();
  const all = readdirSync(path.join(root, "bench")).filter((file) => file.endsWith(".ts") && file !== "run.ts");
  const names = all.map((file) => file.replace(/\.ts$/, "")).filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  if (names.length === 0) throw new Obstacle(`No benchmark is called ${wanted.join(", ")}.`, `There are: ${all.join(", ")}`);
  await build(["--production"]);
  return bundleAndRun("bench/run.ts", { define: { BENCHES: JSON.stringify(names) } });
}
