import { bars, tuples } from "./bars";
import { conditions } from "./conditions";
import { isGreekName } from "./fence";
import { constantNamed } from "./functions";
import { refuse } from "./refuse";
import { subscripts } from "./subscripts";
import { sums } from "./sums";
import { afterBracket, endsOperand, isMark, isOperatorWord, mark, named, spanOf, type Token } from "./token";

/** What a name means where the expression stands. */
export interface Scope {
  isFunction(name: string): boolean;
  /** Parameters, constants and indices known by this name. */
  isValue(name: string): boolean;
  /** Is it a vector or matrix whose value the text gives? */
  isList(name: string): boolean;
  /** The function that a name seems to be misspelt for. */
  resembling(name: string): string | undefined;
  /** Tells the reader how something was understood. */
  note(span: Token["span"], message: string, hint: string): void;
}

/** What words say (`if … else`, `for i in 1..4`), said in marks: before names are looked at, for "if" and "in" are none. */
export const rewriteWords = (tokens: readonly Token[]): Token[] => sums(conditions(tokens));

/**
 * Spells written mathematics the way mathjs reads it: |x| as abs(x), √x as sqrt(x), sin² x as (sin(x))^2, x_{i+1} as x[i + 1],
 * and x(1 − x) as a product where x is no function.
 */
export function rewrite(tokens: readonly Token[], indices: ReadonlySet<string>, scope: Scope): Token[] {
  const grouped = tuples(bars(subscripts(transposed(degrees(tokens, scope), scope), indices, scope)), (name) => scope.isFunction(name));
  return vectorProducts(products(powersOfNumbers(bases(applications(roots(grouped, scope), scope))), scope), indices);
}

/** 2^x 3^y as 2^x (3^y): side by side, a power of a number is a factor like any other. */
function powersOfNumbers(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [before, token] = [tokens[i - 1], tokens[i]];
    if (!token) break;
    const isFactor = token.kind === "number" && isMark(tokens[i + 1], "^") && endsOperand(before) && before?.kind !== "number" && (before?.span.end ?? 0) < token.span.start;
    if (!isFactor) {
      out.push(token);
      continue;
    }
    const exponent = i + 2 + (isMark(tokens[i + 2], "-") ? 1 : 0);
    const end = isMark(tokens[exponent], "(") ? afterBracket(tokens, exponent) : exponent + 1;
    const inside = tokens.slice(i, end);
    out.push(mark("(", token.span), ...inside, mark(")", spanOf(inside)));
    i = end - 1;
  }
  return out;
}

/** 30° as 30 (π/180). */
function degrees(tokens: readonly Token[], scope: Scope): Token[] {
  return tokens.flatMap((token, i): Token[] => {
    const isDegree = isMark(token, "°") || (token.kind === "name" && /^deg(?:rees?)?$/.test(token.text) && endsOperand(tokens[i - 1]) && !isMark(tokens[i + 1], "(") && !scope.isValue(token.text));
    if (!isDegree) return [token];
    const { span } = token;
    return [mark("(", span), named("pi", span), mark("/", span), { kind: "number", text: "180", span }, mark(")", span)];
  });
}

/** x^T A x, where vectors or matrices are about and T is no name of its own. */
function transposed(tokens: readonly Token[], scope: Scope): readonly Token[] {
  if (scope.isValue("T") || !tokens.some((token) => isMark(token, "[") || (token.kind === "name" && scope.isList(token.text)))) return tokens;
  return tokens.flatMap((token, i): Token[] => {
    if (token.text === "T" && isMark(tokens[i - 1], "^") && token.kind === "name") return [mark("'", token.span)];
    return isMark(token, "^") && tokens[i + 1]?.text === "T" ? [] : [token];
  });
}

