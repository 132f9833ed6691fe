import type { GradientPart } from "../print/code/gradientParts";

/** The inside of the printed function, and where in it the gradient is found. */
export interface GradientCode {
  readonly lines: readonly string[];
  /** Expressions at the end of `lines`, by coordinate; absent: 0, or an element of a part. */
  readonly partials: ReadonlyMap<number, string>;
  /** Arrays and objects that `lines` fill in. */
  readonly parts: readonly GradientPart[];
  /** Names outside the function that it reads. */
  readonly reads: ReadonlySet<string>;
  /** Names outside the function whose numbers it holds a copy of. */
  readonly copies: ReadonlySet<string>;
  /** The function as a formula, if it is short. */
  readonly formula: string | undefined;
}
