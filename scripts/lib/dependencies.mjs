import { readFileSync } from "node:fs";
import path from "node:path";
import { say, step } from "./narrator.mjs";
import { root } from "./paths.mjs";
import { npm, npmObstacle } from "./processes.mjs";

/** Installs what package-lock.json names, if it is not there already in exactly those versions. */
export async function installDependencies() {
  const reason = whyInstall();
  if (!reason) {
    say("▸ Dependencies are installed");
    return;
  }
  await step(`Installing dependencies (${reason}; about half a minute)`, async () => {
    const { code, output } = await npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root });
    if (code !== 0) throw npmObstacle("Installing the dependencies", output);
  });
}

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock
 * @returns {string | undefined} why an install is needed; undefined when it is not
 */
function whyInstall() {
  const installed = readLock("node_modules/.package-lock.json");
  if (!installed) return "none yet";
  const wanted = readLock("package-lock.json");
  for (const [folder, { version, optional }] of Object.entries(wanted?.packages ?? {})) {
    const there = installed.packages[folder];
    // npm leaves out optional packages made for other platforms.
    if (folder === "" || (!there && optional)) continue;
    if (there?.version !== version) return `${folder.replace(/^.*node_modules\//, "")} changed`;
  }
  return undefined;
}

/**
 * npm writes node_modules/.package-lock.json last, so an interrupted install has none.
 * @param {string} file
 * @returns {Lock | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
