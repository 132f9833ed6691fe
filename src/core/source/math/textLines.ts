import type { Span } from "../positions";
import { hasWords } from "./fence";
import { startsDefinition } from "./statement";
import { isMark, mark, splitAt, type Token } from "./token";
import { tokenize } from "./tokenize";

/** Marks of comments, lists and quotations that may stand before a formula, whatever the language of the file. */
const leading = /^(?:\s+|\/\*[^*]*\*\/(?=.*\S)|\/\/+!?|\/\*+|\*\/|#+(?=\s|$)|%+(?=\s|$)|--+(?=\s)|<!--|"""|'''|>+(?=\s)|\*+(?=\s)|•|‣|\d+[.)](?=\s)|\p{L}\)(?=\s)|;+(?=\s)|(?:export\s+)?\\begin\{[a-z*]+\}|\\[[(])/u;
const dash = /^-\s+(?:\[[ xX]\]\s+)?/;
const trailing = /(?:\s+|\*\/|-->|"""|'''|\\[\])])$/;
/** A remark after the formula on its own line. */
const remark = /\s(?:(?:\/\/|#|%%)(?:\s.*)?|--\s+\p{L}{2,}.*|%\s+\p{L}{2,}\s+\p{L}{2,}.*|\/\*[^*]*\*\/)$/u;

/** The part of a line that can hold a formula. `dashIsBullet` where a leading "- " is a list item rather than a sign. */
export function cleanLine(text: string, line: Span, dashIsBullet: boolean): Span {
  let { start, end } = line;
  const strip = (pattern: RegExp): boolean => {
    const found = pattern.exec(text.slice(start, end));
    if (!found || found[0].length === 0) return false;
    if (found.index === 0) start += found[0].length;
    else end = start + found.index;
    return true;
  };
  while (strip(leading) || (dashIsBullet && strip(dash)));
  while (strip(remark) || strip(trailing));
  return { start, end };
}

/** What remarks after formulas say, "# a = 4": tokens of each, beginning with the mark of a list. */
export function remarkTokens(text: string): Token[][] {
  return linesOf(text, { start: 0, end: text.length }).flatMap((line) => {
    const found = remark.exec(text.slice(line.start, line.end));
    if (!found || found.index === 0) return [];
    const start = line.start + found.index + (/^\s\S+/.exec(found[0])?.[0].length ?? 0);
    return [[mark(":", { start, end: start }), ...tokenize(text, { start, end: line.end })]];
  });
}

/** Lines of `within`, without their ends. */
export function linesOf(text: string, within: Span): Span[] {
  const lines: Span[] = [];
  const pattern = /\r\n|\r|\n/g;
  pattern.lastIndex = within.start;
  let start = within.start;
  for (let found = pattern.exec(text); found && found.index < within.end; found = pattern.exec(text)) {
    lines.push({ start, end: found.index });
    start = found.index + found[0].length;
  }
  lines.push({ start, end: within.end });
  return lines;
}

/** Tokens of each statement: a line, with the lines that continue it. */
export function statementTokens(text: string, within: Span, dashIsBullet: boolean): Token[][] {
  const statements: Token[][] = [];
  let current: Growing | undefined;
  let previousIndent = 0;
  let blank = true;
  for (const line of linesOf(text, within)) {
    const clean = cleanLine(text, line, dashIsBullet);
    const tokens = tokenize(text, clean);
    const indent = clean.start - line.start;
    if (tokens.length === 0) {
      blank = true;
      continue;
    }
    // A plus after an empty line goes on, too: it begins nothing, but for lists in prose.
    const goesOn = !blank || (!dashIsBullet && isMark(tokens[0], "+", "-", "*", "/", "^"));
    if (current && goesOn && current.continues(tokens, indent > previousIndent)) {
      // Cases in braces stand a line each.
      if (current.opensCases && !isMark(tokens[0], "}") && !isMark(current.last, "{", ",", ";")) current.push([mark(";", { start: clean.start, end: clean.start })]);
      current.push(tokens);
    }
    else {
      const apart = definitionsApart(tokens);
      statements.push(...apart);
      current = new Growing(apart.at(-1) ?? []);
      previousIndent = indent;
    }
    blank = false;
  }
  return statements;
}

/** `a = 2; a x^2` is two statements, and so is `g(x) = sin(x); g(x)^2`. */
function definitionsApart(all: Token[]): Token[][] {
  const parts = splitAt(all, (token) => isMark(token, ";")).map(({ part }) => withoutKeyword(part));
  const found: Token[][] = [];
  for (const [i, part] of parts.entries()) {
    const rest = (): Token[] => parts.slice(i + 1).flat();
    if (parts[i + 1] === undefined || (i + 2 === parts.length && parts[i + 1]?.length === 0) || !startsDefinition(part, 0) || !(isValue(part) || followsDefinition(rest()))) break;
    found.push(part);
  }
  if (found.length === 0) return listed(all, withoutKeyword(all));
  const start = parts[found.length]?.[0]?.span.start ?? Infinity;
  return [...found, all.filter((token) => token.span.start >= start)];
}

const withoutKeyword = (tokens: Token[]): Token[] => (/^(?:const|let|var)$/.test(tokens[0]?.text ?? "") && tokens[1]?.kind === "name" ? tokens.slice(1) : tokens);
const isValue = (definition: readonly Token[]): boolean => definition.slice(2).every((token) => token.kind === "number" || isMark(token, "-", "[", "]", ",", ";"));
/** What stands after a definition may be words, or a condition on it. */
const followsDefinition = (rest: readonly Token[]): boolean =>
  !hasWords(rest) && (rest.some((token) => isMark(token, "?")) || !rest.some((token) => isMark(token, "<", ">", "<=", ">=", "∈")));

/** `a = 2, b = 3, a x^2 + b`: definitions, and in the end what they are for. */
function listed(all: Token[], tokens: Token[]): Token[][] {
  const parts = splitAt(tokens, (token) => isMark(token, ",")).map(({ part }) => part);
  const last = parts.pop();
  const defined = new Set(parts.map(([name]) => name?.text));
  const isUse = last?.some((token) => token.kind === "name" && defined.has(token.text)) === true && !last.some((token) => isMark(token, "=", "<", ">", "<=", ">=", "∈") || /^(?:in|for|if|when|where|otherwise|else)$/.test(token.text));
  return last && isUse && !hasWords(last) && parts.every((part) => startsDefinition(part, 0)) ? [...parts, last] : [all];
}

/** A statement to which line after line is added; what the next line asks of it is kept, for there may be thousands. */
class Growing {
  private depth = 0;
  private readonly open: Token[] = [];
  private hasDefinition = false;

  constructor(private readonly tokens: Token[]) {
    tokens.forEach((token) => { this.note(token); });
  }

  get last(): Token | undefined {
    return this.tokens.at(-1);
  }

  get opensCases(): boolean {
    return isMark(this.open.at(-1), "{");
  }

  push(more: readonly Token[]): void {
    for (const token of more) {
      this.tokens.push(token);
      this.note(token);
    }
  }

  continues(next: readonly Token[], indented: boolean): boolean {
    if (this.depth > 0) return true;
    if (isMark(this.last, "+", "-", "*", "/", "^", "=", ",", "?", ":")) return true;
    if (isMark(next[0], "+", "*", "/", "^", "?", ":", ")")) return true;
    // After a bare formula a minus with a space goes on, as no sign of -x has one; after a definition it may begin the formula that uses it.
    const apart = next[0] !== undefined && next[0].span.end !== next[1]?.span.start;
    // Words come early in a line that has any; a sum of a thousand lines is not looked through at each.
    const isBare = (): boolean => !this.hasDefinition && !hasWords(this.tokens.slice(0, 60));
    return (isMark(next[0], "-") && (indented || (apart && isBare()))) || next[0]?.text === "where";
  }

  private note(token: Token): void {
    if (isMark(token, "=", ":", ";")) this.hasDefinition = true;
    if (isMark(token, "(", "[", "{")) {
      this.depth++;
      this.open.push(token);
    } else if (isMark(token, ")", "]", "}")) {
      this.depth--;
      this.open.pop();
    }
  }
}
