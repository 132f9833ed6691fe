import type { Node } from "./syntax";

/** What a doc comment says of a function's parameters. */
export interface Documentation {
  readonly types: ReadonlyMap<string, string>;
  /** `@start 0.5, 1` or `@start w [0.5, 1]`. */
  readonly starts: ReadonlyMap<string, unknown>;
  readonly startList: readonly unknown[] | undefined;
  /** `@param {number} [rate=0.1]`: what an optional parameter is where nothing is said. */
  readonly optional: ReadonlyMap<string, unknown>;
}

export function readDocumentation(comments: Node["leadingComments"]): Documentation {
  const types = new Map<string, string>();
  const starts = new Map<string, unknown>();
  const optional = new Map<string, unknown>();
  let startList: readonly unknown[] | undefined;
  for (const comment of comments ?? []) {
    const text = comment.value.replace(/^\s*\*+ ?/gm, "");
    for (const match of text.matchAll(/@param\s+\{/g)) {
      const from = match.index + match[0].length;
      const to = closing(text, from);
      const name = /^\s*\[?\s*([\p{L}\p{N}_$]+)(\.[\p{L}\p{N}_$.]+)?/u.exec(text.slice(to + 1));
      if (name?.[1] && !name[2]) types.set(name[1], text.slice(from, to));
    }
    for (const { name, value, isOptional } of stated(text)) (isOptional ? optional : starts).set(name, value);
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
  return { types, starts, startList, optional };
}

/** `@param {number} [x=3]`, `@param x = [1, 2] the rest`. */
function stated(text: string): { name: string; value: unknown; isOptional: boolean }[] {
  const found: { name: string; value: unknown; isOptional: boolean }[] = [];
  for (const match of text.matchAll(/@param[^\S\n]+([^\n]*)/g)) {
    let rest = match[1] ?? "";
    if (rest.startsWith("{")) rest = rest.slice(closing(rest, 1) + 1);
    const named = /^\s*(\[?)\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*=\s*(\[.*\]|\{.*\}|[-+]?[\d.][\d.e+-]*)/u.exec(rest);
    if (!named?.[2] || !named[3]) continue;
    // Of `[x=[1, 2]]` the last bracket is the name's.
    const value = readNumbers(named[3]) ?? (named[1] ? readNumbers(named[3].replace(/\]\s*$/, "")) : undefined);
    if (value !== undefined) found.push({ name: named[2], value, isOptional: named[1] !== "" });
  }
  return found;
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
