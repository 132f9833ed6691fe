import { refuse } from "./refuse";
import { afterBracket, endsOperand, isMark, mark, spanOf, type Token } from "./token";

/** What a name means where the expression stands. */
export interface Scope {
  isFunction(name: string): boolean;
  /** Parameters, constants and indices known by this name. */
  isValue(name: string): boolean;
}

/**
 * Spells written mathematics the way mathjs reads it: |x| as abs(x), √x as sqrt(x), sin² x as (sin(x))^2, Σ and `sum`
 * as a function of four arguments, and x(1 − x) as a product where x is no function.
 */
export function rewrite(tokens: readonly Token[], scope: Scope): Token[] {
  return products(applications(roots(sums(bars(braces(tokens)))), scope), scope);
}

/** `{…}` groups as in LaTeX; `x_{1}` is a name. */
function braces(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const [open, inside, close] = [tokens[i + 1], tokens[i + 2], tokens[i + 3]];
    const subscripted = token.kind === "name" && /.+_$/.test(token.text);
    if (subscripted && isMark(open, "{") && inside && close && inside.kind !== "mark" && isMark(close, "}")) {
      out.push({ kind: "name", text: token.text + inside.text, span: { start: token.span.start, end: close.span.end } });
      i += 3;
    } else if (isMark(token, "{", "}")) out.push(mark(token.text === "{" ? "(" : ")", token.span));
    else out.push(token);
  }
  return out;
}

/** A bar opens where an operand may begin and closes where one has ended. */
function bars(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  const open: Token[] = [];
  for (const token of tokens) {
    if (isMark(token, "||")) {
      const half = token.span.start + 1;
      for (const span of [{ start: token.span.start, end: half }, { start: half, end: token.span.end }]) bar(mark("|", span), out, open);
    } else if (isMark(token, "|")) bar(token, out, open);
    else out.push(token);
  }
  const left = open.at(-1);
  if (left) refuse("E100", left.span, "This | is never closed.", "Write |x| or abs(x).");
  return out;
}

function bar(token: Token, out: Token[], open: Token[]): void {
  if (endsOperand(out.at(-1)) && open.length > 0) {
    open.pop();
    out.push(mark(")", token.span));
  } else {
    open.push(token);
    out.push({ kind: "name", text: "abs", span: token.span }, mark("(", token.span));
  }
}

/** Σ_{i=1}^{4} body, and `sum(body, i = 1..4)`: both become sum(i, 1, 4, body). A Σ reaches to the next + or −. */
function sums(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (!token) break;
    const bigOperator = isMark(token, "Σ", "∑", "Π", "∏");
    const operator = /[Σ∑]/.test(token.text) ? "sum" : "prod";
    if (bigOperator && !isMark(tokens[i + 1], "(")) {
      const read = bounds(tokens, i);
      const end = endOfTerm(tokens, read.next);
      const body = sums(tokens.slice(read.next, end));
      if (body.length === 0) refuse("E100", token.span, "This sum has nothing to add up.", "Write Σ_{i=1}^{4} (x − i)².");
      const comma = mark(",", token.span);
      out.push({ kind: "name", text: operator, span: token.span }, mark("(", token.span), read.index, comma, ...read.from, comma, ...read.to, comma, ...body);
      out.push(mark(")", spanOf(body)));
      i = end;
      continue;
    }
    if ((bigOperator || (token.kind === "name" && (token.text === "sum" || token.text === "prod"))) && isMark(tokens[i + 1], "(")) {
      const end = afterBracket(tokens, i + 1);
      const inside = rangedSum(tokens.slice(i + 2, end - 1));
      if (inside) {
        out.push({ kind: "name", text: bigOperator ? operator : token.text, span: token.span }, mark("(", token.span), ...inside, mark(")", tokens[end - 1]?.span ?? token.span));
        i = end;
        continue;
      }
    }
    out.push(token);
    i++;
  }
  return out;
}

/** The _{i=1}^{4} after a Σ at `at`. */
function bounds(tokens: readonly Token[], at: number): { index: Token; from: Token[]; to: Token[]; next: number } {
  const sigma = tokens[at];
  const open = tokens[at + 1]?.text === "_" ? at + 2 : at + 1;
  const bad = (): never => refuse("E100", sigma?.span ?? { start: 0, end: 0 }, "The bounds of this sum cannot be read.", "Write Σ_{i=1}^{4} (x − i)² or sum((x − i)^2, i = 1..4).");
  if (!isMark(tokens[open], "(")) bad();
  const close = afterBracket(tokens, open);
  const below = tokens.slice(open + 1, close - 1);
  const index = below[0];
  const dots = below.findIndex((token) => isMark(token, ".."));
  if (!index || index.kind !== "name" || !isMark(below[1], "=")) return bad();
  if (dots > 0) return { index, from: below.slice(2, dots), to: below.slice(dots + 1), next: close };
  if (!isMark(tokens[close], "^")) bad();
  const upper = close + 1;
  const next = isMark(tokens[upper], "(") ? afterBracket(tokens, upper) : upper + 1;
  const to = isMark(tokens[upper], "(") ? tokens.slice(upper + 1, next - 1) : tokens.slice(upper, next);
  return { index, from: below.slice(2), to, next };
}

