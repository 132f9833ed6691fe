/* TeX as our printer writes it, piece by piece: enough to find one's way in it, not a parser. */

/** Past the sign that closes the one at `at`. */
export function closing(tex: string, at: number, opens = "{", closes = "}"): number {
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
export function commandLength(tex: string, at: number): number {
  return Math.max(2, /^\\[a-zA-Z]*/.exec(tex.slice(at, at + 40))?.[0].length ?? 2);
}

/** Past the piece at `at`: a group in braces, a command, or a sign. */
export function pieceEnd(tex: string, at: number): number {
  return tex[at] === "{" ? closing(tex, at) : tex[at] === "\\" ? at + commandLength(tex, at) : at + 1;
}

export interface Fraction {
  readonly above: string;
  readonly below: string;
  readonly end: number;
}

/** The fraction that begins at `at`. */
export function fraction(tex: string, at: number): Fraction | undefined {
  if (!tex.startsWith("\\frac{", at)) return undefined;
  const above = at + "\\frac".length;
  const below = closing(tex, above);
  if (tex[below] !== "{") return undefined;
  const end = closing(tex, below);
  return { above: tex.slice(above + 1, below - 1), below: tex.slice(below + 1, end - 1), end };
}
