import type { Span } from "../positions";
import { mark, type Token } from "./token";
import { wordNames } from "./wordNames";

/** 0x10, 0b11 and 0o17 are numbers, as in mathjs. */
const otherBase = /0(?:[xX][\da-fA-F]+|[bB][01]+|[oO][0-7]+)(?![\p{L}\d])/uy;
const number = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
// Letters with a mathematical use: Latin with accents, Greek, and the styled alphabets (𝑥) that PDFs are pasted with.
const letter = "A-Za-zÀ-ÖØ-öø-ʯͰ-ϿḀ-ỿℓℏ\\u{1D400}-\\u{1D7FF}";
const below = "₀-₉ₐ-ₜᵢᵣᵤᵥⱼ";
// π stands by itself: πr is a product, like 2r.
const name = new RegExp(`π(?=[A-Za-zͰ-Ͽ])|[${letter}_][${letter}_0-9\\p{M}]*[${below}]*`, "uy");
const anyWord = /\p{L}[\p{L}\p{N}\p{M}]*/uy;
const qualifier = /(?:Math|np|numpy|math|torch|tf|jnp)\.(?=[A-Za-z])/y;
const superscript = /[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵃᵇᵏᵐᵗ]+/uy;

const superscripts: Record<string, string> = {
  "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  "⁺": "+", "⁻": "-", "⁽": "(", "⁾": ")", "ⁿ": "n", "ⁱ": "i", "ˣ": "x", "ʸ": "y", "ᵃ": "a", "ᵇ": "b", "ᵏ": "k", "ᵐ": "m", "ᵗ": "t",
};
const subscripts: Record<string, string> = {
  "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9",
  "ₐ": "a", "ₑ": "e", "ₒ": "o", "ₓ": "x", "ₕ": "h", "ₖ": "k", "ₗ": "l", "ₘ": "m", "ₙ": "n", "ₚ": "p", "ₛ": "s", "ₜ": "t",
  "ᵢ": "i", "ᵣ": "r", "ᵤ": "u", "ᵥ": "v", "ⱼ": "j",
};
const subscripted = new RegExp(`[${below}]+$`, "u");
const fractions: Record<string, readonly [string, string]> = {
  "½": ["1", "2"], "⅓": ["1", "3"], "⅔": ["2", "3"], "¼": ["1", "4"], "¾": ["3", "4"], "⅕": ["1", "5"], "⅛": ["1", "8"], "⅙": ["1", "6"],
};
/** Characters and pairs with another spelling in mathjs. */
const spellings: Record<string, string> = {
  "**": "^", ":=": "=", "&&": "and", "||": "||", "===": "==", "!==": "!=",
  "−": "-", "–": "-", "·": "*", "⋅": "*", "∙": "*", "×": "*", "÷": "/", "∕": "/", "≤": "<=", "≥": ">=", "≠": "!=", "∧": "and", "∨": "or", "¬": "not",
  "ᵀ": "'", "⊤": "'", ".'": "'", "…": "..", "...": "..",
};
const marks = [
  "===", "!==", "**", ":=", "&&", "||", "==", "!=", "<=", ">=", "...", "..", "=>", "->", ".*", "./", ".^", ".'",
  ...Array.from("−–·⋅∙×÷∕≤≥≠∧∨¬↦√∛∜Σ∑∏∞‖⌊⌋⌈⌉°∈ᵀ⊤…′+-*/^%!=<>?:,;()[]{}|&~'\"`$@#\\."),
];

/** Tokens of `text` between the offsets. Throws nothing: what is not mathematics becomes words and odd marks. */
export function tokenize(text: string, within: Span): Token[] {
  const tokens: Token[] = [];
  let at = within.start;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    return found !== undefined && at + found.length <= within.end ? found : undefined;
  };
  while (at < within.end) {
    const start = at;
    const here = (length: number): Span => ({ start, end: (at = start + length) });
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const prefix = take(qualifier);
    if (prefix !== undefined) {
      at += prefix.length;
      // `Math.E` is Euler's number; a bare `E` is anybody's energy.
      if (/^E(?![A-Za-z0-9_])/.test(text.slice(at, at + 2))) tokens.push({ kind: "name", text: "e", span: { start, end: ++at } });
      continue;
    }
    const based = take(otherBase);
    if (based !== undefined) {
      tokens.push({ kind: "number", text: String(Number(based)), span: here(based.length) });
      continue;
    }
    const digits = take(number);
    if (digits !== undefined) {
      tokens.push({ kind: "number", text: digits, span: here(digits.length) });
      continue;
    }
    const raised = take(superscript);
    if (raised !== undefined) {
      tokens.push(...raisedTokens(raised, here(raised.length)));
      continue;
    }
    const found = marks.find((candidate) => text.startsWith(candidate, at));
    if (found !== undefined) {
      tokens.push(markToken(found, here(found.length)));
      continue;
    }
    const word = take(name);
    if (word !== undefined) {
      tokens.push(nameToken(word, here(word.length)));
      continue;
    }
    const fraction = fractions[text.charAt(at)];
    if (fraction) {
      const span = here(1);
      const part = (digit: string): Token => ({ kind: "number", text: digit, span });
      tokens.push(mark("(", span), part(fraction[0]), mark("/", span), part(fraction[1]), mark(")", span));
      continue;
    }
    const other = take(anyWord) ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    tokens.push({ kind: "word", text: other, span: here(other.length) });
  }
  return wordNames(tokens);
}

function markToken(found: string, span: Span): Token {
  // ∞ is a number in all but spelling.
  if (found === "∞") return { kind: "name", text: "Infinity", span };
  return mark(spellings[found] ?? found, span);
}

/** Styled letters become plain ones, and x₁ becomes x_1: the spelling that code and LaTeX know as well. */
function nameToken(word: string, span: Span): Token {
  const plain = word.replace(/[\u{1D400}-\u{1D7FF}]/gu, (styled) => styled.normalize("NFKC"));
  const lowered = withoutAccent(plain).replace(subscripted, (run) => `_${[...run].map((character) => subscripts[character] ?? character).join("")}`);
  return { kind: "name", text: lowered, span };
}

const accents: Record<string, string> = { "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot" };

/** ŷ as y_hat, θ̄₀ as θ_bar₀: the accents of mathematics over one letter. */
function withoutAccent(name: string): string {
  const found = /^(\p{L})([\u0302-\u0305\u0307])([^\p{L}]*)$/u.exec(name.normalize("NFD"));
  const accent = found?.[2] === undefined ? undefined : accents[found[2]];
  return found && accent !== undefined ? `${found[1] ?? ""}_${accent}${found[3] ?? ""}` : name.normalize("NFC");
}

function raisedTokens(raised: string, span: Span): Token[] {
  const plain = [...raised].map((character) => superscripts[character] ?? character).join("").replace(/(\p{L})(?=\p{L})/gu, "$1 ").replace(/(\p{L})(?=\d)/gu, "$1^");
  const inner = tokenize(plain, { start: 0, end: plain.length }).map((token) => ({ ...token, span }));
  return inner.length === 1 ? [mark("^", span), ...inner] : [mark("^", span), mark("(", span), ...inner, mark(")", span)];
}
