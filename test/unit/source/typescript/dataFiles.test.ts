import { describe, expect, it } from "vitest";
import { compile, readProgram, SourceError, type DataFile, type Diagnostic, type Objective } from "../../../../src/core";
import { filePath } from "../../../../src/core/source/filePath";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Pictures of 20 × 20 as MNIST keeps them: a magic number and sizes, high byte first, then a byte a pixel. */
const [count, rows, columns] = [3, 20, 20];
const pixel = (n: number, i: number): number => (n * 89 + i * 37) % 256;
const pictures = new Uint8Array(16 + count * rows * columns);
[2051, count, rows, columns].forEach((number, k) => new DataView(pictures.buffer).setUint32(4 * k, number));
for (let i = 0; i < count * rows * columns; i++) pictures[16 + i] = pixel(Math.floor(i / 400), i % 400);
const doubles = new Uint8Array(Float64Array.of(0.5, -1.25, 3).buffer);

const files: Readonly<Record<string, DataFile>> = {
  "file:///work/src/data/points.json": { bytes: utf8("[[1, 2], [3, 5]]") },
  "file:///work/src/points.csv": { bytes: utf8("x,y\n1,2\n3,5\n4,4.5\n") },
  "file:///work/shared/points.csv": { bytes: utf8("x,y\n1,2\n") },
  "file:///work/src/pictures": { bytes: pictures },
  "file:///work/src/doubles.bin": { bytes: doubles },
  "file:///work/src/large": { tooLarge: 123_400_000 },
  "file:///work/secret": { isOutside: true },
};
const readFile = (path: string, fromUri: string): DataFile | undefined => files[filePath(path, fromUri)];

function objectiveOf(text: string, language: "typescript" | "javascript" = "typescript"): Objective {
  return compile(readProgram({ text, language, uri: "file:///work/src/main.ts", readFile, resolve: () => ({ uri: "file:///work/shared/read.ts", text: 'import * as fs from "fs"; import { dirname, join } from "path"; import { fileURLToPath } from "url"; export const lines = fs.readFileSync(join(dirname(fileURLToPath(import.meta.url)), "points.csv"), { encoding: "utf-8" }).trim().split("\\n");' }) }), "f", { start: [0.5] });
}

const header = 'import { readFileSync } from "node:fs";\n';
const parsed = 'const points = text.trim().split("\\n").slice(1).map((line) => line.split(",").map(Number));\nfunction f(w: number) { let s = 0; for (const [x, y] of points) s += (w * x - y) ** 2; return s; }';
const line = (points: readonly (readonly [number, number])[]) => (w: number): number => points.reduce((s, [x, y]) => s + (w * x - y) ** 2, 0);
const ofCsv = line([[1, 2], [3, 5], [4, 4.5]]);
const picture = (n: number): number[] => Array.from({ length: rows * columns }, (_, i) => pixel(n, i));
const overPictures = (each: (w: number, byte: number) => number) => (w: number): number => [0, 1, 2].reduce((sum, n) => sum + picture(n).reduce((s, byte, i) => s + i * each(w, byte), 0), 0);
const loss = "function f(w: number) { let s = 0; for (let n = 0; n < X.length; n++) for (let i = 0; i < X[n].length; i++) s += i * w * X[n][i]; return s; }";

