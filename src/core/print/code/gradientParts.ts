import type { ArrayVariable } from "../../ir/types";
import { sizeOf } from "../../ir/shape";
import { type Access, findAccess } from "./elementAccess";
import { capital, free } from "./nameVariables";
import { numbersOf, type Parameter } from "./parameters";
import type { Syntax } from "./syntax";
import { childrenOf, coordinatesIn, numericFields, type Step, type Tree } from "./tree";

/** A part of the gradient that is filled in as the code runs: an array or object with a name of its own. */
export interface GradientPart {
  readonly array: ArrayVariable;
  readonly name: string;
  readonly access: Access;
  /** Its declaration, as zeros. */
  readonly zeros: string;
  readonly tree: Tree;
}

/** Finds for each output array the part of the user's shape that it is the gradient of. */
export function gradientParts(outputs: readonly ArrayVariable[], parameters: readonly Parameter[], taken: Set<string>, syntax: Syntax): GradientPart[] {
  return outputs.flatMap((array): GradientPart[] => {
    if (array.role.kind !== "output") return [];
    const first = array.role.offset ?? 0;
    const found = parameters.map((parameter) => partOf(parameter.tree, first, first + sizeOf(array), [nameOf(parameter)])).find((part) => part !== undefined);
    if (!found) throw new Error(`No part of the gradient is "${array.name}".`);
    const name = free(`d${capital(found.name)}`, taken);
    taken.add(name);
    const values = Float64Array.from({ length: sizeOf(array) }, (_, k) => first + k);
    const access = findAccess(values, array.shape, [{ name, value: numbersOf(found.tree) }]);
    if (!access) throw new Error(`The elements of "${array.name}" are not those of its gradient.`);
    return [{ array, name, access, zeros: zerosLike(found.tree, syntax), tree: found.tree }];
  });
}

function nameOf({ binding, argument }: Parameter): string {
  return binding.kind === "name" ? binding.name : argument.name;
}

/** The outermost list or object that holds just these coordinates. */
function partOf(tree: Tree, first: number, end: number, way: readonly Step[]): { tree: Tree; name: string } | undefined {
  const range = coordinatesIn(tree);
  if (!range || range.first > first || range.end < end) return undefined;
  if (range.first === first && range.end === end && tree.kind === "list") return { tree, name: lastName(way) };
  for (const [step, part] of childrenOf(tree)) {
    const found = partOf(part, first, end, [...way, step]);
    if (found) return found;
  }
  return undefined;
}

const lastName = (way: readonly Step[]): string => {
  const names = way.filter((step): step is string => typeof step === "string");
  const last = names[names.length - 1] ?? "x";
  const index = way[way.length - 1];
  return `${last.replace(/[^\p{L}\p{N}_$]/gu, "_")}${typeof index === "number" ? index : ""}`;
};

export function zerosLike(tree: Tree, syntax: Syntax): string {
  switch (tree.kind) {
    case "number": return syntax.dialect === "python" ? "0.0" : "0";
    case "other": return syntax.dialect === "python" ? "None" : "undefined";
    case "record": return syntax.record(numericFields(tree).map(([name, field]) => [name, zerosLike(field, syntax)] as const));
    case "list": {
      const shape = shapeOf(tree);
      if (shape) return syntax.filled(shape, "0");
      const items = tree.items.map((item) => zerosLike(item, syntax));
      const [only] = items;
      return only !== undefined && items.length > 1 && items.every((item) => item === only) ? syntax.repeated(items.length, only) : syntax.list(items);
    }
  }
}

/** The dimensions of a list of numbers, of rows of one length, and so on. */
function shapeOf(tree: Tree): number[] | undefined {
  if (tree.kind === "number") return [];
  if (tree.kind !== "list") return undefined;
  let shape: number[] | undefined;
  for (const item of tree.items) {
    const inner = shapeOf(item);
    if (!inner || (shape && inner.join() !== shape.join())) return undefined;
    shape = inner;
  }
  return [tree.items.length, ...(shape ?? [])];
}
