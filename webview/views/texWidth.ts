import { closing, commandLength, fraction, pieceEnd } from "./texPieces";

const small = 0.7;
const spelt = /^\\(?:ln|log|exp|sin|cos|tan|sinh|cosh|tanh|arcsin|arccos|arctan|max|min|sqrt)$/;
const silent = /^\\(?:left|right|[bB]igg?[lr]?|displaystyle|[,;:! ]|nobreak|allowbreak|limits)$/;

/** About how many letters wide a formula is once it is set: its source says little, \frac{x}{\sqrt{y}} is as wide as three. */
export function texWidth(tex: string): number {
  let width = 0;
  let at = 0;
  while (at < tex.length) {
    const character = tex.charAt(at);
    const parts = fraction(tex, at);
    if (parts) {
      width += Math.max(texWidth(parts.above), texWidth(parts.below));
      at = parts.end;
    } else if (character === "\\") {
      const command = tex.slice(at, at + commandLength(tex, at));
      at += command.length;
      if (/^\\(?:mathrm|operatorname|text)$/.test(command) && tex[at] === "{") {
        const end = closing(tex, at);
        width += end - at - 2;
        at = end;
      } else if (!silent.test(command)) {
        width += spelt.test(command) ? command.length - 1 : 1;
      }
    } else if (character === "^" || character === "_") {
      const end = pieceEnd(tex, at + 1);
      width += small * texWidth(tex.slice(at + 1, end));
      at = end;
    } else if (character === "{") {
      const end = closing(tex, at);
      width += texWidth(tex.slice(at + 1, end - 1));
      at = end;
    } else {
      if (!/[\s&}]/.test(character)) width++;
      at++;
    }
  }
  return width;
}
