import type { Expression, PrimitiveName } from "../ir/types";
import type { Names } from "./notation";

/**
 * Everything Downhill knows about one primitive. Symbolic differentiation, forward and reverse mode, the interpreter, the
 * code generators, the printers and the step explanations all read the same entry, so they cannot disagree.
 */
export interface Rule {
  readonly name: PrimitiveName;
  /** What a derivation step that uses it is called: "sine", "power", "product" … */
  readonly ruleName: string;
  /** The primitive itself. Booleans are 0 and 1. */
  readonly value: (...args: number[]) => number;
  /** Generated JavaScript; bitwise equal to `value`. Arguments arrive atomic or parenthesised, and the result is so too. */
  javascript(args: readonly string[]): string;
  /** ∂result/∂args[index]; absent where the primitive is piecewise constant. */
  readonly partial?: PartialDerivative;
  /** What the partials of many arguments have in common: computed once, and given to each of them. */
  readonly common?: (args: readonly Expression[], result: Expression, varies: readonly boolean[]) => Expression | undefined;
  /** Arguments before this one carry no derivative, whatever it would be; absent: all carry theirs. */
  readonly carriesFrom?: number;
  /** The same without the conventions at kinks and domain ends, as a textbook prints it; absent: as `partial`. */
  readonly textbook?: PartialDerivative;
  /** How it is written in each language. */
  readonly names: Names;
}

/**
 * One partial derivative as an IR expression of the arguments and of the result (exp' = result). `varies[j]` tells whether
 * args[j] depends on the unknowns: ties of `max` are shared among arguments that do. `common` stands for what the rule says
 * the partials have in common, where that was computed.
 */
export type PartialDerivative = (index: number, args: readonly Expression[], result: Expression, varies: readonly boolean[], common?: Expression) => Expression;
