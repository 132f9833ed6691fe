import type { DataFile, Language } from "../../core/source/program";
import type { OpenRequest } from "../../shared/protocol";

type Module = OpenRequest["modules"][number];
/** What a program consists of beside its own text. */
export type Beside = Required<Pick<OpenRequest, "modules" | "files">>;

export interface ModulePorts {
  /** What a text imports, and the files it may read, as the engine sees it. */
  mentioned(source: { uri: string; text: string; language: Language }): Promise<{ specifiers: string[]; files: string[] }>;
  /** The address of a path relative to a file. */
  beside(uri: string, path: string): string;
  read(uri: string): Promise<string | undefined>;
  /** A file of data, for the program at `programUri`. */
  readFile(uri: string, programUri: string): Promise<DataFile | undefined>;
}

/** Enough for any program whose loss one would look at; a cycle or a monorepo must not be read whole. */
const mostModules = 64;
const mostCharacters = 4_000_000;
/** Of all files of data together. */
const mostBytes = 128 * 2 ** 20;

const suffixes = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".json", "/index.ts", "/index.tsx", "/index.js"];

/**
 * The person's own modules that a text imports, and those they import, as far as they can be found, with the files of data that they
 * read. Packages are not looked for: the engine says so itself, at the import.
 */
export async function importedModules(
  source: { uri: string; text: string; language: Language }, ports: ModulePorts, signal: AbortSignal,
): Promise<Beside> {
  const found: Module[] = [];
  const files: Beside["files"] = [];
  if (source.language !== "typescript" && source.language !== "javascript") return { modules: found, files };
  const texts = new Map<string, string>([[source.uri, source.text]]);
  let characters = 0;
  let bytes = 0;
  const fetch = async (path: string, fromUri: string): Promise<void> => {
    const uri = ports.beside(fromUri, path);
    const file = await ports.readFile(uri, source.uri);
    if (!file) return;
    const size = "bytes" in file ? file.bytes.length : 0;
    bytes += size;
    files.push({ path, fromUri, uri, file: bytes > mostBytes ? { tooLarge: size } : file });
  };
  const visit = async (from: { uri: string; text: string; language: Language }): Promise<void> => {
    const { specifiers, files: paths } = await ports.mentioned(from);
    for (const path of paths) if (!signal.aborted) await fetch(path, from.uri);
    for (const specifier of specifiers) {
      if (signal.aborted || texts.size > mostModules || characters > mostCharacters) return;
      if (!/^\.{1,2}(?:\/|$)/.test(specifier)) continue;
      const module = await find(specifier, from.uri, ports, texts);
      if (!module) continue;
      found.push({ specifier, fromUri: from.uri, ...module });
      if (texts.has(module.uri)) continue;
      texts.set(module.uri, module.text);
      characters += module.text.length;
      const language = languageOfModule(module.uri);
      if (language) await visit({ ...module, language });
    }
  };
  await visit(source);
  return { modules: found, files };
}

async function find(
  specifier: string, fromUri: string, ports: ModulePorts, texts: ReadonlyMap<string, string>,
): Promise<{ uri: string; text: string } | undefined> {
  for (const path of candidates(specifier)) {
    const uri = ports.beside(fromUri, path);
    const text = texts.get(uri) ?? (await ports.read(uri));
    if (text !== undefined) return { uri, text };
  }
  return undefined;
}

/** TypeScript lets "./a.js" mean the file a.ts beside it. */
export function candidates(specifier: string): string[] {
  const written = /^(.*)\.(m|c)?jsx?$/.exec(specifier);
  const twins = written ? [`${written[1] ?? ""}.${written[2] ?? ""}ts`, `${written[1] ?? ""}.tsx`] : [];
  return [specifier, ...twins, ...suffixes.map((suffix) => specifier + suffix)];
}

function languageOfModule(uri: string): Language | undefined {
  if (/\.[mc]?tsx?$/.test(uri)) return "typescript";
  return /\.[mc]?jsx?$/.test(uri) ? "javascript" : undefined;
}
