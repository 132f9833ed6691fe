import type { IrFunction } from "../ir/types";
import { findAccess, type Root } from "../print/code/elementAccess";
import { agreesWith, type Reference } from "./agreesWith";
import { NoClosedForm } from "./canonical";
import { execute } from "./execute";
import type { Printable } from "./formula";
import { Labels } from "./labels";
import { Sums } from "./sums";
import { SymbolicFunction } from "./symbolicFunction";

export type ClosedForm = { ok: true; formula: SymbolicFunction } | { ok: false; reason: string };

/** What lets loops become sums over an index: data under the names they have in the user's text, and something to check against. */
export interface SumsAllowed {
  readonly data: () => readonly Root[];
  readonly reference: Reference;
}

/**
 * The function as one formula of its coordinates, with its derivatives; or why it has none worth showing. Loops are
 * written out, unless sums over an index are allowed.
 */
export function closedForm(fn: IrFunction, coordinates: readonly string[], allowed?: SumsAllowed): ClosedForm {
  const sums = new Sums(new Labels());
  const withSums = allowed && attempt(() => summed(fn, coordinates, sums, allowed));
  if (withSums?.ok) return { ok: true, formula: withSums.formula };
  const labels = new Labels();
  const plain = attempt(() => new SymbolicFunction(execute(fn, undefined, labels), fn, coordinates, { labels }), sums.whyWrittenOut);
  // What stands in the way of a sum says more than that there are many rows.
  if (!plain.ok && withSums && !withSums.ok && withSums.reason !== "") return withSums;
  return plain;
}

/** Marks that anybody reads, names put in; of what is shorter than this in parts, they are not counted. */
const mostMarks = 2000;
/** Of what each turn of a loop makes out of the one before it, line by line a program. */
const mostMarksOfTurns = 500;
const mostPartsUncounted = 60;
const mostWrittenUncounted = 150;
const mostPartials = 12;

function refuseLong(formula: SymbolicFunction, whyWrittenOut: string | undefined): void {
  if (formula.parts <= mostPartsUncounted && formula.written <= mostWrittenUncounted) return;
  const length = (texts: readonly Printable[]): number => texts.reduce((sum, text) => sum + text.latex().length, 0);
  const longestOf = (value: readonly Printable[], gradient: readonly Printable[]): number =>
    Math.max(length(value), ...gradient.slice(0, mostPartials).map((partial) => length([partial])));
  // Names only make it shorter: where it is short enough without them, they need not be looked for.
  if (longestOf([formula.value], formula.gradient) <= (whyWrittenOut === undefined ? mostMarks : mostMarksOfTurns)) return;
  const set = formula.setOut();
  const { value, gradient } = set ?? formula;
  const longest = longestOf([value, ...(set?.where ?? []).map((definition) => definition.value)], gradient);
  if (whyWrittenOut !== undefined && Math.max(longest, length([formula.value])) > mostMarksOfTurns) throw new NoClosedForm(whyWrittenOut);
  if (longest > mostMarks) throw new NoClosedForm("it would be a page long");
}

function attempt(make: () => SymbolicFunction, whyWrittenOut?: string): ClosedForm {
  try {
    const formula = make();
    refuseLong(formula, whyWrittenOut);
    return { ok: true, formula };
  } catch (error) {
    if (!(error instanceof NoClosedForm)) throw error;
    return { ok: false, reason: error.message === "" ? "" : `There is no short closed form: ${error.message}.` };
  }
}

/** With sums, if there are any; compared with the function itself before anybody sees it. */
function summed(fn: IrFunction, coordinates: readonly string[], sums: Sums, { data, reference }: SumsAllowed): SymbolicFunction {
  const { labels } = sums;
  let known: readonly Root[] | undefined;
  const roots = (): readonly Root[] => (known ??= data());
  const expression = execute(fn, sums, labels, ({ role, shape }) => role.kind === "data" && findAccess(role.values, shape, roots()) !== undefined);
  // Nothing to add up: the plain form is as good, and needs no check.
  if (sums.isEmpty && !sums.hasLoops) throw new NoClosedForm("");
  const formula = new SymbolicFunction(expression, fn, coordinates, { labels, sums, data: roots(), reference });
  if (formula.nodes && !agreesWith(formula, formula.nodes, coordinates.length, reference)) throw new NoClosedForm("its sums would not agree with it");
  return formula;
}
