import { keyName, type Node } from "../syntax/syntax";

/** The path of a part: the user's own name for it where a pattern gives one. */
export function childOf(pattern: Node | undefined, key: number | string, path: string): { path: string; pattern: Node | undefined } {
  const own = typeof key === "number" ? `${path}[${key}]` : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
  const part = pattern?.type === "AssignmentPattern" ? pattern.left : pattern;
  let target: Node | null | undefined;
  if (part?.type === "ArrayPattern" && typeof key === "number") {
    const rest = part.elements.findIndex((element) => element?.type === "RestElement");
    const element = part.elements[key];
    if (rest >= 0 && key >= rest) {
      const holder = part.elements[rest];
      return holder?.type === "RestElement" ? childOf(undefined, key - rest, holder.argument.type === "Identifier" ? holder.argument.name : path) : { path: own, pattern: undefined };
    }
    target = element;
  } else if (part?.type === "ObjectPattern") {
    for (const property of part.properties) if (property.type === "ObjectProperty" && keyName(property.key, property.computed) === key) target = property.value;
  }
  const inner = target?.type === "AssignmentPattern" ? target.left : target;
  if (!inner) return { path: own, pattern: undefined };
  return inner.type === "Identifier" ? { path: inner.name, pattern: undefined } : { path: own, pattern: inner };
}

/** All positions in an array of this shape, the last index fastest. */
export function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, i) => [...row, i])), [[]]);
}

/** Numbers in a row as nested lists. */
export function nest(numbers: readonly number[], shape: readonly number[]): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return numbers[0];
  const stride = numbers.length / Math.max(1, size);
  return Array.from({ length: size }, (_, i) => nest(numbers.slice(i * stride, (i + 1) * stride), rest));
}
