import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { findChromium } from "../../../scripts/lib/chromium.mjs";
import { installWorkbench } from "../../../scripts/lib/installWorkbench.mjs";
import { serveWorkbench } from "../../../scripts/lib/serveWorkbench.mjs";
import { root } from "../../../scripts/lib/paths.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The workbench that runs the built sources, for the tests of the whole run. */
    workbench: { url: string; data: string };
    /** To start another one: the server's script, and the browser to look with. */
    tools: { server: string; chromium: string };
  }
}

/** Starts one embedded VS Code with the built sources in it; each test file opens windows of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(path.join(root, "dist/extension.js"))) {
    throw new Error("Nothing is built yet: run `npm run test:workbench`, which builds first.");
  }
  const chromium = findChromium();
  if (!chromium) throw new Error("No Chromium: run `npm run test:workbench`, which installs one or says how.");
  const server = await installWorkbench();
  const data = mkdtempSync(path.join(tmpdir(), "downhill-workbench-"));
  const workbench = await serveWorkbench({ server, data, extensions: [{ id: "downhill.downhill-0.0.0", from: root }] });
  project.provide("workbench", { url: workbench.url, data });
  project.provide("tools", { server, chromium });
  return async () => {
    await workbench.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
}
