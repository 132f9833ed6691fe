import { breakable, glued, loosened, narrow } from "./breakable";
import { typeset } from "./typeset";

/** Smaller than this, of the usual type size, is no longer read; what is wider still is scrolled. */
const smallest = 0.85;

/** What is to be made only this much smaller is read more easily in one piece. */
const ratherSmaller = 0.75;

/** Written larger, a formula has more to give before it is scrolled. */
function smallestNow(): number {
  return smallest / (Number(document.documentElement.dataset["size"] ?? 100) / 100);
}

/** A right side of a formula: its cell, and the TeX in it. */
export interface MathCell {
  readonly element: HTMLElement;
  readonly tex: string;
}

/**
 * Fits typeset mathematics into its cells: a formula that is too wide for one line is broken between its terms; one whose term
 * is too long for that is set a little smaller, and only past that scrolled (by keyboard too, so it takes the focus).
 */
export function fitMath(cells: readonly MathCell[]): void {
  for (const { element, tex } of cells) {
    element.style.removeProperty("font-size");
    typeset(element, tex, true);
  }
  // Each time all are read, then all written: one layout a step instead of one a cell.
  const many = cells.filter(({ element }) => shareOf(element) < 1 || isWrapped(element));
  for (const { element, tex } of many) typeset(element, glued(tex), true);
  const tight = many.filter(({ element }) => shareOf(element) < 1);
  for (const { element, tex } of tight) typeset(element, loosened(tex), true);
  const wide = tight.filter(({ element }) => shareOf(element) < 1);
  for (const { element, tex } of wide) typeset(element, breakable(tex), true);
  const least = smallestNow();
  const crowded = wide.filter(({ element }) => shareOf(element) < Math.max(least, ratherSmaller));
  for (const { element, tex } of crowded) typeset(element, breakable(tex, narrow), true);
  const wrapped = new Set(many.map(({ element }) => element));
  const shares = new Map(wide.map(({ element }) => [element, shareOf(element)]));
  for (const { element } of cells) {
    const share = shares.get(element) ?? 1;
    if (share < 1) element.style.setProperty("font-size", `${Math.max(least, Math.floor(share * 98) / 100)}em`);
    element.classList.toggle("broken", shares.has(element) || wrapped.has(element));
    // A faded edge says that there is more to the right.
    element.classList.toggle("continues", share < least);
  }
  const folded = new Set(many.filter(({ element }) => element.scrollHeight > element.clientHeight + 1));
  for (const cell of cells) {
    const { element } = cell;
    // Below as well: of very many lines the first few tell what the function is like.
    element.classList.toggle("folded", folded.has(cell));
    if (folded.has(cell) || element.classList.contains("continues")) element.setAttribute("tabindex", "0");
    else element.removeAttribute("tabindex");
  }
}

/** Whether the typesetter has found a place to break, so that it takes more than one line. */
function isWrapped(element: HTMLElement): boolean {
  const pieces = element.querySelectorAll(".katex-html > .katex-base");
  const [first, last] = [pieces[0], pieces[pieces.length - 1]].map((piece) => piece?.getBoundingClientRect());
  return first !== undefined && last !== undefined && last.top > first.bottom - 1 && last.height > 0;
}

/** What part of a cell's content is in sight. */
function shareOf(element: HTMLElement): number {
  return element.clientWidth > 0 ? element.clientWidth / element.scrollWidth : 1;
}
