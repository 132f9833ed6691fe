import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { compile, type CompileOptions, type Objective, readProgram, type Source } from "../../src/core/index";
import type { IrFunction } from "../../src/core/ir/types";

export const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** A function of bench/programs, read from the very text that is also run as it stands. */
export function read(program: string, name: string, start: unknown[], variables?: string[], options: Pick<CompileOptions, "backend"> = {}): Objective {
  const text = textOf(`bench/programs/${program}.ts`);
  return compile(readProgram({ text, language: "typescript" }), name, { start, ...options, ...(variables ? { variables } : {}) });
}

/** A module that a program imports, among the files of the project. */
export const resolveFile: NonNullable<Source["resolve"]> = (specifier, from) => {
  const base = path.join(path.dirname(from), specifier);
  const uri = ["", ".ts", ".js"].map((extension) => base + extension).find((file) => file.includes(".") && existsSync(path.join(root, file)));
  return uri === undefined ? undefined : { uri, text: textOf(uri) };
};

/** The same as our intermediate language, for what an objective does not tell. */
export function lower(program: string, name: string, start: unknown[], variables: string[]): IrFunction {
  return readProgram({ text: textOf(`bench/programs/${program}.ts`), language: "typescript" }).lower(name, { start, variables }).function;
}
