import type { Span } from "../positions";
import { isForeignWord, isJoiningWord, isProseWord } from "./fence";
import { isFunctionName } from "./functions";
import { readHead, readMapping, signatureLength } from "./heads";
import { isProductOf, loneLetters } from "./names";
import { refuse } from "./refuse";
import { afterBracket, endsOperand, isMark, outside, spanOf, type Token } from "./token";

/** One formula or definition: `x^2 + y^2`, `L = …`, `f(x, y) = …`, each with the definitions that its "where" gives. */
export interface Statement {
  name?: Token;
  /** Present for `f(x, y) = …`. */
  params?: readonly Token[];
  body: readonly Token[];
  given: readonly Statement[];
  /** From its first to its last token. */
  span: Span;
}

const goals = new Set(["minimise", "minimize", "maximise", "maximize", "min", "max", "argmin", "argmax"]);
const leadingWords = new Set(["let", "const", "var", "return", "def", "define", "function"]);
const whereWords = new Set(["where", "with", "given", "for", "when"]);

/** Undefined where nothing is left once labels, quotes and punctuation are gone. Refuses equations (E121). */
export function readStatement(all: readonly Token[]): Statement | undefined {
  const tokens = withoutSurroundings(all);
  if (tokens.length === 0) return undefined;
  const [withDomain, ...rest] = clauses(tokens);
  if (!withDomain || withDomain.length === 0) return undefined;
  const main = withoutDomain(withDomain);
  const given = rest.flatMap((clause) => readStatement(clause) ?? []);
  const span = spanOf(tokens);
  const mapping = readMapping(main);
  if (mapping) return { ...mapping, given, span };
  const equals = outerEquals(main);
  const [first, second] = equals;
  if (!first) return { body: main, given, span };
  const right = main.slice(first.index + 1);
  const head = readHead(main.slice(0, first.index));
  const mapped = head && !head.params ? readMapping(right) : undefined;
  if (head && mapped?.params) return { ...head, params: mapped.params, body: mapped.body, given, span };
  const last = equals.at(-1) ?? first;
  const chained = second ? headOfChain(main, equals) : head;
  if (!chained) {
    const at = (head ? second : first) ?? first;
    refuse("E121", at.token.span, "This is an equation, not a function to minimise.", "Bring everything to one side and square it, or highlight one side alone.");
  }
  const body = main.slice(last.index + 1);
  if (body.length === 0) refuse("E100", last.token.span, "Nothing follows the = sign.");
  return { ...chained, body, given, span };
}

/** z = f(x, y) = x² + y² has two names for one function: the one with parameters says more. */
function headOfChain(tokens: readonly Token[], equals: readonly { token: Token; index: number }[]): ReturnType<typeof readHead> {
  const heads = equals.map(({ index }, i) => readHead(tokens.slice((equals[i - 1]?.index ?? -1) + 1, index)));
  return heads.every((head) => head !== undefined) && equals.every(({ token }) => isMark(token, "=")) ? heads.find((head) => head?.params) : undefined;
}

const domainWords = new Set(["for", "on", "where", "with", "over"]);

/** Drops "x > 0", "(x > 0)", "x ∈ ℝ", "over x" and "for x in [0, 1]" from the end: where the function is looked at changes no derivative. */
function withoutDomain(tokens: readonly Token[]): readonly Token[] {
  if (tokens.some((token) => token.text === "otherwise" || token.text === "else")) return tokens;
  // x^2 for x < 0, x for x >= 0 are cases, each with its condition.
  let conditions = 0;
  outside(tokens, (token) => (conditions += /^(?:for|if|when)$/.test(token.text) ? 1 : 0));
  if (conditions > 1) return tokens;
  const over = tokens.findIndex((token, i) => i > 0 && token.text === "over" && tokens.slice(i + 1).every((after, k) => (k % 2 === 0 ? after.kind === "name" : isMark(after, ","))));
  if (over > 0 && over < tokens.length - 1) return tokens.slice(0, over);
  let end = conditionAtEnd(tokens) ?? tokens.length;
  outside(tokens, (token, i) => {
    const starts = isMark(token, ",", ";") || domainWords.has(token.text);
    const at = domainWords.has(tokens[i + 1]?.text ?? "") ? i + 2 : i + 1;
    if (end === tokens.length && i > 0 && starts && isDomain(tokens.slice(at))) end = i;
  });
  return tokens.slice(0, end);
}

function isDomain(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.text === "all") return isDomain(tokens.slice(1));
  if (first?.kind === "name" && isMark(second, ",")) return isDomain(tokens.slice(2));
  if (first?.kind === "name" && (isMark(second, "∈") || second?.text === "in")) return true;
  let compared = false;
  outside(tokens, (token) => (compared ||= isComparison(token)));
  return compared && tokens.every((token) => token.kind !== "word" && !isMark(token, "?", "=", ":"));
}

