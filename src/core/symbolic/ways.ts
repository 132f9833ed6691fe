import { type Access, type AccessStep, findAccess, type Root } from "../print/code/elementAccess";
import type { ArrayVariable } from "../ir/types";
import type { Affine } from "./affine";

/** The way to an element: text, and the dimensions along which an index is written. */
export type Way = readonly (string | { readonly dimension: number; readonly fields?: readonly string[] } | { readonly constant: number })[];

/** How the elements of each array are called in the user's text. */
export class Ways {
  private readonly ways = new Map<ArrayVariable, Way>();

  constructor(private readonly coordinates: readonly string[], private readonly roots: readonly Root[]) {}

  of(array: ArrayVariable): Way {
    const known = this.ways.get(array);
    if (known) return known;
    const found = this.findWay(array);
    const isTaken = [...this.ways.values()].some((other) => JSON.stringify(other) === JSON.stringify(found));
    // Two lists are never called the same.
    const way = isTaken ? [array.name, ...array.shape.map((_, dimension) => ({ dimension }))] : found;
    this.ways.set(array, way);
    return way;
  }

  private findWay(array: ArrayVariable): Way {
    const plain: Way = [array.label ?? array.name, ...array.shape.map((_, dimension) => ({ dimension }))];
    if (array.role.kind === "parameter") return this.wayOfUnknowns(array, array.role.offset) ?? plain;
    if (array.role.kind !== "data") return plain;
    const { values } = array.role;
    // The list that the program itself names comes first among equal ones.
    const own = this.roots.filter(({ name }) => name === array.label);
    const access = findAccess(values, array.shape, own) ?? findAccess(values, array.shape, this.roots);
    return access ? wayOf(access) : plain;
  }

  /** Which brackets of a coordinate's path count along which dimension. */
  private wayOfUnknowns(array: ArrayVariable, offset: number): Way | undefined {
    // x_1, x_2 … are the elements of x: the array's own name says it.
    if (/^[^.[]+_\d+$/.test(this.coordinates[offset] ?? "")) return undefined;
    const first = partsOf(this.coordinates[offset] ?? "");
    const way: (Way[number])[] = first.map((part) => (part.startsWith("[") ? { constant: Number(part.slice(1, -1)) } : part));
    let stride = 1;
    for (let dimension = array.shape.length - 1; dimension >= 0; dimension--) {
      const length = array.shape[dimension] ?? 1;
      const next = length > 1 ? partsOf(this.coordinates[offset + stride] ?? "") : first;
      const changed = first.findIndex((part, i) => part !== next[i]);
      if (length > 1 && changed < 0) return undefined;
      // Fields are a dimension too, where objects were put into an array.
      const fields = Array.from({ length }, (_, k) => partsOf(this.coordinates[offset + k * stride] ?? "")[changed]?.slice(1) ?? "");
      if (length > 1) way[changed] = first[changed]?.startsWith("[") ? { dimension } : { dimension, fields };
      stride *= length;
    }
    return way;
  }
}

export const stemOf = (path: string): string => path.replace(/\[[^\]]*\]/g, "").split(".").at(-1) ?? path;
const partsOf = (path: string): string[] => path.match(/\[[^\]]*\]|[^[]+/g) ?? [];

/** The field that a fixed index stands for; undefined where the index counts through them all. */
export const fieldAt = (fields: readonly string[], at: Affine | undefined): string | undefined => (at && at.terms.size > 0 ? undefined : `.${fields[at?.constant ?? 0] ?? ""}`);

function wayOf({ root, steps }: Access): Way {
  return [root, ...steps.map((step: AccessStep): Way[number] => {
    if (!("step" in step)) return step;
    return typeof step.step === "number" ? { constant: step.step } : `.${step.step}`;
  })];
}
