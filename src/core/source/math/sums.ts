import { refuse } from "./refuse";
import { afterBracket, endsOperand, isMark, mark, named, splitAt, type Token } from "./token";

const isBig = (token: Token | undefined): boolean =>
  isMark(token, "Σ", "∑", "∏") || (token?.kind === "name" && /^(?:sum|prod|Π)_/.test(token.text));
const operatorOf = (token: Token): "sum" | "prod" => (/^(?:Σ|∑|sum)/.test(token.text) ? "sum" : "prod");
const isCalled = (token: Token | undefined): boolean => isMark(token, "Σ", "∑", "∏") || (token?.kind === "name" && /^(?:sum|prod|product|Π)$/.test(token.text));

/**
 * Σ_{i=1}^{4} body, `sum(body, i = 1..4)` and `sum(body for i in 1..4)`: all become sum(i, 1, 4, body), and Σ_i body, which
 * leaves its bounds to the data, sum(i, body). A Σ reaches to the next + or −.
 */
export function sums(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (!token) break;
    const implied = /^[Σ∑∏]$/.test(token.text) && !tokens[i + 1]?.text.startsWith("_") ? impliedIndex(tokens.slice(i + 1, endOfTerm(tokens, i + 1))) : undefined;
    if (implied && !(isMark(tokens[i + 1], "(") && readRange(tokens.slice(i + 2, afterBracket(tokens, i + 1) - 1)))) {
      i = big(tokens, i, i + 1, { index: implied }, out);
      continue;
    }
    const called = isCalled(token) && isMark(tokens[i + 1], "(");
    if (called) {
      const end = afterBracket(tokens, i + 1);
      const inside = tokens.slice(i + 2, end - 1);
      const name = isMark(token) || token.text === "Π" ? operatorOf(token) : token.text === "product" ? "prod" : token.text;
      const alone = splitAt(inside, isComma).length === 1 ? readRange(inside) : undefined;
      if (alone) {
        // Σ(i=1..10) body: the bounds stand in brackets, the body after them.
        i = big(tokens, i, end, alone, out);
        continue;
      }
      const parts = splitAt(inside, (part) => isComma(part) || part.text === "for").map(({ part }) => part);
      const at = parts.findIndex((part) => readRange(part) !== undefined);
      const range = at < 0 ? undefined : readRange(parts[at] ?? []);
      const body = parts.filter((_, k) => k !== at);
      const [only] = body;
      const counted = !range && parts.length === 1 && name !== "product" ? impliedIndex(inside) : undefined;
      if (counted) out.push(...times(out), ...assembled(token, name, { index: counted }, sums(inside), tokens[end - 1] ?? token));
      else if (range && only && body.length === 1) out.push(...times(out), ...assembled(token, name, range, sums(only), tokens[end - 1] ?? token));
      else out.push(named(name, token.span), mark("(", tokens[i + 1]?.span ?? token.span), ...sums(inside), ...tokens.slice(end - 1, end));
      i = end;
      continue;
    }
    const mean = token.kind === "name" && /^(?:mean|average|avg)$/.test(token.text) && isMark(tokens[i + 1], "(") ? tokens.slice(i + 1, afterBracket(tokens, i + 1)) : [];
    const index = impliedIndex(mean);
    if (index) {
      // The mean over i of (w xᵢ − yᵢ)² is that of the vectors, element by element.
      out.push(token, ...sums(mean.map((part) => (part.kind === "name" ? { ...part, text: part.text.replace(new RegExp(`_${index.text}$`), "") } : part))));
      i += 1 + mean.length;
      continue;
    }
    if (isBig(token)) {
      const { range, next } = bounds(tokens, i);
      i = big(tokens, i, next, range, out);
      continue;
    }
    out.push(token);
    i++;
  }
  return out;
}

/** The i of Σ (w xᵢ − yᵢ)², where it is all that letters are counted by. */
function impliedIndex(body: readonly Token[]): Token | undefined {
  if (body.some((token) => isCalled(token) || isBig(token))) return undefined;
  const found = body.flatMap((token) => {
    const letter = token.kind === "name" ? /^\p{L}+_([ijkmn])$/u.exec(token.text)?.[1] : undefined;
    return letter === undefined ? [] : [named(letter, token.span)];
  });
  const [first, ...others] = found;
  return others.every(({ text }) => text === first?.text) ? first : undefined;
}

const isComma = (token: Token): boolean => isMark(token, ",");

/** Stands for the length of the data that a sum without bounds runs over. */
export const dataLength = "ℓ_";

interface IndexRange {
  index: Token;
  /** Absent where the data tell. */
  from?: Token[];
  to?: Token[];
}

function big(tokens: readonly Token[], at: number, next: number, range: IndexRange, out: Token[]): number {
  const token = tokens[at];
  if (!token) throw new Error("No sum here");
  const end = endOfTerm(tokens, next);
  const body = sums(tokens.slice(next, end));
  const last = body.at(-1);
  if (!last) return refuse("E100", token.span, "This sum has nothing to add up.", "Write Σ_{i=1}^{4} (x − i)².");
  out.push(...times(out), ...assembled(token, operatorOf(token), range, body, last));
  return end;
}

