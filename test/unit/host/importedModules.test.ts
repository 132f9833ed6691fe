import { describe, expect, it } from "vitest";
import { candidates, importedModules } from "../../../src/host/session/importedModules";
import type { DataFile, Language } from "../../../src/core/source/program";
import { filesOf } from "../../../src/worker/filesOf";
import { importsOf } from "../../../src/worker/importsOf";

function folder(files: Record<string, string>) {
  const read: string[] = [];
  return {
    read,
    ports: {
      mentioned: async ({ text, language }: { text: string; language: Language }) => ({ specifiers: importsOf(text, language), files: filesOf(text, language) }),
      beside: (uri: string, path: string) => new URL(path, uri).href,
      read: async (uri: string) => { read.push(uri); return files[uri.replace("file:///", "")]; },
      readFile: async (uri: string): Promise<DataFile | undefined> => {
        const text = files[uri.replace("file:///", "")];
        return text === undefined ? undefined : { bytes: new TextEncoder().encode(text) };
      },
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
    const { modules: found } = await importedModules(source('import { a } from "./a.js"; import { c } from "../lib";'), ports, live);
    expect(found.map(({ specifier, uri, fromUri }) => [specifier, fromUri, uri])).toEqual([
      ["./a.js", "file:///src/loss.ts", "file:///src/a.ts"],
      ["./data/set.json", "file:///src/a.ts", "file:///src/data/set.json"],
      ["../lib", "file:///src/loss.ts", "file:///lib/index.js"],
    ]);
  });

  it("may import one another in a circle", async () => {
    const { ports } = folder({ "src/a.ts": 'import "./b"', "src/b.ts": 'import "./a"; import "./loss"' });
    const { modules: found } = await importedModules(source('import "./a"'), ports, live);
    expect(found.map(({ specifier }) => specifier)).toEqual(["./a", "./b", "./a", "./loss"]);
  });

  it("are not looked for in packages, nor missed when they are not there", async () => {
    const { ports, read } = folder({});
    expect(await importedModules(source('import { sum } from "lodash"; import fs from "node:fs"'), ports, live)).toEqual({ modules: [], files: [] });
    expect(read).toEqual([]);
    expect(await importedModules(source('import "./missing"'), ports, live)).toEqual({ modules: [], files: [] });
  });

  it("are not looked for once nobody waits", async () => {
    const { ports, read } = folder({ "src/a.ts": "" });
    expect(await importedModules(source('import "./a"'), ports, AbortSignal.abort())).toEqual({ modules: [], files: [] });
    expect(read).toEqual([]);
  });
});

describe("files of data", () => {
  it("come with the module that reads them, by the path it names them by", async () => {
    const { ports } = folder({
      "src/read.ts": 'import { readFileSync } from "node:fs"; export const rows = readFileSync("data/rows.csv", "utf8");', "src/data/rows.csv": "1,2",
      "points.bin": "ab",
    });
    const { files } = await importedModules(source('import { rows } from "./read"; const fs = require("fs"); fs.readFileSync("../points.bin");'), ports, live);
    expect(files).toEqual([
      { path: "../points.bin", fromUri: "file:///src/loss.ts", uri: "file:///points.bin", file: { bytes: new TextEncoder().encode("ab") } },
      { path: "data/rows.csv", fromUri: "file:///src/read.ts", uri: "file:///src/data/rows.csv", file: { bytes: new TextEncoder().encode("1,2") } },
    ]);
  });

  it("are as many bytes together as a worker bears, and of the others it is known how large they are", async () => {
    const { ports } = folder({});
    const readFile = async (): Promise<DataFile> => ({ bytes: new Uint8Array(50 * 2 ** 20) });
    const { files } = await importedModules(source('readFileSync("a"); readFileSync("b"); readFileSync("c")'), { ...ports, readFile }, live);
    expect(files.map(({ path, file }) => [path, "tooLarge" in file ? file.tooLarge : "read"])).toEqual([["a", "read"], ["b", "read"], ["c", 50 * 2 ** 20]]);
  });
});

it("tries the file as written first, then its TypeScript twin", () => {
  expect(candidates("./a.mjs").slice(0, 3)).toEqual(["./a.mjs", "./a.mts", "./a.tsx"]);
  expect(candidates("./a").slice(0, 2)).toEqual(["./a", "./a.ts"]);
});
