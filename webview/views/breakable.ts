/** What has fewer characters of TeX is no cause of a line too long. */
const long = 40;

/**
 * The same formula in a form the typesetter can break into lines: it breaks only between terms that are not inside a fraction
 * or between growing brackets, so (a + b + …)/n becomes 1/n (a + b + …), and long brackets stop growing. Short brackets are
 * kept in one piece: it is between whole terms that one reads on in another line.
 */
export function breakable(tex: string): string {
  return rewritten(tex, (at) => fractionAt(tex, at) ?? exponentialAt(tex, at) ?? casesAt(tex, at) ?? bracketsAt(tex, at) ?? parenthesesAt(tex, at));
}

/** The same formula, of which the short brackets are not torn apart where it takes more than one line. */
export function glued(tex: string): string {
  return rewritten(tex, (at) => parenthesesAt(tex, at));
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
    const end = tex[at] === "{" ? closing(tex, at) : tex[at] === "\\" ? at + commandLength(tex, at) : at + 1;
    result += tex.slice(at, end);
    at = end;
  }
  return result;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function fractionAt(tex: string, at: number): Piece | undefined {
  if (!tex.startsWith("\\frac{", at)) return undefined;
  const above = at + "\\frac".length;
  const below = closing(tex, above);
  if (tex[below] !== "{") return undefined;
  const end = closing(tex, below);
  const numerator = tex.slice(above + 1, below - 1);
  const denominator = tex.slice(below + 1, end - 1);
  const isLong = [numerator, denominator].map((part) => part.length >= long);
  const asOne = isSum(numerator) ? `\\bigl(${breakable(numerator)}\\bigr)` : breakable(numerator);
  // Of two that are too long each stands in brackets, one after the other.
  if (isLong[1]) return { text: `${asOne} \\big/ \\allowbreak\\bigl(${breakable(denominator)}\\bigr)`, end };
  if (!isLong[0] || !(isSum(numerator) || opens(numerator))) return { text: tex.slice(at, end), end };
  return { text: `\\frac{1}{${denominator}}${asOne}`, end };
}

/** Whether a product has a factor in brackets that can be broken. */
function opens(tex: string): boolean {
  for (let at = 0; at < tex.length;) {
    const piece = bracketsAt(tex, at) ?? parenthesesAt(tex, at);
    if (piece && piece.end - at >= long && /^(\(|\\bigl)/.test(piece.text)) return true;
    at = piece?.end ?? (tex[at] === "{" ? closing(tex, at) : tex[at] === "\\" ? at + commandLength(tex, at) : at + 1);
  }
  return false;
}

function bracketsAt(tex: string, at: number): Piece | undefined {
  if (!tex.startsWith("\\left", at) || /[a-z]/i.test(tex.charAt(at + "\\left".length))) return undefined;
  let depth = 0;
  for (const match of tex.slice(at).matchAll(/\\(left|right)(?![a-zA-Z])(\\[a-zA-Z]+|\\.|.)/g)) {
    depth += match[1] === "left" ? 1 : -1;
    if (depth > 0) continue;
    const end = at + match.index + match[0].length;
    const whole = tex.slice(at, end);
    const open = /^\\left(\\[a-zA-Z]+|\\.|.)/.exec(whole);
    const inner = whole.slice(open?.[0].length ?? 0, whole.length - match[0].length);
    const pair = `${open?.[1]}${match[2]}`;
    if (!open || (pair !== "()" && pair !== "[]") || inner.length < long) return { text: whole, end };
    return { text: `\\bigl${pair.charAt(0)}${breakable(inner)}\\bigr${pair.charAt(1)}`, end };
  }
  return undefined;
}

function parenthesesAt(tex: string, at: number): Piece | undefined {
  if (tex[at] !== "(") return undefined;
  const end = closing(tex, at, "(", ")");
  const whole = tex.slice(at, end);
  if (!whole.endsWith(")")) return undefined;
  return { text: whole.length < long ? inOnePiece(whole) : `(${breakable(whole.slice(1, -1))})`, end };
}

/** Nothing is broken after a sign that says so. */
function inOnePiece(tex: string): string {
  return rewritten(tex, (at) => {
    const sign = /^([-+=<>]|\\(cdot|times|le|ge|ne)(?![a-zA-Z]))/.exec(tex.slice(at, at + 8))?.[0];
    return sign === undefined ? undefined : { text: `${sign}\\nobreak `, end: at + sign.length };
  });
}

/** A long exponent is small and cannot be broken: e to the power of it becomes exp of it. */
function exponentialAt(tex: string, at: number): Piece | undefined {
  if (!tex.startsWith("e^{", at) || /[a-zA-Z\\]/.test(tex.charAt(at - 1))) return undefined;
  const end = closing(tex, at + 2);
  const exponent = tex.slice(at + 3, end - 1);
  return exponent.length < long ? undefined : { text: `\\exp\\bigl(${breakable(exponent)}\\bigr)`, end };
}

/** Pieces and their conditions one below the other, where they are too long to stand side by side. */
function casesAt(tex: string, at: number): Piece | undefined {
  const [opening, ending] = ["\\begin{cases}", "\\end{cases}"];
  const close = tex.indexOf(ending, at);
  if (!tex.startsWith(opening, at) || close < 0) return undefined;
  const inner = tex.slice(at + opening.length, close);
  // Of those within another the ends would be mistaken.
  if (inner.length < long || inner.includes(opening)) return undefined;
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

/** Past the sign that closes the one at `at`. */
function closing(tex: string, at: number, opens = "{", closes = "}"): number {
  let depth = 0;
  for (let i = at; i < tex.length; i++) {
    const character = tex.charAt(i);
    if (character === "\\") i++;
    else if (character === opens) depth++;
    else if (character === closes && --depth === 0) return i + 1;
  }
  return tex.length;
}

/** Of a command with its backslash: letters, or one other sign. */
function commandLength(tex: string, at: number): number {
  return Math.max(2, /^\\[a-zA-Z]*/.exec(tex.slice(at, at + 40))?.[0].length ?? 2);
}