/** 1/n Σ … is (1/n) Σ …: the sum is never under the line. */
function times(before: readonly Token[]): Token[] {
  const last = before.at(-1);
  return last && endsOperand(last) ? [mark("*", last.span)] : [];
}

function assembled(token: Token, name: string, { index, from, to }: IndexRange, body: readonly Token[], last: Token): Token[] {
  const comma = mark(",", token.span);
  const limits = from && to ? [...from, comma, ...to, comma] : [{ kind: "number", text: "1", span: token.span } as const, comma, named(dataLength, token.span), comma];
  return [named(name, token.span), mark("(", token.span), index, comma, ...limits, ...body, mark(")", last.span)];
}

/** `i = 1..4`, `i = 1:4`, `i in 1..4`, `i ∈ 1..4`, `i = 1 to 4`, `i in range(1, 5)`. */
function readRange(tokens: readonly Token[]): IndexRange | undefined {
  const [index, sign] = tokens;
  if (index?.kind !== "name" || !(isMark(sign, "=", "∈") || sign?.text === "in")) return undefined;
  const rest = tokens.slice(2);
  const [first] = rest;
  if (first?.text === "range" && isMark(rest[1], "(") && afterBracket(rest, 1) === rest.length) {
    const [from, to] = splitAt(rest.slice(2, -1), isComma).map(({ part }) => part);
    const number = (text: string): Token => ({ kind: "number", text, span: first.span });
    const last = (upper: Token[]): Token[] => [...upper, mark("-", first.span), number("1")];
    if (from && to) return { index, from, to: last(to) };
    return from && { index, from: [number("0")], to: last(from) };
  }
  const ends = splitAt(rest, (token) => isMark(token, "..", ":") || token.text === "to");
  const [from, to] = ends.map(({ part }) => part.filter((token) => !isComma(token)));
  return ends.length === 2 && from && to && from.length > 0 && to.length > 0 ? { index, from, to } : undefined;
}

/** The _{i=1}^{4}, or the _i alone, after a Σ at `at`. */
function bounds(tokens: readonly Token[], at: number): { range: IndexRange; next: number } {
  const sigma = tokens[at];
  const bad = (): never => refuse("E100", sigma?.span ?? { start: 0, end: 0 }, "The bounds of this sum cannot be read.", "Write Σ_{i=1}^{4} (x − i)² or sum((x − i)^2, i = 1..4).");
  const attached = sigma?.kind === "name" ? sigma.text.slice(sigma.text.indexOf("_") + 1) : "";
  const follows = tokens[at + 1];
  const index = follows?.kind === "name" ? /^_(\p{L})$/u.exec(follows.text)?.[1] : undefined;
  const plain = plainBounds(tokens, attached === "" ? at + 1 : at, attached === "" ? index : attached);
  if (plain) return plain;
  if (sigma && attached !== "") return { range: { index: named(attached, sigma.span) }, next: at + 1 };
  if (follows && index !== undefined) return { range: { index: named(index, follows.span) }, next: at + 2 };
  const open = follows?.text === "_" ? at + 2 : at + 1;
  if (!isMark(tokens[open], "(", "{")) bad();
  const close = afterBracket(tokens, open);
  const below = tokens.slice(open + 1, close - 1);
  const [name, equals] = below;
  const whole = readRange(below);
  if (whole) return { range: whole, next: close };
  if (name?.kind === "name" && below.length === 1) return { range: { index: name }, next: close };
  if (!name || name.kind !== "name" || !isMark(equals, "=") || !isMark(tokens[close], "^")) return bad();
  const upper = close + 1;
  const bracketed = isMark(tokens[upper], "(", "{");
  const next = bracketed ? afterBracket(tokens, upper) : upper + 1;
  const to = bracketed ? tokens.slice(upper + 1, next - 1) : tokens.slice(upper, next);
  return { range: { index: name, from: below.slice(2), to }, next };
}

/** Σ_i=1^3, without the braces that TeX would want. */
function plainBounds(tokens: readonly Token[], at: number, index: string | undefined): { range: IndexRange; next: number } | undefined {
  const [name, equals, from, raised, to] = tokens.slice(at, at + 5);
  const isBound = (token: Token | undefined): token is Token => token?.kind === "number" || token?.kind === "name";
  if (!name || index === undefined || !isMark(equals, "=") || !isBound(from) || !isMark(raised, "^")) return undefined;
  const range = { index: named(index, name.span), from: [from] };
  if (isMark(to, "(", "{")) {
    const next = afterBracket(tokens, at + 4);
    return { range: { ...range, to: tokens.slice(at + 5, next - 1) }, next };
  }
  return isBound(to) ? { range: { ...range, to: [to] }, next: at + 5 } : undefined;
}

function endOfTerm(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(token, "(", "[", "{")) depth++;
    else if (isMark(token, ")", "]", "}") && depth-- === 0) return i;
    else if (depth === 0 && i > from && isMark(token, "+", "-") && endsOperand(tokens[i - 1])) return i;
    else if (depth === 0 && isMark(token, ",", "<", ">", "<=", ">=", "==", "!=", "?", ":", ";")) return i;
  }
  return tokens.length;
}
