import { constantNamed } from "./functions";
import { isFunctionName } from "./functions";
import { isGreekName } from "./fence";
import { isMark, mark, type Token } from "./token";

/**
 * Reads `xy` as x·y where `xy` means nothing itself and is exactly a product of names that do. `noted` hears of each.
 */
export function splitProducts(
  tokens: readonly Token[], factors: ReadonlySet<string>, isKnown: (name: string) => boolean, noted: (token: Token, parts: readonly string[]) => void,
): Token[] {
  return tokens.flatMap((token, i) => {
    if (token.kind !== "name" || isKnown(token.text) || factors.has(token.text) || isFunctionName(token.text) || isGreekName(token.text)) return [token];
    if (isMark(tokens[i + 1], "(") && !factors.has(token.text.slice(-1))) return [token];
    const parts = factorise(token.text, factors);
    if (!parts || parts.length < 2) return [token];
    noted(token, parts);
    let at = token.span.start;
    const names = parts.map((text): Token => ({ kind: "name", text, span: { start: at, end: (at += text.length) } }));
    // 2^xy raises to the product; xy^2 squares only the y, as on paper.
    return isMark(tokens[i - 1], "^") ? [mark("(", token.span), ...names, mark(")", token.span)] : names;
  });
}

function factorise(text: string, factors: ReadonlySet<string>): string[] | undefined {
  if (text === "") return [];
  for (let length = text.length; length > 0; length--) {
    const head = text.slice(0, length);
    if (!factors.has(head)) continue;
    const tail = factorise(text.slice(length), factors);
    if (tail) return [head, ...tail];
  }
  return undefined;
}

/** Whether a name is nothing but letters that stand by themselves elsewhere in the line: the xy of 2x + 3xy + y^3. */
export function isProductOf(letters: ReadonlySet<string>): (name: string) => boolean {
  return (name) => (factorise(name, letters)?.length ?? 0) > 1;
}

/** Single-letter names that stand by themselves: what a run of letters may be a product of. */
export function loneLetters(tokens: readonly Token[]): Set<string> {
  return new Set(tokens.filter((token) => token.kind === "name" && /^\p{L}$/u.test(token.text) && !constantNamed(token.text)).map((token) => token.text));
}

// Letters that go together are put in their own order wherever they appear.
const families = ["xyz", "uvw", "abcd", "pq", "rst", "αβγ"];

/**
 * Order of the unknowns of a bare expression: as they appear, except that letters of one family (x, y, z; u, v; a, b; x1, x2)
 * are sorted among themselves. So y² + x² is a function of (x, y), and (w x + b − y)² of (w, x, b, y).
 */
export function orderUnknowns(appearing: readonly string[]): string[] {
  const ordered = [...appearing];
  const groups = new Map<string, number[]>();
  ordered.forEach((name, place) => {
    const letter = /^(\p{L})(?:_?\d+)?$/u.exec(name)?.[1];
    if (letter === undefined) return;
    const key = families.find((family) => family.includes(letter)) ?? letter;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  });
  for (const places of groups.values()) {
    const sorted = places.map((place) => appearing[place] ?? "").sort(byLetterThenIndex);
    places.forEach((place, i) => {
      ordered[place] = sorted[i] ?? "";
    });
  }
  return ordered;
}

function byLetterThenIndex(a: string, b: string): number {
  const letters = a.charAt(0) < b.charAt(0) ? -1 : a.charAt(0) > b.charAt(0) ? 1 : 0;
  return letters || indexOf(a) - indexOf(b);
}

const indexOf = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? -1);
