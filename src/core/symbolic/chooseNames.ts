import type { Definition, Printable } from "./formula";
import type { OwnName } from "./ownNames";

/** Set out with names, a formula with sums has to be this much shorter than without. */
const worthNaming = 0.95;
/** Partial derivatives that are looked at for that, here and there among them. */
const mostLooked = 4;

interface Shown {
  readonly value: Printable;
  readonly gradient: readonly Printable[];
  readonly where: readonly Definition[];
}

/**
 * The formula with those of the names that it and its gradient mention more than once, wherever that is no longer than
 * without them. Σ of what is written out is what textbooks have, so that there it must be clearly shorter.
 */
export function chooseNames<T extends Shown>(candidates: readonly OwnName[], hasSums: boolean, show: (names: readonly OwnName[]) => T): T {
  const without = show([]);
  let names = candidates;
  while (names.length > 0) {
    const shown = show(names);
    const [formulas, definitions] = [textsOf(shown), shown.where.map((definition) => definition.value.math())];
    const mentions = new Map([...new Set(names.map(({ label }) => label))].map((label) => [label, mentionsOf(label, formulas, definitions)]));
    const often = ({ label }: OwnName): number => mentions.get(label) ?? 0;
    const kept = names.filter((named) => often(named) > 1);
    if (kept.length < names.length) {
      names = kept;
      continue;
    }
    if (hasSums ? lengthOf(shown, names) <= worthNaming * lengthOf(without) : marksOf(shown) <= marksOf(without)) return shown;
    // What is mentioned least helps least.
    const least = Math.min(...names.map(often));
    const dropped = names.find((named) => often(named) === least);
    names = names.filter(({ label }) => label !== dropped?.label);
  }
  return without;
}

/** How often a name is mentioned; what only one definition mentions may as well stand there. */
function mentionsOf(label: string, formulas: readonly string[], definitions: readonly string[]): number {
  const word = wordOf(label);
  const often = (texts: readonly string[]): number => texts.reduce((count, text) => count + text.split(word).length - 1, 0);
  const inFormulas = often(formulas);
  return inFormulas === 0 && definitions.filter((text) => often([text]) > 0).length < 2 ? 0 : inFormulas + often(definitions);
}

const looked = (gradient: readonly Printable[]): readonly Printable[] => gradient.filter((_, k) => k % Math.ceil(gradient.length / mostLooked) === 0 || k === gradient.length - 1);
const textsOf = ({ value, gradient }: Shown): string[] => [value, ...looked(gradient)].map((text) => text.math());

/** What the eye takes in one by one: names, numbers and signs, but for brackets; of a definition, the name too. */
const marksOf = (shown: Shown): number => [...textsOf(shown), ...shown.where.map((definition) => definition.value.math())].reduce((sum, text) => sum + marksIn(text), shown.where.length);
export const marksIn = (text: string): number => text.match(/[\p{L}_$][\p{L}\p{N}_.$]*|\d+(?:\.\d+)?|[^\s()*^]/gu)?.length ?? 0;

const wordOf = (label: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])${label.replace(/[$]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");

/** A name is read as one mark or two, however many letters it has. */
function lengthOf({ value, gradient, where }: Shown, names: readonly OwnName[] = []): number {
  const texts = [value, ...looked(gradient), ...where.flatMap((definition) => [definition.name, definition.value])];
  return texts.reduce((sum, text) => sum + names.reduce((short, { label }) => short.replace(wordOf(label), "zz"), text.math()).length, 3 * where.length);
}
