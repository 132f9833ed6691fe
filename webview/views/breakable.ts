import { closing, commandLength, fraction, pieceEnd } from "./texPieces";
import { texWidth } from "./texWidth";

/** What is narrower, in letters, is no cause of a line too long. */
const usual = 22;
/**
 * Of brackets, where there is little room: in a narrow panel, or written large. Fractions would be torn beyond recognition;
 * instead one may then read on in another line between any two factors.
 */
export const narrow = 10;

/**
 * The same formula in a form the typesetter can break into lines: it breaks only between terms that are not inside a fraction
 * or between growing brackets, so (a + b + …)/n becomes 1/n (a + b + …), and long brackets stop growing. Short brackets are
 * kept in one piece: it is between whole terms that one reads on in another line. `long`: from which width on they are not.
 */
export function breakable(tex: string, long = usual): string {
  return rewritten(tex, (at) => fractionAt(tex, at, long) ?? exponentialAt(tex, at, long) ?? casesAt(tex, at) ?? sumAt(tex, at, long) ?? bracketsAt(tex, at, long) ?? parenthesesAt(tex, at, long));
}

/** The same formula, of which the short brackets are not torn apart where it takes more than one line. */
export function glued(tex: string): string {
  return rewritten(tex, (at) => parenthesesAt(tex, at, usual));
}

/** Glued, and a product may go on in another line with a fraction or tall brackets: better than to tear the brackets apart. */
export function loosened(tex: string): string {
  return rewritten(tex, (at) => {
    const piece = bracketed(tex, at);
    const end = piece?.end ?? fraction(tex, at)?.end;
    if (end === undefined) return parenthesesAt(tex, at, usual);
    return { text: (piece?.pair === "[]" ? "" : seam(tex, at)) + tex.slice(at, end), end };
  });
}

/** Numbers stay with what they multiply. */
const factorBefore = /[a-zA-Z)}]\s*$/;
/** What stands in brackets after one of these is its argument. A Greek letter is taken for one as well, which does no harm. */
const functionBefore = /\\(?:operatorname\{[^{}]*\}|[a-zA-Z]+)(?:[\^_](?:\{[^{}]*\}|\w))?\s*$/;

/** A place to break before the factor at `at`, where it is one: not an argument, and not what a sign has just announced. */
function seam(tex: string, at: number): string {
  const before = tex.slice(0, at);
  return factorBefore.test(before) && !functionBefore.test(before) ? "\\allowbreak " : "";
}

