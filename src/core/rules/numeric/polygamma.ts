import { call, float } from "../../ir/build";
import type { Expression } from "../../ir/types";

/** Where the asymptotic series below are good to the last digit. */
const LARGE = 12;

/** ψ(x) = d/dx log Γ(x). */
export function digamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return NaN;
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shifted = x;
  let sum = 0;
  for (; shifted < LARGE; shifted++) sum -= 1 / shifted;
  const r = 1 / (shifted * shifted);
  const series = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))));
  return sum + Math.log(shifted) - 0.5 / shifted - series;
}

/** ψ′(x). */
export function trigamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return NaN;
  if (x < 0) return (Math.PI / Math.sin(Math.PI * x)) ** 2 - trigamma(1 - x);
  let shifted = x;
  let sum = 0;
  for (; shifted < LARGE; shifted++) sum += 1 / (shifted * shifted);
  const r = 1 / (shifted * shifted);
  const series = r * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * (691 / 2730 - (r * 7) / 6))))));
  return sum + 1 / shifted + r / 2 + series / shifted;
}

/** ψ″(x) for x > 0, written out: it is only ever met as the third derivative of log Γ. */
export function tetragammaSlope(x: Expression): Expression {
  const terms: Expression[] = [];
  for (let k = 0; k < LARGE; k++) {
    terms.push(call("divide", [float(-2), call("power", [call("add", [x, float(k)]), float(3)])]));
  }
  const shifted = call("add", [x, float(LARGE)]);
  // ψ″(y) ~ -1/y² - 1/y³ - 1/(2y⁴) + 1/(6y⁶) - 1/(6y⁸) + 3/(10y¹⁰) - 5/(6y¹²) + …
  for (const [coefficient, exponent] of [[-1, 2], [-1, 3], [-1 / 2, 4], [1 / 6, 6], [-1 / 6, 8], [3 / 10, 10], [-5 / 6, 12]] as const) {
    terms.push(call("divide", [float(coefficient), call("power", [shifted, float(exponent)])]));
  }
  return terms.reduce((sum, term) => call("add", [sum, term]));
}
