import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";

const elsewhere = new Set(["node_modules", ".git", ".cache", "dist", "out", "test-results", ".vscode-test"]);
/** What a build leaves, and what is about the place of someone who works on Downhill. */
const built = ["dist/extension.js", "dist/worker.js", "dist/webview/main.js", "dist/webview/main.css", "dist/webview/fonts/KaTeX_Main-Regular.woff2"];
const litter = [
  ...["node_modules/mathjs/package.json", "out/core/index.d.ts", ".cache/workbench/package.json", "test-results/unit.json"],
  ...["dist/meta.json", "dist/extension.js.map", "dist/test/suite.js", "downhill-0.0.1.vsix", ".vscode-test/user-data/x", ".env"],
];

/** Paths from the root, with slashes. */
function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (elsewhere.has(file)) return [];
    return entry.isDirectory() ? filesUnder(file) : [file];
  });
}

let copy = "";

/** A picture of the project: every file it has, without what is in them, and what a busy checkout has besides. */
beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), "downhill-package-"));
  const files = filesUnder("");
  for (const file of [...files, ...built, ...litter]) {
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(copy, file), "");
  }
  for (const file of ["package.json", ".vscodeignore"]) cpSync(path.join(root, file), path.join(copy, file));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("the package holds the bundles, the manifest, the documents and media, and nothing else", async () => {
  const listed = (await listFiles({ cwd: copy, packageManager: PackageManager.None })).map((file) => file.replaceAll("\\", "/"));
  const wanted = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", ...built];
  expect(listed).toEqual(expect.arrayContaining(wanted));
  const others = listed.filter((file) => !wanted.includes(file) && !/^(media|l10n)\/|^package\.nls(\.[\w-]+)?\.json$/.test(file));
  expect(others).toEqual([]);
});
