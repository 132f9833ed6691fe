import { abs, add, divide, either, input, less, max, negate, not, num, platform, select, subtract } from "./build";
import { exponential, isFar } from "./exp";
import { logarithmOfOnePlus } from "./log1p";
import type { Float, LaneFunction, Mask } from "./node";

/** The functions of rules/numeric/sigmoid.ts, operation by operation. */
const x = input(0);
const y = input(1);

const sigmoidFrom = (exponentialOfNegative: Float): Float => divide(num(1), add(num(1), exponentialOfNegative));

export const sigmoid: LaneFunction = {
  arity: 1, value: sigmoidFrom(exponential(negate(x))), rare: { where: isFar(x), instead: sigmoidFrom(platform("exp", negate(x))) },
};

/** log(1 + e^{-|x|}), in lanes and by the platform. */
function logOfOnePlusExponential(u: Float): { value: Float; rare: Mask; instead: Float } {
  const minus = negate(abs(u));
  const { value, rare } = logarithmOfOnePlus(exponential(minus));
  return { value, rare: either(isFar(u), rare), instead: platform("log1p", platform("exp", minus)) };
}

const part = logOfOnePlusExponential(x);
const softplusFrom = (log: Float): Float => add(max(x, num(0)), log);
const logSigmoidFrom = (log: Float): Float => negate(add(max(negate(x), num(0)), log));

export const softplus: LaneFunction = { arity: 1, value: softplusFrom(part.value), rare: { where: part.rare, instead: softplusFrom(part.instead) } };

export const logSigmoid: LaneFunction = { arity: 1, value: logSigmoidFrom(part.value), rare: { where: part.rare, instead: logSigmoidFrom(part.instead) } };

const apart = logOfOnePlusExponential(subtract(x, y));
const larger = max(x, y);
const isFinite = less(abs(larger), num(Infinity));

export const logAddExp: LaneFunction = {
  arity: 2, value: add(larger, apart.value),
  rare: { where: either(apart.rare, not(isFinite)), instead: select(isFinite, add(larger, apart.instead), larger) },
};
