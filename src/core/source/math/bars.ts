import { refuse } from "./refuse";
import { afterBracket, endsOperand, isMark, mark, named, splitAt, type Token } from "./token";

const closing: Record<string, string> = { "⌊": "⌋", "⌈": "⌉" };
const rounding: Record<string, string> = { "⌊": "floor", "⌈": "ceil" };

/** |x| as abs(x), ‖x‖ as norm(x), ⌊x⌋ as floor(x). */
export function bars(tokens: readonly Token[]): Token[] {
  return single(norms(rounded(tokens)));
}

function rounded(tokens: readonly Token[]): Token[] {
  const open: Token[] = [];
  const out = tokens.flatMap((token): Token[] => {
    const name = rounding[token.text];
    if (token.kind === "mark" && name !== undefined) {
      open.push(token);
      return [named(name, token.span), mark("(", token.span)];
    }
    if (!isMark(token, "⌋", "⌉")) return [token];
    const opened = open.pop();
    if (opened && closing[opened.text] === token.text) return [mark(")", token.span)];
    return refuse("E100", token.span, `This ${token.text} closes nothing.`, "Write ⌊x⌋ or floor(x).");
  });
  const left = open.at(-1);
  if (left) refuse("E100", left.span, `This ${left.text} is never closed.`, "Write ⌊x⌋ or floor(x).");
  return out;
}

/** ‖…‖ and, where no single bar stands between, ||…||; with _1, _2 or _∞ for the kind of norm. */
function norms(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const opens = isMark(token, "‖") || (isMark(token, "||") && !endsOperand(out.at(-1)));
    const close = opens ? closingBars(tokens, i) : undefined;
    const last = close === undefined ? undefined : tokens[close];
    if (close === undefined || !last) {
      if (isMark(token, "‖")) refuse("E100", token.span, "This ‖ is never closed.", "Write ‖[x, y]‖ or norm([x, y]).");
      out.push(token);
      continue;
    }
    out.push(named("norm", token.span), mark("(", token.span), ...norms(tokens.slice(i + 1, close)));
    i = close;
    const kind = tokens[close + 1];
    const which = kind?.kind === "name" ? /^_(\d+|Infinity|inf)?$/.exec(kind.text) : undefined;
    if (kind && which) {
      const after = tokens[close + 2];
      const separate = which[1] === undefined;
      if (separate && after) {
        const end = isMark(after, "(", "{") ? afterBracket(tokens, close + 2) : close + 3;
        out.push(mark(",", kind.span), ...tokens.slice(close + 2, end));
        i = end - 1;
      } else {
        out.push(mark(",", kind.span), /^\d/.test(which[1] ?? "") ? { kind: "number", text: which[1] ?? "2", span: kind.span } : named("Infinity", kind.span));
        i = close + 1;
      }
    }
    out.push(mark(")", last.span));
  }
  return out;
}

function closingBars(tokens: readonly Token[], open: number): number | undefined {
  const sign = tokens[open]?.text ?? "";
  let depth = 0;
  for (let i = open + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(token, "(", "[", "{")) depth++;
    else if (isMark(token, ")", "]", "}") && --depth < 0) return undefined;
    if (depth > 0) continue;
    if (isMark(token, sign) && endsOperand(tokens[i - 1])) return i;
    if (sign === "||" && isMark(token, "|")) return undefined;
  }
  return undefined;
}

/** A bar opens where an operand may begin and closes where one has ended. */
function single(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  const open: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (isMark(token, "||")) {
      const half = token.span.start + 1;
      for (const span of [{ start: token.span.start, end: half }, { start: half, end: token.span.end }]) bar(mark("|", span), out, open);
    } else if (isMark(token, "|")) bar(token, out, open);
    else if (before && isMark(before, "|", "||") && isMark(out.at(-1), ")") && token.kind === "name" && token.text.startsWith("_")) ofKind(token, out);
    else out.push(token);
  }
  const left = open.at(-1);
  if (left) refuse("E100", left.span, "This | is never closed.", "Write |x| or abs(x).");
  return out;
}

/** |x|_1 is the norm that it says. */
function ofKind(kind: Token, out: Token[]): void {
  const which = /^_(\d+|Infinity|inf)$/.exec(kind.text)?.[1];
  if (which === undefined) refuse("E100", kind.span, "This subscript belongs to nothing.", "Write norm(x, 1), or give the number a name: a_1.");
  const close = out.length - 1;
  let depth = 0;
  let at = close;
  for (; at >= 0; at--) {
    if (isMark(out[at], ")")) depth++;
    else if (isMark(out[at], "(") && --depth === 0) break;
  }
  const name = out[at - 1];
  if (name) out[at - 1] = { ...name, text: "norm" };
  out.splice(close, 0, mark(",", kind.span), /^\d/.test(which) ? { kind: "number", text: which, span: kind.span } : named("Infinity", kind.span));
}

function bar(token: Token, out: Token[], open: Token[]): void {
  if (endsOperand(out.at(-1)) && open.length > 0) {
    open.pop();
    out.push(mark(")", token.span));
  } else {
    open.push(token);
    out.push(named("abs", token.span), mark("(", token.span));
  }
}

/** (x, y) as [x, y], unless it is the arguments of a call. */
export function tuples(tokens: readonly Token[], isFunction: (name: string) => boolean): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [before, token] = [tokens[i - 1], tokens[i]];
    if (!token) break;
    const end = isMark(token, "(") ? afterBracket(tokens, i) : i;
    const inside = tokens.slice(i + 1, end - 1);
    const called = before?.kind === "name" && (isFunction(before.text) || before.text.length > 1 || /^[fgh]$/i.test(before.text));
    const close = tokens[end - 1];
    if (isMark(token, "(") && isMark(close, ")") && close && !called && splitAt(inside, (part) => isMark(part, ",")).length > 1) {
      out.push(mark("[", token.span), ...tuples(inside, isFunction), mark("]", close.span));
      i = end - 1;
    } else out.push(token);
  }
  return out;
}