function roots(tokens: readonly Token[], scope: Scope): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (!isMark(token, "√", "∛", "∜")) {
      out.push(token);
      continue;
    }
    const name = named(rootNames[token.text] ?? "sqrt", token.span);
    const end = endOfRoot(tokens, i + 1, scope);
    const operand = roots(tokens.slice(i + 1, end), scope);
    const last = operand.at(-1);
    if (!last || !endsOperand(last)) refuse("E100", token.span, "This root has nothing under it.", "Write √x or √(x + 1).");
    const inside = isMark(operand[0], "(") ? operand.slice(1, -1) : operand;
    const degree: Token[] = token.text === "∜" ? [mark(",", token.span), { kind: "number", text: "4", span: token.span }] : [];
    out.push(name, mark("(", spanOf(operand)), ...inside, ...degree, mark(")", spanOf(operand)));
    i = end - 1;
  }
  return out;
}

const rootNames: Record<string, string> = { "√": "sqrt", "∛": "cbrt", "∜": "nthRoot" };

/** Under a root without brackets stands one thing: x, 2, sin(x), |x|, √x. */
function endOfRoot(tokens: readonly Token[], from: number, scope: Scope): number {
  const token = tokens[from];
  if (isMark(token, "√", "∛", "∜")) return endOfRoot(tokens, from + 1, scope);
  if (isMark(token, "(")) return afterBracket(tokens, from);
  if (token?.kind === "name" && isMark(tokens[from + 1], "(") && scope.isFunction(token.text)) return afterBracket(tokens, from + 1);
  return from + 1;
}

const inverses: Record<string, string> = {
  sin: "asin", cos: "acos", tan: "atan", cot: "acot", sec: "asec", csc: "acsc", sinh: "asinh", cosh: "acosh", tanh: "atanh",
};

/** sin x, sin² x, sin^2(x): a function name that is not followed by its bracket. */
function applications(tokens: readonly Token[], scope: Scope): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i];
    if (!token) break;
    const applied = token.kind === "name" && scope.isFunction(token.text) && !scope.isValue(token.text) && !isMark(tokens[i + 1], "(") && !isOperatorWord(token);
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
      const inverse = power.map((part) => part.text).filter((part) => !/^[()^]$/.test(part)).join("") === "-1" ? inverses[token.text] : undefined;
      if (inverse !== undefined) {
        scope.note(spanOf([token, ...power]), `This is read as the inverse function a${token.text}.`, `Write 1/${token.text}(x) for the reciprocal.`);
        out.push(...applications([{ ...token, text: inverse }, ...tokens.slice(next)], scope));
        return out;
      }
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
    // sin²(x)³ is the cube of the square.
    const again = power.length > 0 && isMark(tokens[end], "^");
    const raised = power.length > 0 ? [mark("(", token.span), ...callee, mark(")", span), ...power] : callee;
    if (again) out.push(mark("(", token.span), ...raised, mark(")", span));
    else if (power.length > 0) out.push(...raised);
    else out.push(...callee);
    i = end;
  }
  return out;
}

/** sin 2πx y takes everything up to the next operator, bracket or function. */
function endOfArgument(tokens: readonly Token[], from: number, scope: Scope): number {
  let i = from;
  // sin −x: a sign after the name can only be the argument's.
  if (isMark(tokens[i], "-") && tokens[i + 1]) from = ++i;
  for (; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (isMark(token, "[") && i > from) i = afterBracket(tokens, i) - 1;
    else if (isMark(token, "^") && i > from) {
      if (isMark(tokens[i + 1], "(")) i = afterBracket(tokens, i + 1) - 1;
      else i++;
    } else if (isMark(token, "!") && i > from) continue;
    else if (isOperatorWord(token)) break;
    else if (token.kind === "number") {
      if (i > from && tokens[i - 1]?.kind !== "number") continue;
    } else if (token.kind !== "name" || (i > from && scope.isFunction(token.text))) break;
    else if (scope.isFunction(token.text)) return isMark(tokens[i + 1], "(") ? afterBracket(tokens, i + 1) : endOfArgument(tokens, i + 1, scope);
  }
  return i;
}

