import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { installChromium } from "../scripts/lib/chromium.mjs";
import { installWorkbench } from "../scripts/lib/installWorkbench.mjs";
import { root } from "../scripts/lib/paths.mjs";
import { serveWorkbench } from "../scripts/lib/serveWorkbench.mjs";
import { openEditor } from "../test/workbench/harness/editor";
import type { Editor } from "../test/workbench/harness/editor";
import { until } from "../test/workbench/harness/until";
import type { Bench } from "./run";

const bundles = ["extension.js", "worker.js", "webview/main.js", "webview/main.css"];
const repetitions = 5;

/** What a person waits for: the extension to load, and the first picture; and how much there is to load. */
export async function run(): Promise<Bench> {
  const chromium = await installChromium();
  const server = await installWorkbench();
  const data = mkdtempSync(path.join(tmpdir(), "downhill-bench-"));
  const workbench = await serveWorkbench({ server, data, extensions: [{ id: "downhill.downhill-0.0.0", from: root }] });
  const editor = await openEditor({ workbench: { url: workbench.url, data }, chromium });
  try {
    await editor.openFile("notes.md");
    const cold = await firstPicture(editor);
    const warm: number[] = [];
    for (let count = 0; count < repetitions; count++) {
      await editor.run("View: Close All Editors");
      await editor.openFile("notes.md");
      warm.push(await firstPicture(editor));
    }
    const activation = await activationTime(editor);
    return {
      name: "Start-up, in the embedded workbench",
      rows: [
        { label: "activation, as VS Code measures it", value: `${activation} ms (wanted: under 50)` },
        { label: "key to first picture, cold (worker and webview start)", value: `${cold} ms` },
        { label: `key to first picture, warm, median of ${repetitions}`, value: `${median(warm)} ms (wanted: under 1000)` },
        ...bundles.map((file) => ({ label: `dist/${file}`, value: sizes(path.join(root, "dist", file)) })),
      ],
    };
  } finally {
    await editor.close();
    await workbench.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** From the key that asks for a descent to a panel that has drawn a landscape. */
async function firstPicture(editor: Editor): Promise<number> {
  await editor.select("notes.md", "x^2 + y^2");
  const begun = Date.now();
  await editor.press("ControlOrMeta+Alt+KeyD");
  const panel = await editor.panel();
  await until("the first picture", () => panel.state(), ({ landscape }) => landscape !== "none");
  return Date.now() - begun;
}

/** VS Code's own figure: loading the bundle, `activate`, and what it awaits. */
async function activationTime(editor: Editor): Promise<number> {
  await editor.run("Developer: Show Running Extensions");
  const row = editor.page.locator(".runtime-extensions-editor .monaco-list-row").filter({ hasText: /downhill/i }).first();
  const text = await row.innerText();
  const found = /Activation:\s*([\d.]+)\s*ms/.exec(text);
  if (!found) throw new Error(`VS Code does not say how long activation took: ${text}`);
  return Number(found[1]);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function sizes(file: string): string {
  const bytes = new Uint8Array(readFileSync(file));
  const kilobytes = (count: number): string => `${(count / 1024).toFixed(1)} KB`;
  return `${kilobytes(bytes.length)}, ${kilobytes(gzipSync(bytes).length)} gzipped`;
}
