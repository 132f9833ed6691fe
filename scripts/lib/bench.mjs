import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { installDependencies } from "./dependencies.mjs";
import { Obstacle } from "./narrator.mjs";
import { cache, root } from "./paths.mjs";
import { run, stopChildrenOnExit } from "./processes.mjs";

/** Our own scripts find the project by where they stand, so they are not bundled along. */
const scriptsStayHome = {
  name: "scripts-stay-home",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /\/scripts\/lib\/[^/]+\.mjs$/ }, ({ path: target, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, target)).href,
      external: true,
    }));
  },
};

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
  const { build: bundle } = await import("esbuild");
  const outfile = path.join(cache, "bench/run.mjs");
  await bundle({
    absWorkingDir: root,
    entryPoints: ["bench/run.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    define: { BENCHES: JSON.stringify(names) },
    plugins: [scriptsStayHome],
    logLevel: "warning",
  });
  const { code } = await run(process.execPath, [outfile], { cwd: root });
  return code;
}
