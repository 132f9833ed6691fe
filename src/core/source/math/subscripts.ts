import { afterBracket, isMark, mark, named, type Token } from "./token";

/** What of the scope tells an index from a part of a name. */
interface Names {
  isValue(name: string): boolean;
  isList(name: string): boolean;
}

/**
 * x_{1} is a name, x_{i+1} an element, and so are x_i where i counts and x_1 where x is a vector the text gives. All other braces
 * group, as in LaTeX.
 */
export function subscripts(tokens: readonly Token[], indices: ReadonlySet<string>, scope: Names): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const next = tokens[i + 1];
    if (token.kind === "name" && /._$/.test(token.text) && next && isMark(next, "{", "(")) {
      const end = afterBracket(tokens, i + 1);
      const inside = tokens.slice(i + 2, end - 1);
      const [only] = inside;
      const stem = token.text.slice(0, -1);
      const close = tokens[end - 1] ?? next;
      i = end - 1;
      if (only && inside.length === 1 && only.kind !== "mark") out.push(...element({ ...token, text: token.text + only.text, span: { start: token.span.start, end: close.span.end } }, indices, scope));
      else out.push({ ...token, text: stem }, mark("[", next.span), ...parted(inside, indices), mark("]", close.span));
    } else if (isMark(token, "{", "}")) out.push(mark(token.text === "{" ? "(" : ")", token.span));
    else if (token.kind === "name") out.push(...element(token, indices, scope));
    else out.push(token);
  }
  return out;
}

/** x_i as x[i] and A_ij as A[i, j]. */
function element(token: Token, indices: ReadonlySet<string>, scope: Names): Token[] {
  const at = token.text.lastIndexOf("_");
  if (at < 1 || scope.isValue(token.text)) return [token];
  const [stem, below] = [token.text.slice(0, at), token.text.slice(at + 1)];
  const { span } = token;
  const counted = indices.has(below) || (below.length > 1 && [...below].every((letter) => indices.has(letter)));
  const numbered = /^\d+$/.test(below) && scope.isList(stem);
  if (!counted && !numbered) return [token];
  const inside = numbered ? [{ kind: "number", text: below, span } as const] : parted(indices.has(below) ? [named(below, span)] : [...below].map((letter) => named(letter, span)), indices);
  return [{ ...token, text: stem }, mark("[", span), ...inside, mark("]", span)];
}

/** `i j` and `ij` below a letter are two indices. */
function parted(inside: readonly Token[], indices: ReadonlySet<string>): Token[] {
  const letters = inside.flatMap((token) => (token.kind === "name" && !indices.has(token.text) && [...token.text].every((letter) => indices.has(letter))
    ? [...token.text].map((letter) => named(letter, token.span)) : [token]));
  return letters.flatMap((token, i) => {
    const before = letters[i - 1];
    return before && token.kind !== "mark" && before.kind !== "mark" ? [mark(",", token.span), token] : [token];
  });
}
