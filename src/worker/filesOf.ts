import type { Language } from "../core/source/program";
import { importsOf } from "./importsOf";

const text = /(["'`])((?:(?!\1)[^\\\r\n$])+)\1/g;
const joined = /\b(?:join|resolve)\s*\(([^()]*)\)/g;
const encoding = /^(?:utf-?8|ascii|latin1|binary|base64|hex)$/i;
/** Longer ones are no paths; and a program that names more files than this is not looked through. */
const longest = 200;
const most = 64;

/**
 * Paths of files that a program seems to read: wherever it reads any, every text in it may be one. As with imports this only says what to have at
 * hand, and what is not there is left out.
 */
export function filesOf(program: string, language: Language): string[] {
  if (language !== "typescript" && language !== "javascript") return [];
  if (!/\breadFileSync\b/.test(program)) return [];
  const imports = new Set(importsOf(program, language));
  const texts = textsIn(program).filter((each) => !imports.has(each) && !encoding.test(each));
  const folders = texts.filter((each) => each.endsWith("/"));
  const paths = texts.filter((each) => !each.endsWith("/"));
  return [...new Set([
    ...paths,
    ...[...program.matchAll(joined)].map(([, parts = ""]) => textsIn(parts).join("/")).filter((path) => path.includes("/")),
    ...folders.flatMap((folder) => paths.map((path) => folder + path)),
  ])].slice(0, most);
}

/** None that begin at a root: what is read lies beside the program. */
const textsIn = (program: string): string[] =>
  [...program.matchAll(text)].map(([, , each = ""]) => each).filter((each) => each.length <= longest && !/^(?:\/|[a-z][\w+.-]*:)/i.test(each));
