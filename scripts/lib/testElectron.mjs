import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { installDependencies } from "./dependencies.mjs";
import { Obstacle, step } from "./narrator.mjs";
import { examples, root } from "./paths.mjs";
import { stopChildrenOnExit } from "./processes.mjs";

/** @returns {string} the oldest VS Code the manifest promises to work with */
function oldestSupported() {
  return JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).engines.vscode.replace("^", "");
}

/**
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function testElectron(argv) {
  const { values } = parseArgs({ args: argv, options: { vscode: { type: "string" } } });
  const version = values.vscode ?? oldestSupported();
  stopChildrenOnExit();
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) {
    throw new Obstacle(
      "A desktop VS Code needs a display, and there is none.",
      "Run it under a virtual one: xvfb-run -a npm run test:electron (Debian's package is xvfb).",
    );
  }
  await installDependencies();
  await build(["--test"]);
  const { downloadAndUnzipVSCode, runTests } = await import("@vscode/test-electron");
  const executable = await step(`Fetching VS Code ${version} (kept in .vscode-test)`, () =>
    downloadAndUnzipVSCode({ version, cachePath: path.join(root, ".vscode-test") }).catch((error) => {
      throw new Obstacle(
        `VS Code ${version} could not be downloaded: ${error.message}`,
        "update.code.visualstudio.com has to be reachable. Without it, `npm test` runs the same suite in the embedded workbench.",
      );
    }),
  );
  const data = mkdtempSync(path.join(tmpdir(), "downhill-electron-"));
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist/test/suite.js"),
      launchArgs: [examples, "--disable-extensions", "--disable-gpu", "--disable-workspace-trust", "--no-sandbox", `--user-data-dir=${data}`],
    });
  } catch (error) {
    throw new Obstacle(`The in-host suite failed under VS Code ${version}: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
