import type { Local } from "../ir/types";
import { walkExpression } from "../ir/visit";
import { type Contribution, type Contributions, together } from "./contributions";

/**
 * What one line of the program adds, in an order in which it can be done word for word; each entry is done at once.
 * `defined`: what the line gives values to.
 */
export function inOrder(groups: readonly (readonly Contribution[])[], defined: ReadonlySet<Local>, contributions: Contributions): Contribution[][] {
  const all = groups.flat();
  const earlier = all.filter(({ target }) => target.kind === "local" && !defined.has(target) && [...defined].some((local) => contributions.isVersionOf(local, target)));
  const usesNew = all.some(({ target }) => target.kind === "local" && defined.has(target));
  // [x, y] = [y, x * y] takes both values before it gives any: so does what it tells.
  if (groups.length > 1 && earlier.length > 0 && !usesNew) return ordered(together(all).map((update) => (earlier.some(({ target }) => target === update.target) ? { ...update, replaces: true } : update)), contributions);
  return groups.flatMap((group) => ordered(together(group), contributions));
}

/** What takes the place of an adjoint comes after all that reads what it was. */
function ordered(found: readonly Contribution[], contributions: Contributions): Contribution[][] {
  const left = found.filter((update) => !contributions.isHandOver(update));
  const adding = left.filter(({ replaces }) => !replaces).map((update) => [update]);
  let waiting = left.filter(({ replaces }) => replaces);
  const replacing: Contribution[][] = [];
  while (waiting.length > 0) {
    const free = waiting.find((update) => waiting.every((other) => other === update || !reads(other, update, contributions)));
    // Each of those that are left reads what another replaces.
    replacing.push(free ? [free] : [...waiting].reverse());
    waiting = free ? waiting.filter((update) => update !== free) : [];
  }
  return [...adding, ...replacing];
}

/** Does the one read the adjoint that the other changes? */
function reads(reader: Contribution, { target }: Contribution, contributions: Contributions): boolean {
  let found = false;
  walkExpression(reader.value, (part) => {
    const primal = part.kind === "read" ? contributions.primalOf(part.local) : part.kind === "load" ? contributions.primalOf(part.array) : undefined;
    found ||= primal !== undefined && contributions.isVersionOf(primal, target);
  });
  return found;
}
