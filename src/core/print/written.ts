import type { PrimitiveName } from "../ir/types";

/** A formula as it is written, part by part: what the printers print. Numbers are never negative; `negate` is. */
export type Written =
  | { readonly kind: "number"; readonly text: string }
  /** A path as in "w[0]" or "params.bias[3]"; each dialect spells it in its own way. */
  | { readonly kind: "name"; readonly path: string }
  | { readonly kind: "constant"; readonly name: "pi" | "e" }
  | WrittenCall
  | {
    readonly kind: "cases";
    readonly branches: readonly { readonly condition: Written; readonly value: Written }[];
    readonly otherwise: Written;
  };

export interface WrittenCall {
  readonly kind: "call";
  readonly primitive: PrimitiveName;
  readonly args: readonly Written[];
}

export const number = (text: string): Written => ({ kind: "number", text });
export const name = (path: string): Written => ({ kind: "name", path });
export const call = (primitive: PrimitiveName, args: readonly Written[]): WrittenCall => ({ kind: "call", primitive, args });
export const negate = (of: Written): Written => call("negate", [of]);