function rewritten(tex: string, pieceAt: (at: number) => Piece | undefined): string {
  let result = "";
  let at = 0;
  while (at < tex.length) {
    const piece = pieceAt(at);
    if (piece) {
      result += piece.text;
      at = piece.end;
      continue;
    }
    // What is in braces belongs to what stands before them: it is not ours to open.
    const end = pieceEnd(tex, at);
    result += tex.slice(at, end);
    at = end;
  }
  return result;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function fractionAt(tex: string, at: number, long: number): Piece | undefined {
  const parts = fraction(tex, at);
  if (!parts) return undefined;
  const { above, below, end } = parts;
  const isLong = [above, below].map((part) => texWidth(part) >= usual);
  const asOne = isSum(above) ? `\\bigl(${breakable(above, long)}\\bigr)` : breakable(above, long);
  const before = long === narrow ? seam(tex, at) : "";
  // Of two that are too long each stands in brackets, one after the other.
  if (isLong[1]) return { text: `${before}${asOne} \\big/ \\allowbreak\\bigl(${breakable(below, long)}\\bigr)`, end };
  if (!isLong[0] || !(isSum(above) || opens(above, long))) return { text: before + tex.slice(at, end), end };
  return { text: `${before}\\frac{1}{${below}}${asOne}`, end };
}

/** Whether a product has a factor in brackets that can be broken. */
function opens(tex: string, long: number): boolean {
  for (let at = 0; at < tex.length;) {
    const piece = bracketsAt(tex, at, long) ?? parenthesesAt(tex, at, long);
    if (piece && texWidth(tex.slice(at, piece.end)) >= long && /^(\(|\\bigl)/.test(piece.text)) return true;
    at = piece?.end ?? pieceEnd(tex, at);
  }
  return false;
}

function sumAt(tex: string, at: number, long: number): Piece | undefined {
  const sign = long === narrow ? /^\\(?:sum|prod)(?![a-zA-Z])/.exec(tex.slice(at, at + 6))?.[0] : undefined;
  return sign === undefined ? undefined : { text: seam(tex, at) + sign, end: at + sign.length };
}

function bracketsAt(tex: string, at: number, long: number): Piece | undefined {
  const brackets = bracketed(tex, at);
  if (!brackets) return undefined;
  const { whole, inner, pair, end } = brackets;
  const before = long === narrow ? seam(tex, at) : "";
  if ((pair !== "()" && pair !== "[]") || texWidth(inner) < long) return { text: before + whole, end };
  return { text: `${before}\\bigl${pair.charAt(0)}${breakable(inner, long)}\\bigr${pair.charAt(1)}`, end };
}

/** Brackets that grow with what is in them. */
function bracketed(tex: string, at: number): { readonly whole: string; readonly inner: string; readonly pair: string; readonly end: number } | undefined {
  if (!tex.startsWith("\\left", at) || /[a-z]/i.test(tex.charAt(at + "\\left".length))) return undefined;
  let depth = 0;
  for (const match of tex.slice(at).matchAll(/\\(left|right)(?![a-zA-Z])(\\[a-zA-Z]+|\\.|.)/g)) {
    depth += match[1] === "left" ? 1 : -1;
    if (depth > 0) continue;
    const end = at + match.index + match[0].length;
    const whole = tex.slice(at, end);
    const open = /^\\left(\\[a-zA-Z]+|\\.|.)/.exec(whole);
    return { whole, inner: whole.slice(open?.[0].length ?? 0, whole.length - match[0].length), pair: `${open?.[1]}${match[2]}`, end };
  }
  return undefined;
}

function parenthesesAt(tex: string, at: number, long: number): Piece | undefined {
  if (tex[at] !== "(") return undefined;
  const end = closing(tex, at, "(", ")");
  const whole = tex.slice(at, end);
  if (!whole.endsWith(")")) return undefined;
  return { text: texWidth(whole) < long ? inOnePiece(whole) : `(${breakable(whole.slice(1, -1), long)})`, end };
}

/** Nothing is broken after a sign that says so. */
function inOnePiece(tex: string): string {
  return rewritten(tex, (at) => {
    const sign = /^([-+=<>]|\\(cdot|times|le|ge|ne)(?![a-zA-Z]))/.exec(tex.slice(at, at + 8))?.[0];
    return sign === undefined ? undefined : { text: `${sign}\\nobreak `, end: at + sign.length };
  });
}

/** A long exponent is small and cannot be broken: e to the power of it becomes exp of it. */
function exponentialAt(tex: string, at: number, long: number): Piece | undefined {
  if (!tex.startsWith("e^{", at) || /[a-zA-Z\\]/.test(tex.charAt(at - 1))) return undefined;
  const end = closing(tex, at + 2);
  const exponent = tex.slice(at + 3, end - 1);
  return texWidth(exponent) < usual ? undefined : { text: `\\exp\\bigl(${breakable(exponent, long)}\\bigr)`, end };
}

/** Pieces and their conditions one below the other, where they are too long to stand side by side. */
function casesAt(tex: string, at: number): Piece | undefined {
  const [opening, ending] = ["\\begin{cases}", "\\end{cases}"];
  const close = tex.indexOf(ending, at);
  if (!tex.startsWith(opening, at) || close < 0) return undefined;
  const inner = tex.slice(at + opening.length, close);
  // Of those within another the ends would be mistaken.
  if (texWidth(inner) < usual || inner.includes(opening)) return undefined;
  return { text: `${opening}${inner.replace(/\s*&\s*/g, " \\\\ \\quad ")}${ending}`, end: close + ending.length };
}

/** Whether there is a plus or a minus outside all braces and brackets, but for a sign in front. */
function isSum(tex: string): boolean {
  let depth = 0;
  for (let at = 0; at < tex.length; at++) {
    const character = tex.charAt(at);
    if (character === "\\") at += commandLength(tex, at) - 1;
    if (character === "{" || character === "(") depth++;
    if (character === "}" || character === ")") depth--;
    if (depth === 0 && at > 0 && (character === "+" || character === "-")) return true;
  }
  return false;
}
