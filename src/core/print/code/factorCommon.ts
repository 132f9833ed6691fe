import { call, name as reference, type Written } from "../written";
import { free } from "./nameVariables";

export interface Factored {
  /** In order: each uses only what stands before it. */
  readonly definitions: readonly (readonly [string, Written])[];
  readonly entries: readonly Written[];
}

/** What is worth a line of its own when it is needed twice. */
const LEAST = 3;
/** The same, for what the user gave a name. */
const LEAST_NAMED = 1;

/**
 * Gives what several expressions share a name, so that it is written and computed once: the user's own name for it where
 * there is one, t0, t1 … otherwise.
 */
export function factorCommon(entries: readonly Written[], own: ReadonlyMap<string, string>, taken: Set<string>): Factored {
  const fresh = (): string => {
    const name = free("t0", taken);
    taken.add(name);
    return name;
  };
  let pool: Written[] = [...entries];
  const definitions: { name: string; at: number }[] = [];
  for (;;) {
    const shared = largestShared(pool, own);
    if (!shared) break;
    const name = own.get(keyOf(shared)) ?? `#${definitions.length}`;
    const key = keyOf(shared);
    pool = [...pool.map((entry) => replace(entry, key, name)), shared];
    definitions.push({ name, at: pool.length - 1 });
  }
  const written = new Map(definitions.map(({ name, at }) => [name, pool[at] ?? reference(name)]));
  // Numbered in the order in which they are read.
  const numbered = new Map<string, string>();
  const ordered = inOrder(written, pool.slice(0, entries.length));
  for (const [name] of ordered) if (name.startsWith("#")) numbered.set(name, fresh());
  const spelt = (part: Written): Written => [...numbered].reduce((whole, [from, to]) => replace(whole, keyOf(reference(from)), to), part);
  return { definitions: ordered.map(([name, value]) => [numbered.get(name) ?? name, spelt(value)] as const), entries: pool.slice(0, entries.length).map(spelt) };
}

export const keyOf = (written: Written): string => JSON.stringify(written);

export function sizeOfWritten(written: Written): number {
  switch (written.kind) {
    case "number":
    case "name":
    case "constant":
    case "spelt": return 0;
    case "sum": return 1 + sizeOfWritten(written.body);
    case "call": return (written.primitive === "negate" ? 0 : 1) + written.args.reduce((sum, arg) => sum + sizeOfWritten(arg), 0);
    case "cases": return 1 + sizeOfWritten(written.otherwise) + written.branches.reduce((sum, { condition, value }) => sum + sizeOfWritten(condition) + sizeOfWritten(value), 0);
  }
}

function partsOf(written: Written): readonly Written[] {
  if (written.kind === "call") return written.args;
  return written.kind === "cases" ? [...written.branches.flatMap(({ condition, value }) => [condition, value]), written.otherwise] : [];
}

function largestShared(pool: readonly Written[], own: ReadonlyMap<string, string>): Written | undefined {
  const seen = new Map<string, { written: Written; count: number }>();
  const visit = (written: Written): void => {
    if (written.kind !== "call" && written.kind !== "cases") return;
    const key = keyOf(written);
    const before = seen.get(key);
    if (before) before.count++;
    else seen.set(key, { written, count: 1 });
    partsOf(written).forEach(visit);
  };
  pool.forEach(visit);
  let best: { written: Written; size: number } | undefined;
  for (const [key, { written, count }] of seen) {
    if (count < 2) continue;
    const size = sizeOfWritten(written);
    if (size < (own.has(key) ? LEAST_NAMED : LEAST) || isTruth(written)) continue;
    if (!best || size > best.size) best = { written, size };
  }
  return best?.written;
}

const isTruth = (written: Written): boolean => written.kind === "call" && /^(?:less|greater|equal|notEqual|and$|or$|not$|is[FN])/.test(written.primitive);

function replace(written: Written, key: string, name: string): Written {
  if (keyOf(written) === key) return reference(name);
  // What mentions an index means nothing outside its sum.
  if (written.kind !== "call" && written.kind !== "cases") return written;
  if (written.kind === "call") return call(written.primitive, written.args.map((arg) => replace(arg, key, name)));
  return {
    kind: "cases",
    branches: written.branches.map(({ condition, value }) => ({ condition: replace(condition, key, name), value: replace(value, key, name) })),
    otherwise: replace(written.otherwise, key, name),
  };
}

/** Each where it is needed first, after what it needs itself. */
function inOrder(definitions: ReadonlyMap<string, Written>, entries: readonly Written[]): (readonly [string, Written])[] {
  const out: (readonly [string, Written])[] = [];
  const done = new Set<string>();
  const uses = (part: Written): void => {
    const definition = part.kind === "name" ? definitions.get(part.path) : undefined;
    if (part.kind === "name" && definition && !done.has(part.path)) {
      done.add(part.path);
      uses(definition);
      out.push([part.path, definition]);
    }
    partsOf(part).forEach(uses);
  };
  entries.forEach(uses);
  return out;
}
