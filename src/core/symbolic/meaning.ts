import type { ArrayVariable, Local } from "../ir/types";
import type { Affine } from "./affine";
import type { Node } from "./node";
import type { Operator } from "./sums";

/** What a symbol beyond the coordinates stands for. */
export type Meaning =
  /** A loop index as a number. */
  | { readonly kind: "index"; readonly local: Local }
  /** An element of data, or of the unknowns where the index tells which. */
  | { readonly kind: "element"; readonly array: ArrayVariable; readonly at: readonly Affine[] }
  | { readonly kind: "size"; readonly value: number }
  /** 1 where the index is the number, otherwise 0: what the derivative of wⱼ by wₖ is. */
  | { readonly kind: "delta"; readonly of: Affine; readonly equals: number }
  /** 1 where the data that are looked up are the number, otherwise 0. */
  | { readonly kind: "chosen"; readonly of: Affine; readonly equals: number }
  /** 1 where it is not negative, otherwise 0: whether a sum comes to the term that a delta picks. */
  | { readonly kind: "atLeast"; readonly of: Affine }
  /** 0 where it is 0, otherwise 1: whether the term that a delta picks is one that the sum leaves out. */
  | { readonly kind: "differs"; readonly of: Affine }
  | {
    readonly kind: "sum"; readonly operator: Operator; readonly index: Local; readonly from: Affine; readonly to: Affine; readonly body: Node;
    /** Values of the index that are left out, different from each other wherever the sum stands. */
    readonly except?: readonly Affine[] | undefined;
  };

export type Element = Extract<Meaning, { kind: "element" }>;
export type Sum = Extract<Meaning, { kind: "sum" }>;