describe("a file that a program reads", () => {
  it.each<[string, string, (w: number) => number]>([
    ["JSON", `${header}const points: number[][] = JSON.parse(readFileSync("data/points.json", "utf8"));\nfunction f(w: number) { return points.reduce((s, [x, y]) => s + (w * x - y) ** 2, 0); }`, line([[1, 2], [3, 5]])],
    ["JSON without saying that it is text", 'const fs = require("fs");\nconst points = JSON.parse(fs.readFileSync("./data/points.json"));\nfunction f(w) { return points.reduce((s, [x, y]) => s + (w * x - y) ** 2, 0); }', line([[1, 2], [3, 5]])],
    ["a table of text", `${header}const text = readFileSync(new URL("./points.csv", import.meta.url), "utf8");\n${parsed}`, ofCsv],
    ["a table through a buffer", `import fs from "fs";\nimport path from "node:path";\nconst text = fs.readFileSync(path.join(__dirname, "points.csv")).toString();\n${parsed}`, ofCsv],
    ["a table through a decoder", `${header}const text = new TextDecoder().decode(readFileSync("points.csv"));\n${parsed}`, ofCsv],
    ["a table that another module reads, beside itself", `import { lines } from "../shared/read";\nconst points = lines.slice(1).map((line) => line.split(",").map(Number));\nfunction f(w: number) { let s = 0; for (const [x, y] of points) s += (w * x - y) ** 2; return s; }`, line([[1, 2]])],
    ["in the function itself", `${header}function f(w: number) { return w * readFileSync("points.csv", "utf8").length; }`, (w) => 18 * w],
    ["doubles", `${header}const bytes = readFileSync("doubles.bin");\nconst d = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);\nfunction f(w: number) { let s = 0; for (let i = 0; i < d.length; i++) s += w * i * d[i]; return s; }`, (w) => w * (-1.25 + 6)],
    ["pictures, by a table of what a function gives for each byte", `${header}const file = readFileSync("pictures");
const view = new DataView(file.buffer, file.byteOffset);
const [magic, count, size] = [view.getUint32(0), view.getUint32(4), view.getUint32(8) * view.getUint32(12)];
if (magic !== 2051) throw new Error("These are no pictures.");
const X = Array.from({ length: count }, (_, n) => Float64Array.from(file.subarray(16 + n * size, 16 + (n + 1) * size), (byte) => byte / 255));\n${loss}`, overPictures((w, byte) => w * (byte / 255))],
    ["pictures, as windows on all their numbers", `${header}const file = readFileSync("pictures");
const white = 255, all = Float64Array.from(file.subarray(16), (byte) => { return byte > 9 ? byte / white : 0; });
const X = Array.from({ length: file.readUInt32BE(4) }, (_, n) => all.subarray(n * 400, (n + 1) * 400));\n${loss}`, overPictures((w, byte) => w * (byte > 9 ? byte / 255 : 0))],
    ["pictures, byte by byte", `${header}const file = readFileSync("pictures");
const X: number[][] = [];
for (let n = 0; n < 3; n++) { const row: number[] = []; for (let i = 0; i < 400; i++) row.push(file[16 + n * 400 + i] / 255); X.push(row); }\n${loss}`, overPictures((w, byte) => w * (byte / 255))],
    ["pictures whose pixels are looked up where they are used", `${header}const file = new Uint8Array(readFileSync("pictures"));
const X = [0, 1, 2].map((n) => file.slice(16 + 400 * n, 416 + 400 * n));\nfunction f(w: number) { let s = 0; for (let n = 0; n < X.length; n++) for (let i = 0; i < 400; i++) s += i * w * X[n][i] / 255; return s; }`, overPictures((w, byte) => w * byte / 255)],
    ["a mapping that looks at the index too", `${header}const file = readFileSync("pictures");
const X = [0, 1, 2].map((n) => Array.from(file.subarray(16 + 400 * n, 416 + 400 * n)).map((byte, i) => byte * (i % 2)));\n${loss}`, (w) => [0, 1, 2].reduce((sum, n) => sum + picture(n).reduce((s, byte, i) => s + i * w * byte * (i % 2), 0), 0)],
    ["a mapping that counts", `${header}const file = readFileSync("pictures");
let seen = 0;
const X = [0, 1, 2].map((n) => Array.from(file.subarray(16 + 400 * n, 416 + 400 * n), (byte) => { seen++; return byte; }));\nfunction f(w: number) { return w * seen + X[0][1]; }`, (w) => 1200 * w + pixel(0, 1)],
    ["a copy that is written, and the bytes it is a copy of", `${header}const file = readFileSync("pictures");
const copy = Array.from(file.subarray(16, 416));
copy[0] = 7; copy.push(5);
function f(w: number) { return w * copy[0] + copy[400] + copy.length + file[16]; }`, (w) => 7 * w + 5 + 401 + pixel(0, 0)],
    ["numbers that are written while the function runs", `${header}const file = readFileSync("pictures");
function f(w: number) { const a = Array.from(file.subarray(16, 416)); for (let i = 0; i < a.length; i++) a[i] = a[i] * w; let s = 0; for (const v of a) s += v * v; return s; }`, (w) => picture(0).reduce((s, byte) => s + (byte * w) ** 2, 0)],
  ])("%s", (_, text, expected) => {
    const objective = objectiveOf(text, text.includes("require") ? "javascript" : "typescript");
    for (const w of [0.5, -1.75]) expect(objective.value(Float64Array.of(w))).toBeCloseTo(expected(w), 6);
    const h = 1e-4;
    expect(objective.gradient(Float64Array.of(0.5))[0]).toBeCloseTo((expected(0.5 + h) - expected(0.5 - h)) / (2 * h), 2);
  });

  it("gives rows that can be taken in minibatches, under the name they have in the program", () => {
    const objective = objectiveOf(`${header}const file = readFileSync("pictures");\nconst images = [0, 1, 2].map((n) => Float64Array.from(file.subarray(16 + 400 * n, 416 + 400 * n), (byte) => byte / 255));\n${loss.replaceAll("X", "images")}`);
    expect(objective.datasets?.()).toEqual([{ name: "images", rows: 3 }]);
    expect(objective.dataBytes).toBe(3 * 400 * 8);
  });

  it("of many bytes is gone through in a moment where all are treated alike", () => {
    const many = new Uint8Array(10_000 * 400).map((_, i) => i % 251);
    const text = `${header}const file = readFileSync("many");\nconst X = Array.from({ length: 10_000 }, (_, n) => Float64Array.from(file.subarray(400 * n, 400 * (n + 1)), (byte) => byte / 255));\nfunction f(w: number) { let s = 0; for (let n = 0; n < X.length; n++) s += w * X[n][7]; return s; }`;
    const objective = compile(readProgram({ text, language: "typescript", uri: "file:///a.ts", readFile: () => ({ bytes: many }) }), "f", { start: [1] });
    expect(objective.value(Float64Array.of(1))).toBeCloseTo(Array.from({ length: 10_000 }, (_, n) => (many[400 * n + 7] ?? NaN) / 255).reduce((a, b) => a + b), 6);
  });
});

