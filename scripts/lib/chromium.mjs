import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { Obstacle, say, step } from "./narrator.mjs";
import { onPath, run } from "./processes.mjs";

/**
 * @returns {string | undefined} a Chromium to drive: CHROME_PATH, one that is installed, or Playwright's
 */
export function findChromium() {
  const named = process.env["CHROME_PATH"];
  if (named && existsSync(named)) return named;
  if (named) say(`  (CHROME_PATH names ${named}, which is not there)`);
  const installed = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"].map(onPath);
  const places = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ];
  /** @type {import("playwright-core")} */
  const { chromium } = createRequire(import.meta.url)("playwright-core");
  return [...installed, ...places, chromium.executablePath()].find((candidate) => candidate && existsSync(candidate));
}

/**
 * Finds a Chromium, installing Debian's when this is Debian and we may; and a font with Korean in it, for the screenshots.
 * @returns {Promise<string>}
 */
export async function installChromium() {
  const apt = onPath("apt-get");
  const mayInstall = apt !== undefined && process.getuid?.() === 0;
  const missing = [...(findChromium() ? [] : ["chromium"]), ...((await hasKorean()) ? [] : ["fonts-noto-cjk"])];
  if (missing.length > 0 && mayInstall) {
    await step(`Installing ${missing.join(" and ")} from Debian's packages`, () => aptInstall(apt, missing));
  } else if (missing.includes("fonts-noto-cjk") && process.platform === "linux") {
    say("  (No Korean font: screenshots will show boxes for Korean. On Debian: apt-get install fonts-noto-cjk)");
  }
  const found = findChromium();
  if (found) return found;
  throw new Obstacle(
    "No Chromium was found to show the editor in.",
    "On Debian: sudo apt-get install chromium. Elsewhere: npx playwright-core install chromium, or set CHROME_PATH to a Chrome or Chromium.",
  );
}

async function hasKorean() {
  if (process.platform !== "linux") return true;
  if (!onPath("fc-list")) return false;
  const { output } = await run("fc-list", [":lang=ko"], { quiet: true });
  return output.trim() !== "";
}

/**
 * @param {string} apt
 * @param {string[]} packages
 */
async function aptInstall(apt, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...packages]]) {
    const { code, output } = await run(apt, args, { env, quiet: true });
    if (code === 0) continue;
    const last = output.trim().split("\n").slice(-10).join("\n  ");
    throw new Obstacle(`apt-get ${args.join(" ")} failed. It said:\n  ${last}`, "Check the network and /etc/apt, or set CHROME_PATH.");
  }
}
