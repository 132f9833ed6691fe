import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readProgram } from "../../../../src/core";
import type { ReadProgram, Source } from "../../../../src/core/source/program";

const folder = fileURLToPath(new URL("../../../fixtures/typescript/", import.meta.url));

export interface Sample {
  args: unknown[];
  x?: number[];
  f: number;
  grad: number[];
  abs_err?: number;
  rel_err?: number;
}

export interface ProgramCase {
  id: string;
  path: string;
  language: "typescript" | "javascript";
  function: string;
  range: { start: { line: number; column: number }; end: { line: number; column: number } };
  expect: "accept" | "accept-or-refuse" | "refuse" | "refuse-or-accept";
  line?: number;
  column?: number;
  also_ok?: { line: number; column: number }[];
  smooth?: boolean;
  unknowns?: string[];
  samples?: Sample[];
  disagreement?: number;
}

export interface OracleProgram {
  id: string;
  ts: string;
  args: unknown[];
  wrt: number[];
  value: number;
  grad: unknown[];
}

export interface Oracles {
  programs: OracleProgram[];
  network: { ts: string; value: number; gradient: Record<string, number> };
}

export const programCases: ProgramCase[] = (readJson("programs.json") as { cases: ProgramCase[] }).cases;
export const oracles: Oracles = readJson("oracles.json") as Oracles;

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

/** Reads a case as a user would: the file open, the function highlighted. */
export function readCase({ path, language, range }: ProgramCase): ReadProgram {
  const uri = join(folder, "programs", path);
  const text = readFileSync(uri, "utf8");
  const lines = text.split("\n");
  const offset = (place: { line: number; column: number }): number =>
    lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
  return readProgram({ text, language, uri, resolve: resolveFile, selection: { start: offset(range.start), end: offset(range.end) } });
}

export const resolveFile: NonNullable<Source["resolve"]> = (specifier, from) => {
  if (!/^[./]/.test(specifier)) return undefined;
  const base = join(dirname(from), specifier);
  const found = ["", ".ts", ".js", ".json"].map((extension) => base + extension).find((file) => existsSync(file) && statSync(file).isFile());
  return found === undefined ? undefined : { uri: found, text: readFileSync(found, "utf8") };
};

export function flatten(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(flatten);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(flatten) : [];
}

export interface WildProgram {
  readonly name: string;
  readonly function: string;
  readonly args: unknown[];
  /** The code of the diagnostic, where the program cannot be differentiated. */
  readonly refusal: string | undefined;
  readonly text: string;
}

/** Programs with a heading each: "//// name | function | arguments | code of the refusal". */
export function wildPrograms(file: string): WildProgram[] {
  const text = readFileSync(join(folder, "inTheWild", `${file}.txt`), "utf8");
  return text.split(/^\/\/\/\/ /m).slice(1).map((part) => {
    const [name = "", entry = "", args = "[]", refusal] = part.slice(0, part.indexOf("\n")).split("|").map((each) => each.trim());
    return { name, function: entry, args: JSON.parse(args) as unknown[], refusal, text: part.slice(part.indexOf("\n") + 1) };
  });
}
