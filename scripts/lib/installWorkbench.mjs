import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { Obstacle, say, step } from "./narrator.mjs";
import { cache } from "./paths.mjs";
import { npm, npmObstacle } from "./processes.mjs";
import { shareServiceWorker } from "./shareServiceWorker.mjs";

/** The npm package that carries VS Code's own workbench and extension host; this version runs on Node 20. */
const version = "4.100.3";
const store = path.join(cache, "workbench");
/** Counted up when what is done to the package below changes, so that one prepared the old way is not reused. */
const recipe = 2;
const home = path.join(store, `code-server-${version}-${recipe}`);
const serverFolder = "node_modules/code-server/lib/vscode";

/**
 * The real module is compiled C++ that ends an extension host whose parent has died. This does the same by looking.
 */
const nativeWatchdog = `exports.start = (parent) => {
  setInterval(() => {
    try { process.kill(parent, 0); } catch { process.exit(87); }
  }, 1000).unref();
};
exports.exit = (code) => process.exit(code);
`;

/**
 * Installs the embedded workbench unless it is there, and says where its server is. It is put together in a folder aside and
 * moved into place when complete, so an interrupted install leaves nothing that looks like one.
 * @returns {Promise<string>} the path of the server's main script
 */
export async function installWorkbench() {
  const server = path.join(home, serverFolder, "out/server-main.js");
  if (existsSync(server)) {
    say(`▸ The embedded VS Code is installed (code-server ${version})`);
    return server;
  }
  if (process.platform === "win32") say("  (The embedded VS Code is made for Linux and macOS; on Windows it is worth a try.)");
  await withLock(path.join(cache, "workbench.lock"), async () => {
    if (existsSync(server)) return;
    rmSync(store, { recursive: true, force: true });
    const aside = path.join(store, "partial");
    mkdirSync(aside, { recursive: true });
    writeFileSync(path.join(aside, "package.json"), JSON.stringify({ name: "downhill-workbench", private: true }));
    // Install scripts are skipped: they compile what a test of this extension never uses (terminal, Kerberos, text search).
    const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const inside = path.join(aside, serverFolder);
    await step(`Installing an embedded VS Code (code-server ${version}, about 320 MB, kept in .cache)`, async () => {
      await install(["install", `code-server@${version}`, ...flags], aside);
      await install(["install", ...flags], inside);
      await install(["install", ...flags], path.join(inside, "extensions"));
    });
    writeFileSync(path.join(inside, "node_modules/native-watchdog/index.js"), nativeWatchdog);
    if (!existsSync(path.join(inside, "out/server-main.js"))) {
      throw new Obstacle(`code-server ${version} was installed without its server: ${readdirSync(inside).join(", ")}`);
    }
    shareServiceWorker(inside);
    renameSync(aside, home);
  });
  return server;
}

/**
 * @param {string[]} args
 * @param {string} cwd
 */
async function install(args, cwd) {
  const { code, output } = await npm(args, { cwd });
  if (code !== 0) throw npmObstacle("Installing the embedded VS Code", output);
}
