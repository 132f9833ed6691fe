import { abs, add, divide, input, less, max, multiply, negate, num, platform, select, subtract } from "./build";
import { exponential, isNear } from "./exp";
import { logarithmOfOnePlus } from "./log1p";
import type { Float, LaneFunction } from "./node";

/** The functions of rules/numeric/sigmoid.ts. */
const x = input(0);
const y = input(1);

const sigmoidFrom = (exponentialOfNegative: Float): Float => divide(num(1), add(num(1), exponentialOfNegative));

export const sigmoid: LaneFunction = { arity: 1, value: sigmoidFrom(exponential(negate(x))), usual: isNear(x), otherwise: sigmoidFrom(platform("exp", negate(x))) };

/** log(1 + e^{-|u|}), in lanes and by the platform. */
function logOfOnePlusExponential(u: Float): { value: Float; otherwise: Float } {
  const minus = negate(abs(u));
  return { value: logarithmOfOnePlus(exponential(minus)), otherwise: platform("log1p", platform("exp", minus)) };
}

/** The greater of u and 0, of what is neither NaN nor so large that twice of it is none: few instructions where `max` takes many. */
const positivePart = (u: Float): Float => multiply(num(0.5), add(u, abs(u)));

const part = logOfOnePlusExponential(x);
const minus = negate(x);

export const softplus: LaneFunction = {
  arity: 1, value: add(positivePart(x), part.value), usual: isNear(x), otherwise: add(max(x, num(0)), part.otherwise),
};

export const logSigmoid: LaneFunction = {
  arity: 1, value: negate(add(positivePart(minus), part.value)), usual: isNear(x), otherwise: negate(add(max(minus, num(0)), part.otherwise)),
};

const difference = subtract(x, y);
const apart = logOfOnePlusExponential(difference);
const larger = max(x, y);
const isFinite = less(abs(larger), num(Infinity));

/** A difference that is near is one of two finite numbers. */
export const logAddExp: LaneFunction = {
  arity: 2, value: add(select(less(x, y), y, x), apart.value), usual: isNear(difference), otherwise: select(isFinite, add(larger, apart.otherwise), larger),
};
