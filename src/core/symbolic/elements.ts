import type { ArrayVariable, Expression, Local } from "../ir/types";
import { type Affine, affineIndex, affineKey, isNumber, looksUp, minus, put, toExpression } from "./affine";
import { NoClosedForm } from "./canonical";
import type { Sums } from "./sums";

/** An element of an array: which one may depend on loop indices. */
export interface Place {
  readonly array: ArrayVariable;
  readonly at: readonly Affine[];
}

/** What a loop that is over wrote: for every value of the indices, `value` at `at`. */
export interface Filled {
  readonly at: readonly Affine[];
  readonly indices: readonly { readonly local: Local; readonly from: Affine; readonly to: Affine }[];
  readonly value: Expression;
}

/** What the variables hold, somewhere in the program. */
export class State {
  constructor(
    /** By the local's name, by `keyOf` an element, and by `everyElement` for what a `fill` set. */
    readonly values = new Map<string, Expression>(),
    /** By the array's name, in the order of writing; elements in `values` count before them. */
    readonly filled = new Map<string, readonly Filled[]>(),
  ) {}

  copy(): State {
    return new State(new Map(this.values), new Map(this.filled));
  }

  forget(array: ArrayVariable): void {
    for (const key of this.values.keys()) if (key.startsWith(`${array.name}[`)) this.values.delete(key);
    this.filled.delete(array.name);
  }

  fill(array: ArrayVariable, value: Expression): void {
    this.forget(array);
    this.values.set(everyElement(array), value);
  }

  add(array: ArrayVariable, filled: Filled): void {
    this.filled.set(array.name, [...(this.filled.get(array.name) ?? []), filled]);
  }

  /** Elements written by themselves that this one may be, depending on indices. */
  mayMeet({ array, at }: Place, sums: Sums): string[] {
    if (at.every(isNumber)) return [];
    return [...this.values.keys()].filter((key) => {
      if (!key.startsWith(`${array.name}[`) || key === everyElement(array)) return false;
      return key.slice(array.name.length + 1).split(",").every((text, d) => {
        const index = at[d];
        const range = index && /^-?\d+$/.test(text) ? sums.rangeOf(index) : undefined;
        return range === undefined || (Number(text) >= range[0] && Number(text) <= range[1]);
      });
    });
  }

  /** What loops that are over wrote there; undefined where none did. Throws NoClosedForm where that cannot be told. */
  found({ array, at }: Place, sums: Sums): Expression | undefined {
    for (const filled of [...(this.filled.get(array.name) ?? [])].reverse()) {
      const value = valueAt(filled, at, sums);
      if (value) return value;
    }
    return undefined;
  }
}

export const everyElement = (array: ArrayVariable): string => `${array.name}[*`;
export const keyOf = ({ array, at }: Place): string => `${array.name}[${at.map(affineKey).join(",")}`;

const unclear = (): never => { throw new NoClosedForm("which elements its loops have written can only be told by running it"); };

function valueAt({ at: pattern, indices, value }: Filled, at: readonly Affine[], sums: Sums): Expression | undefined {
  const solved = new Map<string, Affine>();
  if (pattern.some(looksUp)) return unclear();
  for (const [d, wanted] of at.entries()) {
    const written = put(pattern[d] ?? wanted, solved);
    const free = indices.filter(({ local }) => written.terms.has(local.name));
    const [bound] = free;
    const difference = minus(wanted, written);
    if (bound && free.length === 1) {
      const by = written.terms.get(bound.local.name)?.times ?? 0;
      if (Math.abs(by) !== 1) return unclear();
      const without = minus(wanted, minus(written, by === 1 ? affineIndex(bound.local) : minus({ constant: 0, terms: new Map() }, affineIndex(bound.local))));
      solved.set(bound.local.name, by === 1 ? without : minus({ constant: 0, terms: new Map() }, without));
    } else if (free.length > 1 || !isNumber(difference)) return unclear();
    else if (difference.constant !== 0) return undefined;
  }
  for (const { local, from, to } of indices) {
    const index = solved.get(local.name);
    const range = index && sums.rangeOf(index);
    if (!range || !isNumber(from) || !isNumber(to)) return unclear();
    if (range[1] < from.constant || range[0] >= to.constant) return undefined;
    if (range[0] < from.constant || range[1] >= to.constant) return unclear();
  }
  return sums.substitute(value, new Map([...solved].map(([name, affine]) => [name, toExpression(affine)])));
}

/** Two elements that are never the same one, whatever the indices. */
export function neverMeet(a: readonly Affine[], b: readonly Affine[]): boolean {
  return a.some((index, d) => {
    const other = b[d];
    return other !== undefined && isNumber(index) && isNumber(other) && index.constant !== other.constant;
  });
}

export const sameAt = (a: readonly Affine[], b: readonly Affine[]): boolean => a.every((index, d) => affineKey(index) === affineKey(b[d] ?? index));
