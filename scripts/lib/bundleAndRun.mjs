import path from "node:path";
import { pathToFileURL } from "node:url";
import { cache, root } from "./paths.mjs";
import { run } from "./processes.mjs";

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
 * Bundles a TypeScript program of the project's own and runs it in Node.
 *
 * @param {string} entry from the project's root
 * @param {{ args?: string[], define?: Record<string, string> }} [options]
 * @returns {Promise<number>} the exit code
 */
export async function bundleAndRun(entry, { args = [], define = {} } = {}) {
  const { build } = await import("esbuild");
  const outfile = path.join(cache, entry.replace(/\.ts$/, ".mjs"));
  await build({
    absWorkingDir: root, entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", define,
    plugins: [scriptsStayHome], logLevel: "warning",
  });
  const { code } = await run(process.execPath, [outfile, ...args], { cwd: root });
  return code;
}
