import type { ArrayVariable, Block, Expression, Local } from "../../ir/types";
import { walkBlock } from "../../ir/visit";

/** An element's place in its array: `known` + Σ factor · value. */
export interface AddressForm {
  readonly known: number;
  readonly terms: readonly { readonly value: Expression; readonly factor: number }[];
}

/**
 * Row-major offset of an element with all that is known of it taken out of the subscripts: where several rows are read side by side, they differ by a number, and that
 * stands in the instruction. What is left is not negative, for the address in an instruction is without sign.
 */
export function addressForm(array: ArrayVariable, indices: readonly Expression[], nonNegative: ReadonlySet<Local>): AddressForm {
  let known = 0;
  let terms: { value: Expression; factor: number }[] = [];
  for (const [dimension, index] of indices.entries()) {
    const extent = array.shape[dimension] ?? 1;
    const sum = sumOf(index, nonNegative);
    known = known * extent + sum.known;
    terms = [...terms.map(({ value, factor }) => ({ value, factor: factor * extent })), ...sum.parts.map((value) => ({ value, factor: 1 }))];
  }
  return { known, terms };
}

function sumOf(index: Expression, nonNegative: ReadonlySet<Local>): { known: number; parts: readonly Expression[] } {
  if (index.kind === "constant") return { known: index.value, parts: [] };
  if (index.kind === "call" && index.primitive === "addInt") {
    const parts = index.args.map((arg) => sumOf(arg, nonNegative));
    if (parts.every((part) => part.parts.every((each) => isNonNegative(each, nonNegative)))) {
      return { known: parts.reduce((sum, part) => sum + part.known, 0), parts: parts.flatMap((part) => part.parts) };
    }
  }
  return { known: 0, parts: [index] };
}

function isNonNegative(e: Expression, nonNegative: ReadonlySet<Local>): boolean {
  if (e.kind === "constant") return e.value >= 0;
  if (e.kind === "read") return nonNegative.has(e.local);
  return e.kind === "call" && (e.primitive === "addInt" || e.primitive === "multiplyInt") && e.args.every((arg) => isNonNegative(arg, nonNegative));
}

/** Loop indices that only run through numbers from 0 on. */
export function nonNegativeIndices(body: Block): ReadonlySet<Local> {
  const found = new Set<Local>();
  const others = new Set<Local>();
  walkBlock(body, (statement) => {
    if (statement.kind !== "for") return;
    const { from, to, step, index } = statement;
    const least = step > 0 ? from : to;
    const isFine = least.kind === "constant" && least.value >= (step > 0 ? 0 : -1);
    (isFine ? found : others).add(index);
  });
  for (const local of others) found.delete(local);
  return found;
}
