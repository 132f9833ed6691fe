import path from "node:path";
import { Obstacle, step } from "./narrator.mjs";
import { root } from "./paths.mjs";
import { run } from "./processes.mjs";

/** @param {string[]} flags what esbuild.js knows: --production, --test */
export async function build(flags) {
  await step(`Building${flags.length > 0 ? ` (${flags.join(" ")})` : ""}`, async () => {
    const { code } = await run(process.execPath, [path.join(root, "esbuild.js"), ...flags], { cwd: root });
    if (code !== 0) throw new Obstacle("The build failed; what esbuild said is above.");
  });
}
