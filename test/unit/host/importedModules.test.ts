import { describe, expect, it } from "vitest";
import { candidates, importedModules } from "../../../src/host/session/importedModules";
import { importsOf } from "../../../src/worker/importsOf";

function folder(files: Record<string, string>) {
  const read: string[] = [];
  return {
    read,
    ports: {
      specifiers: async (source: { text: string; language: "typescript" | "javascript" | "math" | "latex" | "python" }) => importsOf(source.text, source.language),
      beside: (uri: string, path: string) => new URL(path, uri).href,
      read: async (uri: string) => { read.push(uri); return files[uri.replace("file:///", "")]; },
    },
  };
}
const live = new AbortController().signal;
const source = (text: string) => ({ uri: "file:///src/loss.ts", text, language: "typescript" as const });

describe("imported modules", () => {
  it("are found as TypeScript finds them, with those they import", async () => {
    const { ports } = folder({
      "src/a.ts": 'import data from "./data/set.json"; export const a = 1;', "src/data/set.json": "[1]", "lib/index.js": "exports.c = 3",
    });
    const found = await importedModules(source('import { a } from "./a.js"; import { c } from "../lib";'), ports, live);
    expect(found.map(({ specifier, uri, fromUri }) => [specifier, fromUri, uri])).toEqual([
      ["./a.js", "file:///src/loss.ts", "file:///src/a.ts"],
      ["./data/set.json", "file:///src/a.ts", "file:///src/data/set.json"],
      ["../lib", "file:///src/loss.ts", "file:///lib/index.js"],
    ]);
  });

  it("may import one another in a circle", async () => {
    const { ports } = folder({ "src/a.ts": 'import "./b"', "src/b.ts": 'import "./a"; import "./loss"' });
    const found = await importedModules(source('import "./a"'), ports, live);
    expect(found.map(({ specifier }) => specifier)).toEqual(["./a", "./b", "./a", "./loss"]);
  });

  it("are not looked for in packages, nor missed when they are not there", async () => {
    const { ports, read } = folder({});
    expect(await importedModules(source('import { sum } from "lodash"; import fs from "node:fs"'), ports, live)).toEqual([]);
    expect(read).toEqual([]);
    expect(await importedModules(source('import "./missing"'), ports, live)).toEqual([]);
  });

  it("are not looked for once nobody waits", async () => {
    const { ports, read } = folder({ "src/a.ts": "" });
    expect(await importedModules(source('import "./a"'), ports, AbortSignal.abort())).toEqual([]);
    expect(read).toEqual([]);
  });
});

it("tries the file as written first, then its TypeScript twin", () => {
  expect(candidates("./a.mjs").slice(0, 3)).toEqual(["./a.mjs", "./a.mts", "./a.tsx"]);
  expect(candidates("./a").slice(0, 2)).toEqual(["./a", "./a.ts"]);
});