describe("labels that end before their pictures", () => {
  it.each([
    ["unknowns", "s += w * [w, 2 * w, 3 * w][labels[n]];"],
    ["a list they are moved to", "const z = new Array<number>(9).fill(w); s += z[labels[n] + 5];"],
    ["a list made for each", "const z: number[] = []; for (let k = 0; k < 3; k++) z.push(w * k); s += z[labels[n]];"],
  ])("choose nothing of %s, rather than the first", (_, body) => {
    const text = (rows: number): string =>
      `const labels: number[] = Array.from({ length: 20 }, (_, i) => i % 3);\nfunction f(w: number) { let s = 0; for (let n = 0; n < ${rows}; n++) { ${body} } return s; }`;
    for (const backend of ["interpreter", "javascript", "wasm"] as const) {
      const value = (rows: number): number => compile(readProgram({ text: text(rows), language: "typescript" }), "f", { start: [0.5], backend }).value(Float64Array.of(0.5));
      expect(value(20)).toBeGreaterThan(0);
      expect(value(40)).toBeNaN();
    }
  });
});

/** "‸" where a person points. */
describe("a file that is not read", () => {
  it.each([
    ["E102", "cannot be found", 'const text = ‸readFileSync("points.tsv", "utf8");'],
    ["E104", "outside the folder", 'const text = ‸readFileSync("../secret", "utf8");'],
    ["E108", "124 MB", 'const text = ‸readFileSync("./large");'],
    ["E101", "cannot be seen", 'const text = ‸readFileSync([1, 2]);'],
    ["E101", '"utf16le"', 'const text = ‸readFileSync("points.csv", "utf16le");'],
    ["E112", "Byte 20 is read of 24", 'const text = ‸readFileSync("doubles.bin").readDoubleLE(20);'],
    ["E112", "does not fit", 'const text = ‸new Float64Array(readFileSync("doubles.bin").buffer, 3);'],
    ["E104", "reads files", 'const text = ‸fs.readdirSync(".");'],
    ["E112", "when it is read: There are no pictures in ./points.csv.", 'function open(path) {\n  const file = readFileSync("points.csv");\n  if (file[0] !== 0) ‸throw new Error(`There are no pictures in ${path}.`);\n  return file;\n}\nconst text = open("./points.csv");'],
    ["E109", "too many steps", 'const text = readFileSync("points.csv", "utf8"); let n = 0;\n‸for (let i = 0; i < 1e9; i++) n += text.length;'],
  ])("%s: %s", (code, reason, marked) => {
    const program = `import * as fs from "fs"; import { readFileSync } from "fs";\n${marked}\nfunction f(w: number) { return w * ${marked.includes("let n") ? "n" : "text.length"}; }`;
    const at = program.indexOf("‸");
    const found = diagnosticOf(program.replace("‸", ""));
    const before = program.slice(0, at).split("\n");
    expect(found?.code).toBe(code);
    expect(found?.message).toContain(reason);
    expect(found?.hint).toBeTruthy();
    expect(found?.range.start.line).toBe(before.length - 1);
  });

  it("is none of those that are never asked for: without anybody to read files, reading them is refused as before", () => {
    const text = `${header}const text = readFileSync("points.csv", "utf8");\nfunction f(w: number) { return w * text.length; }`;
    expect(() => compile(readProgram({ text, language: "typescript" }), "f")).toThrow(/reads files/);
  });
});

function diagnosticOf(text: string): Diagnostic | undefined {
  try {
    objectiveOf(text);
    return undefined;
  } catch (problem) {
    if (problem instanceof SourceError) return problem.diagnostics[0];
    throw problem;
  }
}
