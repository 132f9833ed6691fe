/**
 * For each number the derivative returns, the coordinate it is the partial derivative by; undefined where that cannot be
 * told. By name where the result has names (`{ dw: […], db }`), by order otherwise. A result that holds the value as well
 * (`{ value, gradient }`, `[f, g]`) is looked into.
 */
export function matchComponents(paths: readonly string[], coordinates: readonly string[], derivative: string): (number | undefined)[] | undefined {
  const n = coordinates.length;
  if (paths.length === n) return byName(paths, coordinates) ?? paths.map((_, i) => i);
  const group = groupOf(paths, n);
  if (group !== undefined) {
    const inside = paths.filter((path) => headOf(path) === group);
    const matched = byName(inside.map((path) => path.slice(group.length)), coordinates) ?? inside.map((_, i) => i);
    let next = 0;
    return paths.map((path) => (headOf(path) === group ? matched[next++] : undefined));
  }
  if (paths.length !== 1) return undefined;
  const only = partialNamed(derivative, coordinates);
  return only === undefined ? undefined : [only];
}

const headOf = (path: string): string => /^(?:\.[^.[]+|\[[^\]]*\])/.exec(path)?.[0] ?? "";

/** The one entry of the result that holds as many numbers as there are coordinates. */
function groupOf(paths: readonly string[], n: number): string | undefined {
  const sizes = new Map<string, number>();
  for (const path of paths) sizes.set(headOf(path), (sizes.get(headOf(path)) ?? 0) + 1);
  const fitting = [...sizes].filter(([, size]) => size === n).map(([head]) => head);
  if (fitting.length === 1) return fitting[0];
  return fitting.find((head) => /grad|deriv|^\.d|slope|jac/i.test(head));
}

function byName(paths: readonly string[], coordinates: readonly string[]): number[] | undefined {
  if (!paths.every((path) => path.startsWith("."))) return undefined;
  const plain = (path: string): string => path.replace(/^\./, "").toLowerCase();
  const unprefixed = (path: string): string => plain(path).replace(/^(?:gradient|grad|d|∂)_?(?=[\p{L}])/u, "");
  const withoutRoot = coordinates.map((path) => path.replace(/^[^.[]+/, ""));
  for (const theirs of [paths.map(plain), paths.map(unprefixed)]) {
    for (const ours of [coordinates.map(plain), withoutRoot.map(plain)]) {
      const found = theirs.map((path) => ours.indexOf(path));
      if (new Set(found).size === paths.length && !found.includes(-1)) return found;
    }
  }
  return undefined;
}

/** dLossdw, loss_w, fx: a derivative by the coordinate that its name ends with. */
function partialNamed(name: string, coordinates: readonly string[]): number | undefined {
  const fitting = coordinates.flatMap((path, i) => (name.toLowerCase().endsWith(path.toLowerCase()) ? [i] : []));
  return fitting.sort((a, b) => (coordinates[b] ?? "").length - (coordinates[a] ?? "").length)[0];
}