/** Where "(x > 0)" begins at the end of "f(x) = ln x (x > 0)". Elsewhere, x (x > 0) + 0.1x (x <= 0), it is a factor of 0 or 1. */
function conditionAtEnd(tokens: readonly Token[]): number | undefined {
  if (!isMark(tokens.at(-1), ")") || outerEquals(tokens).length === 0) return undefined;
  const open = tokens.findIndex((token, i) => isMark(token, "(") && afterBracket(tokens, i) === tokens.length);
  const [before, inside] = [tokens[open - 1], tokens.slice(open + 1, -1)];
  const follows = endsOperand(before) && !(before?.kind === "name" && (isFunctionName(before.text) || conditional.has(before.text)));
  return follows && isDomain(inside) && !tokens.slice(0, open).some(isComparison) ? open : undefined;
}

const conditional = new Set(["if", "ifelse", "piecewise", "where", "cond", "when", "and", "or", "not"]);
const isComparison = (token: Token): boolean => isMark(token, "<", ">", "<=", ">=", "!=");

/** `1, 2, 3` and `{1, 2, 3}` after an = sign are vectors like `[1, 2, 3]`. */
export function asVector(body: readonly Token[]): readonly Token[] {
  const inner = isMark(body[0], "{") && isMark(body.at(-1), "}") ? body.slice(1, -1) : body;
  const [first, last] = [inner[0], inner.at(-1)];
  const plain = inner.every((token) => token.kind === "number" || isMark(token, ",", "-")) && inner.some((token) => isMark(token, ","));
  return plain && first && last ? [{ kind: "mark", text: "[", span: first.span }, ...inner, { kind: "mark", text: "]", span: last.span }] : body;
}

/** Does the statement give a name the value of a vector? */
export function isVector(statement: Statement | undefined): boolean {
  if (!statement || statement.params) return false;
  const [first, second] = asVector(statement.body);
  return isMark(first, "[") || (isMark(first, "(") && second !== undefined && statement.body.some((token) => isMark(token, ",")) && afterBracket(statement.body, 0) === statement.body.length);
}

const stating = new Set(["let", "with", "where", "given", "take", "set", "use", "using", "assume", "suppose", "are", "is", "constant", "constants", "data", "parameter", "parameters", "and", "put", "have"]);

/** The values that a sentence gives: "We use a = 2 and b = 3", but not "at x = 1". */
export function statedValues(tokens: readonly Token[]): Statement[] {
  const found: Statement[] = [];
  let chained = false;
  for (let i = 0; i + 2 < tokens.length; i++) {
    const [before, name, equals] = [tokens[i - 1], tokens[i], tokens[i + 1]];
    if (name?.kind !== "name" || !isMark(equals, "=")) continue;
    const introduced: boolean = before !== undefined && (before.kind === "mark" ? isMark(before, ":", "(") || (chained && isMark(before, ",")) : stating.has(before.text.toLowerCase()) || isForeignWord(before));
    const end = isMark(tokens[i + 2], "[", "(") ? afterBracket(tokens, i + 2) : i + (isMark(tokens[i + 2], "-") ? 4 : 3);
    const body = tokens.slice(i + 2, end);
    const after = tokens[end];
    const ends = after === undefined || after.kind === "word" || after.kind === "name" || isMark(after, ",", ".", ";", ")");
    // "x = 1에서" says where one looks, not what x is.
    const isPlace = after?.kind === "word" && after.text.startsWith("에서");
    const plain = !isPlace && body.every((token) => token.kind === "number" || isMark(token, "-", "[", "]", "(", ")", ",")) && body.some((token) => token.kind === "number");
    chained = introduced && ends && plain;
    if (chained) found.push({ name, body, given: [], span: spanOf([name, ...body]) });
  }
  return found;
}

function outerEquals(tokens: readonly Token[]): { token: Token; index: number }[] {
  const found: { token: Token; index: number }[] = [];
  outside(tokens, (token, index) => {
    if (isMark(token, "=") && countsSum(tokens, index - 1)) return;
    const compared = isMark(token, "==") && !tokens.some((other) => isMark(other, "?"));
    if (isMark(token, "=") || compared) found.push({ token, index });
  });
  // Only a single = defines anything: a == b is an equation wherever it stands.
  return found[0] && isMark(found[0].token, "==") ? [found[0], found[0]] : found;
}

/** Is this the i of Σ_i=1^3? */
const countsSum = (tokens: readonly Token[], at: number): boolean =>
  /^(?:sum|prod|Π)_\p{L}$/u.test(tokens[at]?.text ?? "") || (/^_\p{L}$/u.test(tokens[at]?.text ?? "") && isMark(tokens[at - 1], "Σ", "∑", "∏"));

