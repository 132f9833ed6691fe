import ts from "typescript";

const library = ts.createCompilerHost({});

/** What the strictest compiler says of some files of TypeScript that are not on disk, all checked in one go: by file, a line each. */
export function strictTypes(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts"], types: [], noImplicitReturns: true, noFallthroughCasesInSwitch: true, allowImportingTsExtensions: true, skipLibCheck: true,
  };
  const host: ts.CompilerHost = {
    ...library,
    getSourceFile: (name, target) => {
      const text = files.get(name);
      return text === undefined ? library.getSourceFile(name, target) : ts.createSourceFile(name, text, target);
    },
    fileExists: (name) => files.has(name) || library.fileExists(name),
    readFile: (name) => files.get(name) ?? library.readFile(name),
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic;
    const line = file ? file.text.slice(0, start).split("\n").length : 0;
    const shown = file ? `${file.fileName}:${line}: ${file.text.split("\n")[line - 1] ?? ""}: ` : "";
    return shown + ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  });
}
