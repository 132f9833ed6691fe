import { fitMath } from "./fitMath";
import type { MathCell } from "./fitMath";

/** What part of the width the left sides may take. */
const widestLeft = 0.3;

/**
 * Fits the right sides of equations that line up at their signs. Beside long left sides there is no room for right ones that
 * take more than a line: they go below.
 */
export function fitRows(rows: HTMLElement, cells: readonly MathCell[]): void {
  rows.classList.remove("stacked");
  fitMath(cells);
  const isTight = cells.some(({ element: cell }) => cell.classList.contains("broken") && cell.offsetLeft - rows.offsetLeft > widestLeft * rows.clientWidth);
  if (!isTight) return;
  rows.classList.add("stacked");
  fitMath(cells);
}
