import type { Node } from "./syntax";

/** What a doc comment says of a function's parameters. */
export interface Documentation {
  readonly types: ReadonlyMap<string, string>;
  /** `@start 0.5, 1` or `@start w [0.5, 1]`. */
  readonly starts: ReadonlyMap<string, unknown>;
  readonly startList: readonly unknown[] | undefined;
}

export function readDocumentation(comments: Node["leadingComments"]): Documentation {
  const types = new Map<string, string>();
  const starts = new Map<string, unknown>();
  let startList: readonly unknown[] | undefined;
  for (const comment of comments ?? []) {
    const text = comment.value.replace(/^\s*\*+ ?/gm, "");
    for (const match of text.matchAll(/@param\s+\{/g)) {
      const from = match.index + match[0].length;
      const to = closing(text, from);
      const name = /^\s*\[?\s*([\p{L}\p{N}_$]+)(\.[\p{L}\p{N}_$.]+)?/u.exec(text.slice(to + 1));
      if (name?.[1] && !name[2]) types.set(name[1], text.slice(from, to));
    }
    for (const match of text.matchAll(/@start\s+([^\n@]+)/g)) {
      const rest = (match[1] ?? "").trim();
      const named = /^([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:=|:)?\s*(.+)$/u.exec(rest);
      if (named?.[1] && named[2]) {
        const value = readNumbers(named[2]);
        if (value !== undefined) starts.set(named[1], value);
      } else {
        const value = readNumbers(`[${rest.replace(/^\(|\)$/g, "")}]`);
        if (Array.isArray(value)) startList = value;
      }
    }
  }
  return { types, starts, startList };
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "{") depth++;
    if (text[i] === "}" && --depth === 0) return i;
  }
  return text.length;
}

/** JSON, with the field names unquoted if one likes. */
function readNumbers(text: string): unknown {
  const quoted = text.replace(/([{,]\s*)([\p{L}_$][\p{L}\p{N}_$]*)\s*:/gu, '$1"$2":');
  try {
    const value: unknown = JSON.parse(quoted);
    return value;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}
