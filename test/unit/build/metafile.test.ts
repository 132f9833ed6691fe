import { createRequire } from "node:module";
import { build } from "esbuild";
import type { Metafile } from "esbuild";
import { describe, expect, test } from "vitest";
import type { bundles as Bundles } from "../../../esbuild.js";

const { bundles } = createRequire(import.meta.url)("../../../esbuild.js") as { bundles: typeof Bundles };

/** The inputs of every bundle, and who imports whom: what is really in there, not what anybody meant. */
async function metafiles(): Promise<Record<string, Metafile>> {
  const built = Object.entries(bundles()).map(async ([name, options]) => {
    const { metafile } = await build({ ...options, write: false, metafile: true });
    return [name, metafile] as const;
  });
  return Object.fromEntries(await Promise.all(built));
}

const all = await metafiles();

function inputsOf(bundle: string): string[] {
  return Object.keys(all[bundle]?.inputs ?? {});
}

/** Every import from our own files, in every bundle. */
const edges = Object.values(all).flatMap(({ inputs }) =>
  Object.entries(inputs)
    .filter(([from]) => !from.startsWith("node_modules/"))
    .flatMap(([from, { imports }]) => imports.map((target) => ({ from, to: target.path, external: target.external === true }))),
);

function importersOf(target: (path: string) => boolean): string[] {
  return [...new Set(edges.filter(({ to }) => target(to)).map(({ from }) => from))].sort();
}

function inPackage(name: string): (path: string) => boolean {
  return (path) => path.startsWith(`node_modules/${name}/`);
}

describe("What is in which bundle", () => {
  test("all three bundles have something of ours in them", () => {
    expect(Object.keys(all)).toEqual(["extension", "worker", "webview"]);
    expect(inputsOf("extension")).toContain("src/extension.ts");
    expect(inputsOf("worker")).toContain("src/worker/entry.node.ts");
    expect(inputsOf("webview")).toContain("webview/main.ts");
  });

  test("extension.js holds nothing of node_modules: no mathjs, no parser", () => {
    expect(inputsOf("extension").filter((input) => input.includes("node_modules/"))).toEqual([]);
  });

  test.each([
    ["mathjs", "worker"],
    ["@babel/parser", "worker"],
    ["chart.js", "webview"],
    ["katex", "webview"],
    ["@vscode/webview-ui-toolkit", "webview"],
  ])("%s is in the %s and nowhere else", (name, home) => {
    const holders = Object.keys(all).filter((bundle) => inputsOf(bundle).some(inPackage(name)));
    expect(holders).toEqual([home]);
  });

  test("Node's built-ins are in neither the webview nor core", () => {
    const builtIns = edges.filter(({ to, external }) => external && to !== "vscode").map(({ from }) => from);
    expect(builtIns.filter((from) => from.startsWith("webview/") || /^src\/(core|shared)\//.test(from))).toEqual([]);
  });
});

describe("Who imports whom", () => {
  test.each([
    ["mathjs", /^src\/core\/source\/math\//],
    ["@babel/parser", /^src\/core\/source\/typescript\//],
    ["chart.js", /^webview\/chart\//],
    ["@vscode/webview-ui-toolkit", /^webview\/ui\/controls\.ts$/],
  ])("%s is imported only by files that match %s", (name, home) => {
    const importers = importersOf(inPackage(name));
    expect(importers.length).toBeGreaterThan(0);
    expect(importers.filter((file) => !home.test(file))).toEqual([]);
  });

  test("vscode is imported only under src/host and by src/extension.ts", () => {
    const importers = importersOf((target) => target === "vscode");
    expect(importers).toContain("src/extension.ts");
    expect(importers.filter((file) => !/^src\/(host\/|extension\.ts$)/.test(file))).toEqual([]);
  });

  test("core imports only core and its parsers", () => {
    const outside = edges.filter(({ from, to }) => from.startsWith("src/core/") && !/^(src\/core|node_modules)\//.test(to));
    expect(outside).toEqual([]);
  });

  test("the webview holds nothing of core, host or worker: their types alone cross", () => {
    expect(inputsOf("webview").filter((input) => /^src\/(core|host|worker)\//.test(input))).toEqual([]);
  });

  test("the host holds nothing of the worker, and of core only the words for places and problems", () => {
    const foreign = inputsOf("extension").filter((input) => /^(src\/(core|worker)|webview)\//.test(input));
    expect(foreign.filter((input) => !/^src\/core\/source\/(diagnostic|positions)\.ts$/.test(input))).toEqual([]);
  });

  test("the worker holds nothing of the host or the webview", () => {
    expect(inputsOf("worker").filter((input) => /^(src\/host|webview)\//.test(input))).toEqual([]);
  });
});
