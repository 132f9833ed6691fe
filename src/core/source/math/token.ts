import type { Span } from "../positions";

/**
 * One token of mathematical text, spelled as mathjs spells it and located where the user wrote it. Tokens that a rewrite
 * adds (the brackets of `√x`) have the span of what they stand for. `word` is text that no mathematical name can hold.
 */
export interface Token {
  kind: "number" | "name" | "mark" | "word";
  text: string;
  span: Span;
}

export const mark = (text: string, span: Span): Token => ({ kind: "mark", text, span });
export const isMark = (token: Token | undefined, ...texts: string[]): boolean =>
  token !== undefined && token.kind === "mark" && texts.includes(token.text);

export const spanOf = (tokens: readonly Token[]): Span => ({
  start: Math.min(...tokens.map((token) => token.span.start)),
  end: Math.max(...tokens.map((token) => token.span.end)),
});

const operatorWords = new Set(["and", "or", "xor", "not", "mod"]);
/** Operators that are written as words. */
export const isOperatorWord = (token: Token | undefined): boolean => token?.kind === "name" && operatorWords.has(token.text);

/** Can this token be the last one of an operand? */
export const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined && !isOperatorWord(token) && (token.kind === "number" || token.kind === "name" || token.kind === "word" || isMark(token, ")", "]", "}", "!", "'", "°"));

/** Index just after the bracket that closes the one at `open`; `tokens.length` where none does. */
export function afterBracket(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (isMark(tokens[i], "(", "[", "{")) depth++;
    else if (isMark(tokens[i], ")", "]", "}") && --depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Calls `each` on the tokens outside all brackets. */
export function outside(tokens: readonly Token[], each: (token: Token, index: number) => void): void {
  let depth = 0;
  tokens.forEach((token, index) => {
    if (isMark(token, ")", "]", "}")) depth--;
    if (depth === 0) each(token, index);
    if (isMark(token, "(", "[", "{")) depth++;
  });
}

/** The parts between the separators that stand outside all brackets. */
export function splitAt(tokens: readonly Token[], separates: (token: Token) => boolean): { part: Token[]; separator?: Token }[] {
  const parts: { part: Token[]; separator?: Token }[] = [];
  let depth = 0;
  let part: Token[] = [];
  for (const token of tokens) {
    if (depth === 0 && separates(token)) {
      parts.push({ part, separator: token });
      part = [];
      continue;
    }
    if (isMark(token, "(", "[", "{")) depth++;
    else if (isMark(token, ")", "]", "}")) depth--;
    part.push(token);
  }
  return [...parts, { part }];
}

export const named = (text: string, span: Span): Token => ({ kind: "name", text, span });
