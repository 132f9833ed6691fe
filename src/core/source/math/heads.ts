import { afterBracket, isMark, type Token } from "./token";

/** What a formula is called and what it depends on, as far as the text says so. */
export interface Head {
  name?: Token;
  params?: readonly Token[];
}

/** `f` and `f(x, y)` before an = sign. */
export function readHead(left: readonly Token[]): (Head & { name: Token }) | undefined {
  const [name, open] = left;
  if (!name || name.kind !== "name") return undefined;
  if (left.length === 1) return { name };
  if (!isMark(open, "(") || afterBracket(left, 1) !== left.length || !isMark(left.at(-1), ")")) return undefined;
  const params = namesBetween(left.slice(2, -1));
  return params && { name, params };
}

/** `x, y` with a comma between each two. */
function namesBetween(tokens: readonly Token[]): Token[] | undefined {
  const separated = tokens.every((token, i) => (i % 2 === 0 ? token.kind === "name" : isMark(token, ",")));
  return separated && tokens.length % 2 === 1 ? tokens.filter((_, i) => i % 2 === 0) : undefined;
}

/** `x ↦ x^2`, `(x, y) => x^2 + y^2`, `f(x) -> x^2`, `lambda x: x**2`, and `def f(x): return x**2`. */
export function readMapping(tokens: readonly Token[]): (Head & { body: readonly Token[] }) | undefined {
  const arrow = tokens.findIndex((token) => isMark(token, "=>", "->", "↦"));
  if (arrow > 0 && arrow < tokens.length - 1) {
    const left = tokens.slice(0, arrow);
    const bracketed = isMark(left[0], "(") && afterBracket(left, 0) === left.length;
    const params = namesBetween(bracketed ? left.slice(1, -1) : left);
    const head = params ? { params } : readHead(left);
    return head?.params && { ...head, body: tokens.slice(arrow + 1) };
  }
  const colon = tokens.findIndex((token) => isMark(token, ":"));
  if (colon < 2 || colon === tokens.length - 1 || tokens.some((token) => isMark(token, "?", "=", "{"))) return undefined;
  const [first] = tokens;
  const left = tokens.slice(0, colon);
  const params = first?.text === "lambda" ? namesBetween(left.slice(1)) : undefined;
  const head = params ? { params } : readHead(left);
  return head?.params && { ...head, body: withoutReturn(tokens.slice(colon + 1)) };
}

const withoutReturn = (body: readonly Token[]): readonly Token[] => (body[0]?.text === "return" && body.length > 1 ? body.slice(1) : body);

const sets = /^(?:R|ℝ|N|ℕ|Z|ℤ|Q|ℚ|C|ℂ)$/;
const isOfSets = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => sets.test(token.text)) && tokens.every((token) => sets.test(token.text) || token.kind === "number" || token.text === "n" || isMark(token, "^", "*", "(", ")", "[", "]", ",", "+", "-"));

/** How many tokens `R → R,` has before the `f(x) = …` that says what is meant; all of them where nothing follows. */
export function signatureLength(tokens: readonly Token[]): number {
  const arrow = tokens.findIndex((token) => isMark(token, "->") || token.text === "→");
  if (arrow < 1 || !isOfSets(tokens.slice(0, arrow))) return 0;
  const after = tokens.findIndex((token, i) => i > arrow + 1 && (isMark(token, ",", ";", ":") || /^(?:with|by|where|given|such)$/.test(token.text)));
  const end = after < 0 ? tokens.length : after;
  if (!isOfSets(tokens.slice(arrow + 1, end))) return 0;
  return Math.min(tokens.length, end + 1);
}
