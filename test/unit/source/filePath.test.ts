import { expect, it } from "vitest";
import { filePath } from "../../../src/core/source/filePath";

it.each([
  ["a.csv", "file:///src/loss.ts", "file:///src/a.csv"],
  ["./data//a.csv", "file:///src/loss.ts", "file:///src/data/a.csv"],
  ["../data/./a.csv", "file:///src/loss.ts", "file:///data/a.csv"],
  ["../../../a.csv", "file:///src/loss.ts", "file:///a.csv"],
  ["data\\a.csv", "vscode-vfs://github/me/it/loss.ts", "vscode-vfs://github/me/it/data/a.csv"],
  ["file:///src/x/../a.csv", "file:///elsewhere/loss.ts", "file:///src/a.csv"],
  ["/a.csv", "file:///src/loss.ts", "file:///a.csv"],
  ["a.csv", "loss.ts", "a.csv"],
  ["../a.csv", "loss.ts", "../a.csv"],
])("%s, of %s, is %s", (path, program, expected) => expect(filePath(path, program)).toBe(expected));
