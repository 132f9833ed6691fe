import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compile, printGradient } from "../../../src/core";
import { programCases, readCase, type ProgramCase } from "../source/typescript/fixtures";
import { numbersIn } from "../support/runCode";
import { strictTypes } from "../support/strictTypes";

const folder = fileURLToPath(new URL("../../fixtures/typescript/programs/", import.meta.url));
const cases = programCases.filter((each) => each.samples);
const named = cases.map((each) => [`${each.path}: ${each.function}`, each] as const);

function print(each: ProgramCase, dialect: "typescript" | "javascript", start = each.samples?.[0]?.args ?? []): string {
  const program = readCase(each);
  return printGradient(program, each.function, dialect, { start, ...(each.unknowns ? { variables: each.unknowns } : {}) });
}

const titleOf = (code: string): string => /^function ([\p{L}\p{N}_$]+)\(/mu.exec(code)?.[1] ?? "";

/** A module that has been imported is not run again: each is told apart. */
let runs = 0;

/** The printed function, alone or at the end of the file it was made for. */
async function run(each: ProgramCase, code: string, isBeside: boolean): Promise<(...args: unknown[]) => unknown> {
  const path = join(folder, each.path);
  const contents = `${isBeside ? readFileSync(path, "utf8") : ""}\n${code}\nglobalThis.__printed = ${titleOf(code)};`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(path), loader: "ts", sourcefile: path }, bundle: true, write: false, format: "iife", platform: "browser", logLevel: "silent",
  });
  await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(`${outputFiles[0]?.text ?? ""}\n// ${String(runs++)}`).toString("base64")}`);
  return (globalThis as unknown as { __printed: (...args: unknown[]) => unknown }).__printed;
}

describe("The printed gradient of a program as people write them", () => {
  test.each(named)("%s equals ours, alone and in its own file", async (_name, each) => {
    for (const dialect of each.language === "javascript" ? (["javascript", "typescript"] as const) : (["typescript"] as const)) {
      for (const isBeside of [false, true]) {
        let code = "";
        let shape = "";
        let printed: ((...args: unknown[]) => unknown) | undefined;
        for (const { args } of each.samples ?? []) {
          const program = readCase(each);
          const itsShape = JSON.stringify(args, (_key, value: unknown) => (typeof value === "number" ? 0 : value));
          if (itsShape !== shape || !printed) {
            code = print(each, dialect, args);
            printed = await run(each, code, isBeside);
            shape = itsShape;
          }
          const objective = compile(program, each.function, { start: args, ...(each.unknowns ? { variables: each.unknowns } : {}) });
          const expected = [...objective.gradient(objective.start)];
          const found = numbersIn(printed(...args));
          expect(found, code).toHaveLength(expected.length);
          const scale = Math.max(1e-3, ...expected.map(Math.abs));
          for (const [i, value] of expected.entries()) {
            expect(Math.abs((found[i] ?? NaN) - value), `${objective.coordinates[i] ?? ""}\n${code}`).toBeLessThanOrEqual(1e-12 * Math.max(scale, Math.abs(value)));
          }
        }
      }
    }
  }, 60_000);

  test("compiles under strict, alone and, where that is TypeScript, in its own file", () => {
    // What types a library has is not the matter here.
    const files = new Map([[join(folder, "libraries.d.ts"), 'declare module "lodash";']]);
    for (const each of cases) {
      const code = print(each, "typescript");
      const path = join(folder, each.path);
      files.set(path.replace(/\.[jt]s$/, `.${each.id}.alone.ts`), `${code}\nexport { ${titleOf(code)} as printed };\n`);
      if (each.language === "typescript") files.set(path.replace(/\.ts$/, `.${each.id}.beside.ts`), `${readFileSync(path, "utf8")}\n${code}\nexport { ${titleOf(code)} as printed };\n`);
    }
    expect(strictTypes(files)).toEqual([]);
  }, 60_000);

  test.each(named)("%s reads as if someone had written it", (_name, each) => {
    const code = print(each, each.language);
    expect(code.startsWith("/**\n * The gradient of ")).toBe(true);
    expect(code, "a loop that does nothing").not.toMatch(/\{\s*\n\s*\}/);
    expect(code, "what adds or multiplies by nothing").not.toMatch(/(?<![\w.])(?:[+-] 0|\* 1|1 \*|0 \+)(?![\w.])/);
    expect(Math.max(...code.split("\n").map((line) => line.length)), "a line nobody reads").toBeLessThanOrEqual(180);
  });
});
