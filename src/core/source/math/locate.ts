import type { Span } from "../positions";
import type { Source } from "../program";
import { hasWords, isForeignWord, isJoiningWord, isProseWord } from "./fence";
import { isFunctionName } from "./functions";
import { isProductOf, loneLetters } from "./names";
import { refuse } from "./refuse";
import { formulaRuns, readStatement, statedValues, type Statement, withoutSurroundings } from "./statement";
import { linesOf, statementTokens } from "./textLines";
import { afterBracket, isMark, spanOf, type Token } from "./token";
import { tokenize } from "./tokenize";

/** The statements that the selection denotes; with a cursor, those of its line. */
export function locate(source: Source): { statements: Statement[]; dashIsBullet: boolean } {
  const { text, selection, uri } = source;
  // "- x^2" is minus x² in a file of formulas and a list item in prose.
  const dashIsBullet = /\.(md|markdown|mdx|rst|txt|adoc)$/i.test(uri ?? "");
  if (!selection) return { statements: required(readAll(statementTokens(text, { start: 0, end: text.length }, dashIsBullet)), { start: 0, end: 0 }), dashIsBullet };
  if (selection.start < selection.end) {
    const within = { start: selection.start, end: selection.end };
    return { statements: required(readAll(statementTokens(text, within, dashIsBullet)), within), dashIsBullet };
  }
  return { statements: [atCursor(text, selection.start, dashIsBullet)], dashIsBullet };
}

function readAll(all: readonly Token[][]): Statement[] {
  return all.flatMap((tokens) => {
    // A sentence that gives values is one definition or several; by itself it would be read as an equation.
    const stated = all.length > 1 && isProsy(tokens) ? statedValues(tokens) : [];
    return stated.length > 0 ? stated : amongWords(tokens, all.length > 1) ?? readStatement(tokens) ?? [];
  });
}

/** The one formula of a sentence, "함수 f(x) = x^2 의 미분"; nothing, where there are several to choose from, or where all is words beside formulas. */
export function amongWords(tokens: readonly Token[], dropsProse: boolean): Statement | Statement[] | undefined {
  if (!hasWords(withoutSurroundings(tokens))) return undefined;
  const runs = formulaRuns(withoutRemarks(tokens)).filter((run) => run.some((token) => token.kind === "name"));
  const [only] = runs;
  const statement = only && runs.length === 1 ? readStatement(only) : undefined;
  // A value is given by how the sentence speaks of it: "a = 2 일 때", but not "x = 1에서".
  const isValue = statement?.name !== undefined && !statement.params && statement.body.every((token) => token.kind !== "name");
  if (statement) return isValue ? statedValues(tokens) : statement;
  return runs.length === 0 && dropsProse ? [] : undefined;
}

/** Without "(단, x > 0)": brackets with words in them say something beside the formula. */
function withoutRemarks(tokens: readonly Token[]): Token[] {
  const open = tokens.findIndex((token, i) => isMark(token, "(") && tokens.slice(i, afterBracket(tokens, i)).some(isForeignWord));
  return open < 0 ? [...tokens] : [...tokens.slice(0, open), ...withoutRemarks(tokens.slice(afterBracket(tokens, open)))];
}

function required(statements: Statement[], within: Span): Statement[] {
  if (statements.length === 0) refuse("E120", within, "There is no mathematics in the selection.", "Highlight a formula such as x^2 + y^2.");
  return statements;
}

/** The formula under the cursor: between quotes, the whole line, or the mathematical part of a sentence. */
function atCursor(text: string, cursor: number, dashIsBullet: boolean): Statement {
  const line = linesOf(text, { start: 0, end: text.length }).find((candidate) => cursor >= candidate.start && cursor <= candidate.end) ?? { start: cursor, end: cursor };
  const quoted = quotedAround(text, line, cursor);
  const quotedStatement = quoted && readStatement(tokenize(text, quoted));
  if (quotedStatement) return quotedStatement;
  const tokens = statementTokens(text, { start: 0, end: text.length }, dashIsBullet).find((candidate) => {
    const span = spanOf(candidate);
    return span.start < line.end && span.end > line.start;
  });
  const nothing = (): never => refuse("E120", line, "There is no mathematics on this line.", "Put the cursor on a formula such as x^2 + y^2, or highlight one.");
  if (!tokens) return nothing();
  if (!isProsy(tokens)) return (looksMathematical(tokens) ? readStatement(tokens) : undefined) ?? nothing();
  const runs = formulaRuns(tokens);
  const distance = (run: readonly Token[]): number => {
    const span = spanOf(run);
    return cursor < span.start ? span.start - cursor : Math.max(0, cursor - span.end);
  };
  const nearest = [...runs].sort((a, b) => distance(a) - distance(b))[0];
  return (nearest && readStatement(nearest)) ?? nothing();
}

/** Does a word stand beside another word or a formula, as in a sentence? */
function isProsy(tokens: readonly Token[]): boolean {
  const isProduct = isProductOf(loneLetters(tokens));
  return tokens.some((token, i) => {
    if (/^[^\p{L}]+$/u.test(token.text) && token.kind === "word") return false;
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (isJoiningWord(token)) return true;
    if (!isProseWord(token, isProduct) || isMark(after, "(", "=", ":=", ":")) return false;
    return [before, after].some((beside) => beside !== undefined && beside.kind !== "mark");
  });
}

const looksMathematical = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => (token.kind === "mark" && !isMark(token, "(", ")", ",", ".", ":", ";", "`", "{", "}")) || (token.kind === "name" && isFunctionName(token.text)));

function quotedAround(text: string, line: Span, cursor: number): Span | undefined {
  for (const [quote, pattern] of [["`", /`+([^`]+)`+/g], ["$", /\$+([^$]+)\$+/g]] as const) {
    for (const found of text.slice(line.start, line.end).matchAll(pattern)) {
      const start = line.start + found.index;
      if (cursor >= start && cursor <= start + found[0].length && isMark(tokenize(text, { start, end: start + 1 })[0], quote)) {
        const inner = start + found[0].indexOf(found[1] ?? "");
        return { start: inner, end: inner + (found[1]?.length ?? 0) };
      }
    }
  }
  return undefined;
}
