import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./narrator.mjs";

/**
 * Runs work that two processes must not do at once (say, `npm start` and `npm test` both installing the workbench).
 * The lock is a file naming its holder; a holder that died leaves a lock that is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; !take(file); told = true) {
    if (!told) say(`  waiting for another process that holds ${path.basename(file)}`);
    await wait(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  if (!holderLives(file)) rmSync(file, { force: true });
  return false;
}

/** @param {string} file */
function holderLives(file) {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    // Created and not yet written: a matter of microseconds, unless the holder died right there.
    if (!holder) return Date.now() - statSync(file).mtimeMs < 10_000;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    if (code === "ENOENT" || code === "EPERM") return true;
    if (code === "ESRCH") return false;
    throw error;
  }
}
