import { plainList } from "./plainList";

/** A value in the user's own shape. Numbers of unknowns are numbered through: they are the coordinates. */
export type Tree =
  | { readonly kind: "number"; readonly coordinate?: number }
  | { readonly kind: "list"; readonly items: readonly Tree[] }
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, Tree])[] }
  | { readonly kind: "other"; readonly type: string };

export function treeOf(value: unknown, next?: () => number): Tree {
  if (typeof value === "number") return next ? { kind: "number", coordinate: next() } : { kind: "number" };
  const list = plainList(value);
  if (list) return { kind: "list", items: list.map((item) => treeOf(item, next)) };
  if (typeof value === "object" && value !== null) {
    return { kind: "record", fields: Object.entries(value).map(([name, item]: [string, unknown]) => [name, treeOf(item, next)] as const) };
  }
  return { kind: "other", type: value === null ? "null" : value === undefined ? "unknown" : typeof value };
}

/** The coordinates in a tree, from the first up to the end; undefined where it has none. */
export function coordinatesIn(tree: Tree): { first: number; end: number } | undefined {
  const leaves = leavesOf(tree);
  const [first] = leaves;
  return first === undefined ? undefined : { first, end: first + leaves.length };
}

function leavesOf(tree: Tree): number[] {
  switch (tree.kind) {
    case "number": return tree.coordinate === undefined ? [] : [tree.coordinate];
    case "list": return tree.items.flatMap(leavesOf);
    case "record": return tree.fields.flatMap(([, field]) => leavesOf(field));
    case "other": return [];
  }
}

/** One step of the way to a part: an element or a field. */
export type Step = number | string;

/** Every coordinate of the tree with the way to it. */
export function waysIn(tree: Tree, way: readonly Step[] = []): { coordinate: number; way: readonly Step[] }[] {
  switch (tree.kind) {
    case "number": return tree.coordinate === undefined ? [] : [{ coordinate: tree.coordinate, way }];
    case "list": return tree.items.flatMap((item, i) => waysIn(item, [...way, i]));
    case "record": return tree.fields.flatMap(([name, field]) => waysIn(field, [...way, name]));
    case "other": return [];
  }
}

export function childrenOf(tree: Tree): readonly (readonly [Step, Tree])[] {
  if (tree.kind === "list") return tree.items.map((item, i) => [i, item] as const);
  return tree.kind === "record" ? tree.fields : [];
}

/** What of the tree can have a derivative: texts and such in objects cannot. */
export const numericFields = (tree: Tree & { kind: "record" }): readonly (readonly [string, Tree])[] => tree.fields.filter(([, field]) => field.kind !== "other");

/** The type of the tree in TypeScript; of its gradient, `fieldsOf` choosing the fields that it has. */
export function typeOfTree(tree: Tree, fieldsOf = (record: Tree & { kind: "record" }): readonly (readonly [string, Tree])[] => record.fields): string {
  const typeOf = (part: Tree): string => typeOfTree(part, fieldsOf);
  switch (tree.kind) {
    case "number": return "number";
    case "other": return tree.type;
    case "record": return `{ ${fieldsOf(tree).map(([name, field]) => `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)}: ${typeOf(field)}`).join("; ")} }`;
    case "list": {
      const types = [...new Set(tree.items.map(typeOf))];
      const [only = "number"] = types;
      if (types.length > 1) return `[${tree.items.map(typeOf).join(", ")}]`;
      return /^[\w[\]{]/.test(only) ? `${only}[]` : `(${only})[]`;
    }
  }
}
