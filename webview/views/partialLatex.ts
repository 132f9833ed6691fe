import { coordinateLatex } from "./coordinateLatex";

/** d/dx of one variable, ∂/∂x of several. `of`: what is differentiated, in the numerator. */
export function partialLatex(coordinates: readonly string[], index: number, of = ""): string {
  const variable = coordinateLatex(coordinates[index] ?? "");
  return coordinates.length === 1 ? `\\frac{d${of}}{d${variable}}` : `\\frac{\\partial ${of}}{\\partial ${variable}}`;
}

/** The same in one line, for a button. */
export function partialInLine(coordinates: readonly string[], index: number): string {
  const variable = coordinateLatex(coordinates[index] ?? "");
  return `\\partial\\!/\\!\\partial ${variable}`;
}

/** The second derivative by two coordinates. */
export function secondPartialLatex(coordinates: readonly string[], row: number, column: number, of: string): string {
  const [a, b] = [coordinateLatex(coordinates[row] ?? ""), coordinateLatex(coordinates[column] ?? "")];
  if (coordinates.length === 1) return `\\frac{d^2 ${of}}{d${a}^2}`;
  return row === column ? `\\frac{\\partial^2 ${of}}{\\partial ${a}^2}` : `\\frac{\\partial^2 ${of}}{\\partial ${a}\\,\\partial ${b}}`;
}
