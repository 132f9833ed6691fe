/** Smaller than this is no longer read from the back row; what is wider still is scrolled. */
const smallest = 0.72;

/**
 * Typeset mathematics breaks its lines only between terms, so one long term can be wider than its cell: it is then set a
 * little smaller, and only past that scrolled (by keyboard too, so it takes the focus).
 */
export function fitMath(cells: readonly HTMLElement[]): void {
  for (const cell of cells) cell.style.removeProperty("font-size");
  // Read all, then write all: one layout instead of one a cell.
  const shares = cells.map((cell) => (cell.clientWidth > 0 ? cell.clientWidth / cell.scrollWidth : 1));
  cells.forEach((cell, index) => {
    const share = shares[index] ?? 1;
    if (share < 1) cell.style.setProperty("font-size", `${Math.max(smallest, Math.floor(share * 98) / 100)}em`);
    // A faded edge says that there is more to the right.
    cell.classList.toggle("continues", share < smallest);
    if (share < smallest) cell.setAttribute("tabindex", "0");
    else cell.removeAttribute("tabindex");
  });
}
