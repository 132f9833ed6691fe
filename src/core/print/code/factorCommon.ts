import { call, name as reference, type Written } from "../written";
import { free } from "./nameVariables";

export interface Factored {
  /** In order: each uses only what stands before it. */
  readonly definitions: readonly (readonly [string, Written])[];
  readonly entries: readonly Written[];
}

/** What is worth a name, and which one: in code every repetition is, on paper only what makes it easier to read. */
export interface Naming {
  isWorth(written: Written, count: number): boolean;
  /** What is named first: the greatest. */
  rank(written: Written, count: number): number;
  /** A name that is not taken, for what stands for this. */
  nameFor(written: Written, taken: ReadonlySet<string>): string;
}

const inCode: Naming = {
  isWorth: (written) => sizeOfWritten(written) >= 3,
  rank: sizeOfWritten,
  nameFor: (_, taken) => free("t0", taken),
};

/** What the user gave a name is worth a line already at this size. */
const LEAST_NAMED = 1;

/**
 * Gives what several expressions share a name, so that it is written and computed once: the user's own name for it where
 * there is one, t0, t1 … otherwise, or what `naming` says.
 */
export function factorCommon(entries: readonly Written[], own: ReadonlyMap<string, string>, taken: Set<string>, naming = inCode): Factored {
  const fresh = (written: Written): string => {
    const name = naming.nameFor(written, taken);
    taken.add(name);
    return name;
  };
  let pool: Written[] = [...entries];
  const definitions: { name: string; at: number }[] = [];
  for (;;) {
    const shared = largestShared(pool, own, naming);
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
  for (const [name, value] of ordered) if (name.startsWith("#")) numbered.set(name, fresh(value));
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

function largestShared(pool: readonly Written[], own: ReadonlyMap<string, string>, naming: Naming): Written | undefined {
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
  let best: { written: Written; rank: number } | undefined;
  for (const [key, { written, count }] of seen) {
    if (count < 2) continue;
    const size = sizeOfWritten(written);
    if (isTruth(written) || !(own.has(key) ? size >= LEAST_NAMED : naming.isWorth(written, count))) continue;
    // What the user named comes before all that gets a name of ours.
    const rank = naming.rank(written, own.has(key) ? Infinity : count);
    if (!best || rank > best.rank) best = { written, rank };
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
