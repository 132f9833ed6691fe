import type { Language } from "../core/source/program";

const pattern = /\b(?:from|import|require\s*\(|import\s*\()\s*(["'])((?:(?!\1)[^\\\r\n])+)\1/g;

/**
 * Specifiers a program seems to import. This only says which files to have at hand when it is read, so that one too many, out
 * of a comment or a string, does no harm; and it works on programs that do not parse.
 */
export function importsOf(text: string, language: Language): string[] {
  if (language !== "typescript" && language !== "javascript") return [];
  const specifiers = [...text.matchAll(pattern)].map(([, , specifier]) => specifier ?? "");
  return [...new Set(specifiers)];
}