function endOfTerm(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(token, "(", "[", "{")) depth++;
    else if (isMark(token, ")", "]", "}") && depth-- === 0) return i;
    else if (depth === 0 && i > from && isMark(token, "+", "-") && endsOperand(tokens[i - 1])) return i;
    else if (depth === 0 && isMark(token, ",", "<", ">", "<=", ">=", "==", "!=", "?", ":")) return i;
  }
  return tokens.length;
}

/** `body, i = 1..4` as `i, 1, 4, body`; undefined where the arguments have another form. */
function rangedSum(inside: readonly Token[]): Token[] | undefined {
  const dots = inside.findIndex((token) => isMark(token, ".."));
  let comma = -1;
  let depth = 0;
  inside.forEach((token, i) => {
    if (isMark(token, "(", "[", "{")) depth++;
    else if (isMark(token, ")", "]", "}")) depth--;
    else if (depth === 0 && i < dots && isMark(token, ",")) comma = i;
  });
  const [index, equals, separator] = [inside[comma + 1], inside[comma + 2], inside[dots]];
  if (comma < 0 || !separator || index?.kind !== "name" || !isMark(equals, "=")) return undefined;
  const next = mark(",", separator.span);
  return [index, next, ...inside.slice(comma + 3, dots), next, ...inside.slice(dots + 1), next, ...sums(inside.slice(0, comma))];
}

function roots(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (!isMark(token, "√", "∛")) {
      out.push(token);
      continue;
    }
    const name: Token = { kind: "name", text: token.text === "√" ? "sqrt" : "cbrt", span: token.span };
    if (isMark(tokens[i + 1], "(")) out.push(name);
    else {
      const operand = tokens[i + 1];
      if (!operand || !endsOperand(operand)) refuse("E100", token.span, "This root has nothing under it.", "Write √x or √(x + 1).");
      out.push(name, mark("(", operand.span), operand, mark(")", operand.span));
      i++;
    }
  }
  return out;
}

/** sin x, sin² x, sin^2(x): a function name that is not followed by its bracket. */
function applications(tokens: readonly Token[], scope: Scope): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (!token) break;
    const applied = token.kind === "name" && scope.isFunction(token.text) && !scope.isValue(token.text) && !isMark(tokens[i + 1], "(");
    if (!applied) {
      out.push(token);
      i++;
      continue;
    }
    let next = i + 1;
    let power: Token[] = [];
    if (isMark(tokens[next], "^")) {
      const end = isMark(tokens[next + 1], "(") ? afterBracket(tokens, next + 1) : next + (isMark(tokens[next + 1], "-") ? 3 : 2);
      power = tokens.slice(next, end);
      next = end;
      if (power.some((part) => isMark(part, "-"))) {
        refuse("E100", spanOf([token, ...power]), `${token.text} with a negative power is ambiguous.`, `Write a${token.text}(x) for the inverse function or 1/${token.text}(x) for the reciprocal.`);
      }
    }
    const end = isMark(tokens[next], "(") ? afterBracket(tokens, next) : endOfArgument(tokens, next, scope);
    const argument = tokens.slice(next, end);
    if (argument.length === 0) refuse("E100", token.span, `${token.text} is a function, and has no argument here.`, `Write ${token.text}(x).`);
    const span = spanOf(argument);
    const inside = applications(argument, scope);
    const callee = isMark(argument[0], "(") ? [token, ...inside] : [token, mark("(", span), ...inside, mark(")", span)];
    if (power.length > 0) out.push(mark("(", token.span), ...callee, mark(")", span), ...power);
    else out.push(...callee);
    i = end;
  }
  return out;
}

/** sin 2πx y takes everything up to the next operator, bracket or function. */
function endOfArgument(tokens: readonly Token[], from: number, scope: Scope): number {
  let i = from;
  for (; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (isMark(token, "^") && i > from) {
      if (isMark(tokens[i + 1], "(")) i = afterBracket(tokens, i + 1) - 1;
      else i++;
    } else if (token.kind === "number") {
      if (i > from && tokens[i - 1]?.kind !== "number") continue;
    } else if (token.kind !== "name" || (i > from && scope.isFunction(token.text))) break;
    else if (scope.isFunction(token.text)) return isMark(tokens[i + 1], "(") ? afterBracket(tokens, i + 1) : endOfArgument(tokens, i + 1, scope);
  }
  return i;
}

/** x(1 − x) is a product unless x is a function; brackets around the name make mathjs see it so. */
function products(tokens: readonly Token[], scope: Scope): Token[] {
  const out: Token[] = [];
  tokens.forEach((token, i) => {
    const bracketed = token.kind === "name" && isMark(tokens[i + 1], "(");
    const isProduct = bracketed && (scope.isValue(token.text) || (!scope.isFunction(token.text) && isVariableLike(token.text)));
    if (isProduct) out.push(mark("(", token.span), token, mark(")", token.span));
    else out.push(token);
  });
  return out;
}

/** One letter with an index or none — but f, g and h before a bracket are functions that somebody forgot to define. */
export const isVariableLike = (name: string): boolean => /^\p{L}(_?\d+|_\p{L})?$/u.test(name) && !/^[fghFGH]$/.test(name);

