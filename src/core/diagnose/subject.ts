import { normalise } from "../autodiff/normalise";
import type { activityOf } from "../autodiff/activity";
import type { Reverse } from "../autodiff/reverse";
import { namesOf } from "../ir/namesOf";
import type { IrFunction } from "../ir/types";
import type { Range } from "../source/diagnostic";
import type { Span } from "../source/positions";
import type { Lowered } from "../source/program";
import type { Turn } from "./probe";

/** A function at its start, as the warnings look at it. */
export interface Subject {
  readonly lowered: Lowered;
  readonly reversed: Reverse;
  /** Where the function stands: for what has no place of its own. */
  readonly range: Range;
  readonly value: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => Float64Array;
}

export const locate = ({ lowered, range }: Pick<Subject, "lowered" | "range">, span: Span | undefined): Range =>
  (span && lowered.locate ? lowered.locate(span) : range);

/** The same function with one operation a statement, so that a statement's place is a sub-expression's. */
export function singleSteps(fn: IrFunction): IrFunction {
  const normal = normalise(fn, namesOf(fn));
  return { ...fn, body: normal.body, result: normal.result };
}

export function unknownsOf(fn: IrFunction): Parameters<typeof activityOf>[1] {
  return [...fn.scalars.map(({ local }) => local), ...fn.arrays.filter((array) => array.role.kind === "parameter")];
}

/** ", first when i = 3": where among the turns of the loops around it. */
export function inTurn(turns: readonly Turn[]): string {
  if (turns.length === 0) return "";
  // An index that the text does not name (`for … of`, `map`) counts turns.
  const isNamed = (label: string | undefined): label is string => label !== undefined && !label.endsWith("_index");
  const named = turns.map(({ label, index }) => (isNamed(label) ? `${label} = ${index}` : `turn ${index + 1} of the loop`));
  return `, first ${turns.some(({ label }) => !isNamed(label)) ? "in" : "when"} ${named.join(" and ")}`;
}

/** A number as one would say it: six digits are enough to recognise it. */
export const spoken = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : value === Infinity ? "infinity" : value === -Infinity ? "-infinity" : "not a number");
