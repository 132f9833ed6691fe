import { expect, it } from "vitest";
import { filesOf } from "../../../src/worker/filesOf";

it.each([
  ["a path as it is", 'readFileSync("./a.csv", "utf8")', ["./a.csv"]],
  ["a URL", "fs.readFileSync(new URL('a.bin', import.meta.url))", ["a.bin"]],
  ["parts that are joined", 'readFileSync(path.join(__dirname, "data", "a.csv"))', ["data", "a.csv", "data/a.csv"]],
  ["a folder that is told apart", 'const folder = new URL("./mnist/", import.meta.url); readFileSync(new URL("images", folder))', ["images", "./mnist/images"]],
  ["a function of the program's own", 'const load = (name) => readFileSync(name); load("a"); load(`b`);', ["a", "b"]],
])("finds %s", (_, text, paths) => expect(filesOf(text, "typescript")).toEqual(paths));

it.each([
  ["that reads nothing", 'const name = "./a.csv";', "typescript"],
  ["that is no program", 'readFileSync("./a.csv")', "math"],
  ["that imports, and names encodings and places elsewhere", 'import { readFileSync } from "node:fs"; readFileSync(name, "utf8"); "/etc/passwd"; "https://example.org/a"', "javascript"],
] as const)("finds none in a text %s", (_, text, language) => expect(filesOf(text, language)).toEqual([]));