/** Drops labels ("loss:"), goals ("minimise"), keywords, quotes around the formula and punctuation after it. */
export function withoutSurroundings(all: readonly Token[]): readonly Token[] {
  let tokens = all;
  for (let before = -1; before !== tokens.length; ) {
    before = tokens.length;
    const [first, second] = tokens;
    const last = tokens.at(-1);
    if (first === undefined || last === undefined) return tokens;
    const quoted = isMark(first, "`", "$", "\"", "'") || (isMark(first, "^") && first.span.end - first.span.start === 2);
    if (quoted && first !== last && isMark(last, first.text)) tokens = tokens.slice(1, -1);
    else if (isMark(first, ":")) tokens = tokens.slice(1);
    else if (isMark(last, ".", ",", ";", ":", "=", "=>") && !isMark(last, "=")) tokens = tokens.slice(0, -1);
    else if (first.kind !== "mark" && goals.has(first.text.toLowerCase()) && !isMark(second, "=") && !(/^(min|max)$/.test(first.text) && isMark(second, "("))) tokens = tokens.slice(1);
    else if (/^(?:arg)?(?:min|max)_/.test(first.text)) tokens = tokens.slice(isMark(second, "{") ? afterBracket(tokens, 1) : 1);
    else if (leadingWords.has(first.text.toLowerCase()) && second && second.kind === "name" && !isMark(second, "=")) tokens = tokens.slice(1);
    else if (leadingWords.has(first.text) && (second?.kind === "number" || isMark(second, "("))) tokens = tokens.slice(1);
    else tokens = tokens.slice(labelLength(tokens) || signatureLength(tokens));
  }
  return tokens;
}

/** "loss:", "The error is:" — words up to a colon that belongs to no `? :`. */
function labelLength(tokens: readonly Token[]): number {
  const colon = tokens.findIndex((token) => isMark(token, ":"));
  if (colon <= 0 || colon === tokens.length - 1) return 0;
  const label = tokens.slice(0, colon);
  const wordy = label.every((token) => token.kind === "word" || token.kind === "name" || isMark(token, "-", "*"));
  return wordy ? colon + 1 : 0;
}

/** Splits "x^2 + a x where a = 2, b = 3" and "k (x − 1)^2, k = 3" into the formula and its definitions. */
function clauses(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  tokens.forEach((token, i) => {
    if (isMark(token, "(", "[", "{")) depth++;
    if (isMark(token, ")", "]", "}")) depth--;
    const current = parts.at(-1);
    if (!current) return;
    const next = tokens[i + 1];
    const separates = depth === 0 && current.length > 0
      && ((token.kind === "name" && whereWords.has(token.text) && startsDefinition(tokens, i + 1))
        || (isMark(token, ",", ";") && (startsDefinition(tokens, i + 1) || (next !== undefined && whereWords.has(next.text))))
        || (token.text === "and" && startsDefinition(tokens, i + 1)));
    if (separates) parts.push([]);
    else if (current.length > 0 || !whereWords.has(token.text) || parts.length === 1) current.push(token);
  });
  const last = parts.at(-1);
  if (parts.length === 1 && last) {
    const tail = trailingDefinition(last);
    if (tail) return [last.slice(0, tail.from), last.slice(tail.from + 1, -1)];
  }
  return parts;
}

/** `a =` or `f(x) =`. */
export function startsDefinition(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind !== "name") return false;
  if (isMark(tokens[at + 1], "=")) return true;
  return isMark(tokens[at + 1], "(") && isMark(tokens[afterBracket(tokens, at + 1)], "=");
}

/** The "(k = 2)" at the end of "k x^2 (k = 2)". */
function trailingDefinition(tokens: readonly Token[]): { from: number } | undefined {
  if (!isMark(tokens.at(-1), ")")) return undefined;
  for (let i = 1; i < tokens.length; i++) {
    if (isMark(tokens[i], "(") && afterBracket(tokens, i) === tokens.length && !/^(?:sum|prod|product|Σ|∑|∏)$/.test(tokens[i - 1]?.text ?? "")) {
      return tokens[i + 1]?.kind === "name" && isMark(tokens[i + 2], "=") ? { from: i } : undefined;
    }
  }
  return undefined;
}

/** Longest runs of tokens that could be mathematics, where a line mixes formulas with prose. */
export function formulaRuns(tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [[]];
  const isProduct = isProductOf(loneLetters(tokens));
  tokens.forEach((token, i) => {
    const prose = isForeignWord(token) || ((isProseWord(token, isProduct) || isJoiningWord(token)) && !isMark(tokens[i + 1], "(", "="));
    const bareFunction = token.kind === "name" && isFunctionName(token.text) && !isMark(tokens[i + 1], "(") && tokens[i + 1]?.kind !== "name";
    const pause = isMark(token, "`", "$", ";", "\"", ":") && !tokens.some((other) => isMark(other, "?"));
    const sentenceEnd = isMark(token, ".");
    if (prose || pause || sentenceEnd || bareFunction) runs.push([]);
    else runs.at(-1)?.push(token);
  });
  return runs.map(trimmed).filter((run) => run.some((token) => token.kind === "mark" && !isMark(token, "(", ")", ",")));
}

function trimmed(run: readonly Token[]): Token[] {
  let [from, to] = [0, run.length];
  // "3." before a formula numbers it.
  while (from < to && (isMark(run[from], ",", ")", "*", "/", "=", ".") || (/^\d+\.$/.test(run[from]?.text ?? "") && run.length > 1))) from++;
  while (to > from && isMark(run[to - 1], ",", "(", "=", "+", "-", "*", "/", "?", "%")) to--;
  return run.slice(from, to);
}
