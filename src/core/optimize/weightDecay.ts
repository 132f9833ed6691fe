import type { Equation } from "./method";

/** The L2 penalty ½·weightDecay·‖x‖² as a method's first line, where there is one. */
export function decayed(weightDecay: number): Equation[] {
  return weightDecay === 0 ? [] : [{ target: "g", expression: "g + weightDecay * x" }];
}

/** Decay apart from the gradient (Loshchilov and Hutter 2019). */
export function decoupled(weightDecay: number): Equation[] {
  return weightDecay === 0 ? [] : [{ target: "x", expression: "x * (1 - learningRate * weightDecay)" }];
}
