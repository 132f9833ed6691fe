import type { Expression } from "../ir/types";
import { type Affine, affineNumber } from "./affine";

/** A name that the user gave an intermediate result, and the turn of a loop or the element of a list that it has there: pᵢ. */
export interface Label {
  readonly name: string;
  /** The outermost index first. */
  readonly at: readonly Affine[];
  /** The variable of the program that it is the name of: two may be called the same. */
  readonly variable: string;
}

/** The user's own names for intermediate results, in the order of computing. */
export class Labels {
  private readonly labels = new Map<Expression, Label>();

  of(expression: Expression): Label | undefined {
    return this.labels.get(expression);
  }

  /** The first name stays. */
  add(expression: Expression, label: Label): void {
    if (!this.labels.has(expression)) this.labels.set(expression, label);
  }

  entries(): Iterable<readonly [Expression, Label]> {
    return this.labels;
  }
}

/** "p" and 2 of `model.p[2]`. */
export function labelOf(path: string, variable: string, around: readonly Affine[]): Label {
  const [, name = "t", indices = ""] = /([\p{L}_$][\p{L}\p{N}_$]*)((?:\[\d+\])*)[^\p{L}]*$/u.exec(path) ?? [];
  return { name, variable, at: [...around, ...(indices.match(/\d+/g) ?? []).map((index) => affineNumber(Number(index)))] };
}
