import type { Span } from "../positions";
import { hasWords } from "./fence";
import { isMark, mark, type Token } from "./token";
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
  let previousIndent = 0;
  let blank = true;
  for (const line of linesOf(text, within)) {
    const clean = cleanLine(text, line, dashIsBullet);
    const tokens = tokenize(text, clean);
    const indent = clean.start - line.start;
    const current = statements.at(-1);
    if (tokens.length === 0) {
      blank = true;
      continue;
    }
    // A plus after an empty line goes on, too: it begins nothing, but for lists in prose.
    const goesOn = !blank || (!dashIsBullet && isMark(tokens[0], "+", "-", "*", "/", "^"));
    if (current && goesOn && continues(current, tokens, indent > previousIndent)) {
      // Cases in braces stand a line each.
      if (opensCases(current) && !isMark(tokens[0], "}") && !isMark(current.at(-1), "{", ",", ";")) current.push(mark(";", { start: clean.start, end: clean.start }));
      current.push(...tokens);
    }
    else {
      statements.push(...valuesApart(tokens));
      previousIndent = indent;
    }
    blank = false;
  }
  return statements;
}

/** `a = 2; a x^2` is two statements. */
function valuesApart(all: Token[]): Token[][] {
  const tokens = /^(?:const|let|var)$/.test(all[0]?.text ?? "") && all[1]?.kind === "name" ? all.slice(1) : all;
  const end = tokens.findIndex((token) => isMark(token, ";"));
  const isValue = end > 2 && tokens[0]?.kind === "name" && isMark(tokens[1], "=")
    && tokens.slice(2, end).every((token) => token.kind === "number" || isMark(token, "-", "[", "]", ",")) && tokens.slice(0, end).filter((token) => isMark(token, "[")).length === tokens.slice(0, end).filter((token) => isMark(token, "]")).length;
  return isValue && end < tokens.length - 1 ? [tokens.slice(0, end), ...valuesApart(tokens.slice(end + 1))] : [all];
}

function opensCases(tokens: readonly Token[]): boolean {
  const open: Token[] = [];
  for (const token of tokens) {
    if (isMark(token, "(", "[", "{")) open.push(token);
    else if (isMark(token, ")", "]", "}")) open.pop();
  }
  return isMark(open.at(-1), "{");
}

function continues(current: readonly Token[], next: readonly Token[], indented: boolean): boolean {
  const depth = current.reduce((sum, token) => sum + (isMark(token, "(", "[", "{") ? 1 : isMark(token, ")", "]", "}") ? -1 : 0), 0);
  if (depth > 0) return true;
  if (isMark(current.at(-1), "+", "-", "*", "/", "^", "=", ",", "?", ":")) return true;
  if (isMark(next[0], "+", "*", "/", "^", "?", ":", ")")) return true;
  // After a bare formula a minus with a space goes on, as no sign of -x has one; after a definition it may begin the formula that uses it.
  const apart = next[0] !== undefined && next[0].span.end !== next[1]?.span.start;
  const isBare = !hasWords(current) && !current.some((token) => isMark(token, "=", ":", ";"));
  return (isMark(next[0], "-") && (indented || (apart && isBare))) || next[0]?.text === "where";
}
