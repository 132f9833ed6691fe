import { hoist, type Hoisted } from "../print/hoist";
import { later, printable } from "../print/printable";
import { printText } from "../print/text";
import { name, number } from "../print/written";
import type { ByNames } from "./byNames";
import { chooseNames } from "./chooseNames";
import type { Printable, SetOut } from "./formula";
import type { OwnName } from "./ownNames";
import type { SymbolicFunction } from "./symbolicFunction";
import type { Writing } from "./writing";

/** Names that the user did not give must make it this much shorter than those that the user gave. */
const worthInventing = 0.75;

/** A function set out with names for what it computes on the way; undefined where these do not help. `own`: those that the user gave. */
export function setOut(fn: SymbolicFunction, writing: Writing, own: readonly OwnName[], byNames: (names: readonly OwnName[]) => ByNames | undefined): SetOut | undefined {
  const withOwn = fn.nodes || own.length > 0 ? setOutWith(fn, writing, own, byNames) : undefined;
  if (fn.nodes) return withOwn && withOwn.where.length > 0 ? withOwn : undefined;
  return hoisted(fn, writing, own, withOwn);
}

/** The user's own names where they help, for these are known; else made-up ones for what occurs often; undefined where neither helps. */
function hoisted(fn: SymbolicFunction, writing: Writing, own: readonly OwnName[], withOwn: SetOut | undefined): SetOut | undefined {
  const ofOwn = withOwn && withOwn.where.length > 0 ? withOwn : undefined;
  const gradient = fn.coordinates.map((_, index) => fn.writtenPartial(index));
  // However it stands there, as the user wrote it or as derivatives are written.
  const names = new Map(own.flatMap((named) => [writing.own(named.expression), fn.writtenPart(named.expression)].map((written) => [written, wordFor(named)] as const)));
  // The function as the user wrote it, or in the form of its derivatives where only that has something in common with them.
  const [asWritten, asDerived] = [writing.own(fn.expression), fn.writtenValue()];
  const found = [asWritten, ...(printText(asWritten, "math") === printText(asDerived, "math") ? [] : [asDerived])]
    .flatMap((value) => hoist(value, gradient, (letter) => writing.isTaken(letter), names) ?? [])
    .reduce<Hoisted | undefined>((best, candidate) => (best && best.length <= candidate.length ? best : candidate), undefined);
  const lengthOfOwn = [ofOwn?.value, ...ofOwn?.gradient ?? [], ...(ofOwn?.where ?? []).map((one) => one.value)].reduce((sum, text) => sum + (text?.math().length ?? 0), 0);
  if (!found || (ofOwn && found.length > worthInventing * lengthOfOwn)) return ofOwn;
  return {
    value: printable(() => found.value), gradient: found.gradient.map((partial) => printable(() => partial)),
    where: found.where.map((one) => ({ name: printable(() => name(one.name)), value: printable(() => one.value) })),
  };
}

/** With the user's names where these make it shorter, and the lengths of data in any case. */
function setOutWith(fn: SymbolicFunction, writing: Writing, own: readonly OwnName[], byNames: (names: readonly OwnName[]) => ByNames | undefined): SetOut {
  const chosen = chooseNames(own, fn.nodes !== undefined, (names) => {
    const by = byNames(names);
    return {
      value: by?.value ?? fn.value,
      // Of many only some are looked at to choose the names by.
      gradient: fn.gradient.map((partial, k) => (by ? later(() => by.partial(k) ?? partial) : partial)),
      where: by?.where ?? [],
      second: by && ((row: number, column: number): Printable | undefined => by.second(row, column)),
      sizes: () => (by ? by.sizes() : writing.sums?.definedSizes().map(([letter, size]) => [letter, number(String(size))] as const) ?? []),
    };
  });
  const sizes = chosen.sizes().map(([letter, size]) => ({ name: printable(() => name(letter)), value: printable(() => size) }));
  const { second } = chosen;
  return {
    value: chosen.value, gradient: [...chosen.gradient], where: [...sizes, ...chosen.where],
    ...(second ? { hessian: () => fn.hessian(second) } : {}),
  };
}

/** "h0" of h[0]. */
const wordFor = ({ label, at }: OwnName): string => label + at.map(({ constant }) => constant).join("_");
