import type { Written } from "../written";

/** Written parts of which equal ones are one object, so that each is compared, counted and rebuilt once. */
export class SharedParts {
  private readonly made = new Map<string, Written>();
  private readonly ids = new Map<Written, number>();
  private readonly taken = new Map<Written, Written>();

  /** The one object for all that is written like this. */
  of(written: Written): Written {
    const known = this.taken.get(written);
    if (known) return known;
    const shared = this.share(withParts(written, (part) => this.of(part)));
    this.taken.set(written, shared);
    this.taken.set(shared, shared);
    return shared;
  }

  private share(written: Written): Written {
    const key = this.keyOf(written);
    const known = this.made.get(key);
    if (known) return known;
    this.made.set(key, written);
    this.ids.set(written, this.ids.size);
    return written;
  }

  private keyOf(written: Written): string {
    const id = (part: Written): string => String(this.ids.get(part));
    switch (written.kind) {
      case "call": return `${written.primitive}(${written.args.map(id).join()}`;
      case "cases": return `?${written.branches.map(({ condition, value }) => `${id(condition)}:${id(value)}`).join()},${id(written.otherwise)}`;
      default: return JSON.stringify(written);
    }
  }
}

/** What is looked into: what mentions an index means nothing outside its sum. */
export function partsOf(written: Written): readonly Written[] {
  if (written.kind === "call") return written.args;
  return written.kind === "cases" ? [...written.branches.flatMap(({ condition, value }) => [condition, value]), written.otherwise] : [];
}

/** The same with other parts; the very object where they are the same. */
export function withParts(written: Written, of: (part: Written) => Written): Written {
  if (written.kind === "call") {
    const args = written.args.map(of);
    return args.every((arg, i) => arg === written.args[i]) ? written : { ...written, args };
  }
  if (written.kind !== "cases") return written;
  const branches = written.branches.map(({ condition, value }) => ({ condition: of(condition), value: of(value) }));
  const otherwise = of(written.otherwise);
  const same = otherwise === written.otherwise && branches.every(({ condition, value }, i) => condition === written.branches[i]?.condition && value === written.branches[i]?.value);
  return same ? written : { ...written, branches, otherwise };
}

/** How often each part occurs in a text, in the order in which one first reads it. */
export function occurrences(entries: readonly Written[]): Map<Written, number> {
  const counts = new Map<Written, number>();
  const after: Written[] = [];
  const visit = (part: Written): void => {
    if (counts.has(part)) return;
    counts.set(part, 0);
    partsOf(part).forEach(visit);
    after.push(part);
  };
  entries.forEach(visit);
  const add = (part: Written, times: number): void => { counts.set(part, (counts.get(part) ?? 0) + times); };
  entries.forEach((entry) => { add(entry, 1); });
  // Whole parts before what is in them.
  for (const part of after.reverse()) {
    const times = counts.get(part) ?? 0;
    for (const inside of partsOf(part)) add(inside, times);
  }
  return counts;
}
