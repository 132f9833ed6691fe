import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Obstacle } from "./narrator.mjs";
import { cleanEnvironment, onUnexpectedEnd, run, serve, stop } from "./processes.mjs";

const exitWithParent = fileURLToPath(new URL("./exitWithParent.cjs", import.meta.url));

/**
 * @typedef {object} WorkbenchOptions
 * @property {string} server the server's main script, from installWorkbench()
 * @property {string} data where settings, state and logs go
 * @property {string} [folder] the folder to open when the address names none
 * @property {number} [port] 0 or absent: any free one
 * @property {Record<string, unknown>} [settings] on top of the quiet defaults
 * @property {{ id: string, from: string }[]} [extensions] installed by link: what `from` holds is what runs
 * @property {string} [vsix] a package to install
 *
 * @typedef {{ url: string, port: number, log(): string, onUnexpectedEnd(listener: () => void): void, stop(): Promise<void> }} Workbench
 */

/** A workbench that does not talk about itself. */
const quiet = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "git.enabled": false,
  "update.mode": "none",
  "typescript.disableAutomaticTypeAcquisition": true,
};

/**
 * Starts the embedded VS Code on a loopback port and waits until it answers.
 * @param {WorkbenchOptions} options
 * @returns {Promise<Workbench>}
 */
export async function serveWorkbench(options) {
  const extensions = path.join(options.data, "extensions");
  mkdirSync(path.join(options.data, "User"), { recursive: true });
  const settings = path.join(options.data, "User/settings.json");
  // What a person set in an earlier session is theirs.
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify({ ...quiet, ...options.settings }, null, 2));
  linkExtensions(extensions, options.extensions ?? []);
  const places = ["--server-data-dir", options.data, "--user-data-dir", options.data, "--extensions-dir", extensions];
  if (options.vsix) await installPackage(options.server, options.vsix, places);

  const port = options.port || (await freePort());
  const args = [
    ...["--require", exitWithParent, options.server, ...places],
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
    ...["--telemetry-level", "off"],
    ...(options.folder ? ["--default-folder", options.folder] : []),
  ];
  const child = serve(process.execPath, args, { env: cleanEnvironment() });
  let log = "";
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Obstacle(`The embedded VS Code did not start within a minute. It said:\n${log}`)), 60_000);
    /** @param {Buffer} chunk */
    const listen = (chunk) => {
      log += chunk;
      if (!log.includes("Extension host agent started")) return;
      clearTimeout(late);
      resolve(undefined);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Obstacle(`The embedded VS Code ended with code ${code} before it was ready. It said:\n${log}`));
    });
  }).catch(async (error) => {
    await stop(child);
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    log: () => log,
    onUnexpectedEnd: (listener) => onUnexpectedEnd(child, listener),
    stop: () => stop(child),
  };
}

/**
 * @param {string} folder
 * @param {{ id: string, from: string }[]} extensions
 */
function linkExtensions(folder, extensions) {
  // The list VS Code keeps of what it found is made anew when it is missing, and only then are folders looked for.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { id, from } of extensions) symlinkSync(from, path.join(folder, id), "junction");
}

/**
 * @param {string} server
 * @param {string} vsix
 * @param {string[]} places
 */
async function installPackage(server, vsix, places) {
  const args = [server, ...places, "--install-extension", vsix, "--accept-server-license-terms"];
  const { code, output } = await run(process.execPath, args, { env: cleanEnvironment(), quiet: true });
  if (code !== 0) throw new Obstacle(`${vsix} could not be installed in the embedded VS Code. It said:\n${output}`);
}

/**
 * @param {number} [wanted]
 * @returns {Promise<number>} the port, if it is free
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}
