import { inject } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { resultsMarker } from "../suite/resultsMarker";
import type { InHostResult } from "../suite/resultsMarker";
import { openEditor } from "./editor";

export interface InHostRun {
  results: InHostResult[];
  log: string;
  exitCode: number;
}

/** Runs a suite inside the extension host, the way VS Code's own test runner does, and waits for its end. */
export async function runInHost(suite: string, timeout = 120_000): Promise<InHostRun> {
  const authority = new URL(inject("workbench").url).host;
  const remote = (file: string): string => `vscode-remote://${authority}${file}`;
  const lines: string[] = [];
  let ended: (code: number) => void = () => undefined;
  const end = new Promise<number>((resolve, reject) => {
    ended = resolve;
    setTimeout(() => reject(new Error(`The in-host suite did not end within ${timeout} ms. It said:\n${lines.join("\n")}`)), timeout).unref();
  });
  const editor = await openEditor({ workbench: inject("workbench"), chromium: inject("tools").chromium }, {
    payload: [
      ["extensionDevelopmentPath", remote(root)],
      ["extensionTestsPath", remote(suite)],
      ["skipWelcome", "true"],
    ],
    prepare: async (page) => {
      await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => lines.push(args.map(String).join(" ")));
      await page.exposeFunction("codeAutomationExit", (code: number) => ended(code));
    },
  });
  try {
    const exitCode = await end;
    const found = lines.find((line) => line.includes(resultsMarker));
    const results = found ? (JSON.parse(found.slice(found.indexOf(resultsMarker) + resultsMarker.length)) as InHostResult[]) : [];
    return { results, log: lines.join("\n"), exitCode };
  } finally {
    await editor.close();
  }
}
