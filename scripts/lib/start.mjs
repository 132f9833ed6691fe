import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { installDependencies } from "./dependencies.mjs";
import { installWorkbench } from "./installWorkbench.mjs";
import { elapsed, Obstacle, say, step } from "./narrator.mjs";
import { cache, examples, root } from "./paths.mjs";
import { onPath, run, stopChildrenOnExit, windows } from "./processes.mjs";
import { freePort, serveWorkbench } from "./serveWorkbench.mjs";

/** Kept from one start to the next when it can be, so that the browser finds its state again. */
const usualPort = 8123;

/**
 * @param {string[]} argv
 * @returns {Promise<number | undefined>} an exit code; undefined while the embedded workbench serves
 */
export async function start(argv) {
  const options = readOptions(argv);
  stopChildrenOnExit(() => say("\nStopped."));
  const port = await choosePort(options.port);
  await installDependencies();
  await build([]);

  const code = options.embedded ? undefined : onPath("code");
  if (code && (await openInVsCode(code))) return 0;
  if (!code && !options.embedded) say("▸ `code` is not on the PATH, so an embedded VS Code is used");

  const server = await installWorkbench();
  const workbench = await step("Starting the embedded VS Code", () =>
    serveWorkbench({
      server,
      port,
      data: path.join(cache, "start"),
      folder: examples,
      extensions: [{ id: extensionFolder(), from: root }],
    }),
  );
  say(`\n  Downhill is ready (${elapsed()}):  ${workbench.url}\n`);
  say("  Open notes.md, highlight a formula and press Ctrl+Alt+D. Ctrl+C here stops it.");
  if (options.open && hasDisplay()) openInBrowser(workbench.url);
  workbench.onUnexpectedEnd(() => {
    process.stderr.write("The embedded VS Code ended by itself. Start it again with: npm start\n");
    process.exit(1);
  });
  return undefined;
}

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { port: { type: "string" }, "no-open": { type: "boolean" }, embedded: { type: "boolean" } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Obstacle(`--port ${values.port} is not a port.`, "Give a whole number between 1 and 65535.");
    }
    return { port, open: !values["no-open"], embedded: values.embedded === true || port !== undefined };
  } catch (error) {
    if (error instanceof Obstacle || !(error instanceof TypeError)) throw error;
    throw new Obstacle(error.message, "Known options: --embedded, --port N (embedded, on that port), --no-open.");
  }
}

/** @param {number | undefined} wanted */
async function choosePort(wanted) {
  try {
    return await freePort(wanted ?? usualPort);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    if (wanted === undefined) return freePort();
    throw new Obstacle(
      `Port ${wanted} ${code === "EACCES" ? "may not be used by this user" : "is in use by another program"}.`,
      "Choose another with --port, or leave --port away to have a free one chosen.",
    );
  }
}

/** @param {string} code */
async function openInVsCode(code) {
  const args = ["--new-window", `--extensionDevelopmentPath=${root}`, examples];
  // VS Code refuses to run as root without being told where to keep its data.
  if (process.getuid?.() === 0) args.push("--no-sandbox", `--user-data-dir=${path.join(cache, "code")}`);
  say(`▸ Opening VS Code (${code}) on examples/`);
  const { code: exitCode } = await run(windows ? `"${code}"` : code, windows ? args.map((argument) => `"${argument}"`) : args);
  if (exitCode === 0) {
    say("\n  VS Code has opened. Open notes.md there, highlight a formula and press Ctrl+Alt+D.");
    say("  (npm start -- --embedded uses the embedded VS Code instead.)");
    return true;
  }
  say(`  ${code} ended with code ${exitCode}; using the embedded VS Code instead`);
  return false;
}

function extensionFolder() {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return `${publisher}.${name}-${version}`;
}

function hasDisplay() {
  if (windows || process.platform === "darwin") return true;
  return Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

/** @param {string} url */
function openInBrowser(url) {
  const opener = windows ? "explorer.exe" : process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.on("error", () => say(`  (${opener} could not open a browser: open the address yourself.)`));
  child.unref();
}
