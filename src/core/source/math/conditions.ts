import { refuse } from "./refuse";
import { afterBracket, endsOperand, isMark, mark, spanOf, splitAt, type Token } from "./token";

const joins = new Set(["if", "for", "when"]);
const elseWords = new Set(["otherwise", "else"]);
const calls = new Set(["if", "ifelse", "piecewise", "where", "cond", "iif", "IF"]);
const compares = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => isMark(token, "<", ">", "<=", ">=", "==", "!=", "and", "or", "not") || token.text === "and" || token.text === "or" || token.text === "not");

/** Choices in words and in braces, as c ? a : b: `x if x > 0 else 0`, `if(x > 0, x, 0)`, `{x, x > 0; 0, otherwise}`. */
export function conditions(tokens: readonly Token[]): Token[] {
  return rows(inBrackets(tokens));
}

/** Reads what brackets hold first; braces that hold cases go. */
function inBrackets(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (!isMark(token, "(", "[", "{")) {
      out.push(token);
      continue;
    }
    const end = afterBracket(tokens, i);
    const [close, before] = [tokens[end - 1], out.at(-1)];
    const inside = tokens.slice(i + 1, end - 1);
    if (!isMark(close, ")", "]", "}") || !close) return [...out, ...tokens.slice(i)];
    i = end - 1;
    if (isMark(token, "{") && before?.kind !== "name" && !isMark(before, "^") && isCases(inside)) {
      out.push(mark("(", token.span), ...casesOf(inBrackets(inside), true), mark(")", close.span));
      continue;
    }
    const parts = splitAt(inside, (part) => isMark(part, ","));
    if (isMark(token, "(") && before?.kind === "name" && calls.has(before.text) && parts.length >= 3 && parts.length % 2 === 1) {
      out.pop();
      const read = valuesLast(parts.map(({ part }) => conditions(part)));
      out.push(mark("(", before.span), ...chained(read), mark(")", close.span));
      continue;
    }
    const called = before?.kind === "name" && isMark(token, "(");
    const listed = called || !isMark(token, "(") ? undefined : asListedCases(inside);
    if (listed) {
      out.push(token, ...rows(inBrackets(inside)), close);
      continue;
    }
    const read = parts.flatMap(({ part, separator }) => [...(called && part.some((word) => word.text === "for") ? inBrackets(part) : conditions(part)), ...(separator ? [separator] : [])]);
    out.push(token, ...read, close);
  }
  return out;
}

/** piecewise(x^2, x < 0, x) names the value first, as some languages have it. */
function valuesLast(parts: readonly Token[][]): Token[][] {
  const [first, second] = parts;
  if (!first || !second || compares(first) || !compares(second)) return [...parts];
  return parts.map((part, i) => (i === parts.length - 1 ? part : parts[i % 2 === 0 ? i + 1 : i - 1] ?? part));
}

/** condition, value, condition, value, …, otherwise. */
function chained(parts: readonly (readonly Token[])[]): Token[] {
  const [condition, value, ...rest] = parts;
  if (!condition || !value) return [...(condition ?? [])];
  return choice(condition, value, chained(rest));
}

function choice(condition: readonly Token[], whenTrue: readonly Token[], whenFalse: readonly Token[]): Token[] {
  const span = spanOf([...condition, ...whenTrue]);
  const grouped = (part: readonly Token[]): Token[] => [mark("(", spanOf(part)), ...part, mark(")", spanOf(part))];
  if (condition.length === 0 || whenTrue.length === 0 || whenFalse.length === 0) return refuse("E100", span, "A case lacks its value or its condition.", "Write x > 0 ? x : 0.");
  return [...grouped(condition), mark("?", span), ...grouped(whenTrue), mark(":", span), ...grouped(whenFalse)];
}

const isCases = (inside: readonly Token[]): boolean => inside.some((token) => isMark(token, ",", ";") || joins.has(token.text) || elseWords.has(token.text));

/** Without brackets: `if c then a else b`, `a if c else b`, `a if c, b otherwise`. */
function rows(tokens: readonly Token[]): Token[] {
  const [first] = tokens;
  const word = (text: string): number => splitAt(tokens, (token) => token.text === text)[0]?.part.length ?? tokens.length;
  if (first?.text === "if") {
    const [then, otherwise] = [word("then"), word("else")];
    if (then < otherwise && otherwise < tokens.length) return choice(tokens.slice(1, then), rows(tokens.slice(then + 1, otherwise)), rows(tokens.slice(otherwise + 1)));
  }
  const listed = asListedCases(tokens);
  if (listed) return casesOf(listed, true);
  const conditional = tokens.some((token) => joins.has(token.text) || elseWords.has(token.text));
  return conditional && splitAt(tokens, (token) => joins.has(token.text)).length > 1 && splitAt(tokens, (token) => elseWords.has(token.text)).length > 1
    ? casesOf(tokens, false) : [...tokens];
}

/** x^2 (x < 0), x (x >= 0), or x^2 for x < 0, x for x >= 0: each value with its condition after it, as textbooks set it in one line. */
function asListedCases(tokens: readonly Token[]): Token[] | undefined {
  const parts = splitAt(tokens, (token) => isMark(token, ",", ";"));
  if (parts.length < 2) return undefined;
  const all: Token[] = [];
  for (const { part: whole, separator } of parts) {
    const part = whole[0]?.text === "and" ? whole.slice(1) : whole;
    const word = part.findIndex((token) => joins.has(token.text));
    const bracket = part.findIndex((token, i) => i > 0 && isMark(token, "(") && afterBracket(part, i) === part.length);
    const open = word > 0 ? word : bracket;
    const condition = word > 0 ? part.slice(word + 1) : part.slice(bracket + 1, -1);
    if (open < 0 || !compares(condition) || !endsOperand(part[open - 1])) return undefined;
    const [first, last] = [part[open] ?? part[0], part.at(-1)];
    if (!first || !last) return undefined;
    all.push(...part.slice(0, open), mark(",", first.span), ...condition, ...(separator ? [mark(";", separator.span)] : []));
  }
  return all;
}

/** value, condition; … and in the end what holds otherwise. In braces a last row with a condition needs no otherwise. */
function casesOf(tokens: readonly Token[], braced: boolean): Token[] {
  const pieces = splitAt(tokens, (token) => isMark(token, ",", ";") || joins.has(token.text) || elseWords.has(token.text));
  const values: { value: Token[]; condition?: Token[] }[] = [];
  let pending: Token[] | undefined;
  for (const { part } of pieces) {
    const piece = part.filter((token) => token.text !== "if" || part.length > 1);
    if (piece.length === 0) continue;
    if (pending && compares(piece)) {
      values.push({ value: pending, condition: piece });
      pending = undefined;
    } else if (pending) return refuse("E100", spanOf(piece), "A condition such as x > 0 should stand here.", "Write x > 0 ? x : 0.");
    else pending = piece;
  }
  // In braces the last row needs no "otherwise": where none of the conditions holds, nothing was promised.
  const last = braced && !pending && values.length > 1 ? values.pop() : undefined;
  const otherwise = pending ?? last?.value;
  if (!otherwise || values.length === 0) return refuse("E100", spanOf(tokens), "These cases do not say what holds otherwise.", "Write {x, x > 0; 0, otherwise}, or x > 0 ? x : 0.");
  return values.reduceRight((rest, { value, condition }) => choice(condition ?? [], value, rest), rows(otherwise));
}
