import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { installChromium } from "./chromium.mjs";
import { installDependencies } from "./dependencies.mjs";
import { installWorkbench } from "./installWorkbench.mjs";
import { elapsed, Obstacle, say, step } from "./narrator.mjs";
import { root } from "./paths.mjs";
import { npm, run, stopChildrenOnExit } from "./processes.mjs";
import { Tally } from "./tally.mjs";

const results = path.join(root, "test-results");
const stages = ["types", "lint", "unit", "webview", "workbench"];

/**
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function test(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: { only: { type: "string" } }, allowPositionals: true });
  if (values.only && !stages.includes(values.only)) throw new Obstacle(`--only knows ${stages.join(", ")}.`);
  /** @param {string} stage */
  const wanted = (stage) => !values.only || values.only === stage;
  stopChildrenOnExit();

  const tally = new Tally();
  if (!(await tally.need("Dependencies", installDependencies))) return tally.report();

  if (wanted("types")) await tally.check("Types", () => tool("Checking types", "typescript/bin/tsc", ["-b"]));
  if (wanted("lint")) await tally.check("Lint", () => tool("Checking style and import rules", "eslint/bin/eslint.js", ["."]));
  if (wanted("unit")) await vitest(tally, "unit", positionals);
  if (wanted("webview")) await vitest(tally, "webview", positionals);
  if (wanted("workbench")) await workbench(tally, positionals);

  say(`\nTook ${elapsed()}.`);
  return tally.report();
}

/**
 * @param {string} title
 * @param {string} script inside node_modules
 * @param {string[]} args
 */
async function tool(title, script, args) {
  await step(title, async () => {
    const { code } = await run(process.execPath, [path.join(root, "node_modules", script), ...args], { cwd: root });
    if (code !== 0) throw new Obstacle(`${title} found problems; they are above.`);
  });
}

/**
 * @param {Tally} tally
 * @param {string} project
 * @param {string[]} filters
 */
async function vitest(tally, project, filters) {
  const report = path.join(results, `${project}.json`);
  rmSync(report, { force: true });
  const script = path.join(root, "node_modules/vitest/vitest.mjs");
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters];
  await step(`Running the ${project} tests`, async () => {
    const { code } = await run(process.execPath, [script, ...args], { cwd: root });
    tally.addVitest(project, report, code);
  });
}

/**
 * @param {Tally} tally
 * @param {string[]} filters
 */
async function workbench(tally, filters) {
  const packaged = await tally.check("Package", packageExtension);
  const ready =
    packaged &&
    (await tally.check("Build", () => build(["--production", "--test"]))) &&
    (await tally.need("Chromium", installChromium)) &&
    (await tally.need("Embedded VS Code", installWorkbench));
  if (ready) await vitest(tally, "workbench", filters);
  else tally.failures.push("workbench: not run, for the reason above");
}

/** Makes the package the way a person would, but leaves it where the tests look for it. */
async function packageExtension() {
  mkdirSync(results, { recursive: true });
  await step("Packaging the extension", async () => {
    const { code } = await npm(["run", "package", "--", "--out", path.join(results, "downhill.vsix")], { cwd: root, quiet: false });
    if (code !== 0) throw new Obstacle("The extension could not be packaged; what vsce said is above.");
  });
}