/** log_b(x) as log(x, b). */
function bases(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const base = token.kind === "name" && isMark(tokens[i + 1], "(") ? logarithmBase(token.text) : undefined;
    // Looked for only where there is something to close: in a sum of a thousand terms each would look to the end.
    const end = base === undefined ? i : afterBracket(tokens, i + 1);
    const close = tokens[end - 1];
    if (base === undefined || !close) out.push(token);
    else {
      const { span } = token;
      out.push(named("log", span), ...bases(tokens.slice(i + 1, end - 1)), mark(",", span), /^\d/.test(base) ? { kind: "number", text: base, span } : named(base, span), close);
      i = end - 1;
    }
  }
  return out;
}

export const logarithmBase = (name: string): string | undefined => /^log_(\d+|\p{L})$/u.exec(name)?.[1];

/** 2 [x, y] and x' [y, z] are products; A [i, j] and softmax(z)[i] are elements where i and j are numbers or count. */
function vectorProducts(tokens: readonly Token[], indices: ReadonlySet<string>): Token[] {
  const out: Token[] = [];
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    if (isMark(token, "[") && endsOperand(before) && !isMark(before, "]")) {
      const inside = tokens.slice(i + 1, afterBracket(tokens, i) - 1);
      // (x + y) [1, 2] multiplies; what is attached to a bracket picks one element of it.
      const picks = before?.kind === "name" || (isMark(before, ")") && before?.span.end === token.span.start && !inside.some((part) => isMark(part, ",")));
      const counts = picks && inside.every((part) => part.kind === "number" || indices.has(part.text) || isMark(part, ",", "+", "-", "*", "(", ")"));
      if (!counts) out.push(mark("*", token.span));
    } else if (isMark(before, "]") && isMark(token, "(")) out.push(mark("*", token.span));
    else if (before && isMark(before, "'") && (token.kind !== "mark" || isMark(token, "("))) out.push(mark("*", token.span));
    out.push(token);
  });
  return out;
}

/** x(1 − x) and a x (1 − x) are products unless the names are functions; brackets around a name make mathjs see it so. */
function products(tokens: readonly Token[], scope: Scope): Token[] {
  const alone = new Set(tokens.filter((token, i) => token.kind === "name" && !isMark(tokens[i + 1], "(")).map(({ text }) => text));
  // From the end, for the bracket around one factor makes the factor before it look like a call.
  const reversed: Token[] = [];
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (!token) break;
    if (token.kind === "name" && !isOperatorWord(token) && isMark(reversed.at(-1), "(") && isFactor(tokens, i, alone, scope)) reversed.push(mark(")", token.span), token, mark("(", token.span));
    else reversed.push(token);
  }
  return reversed.reverse();
}

/** Is the name at `at` multiplied by the bracket that follows, rather than applied to it? */
function isFactor(tokens: readonly Token[], at: number, alone: ReadonlySet<string>, scope: Scope): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!token || !next) return false;
  if (!isMark(next, "(") || scope.isValue(token.text)) return true;
  if (scope.isFunction(token.text)) return false;
  if (isVariableLike(token.text) || constantNamed(token.text) || alone.has(token.text)) return true;
  const noted = (): true => {
    scope.note(token.span, `${token.text} is read as a factor: ${token.text} times what is in brackets.`, `If it is a function, define it on a line of its own: ${token.text}(x) = …`);
    return true;
  };
  const spaced = token.span.end < next.span.start;
  if (isGreekName(stemOf(token.text))) return spaced || noted();
  if (!spaced) return false;
  // m g (h + x), but not g (x): that is a function somebody forgot to define.
  if (token.text.length === 1) return /^[gh]$/i.test(token.text) && endsOperand(before) && noted();
  return scope.resembling(token.text) === undefined && noted();
}

/** theta1 and mu_x are called after letters. */
const stemOf = (name: string): string => name.replace(/(?:_.*|\d+)$/u, "");

/** One letter with an index or none — but f, g and h before a bracket are functions that somebody forgot to define. */
export const isVariableLike = (name: string): boolean => /^\p{L}(_?\d+|_\p{L})?$/u.test(name) && !/^[fghFGH]$/.test(name);
