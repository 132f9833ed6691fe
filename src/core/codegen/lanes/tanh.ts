import { abs, add, divide, input, less, lessEqual, multiply, num, platform, select, subtract } from "./build";
import { exponential } from "./exp";
import type { Float, LaneFunction } from "./node";
import { polynomial, withSignOf } from "./parts";

/**
 * From here on 1 - 2 / (e^{2|x|} + 1), of which the part that is subtracted is below a half. Below, Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + …))) up to
 * the 15, written as x - x x² A(x²) / B(x²): within 2⁻⁶⁰, and near 0 it is x itself. A little above 1 ulp at most.
 */
const BORDER = 0.55;
const A = [675675, 45045, 594, 1];
const B = [2027025, 945945, 51975, 630, 1];

function hyperbolicTangent(x: Float): Float {
  const size = abs(x);
  const isLarge = lessEqual(num(BORDER), size);
  const large = divide(num(2), add(exponential(multiply(num(2), size)), num(1)));
  const z = multiply(size, size);
  const small = divide(multiply(multiply(size, z), polynomial(z, A)), polynomial(z, B));
  return withSignOf(subtract(select(isLarge, num(1), size), select(isLarge, large, small)), x);
}

const x = input(0);
export const tanh: LaneFunction = { arity: 1, value: hyperbolicTangent(x), usual: less(abs(x), num(350)), otherwise: platform("tanh", x) };
