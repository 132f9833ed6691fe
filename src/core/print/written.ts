import type { PrimitiveName } from "../ir/types";

/** A formula as it is written, part by part: what the printers print. Numbers are never negative; `negate` is. */
export type Written =
  | { readonly kind: "number"; readonly text: string }
  /** A path as in "w[0]" or "params.bias[3]"; each dialect spells it in its own way. */
  | { readonly kind: "name"; readonly path: string }
  | { readonly kind: "constant"; readonly name: "pi" | "e" }
  | WrittenCall
  | WrittenSum
  /** What every language spells in a way of its own: an element of data (xᵢ, xs[i]), its length (n, xs.length). */
  | { readonly kind: "spelt"; readonly texts: Spelling }
  | {
    readonly kind: "cases";
    readonly branches: readonly { readonly condition: Written; readonly value: Written }[];
    readonly otherwise: Written;
  };

export interface Spelling {
  readonly latex: string;
  readonly typescript: string;
  readonly python: string;
  readonly math: string;
}

/** Σ or Π of the body over an index: `\\sum_{i=1}^{n}`, or what goes around the body in code, where "$" stands for it. */
export interface WrittenSum {
  readonly kind: "sum";
  readonly operator: "sum" | "product";
  readonly around: Spelling;
  readonly body: Written;
}

export interface WrittenCall {
  readonly kind: "call";
  readonly primitive: PrimitiveName;
  readonly args: readonly Written[];
}

export const number = (text: string): Written => ({ kind: "number", text });
export const name = (path: string): Written => ({ kind: "name", path });
export const call = (primitive: PrimitiveName, args: readonly Written[]): WrittenCall => ({ kind: "call", primitive, args });
export const negate = (of: Written): Written => call("negate", [of]);

/** The same, mark for mark. */
export function sameWritten(a: Written, b: Written): boolean {
  if (a === b) return true;
  if (a.kind === "number") return b.kind === "number" && a.text === b.text;
  if (a.kind === "name") return b.kind === "name" && a.path === b.path;
  if (a.kind === "constant") return b.kind === "constant" && a.name === b.name;
  if (a.kind === "call") return b.kind === "call" && a.primitive === b.primitive && a.args.length === b.args.length && a.args.every((arg, i) => same(arg, b.args[i]));
  if (a.kind === "sum") return b.kind === "sum" && a.around.latex === b.around.latex && sameWritten(a.body, b.body);
  if (a.kind === "spelt") return b.kind === "spelt" && a.texts.latex === b.texts.latex;
  return b.kind === "cases" && a.branches.length === b.branches.length && same(a.otherwise, b.otherwise)
    && a.branches.every((branch, i) => same(branch.condition, b.branches[i]?.condition) && same(branch.value, b.branches[i]?.value));
}

const same = (a: Written, b: Written | undefined): boolean => b !== undefined && sameWritten(a, b);
