import type { ArrayVariable } from "../ir/types";
import { type Affine, indexNames, isNumber, looksUp } from "./affine";
import type { Element, Meaning } from "./meaning";

/** Which indices and dimensions of arrays count alike, and from what. */
export interface Layout {
  readonly elements: readonly Element[];
  readonly fromZero: ReadonlySet<string>;
  readonly groupOf: (name: string) => string;
}

function placesIn(meaning: Meaning): readonly Affine[] {
  switch (meaning.kind) {
    case "element": return meaning.at;
    case "chosen": return [meaning.of];
    case "sum": return [meaning.from, meaning.to];
    default: return [];
  }
}

export const dimensionName = (array: ArrayVariable, dimension: number): string => `${array.name}:${dimension}`;

/**
 * Indices and dimensions that meet count alike. In a program all of them do: from 1 as on paper, or from 0 where the
 * names of the unknowns do (w₀), or where the number itself is in the formula. Mathematics says itself what counts how.
 */
export function layOut(meanings: readonly Meaning[], hasCountedUnknowns: boolean): Layout {
  const parents = new Map<string, string>();
  const groupOf = (name: string): string => {
    const parent = parents.get(name);
    return parent === undefined ? name : groupOf(parent);
  };
  const join = (names: readonly string[]): void => {
    for (const name of names) if (groupOf(name) !== groupOf(names[0] ?? name)) parents.set(groupOf(name), groupOf(names[0] ?? name));
  };
  const zeros: string[] = [];
  const all = new Set<string>();
  for (const meaning of meanings) {
    const groups: string[][] = [];
    if (meaning.kind === "index") zeros.push(meaning.local.name);
    if (meaning.kind === "sum") groups.push([meaning.index.name, ...indexNames(meaning.from), ...indexNames(meaning.to), ...(meaning.except ?? []).flatMap(indexNames)]);
    if (meaning.kind === "element") {
      meaning.at.forEach((index, d) => {
        groups.push([...index.terms.keys(), dimensionName(meaning.array, d)]);
        const isScaled = [...index.terms.values()].some(({ times }) => times !== 1);
        const isTyped = meaning.array.role.kind === "scratch" && isNumber(index);
        if ((meaning.array.role.kind === "parameter" && meaning.array.countedFrom !== 1) || isTyped || isScaled || looksUp(index)) zeros.push(dimensionName(meaning.array, d));
      });
    }
    for (const index of placesIn(meaning)) {
      // labels[i] counts as i does.
      for (const { found } of index.terms.values()) found?.at.forEach((place, d) => groups.push([...place.terms.keys(), dimensionName(found.array, d)]));
    }
    for (const group of groups) {
      join(group);
      for (const name of group) all.add(name);
    }
  }
  const elements = meanings.flatMap((meaning) => (meaning.kind === "element" ? [meaning] : []));
  const isProgram = elements.every(({ array }) => array.countedFrom === undefined);
  const fromZero = new Set(zeros.map(groupOf));
  const counts = isProgram ? (): boolean => hasCountedUnknowns || zeros.length > 0 : (name: string): boolean => fromZero.has(groupOf(name));
  return { elements, groupOf, fromZero: new Set([...all, ...zeros].filter(counts)) };
}
