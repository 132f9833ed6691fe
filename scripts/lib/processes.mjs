import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Obstacle } from "./narrator.mjs";

export const windows = process.platform === "win32";

/** Children that have not ended; each leads a process group of its own, so that its own children can be ended with it. */
const running = new Set();
/** Those we ended ourselves. */
const stopped = new WeakSet();

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] keep the output to show only if the command fails
 * @property {(line: string) => void} [onLine] called with each line of output
 */

/** @returns {NodeJS.ProcessEnv} the environment without what `npm run` adds about *this* package, which confuses an npm inside it */
export function cleanEnvironment() {
  const names = Object.keys(process.env).filter((name) => !/^npm_(package|lifecycle|command)|^npm_config_local_prefix$/.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: !windows,
      // Only a .cmd needs a shell, and only fixed words of ours are passed to it.
      shell: windows && /\.cmd"?$/i.test(command),
    });
    running.add(child);
    let output = "";
    let rest = "";
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      const text = chunk.toString();
      output += text;
      if (!options.quiet) process.stdout.write(text);
      if (!options.onLine) return;
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      lines.forEach(options.onLine);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (rest && options.onLine) options.onLine(rest);
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/**
 * Starts a process that serves until it is stopped, as the leader of a group.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function serve(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: !windows });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

/**
 * Calls back when a process ends that nobody stopped.
 * @param {ChildProcess} child
 * @param {() => void} listener
 */
export function onUnexpectedEnd(child, listener) {
  child.once("exit", () => {
    if (!stopped.has(child)) listener();
  });
}

/**
 * Ends a process and everything it started: asks first, insists after two seconds.
 * @param {ChildProcess} child
 * @returns {Promise<void>}
 */
export async function stop(child) {
  stopped.add(child);
  if (child.pid === undefined) return;
  const over = child.exitCode !== null || child.signalCode !== null;
  const gone = over ? Promise.resolve(true) : new Promise((resolve) => child.once("exit", () => resolve(true)));
  signal(child, "SIGTERM");
  const patience = new Promise((resolve) => setTimeout(() => resolve(false), 2000).unref());
  await Promise.race([gone, patience]);
  signal(child, "SIGKILL");
  await gone;
  running.delete(child);
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    // No such group: everything in it is gone already. macOS says EPERM of a group of zombies.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/**
 * Stops every child when this process is told to end, by a key, a signal, or the death of the process that started it.
 * @param {() => void} [last] said when all is quiet
 */
export function stopChildrenOnExit(last) {
  let stopping = false;
  /** @param {number} code */
  const end = async (code) => {
    if (stopping) return;
    stopping = true;
    await Promise.all([...running].map(stop));
    last?.();
    process.exit(code);
  };
  process.on("SIGINT", () => void end(130));
  process.on("SIGTERM", () => void end(143));
  // No handler for SIGHUP: one would undo `nohup`. Without it this process just ends, and the workbench sees that and follows.
  const before = npmAncestry();
  setInterval(() => {
    if (npmAncestry() !== before) void end(129);
  }, 1000).unref();
  process.on("exit", () => [...running].forEach((child) => signal(child, "SIGKILL")));
}

/**
 * The processes between npm and this one, when npm started it: an npm that is killed cannot pass the news on, and the shell it
 * puts in between outlives it. (Where there is no /proc, only the nearest is watched.)
 */
function npmAncestry() {
  if (!process.env["npm_lifecycle_event"]) return "";
  const status = `/proc/${process.ppid}/status`;
  const parent = existsSync(status) ? readFileSync(status, "utf8") : "";
  const shell = /^Name:\s*(sh|dash|bash)$/m.test(parent);
  return `${process.ppid} ${shell ? /^PPid:\s*(\d+)/m.exec(parent)?.[1] : ""}`;
}

/**
 * Where a program is on the PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const extensions = windows ? (process.env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [""];
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    for (const extension of extensions) {
      const candidate = path.join(folder, name + extension.toLowerCase());
      if (folder && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

/**
 * Runs npm, by the very copy that started this script where there is one.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function npm(args, options = {}) {
  const own = process.env["npm_execpath"];
  const [command, before] =
    own && /npm-cli\.js$/.test(own) && existsSync(own) ? [process.execPath, [own]] : [windows ? "npm.cmd" : "npm", []];
  try {
    return await run(command, [...before, ...args], { env: cleanEnvironment(), quiet: true, ...options });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    throw new Obstacle("npm was not found on the PATH.", "Install Node from https://nodejs.org; npm comes with it.");
  }
}

/**
 * Why an npm command failed, as a person would want it told.
 * @param {string} doing
 * @param {string} output
 */
export function npmObstacle(doing, output) {
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network/i.test(output);
  const disk = /ENOSPC/.test(output);
  const last = output.trim().split("\n").slice(-15).join("\n  ");
  const remedy = offline
    ? "The npm registry could not be reached. Check the network (and `npm config get registry`, `npm config get proxy`), then try again."
    : disk
      ? "The disk is full. Make room, then try again."
      : "Read what npm said above; deleting node_modules and trying again helps when an earlier install was interrupted.";
  return new Obstacle(`${doing} failed. npm said:\n  ${last}`, remedy);
}
