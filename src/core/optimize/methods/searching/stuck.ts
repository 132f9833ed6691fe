import { euclideanNorm } from "../../norms";
import type { Sample } from "../../sample";

/** Values are seldom better than this; sums of many terms are worse than one. */
const digits = 1e-11;

/**
 * Why nothing lower can be found, in words, where the method expects the value to fall by `promised` over a way of `length`:
 * either one of them is less than numbers have digits for, or the function is not as smooth as its gradient says.
 */
export function stuck({ value, x }: Sample, promised: number, length: number): string {
  return Math.abs(promised) <= digits * Math.abs(value) || length <= digits * euclideanNorm(x)
    ? precisionReached
    : "no lower point can be found, although the slope promises one: the function may have a kink or a jump here";
}

export const precisionReached = "the value is as low as its digits can tell";
