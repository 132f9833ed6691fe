import { transform } from "esbuild";
import ts from "typescript";

/** Runs a function of printed code as it stands, beside the file it was made for. */
export async function runCode(code: string, title: string, beside = ""): Promise<(...args: unknown[]) => unknown> {
  const { code: plain } = await transform(`${beside}\n${code}\nexport { ${title} as printed };`, { loader: "ts" });
  const module = (await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(plain).toString("base64")}`)) as { printed: (...args: unknown[]) => unknown };
  return module.printed;
}

/** The numbers in a result, in order. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

const library = ts.createCompilerHost({});

/** What the strictest compiler says of a text, a line each. */
export function typeErrors(text: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: [], noImplicitReturns: true, noFallthroughCasesInSwitch: true,
  };
  const host: ts.CompilerHost = {
    ...library,
    getSourceFile: (name, target) => (name === "printed.ts" ? ts.createSourceFile(name, text, target) : library.getSourceFile(name, target)),
    fileExists: (name) => name === "printed.ts" || library.fileExists(name),
    readFile: (name) => (name === "printed.ts" ? text : library.readFile(name)),
  };
  const program = ts.createProgram(["printed.ts"], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}
