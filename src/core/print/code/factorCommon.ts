import { name as reference, type Written } from "../written";
import { free } from "./nameVariables";
import { occurrences, partsOf, SharedParts, withParts } from "./sharedParts";

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
export function factorCommon(entries: readonly Written[], own: ReadonlyMap<Written, string>, taken: Set<string>, naming = inCode): Factored {
  const fresh = (written: Written): string => {
    const name = naming.nameFor(written, taken);
    taken.add(name);
    return name;
  };
  const parts = new SharedParts();
  const named = new Map([...own].map(([written, name]) => [parts.of(written), name]));
  let pool = entries.map((entry) => parts.of(entry));
  const definitions: { name: string; at: number }[] = [];
  for (;;) {
    const shared = largestShared(pool, named, naming);
    if (shared.length === 0) break;
    const names = shared.map((written, i) => named.get(written) ?? `#${definitions.length + i}`);
    const put = replacing(parts, new Map(shared.map((written, i) => [written, parts.of(reference(names[i] ?? ""))])));
    pool = pool.map(put);
    shared.forEach((written, i) => {
      pool.push(written);
      definitions.push({ name: names[i] ?? "", at: pool.length - 1 });
    });
  }
  const written = new Map(definitions.map(({ name, at }) => [name, pool[at] ?? reference(name)]));
  // Numbered in the order in which they are read.
  const numbered = new Map<string, string>();
  const ordered = inOrder(written, pool.slice(0, entries.length));
  for (const [name, value] of ordered) if (name.startsWith("#")) numbered.set(name, fresh(value));
  const spelt = replacing(parts, new Map([...numbered].map(([from, to]) => [parts.of(reference(from)), reference(to)])));
  return { definitions: ordered.map(([name, value]) => [numbered.get(name) ?? name, spelt(value)] as const), entries: pool.slice(0, entries.length).map(spelt) };
}

export const keyOf = (written: Written): string => JSON.stringify(written);

const sizes = new WeakMap<Written, number>();

export function sizeOfWritten(written: Written): number {
  const known = sizes.get(written);
  if (known !== undefined) return known;
  const size = measure(written);
  sizes.set(written, size);
  return size;
}

function measure(written: Written): number {
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

/**
 * What is named next, the greatest first: as many at once as do not touch each other. A name changes the length of what
 * it stands in and the number of times that what it stands for is read, and makes both less; all else stays as great.
 */
function largestShared(pool: readonly Written[], own: ReadonlyMap<Written, string>, naming: Naming): Written[] {
  const candidates = [...occurrences(pool)].flatMap(([written, count]) => {
    if (count < 2 || (written.kind !== "call" && written.kind !== "cases")) return [];
    const isOwn = own.has(written);
    if (isTruth(written) || !(isOwn ? sizeOfWritten(written) >= LEAST_NAMED : naming.isWorth(written, count))) return [];
    // What the user named comes before all that gets a name of ours.
    return [{ written, rank: naming.rank(written, isOwn ? Infinity : count) }];
  }).sort((a, b) => b.rank - a.rank);
  const [met, below] = [new Set<Written>(), new Set<Written>()];
  const mark = (written: Written): void => {
    if (below.has(written)) return;
    below.add(written);
    partsOf(written).forEach(mark);
  };
  return candidates.flatMap(({ written }) => {
    const isApart = !below.has(written) && !mentionsAny(written, met);
    met.add(written);
    mark(written);
    return isApart ? [written] : [];
  });
}

function mentionsAny(written: Written, of: ReadonlySet<Written>, seen = new Set<Written>()): boolean {
  return partsOf(written).some((part) => {
    if (seen.has(part)) return false;
    seen.add(part);
    return of.has(part) || mentionsAny(part, of, seen);
  });
}

const isTruth = (written: Written): boolean => written.kind === "call" && /^(?:less|greater|equal|notEqual|and$|or$|not$|is[FN])/.test(written.primitive);

/** Puts one thing for another wherever it occurs. */
function replacing(parts: SharedParts, by: ReadonlyMap<Written, Written>): (written: Written) => Written {
  const done = new Map<Written, Written>(by);
  const replace = (written: Written): Written => {
    const known = done.get(written);
    if (known) return known;
    const replaced = parts.of(withParts(written, replace));
    done.set(written, replaced);
    return replaced;
  };
  return replace;
}

/** Each where it is needed first, after what it needs itself. */
function inOrder(definitions: ReadonlyMap<string, Written>, entries: readonly Written[]): (readonly [string, Written])[] {
  const out: (readonly [string, Written])[] = [];
  const done = new Set<string>();
  const seen = new Set<Written>();
  const uses = (part: Written): void => {
    if (seen.has(part)) return;
    seen.add(part);
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
