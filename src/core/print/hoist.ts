import { factorCommon } from "./code/factorCommon";
import { sigmoids } from "./sigmoids";
import { printText } from "./text";
import { sameWritten, type Written } from "./written";

/** Formulas that mention names made up for what occurs often, and what those stand for. */
export interface Hoisted {
  /** In an order in which each mentions only earlier ones. */
  readonly where: readonly { readonly name: string; readonly value: Written }[];
  readonly value: Written;
  readonly gradient: readonly Written[];
  /** In characters of plain mathematics, definitions included. */
  readonly length: number;
}

/** Formulas shorter than this are read as easily as they are. */
const leastLength = 120;
/** Longer than this, they are not read at all. */
const mostLength = 6000;
/** What remains of the length where it is worth looking up names. */
const clearlyShorter = 0.65;

/**
 * A function and its partial derivatives with what they share under names that a person would choose; undefined unless
 * that is clearly shorter. `own` are names that the user gave, by what they stand for.
 */
export function hoist(value: Written, gradient: readonly Written[], isTaken: (name: string) => boolean, own: ReadonlyMap<Written, string> = new Map()): Hoisted | undefined {
  const before = [value, ...gradient];
  const length = lengthOf(before);
  if (length < leastLength || length > mostLength) return undefined;
  const taken = new Set([...namesIn(before), ...own.values()]);
  const chosen = (letters: readonly string[]): string => firstFree(letters, (name) => taken.has(name) || isTaken(name));
  const logistic = sigmoids(before, (meaning) => {
    const name = [...own].find(([written]) => sameWritten(written, meaning))?.[1] ?? chosen(["s", "σ", "p", "q"]);
    taken.add(name);
    return name;
  });
  const { definitions, entries } = factorCommon([...logistic.entries, ...logistic.definitions.map(({ value: meaning }) => meaning)], own, taken, {
    isWorth: (written, count) => isNameable(written) && lengthOf([written]) >= leastNamed && saved(written, count) >= lengthOf([written]) + costOfLine,
    rank: saved,
    nameFor: (written) => chosen(lettersFor(written)),
  });
  const sigmoidal = logistic.definitions.map(({ name }, i) => ({ name, value: entries[before.length + i] ?? { kind: "number" as const, text: "0" } }));
  const where = inOrder([...definitions.map(([name, meaning]) => ({ name, value: meaning })), ...sigmoidal]);
  const [named, ...rest] = entries.slice(0, before.length);
  if (!named || where.length === 0) return undefined;
  const first = logistic.definitions.length === 0 && isBestAsWritten(value, named, where, rest) ? value : named;
  const after = lengthOf([first, ...rest]) + where.reduce((sum, definition) => sum + lengthOf([definition.value]) + 4, 0);
  return after <= clearlyShorter * length ? { where, value: first, gradient: rest, length: after } : undefined;
}

/** A short function stays as the user wrote it where names serve its derivatives alone: each once in it, if at all. */
function isBestAsWritten(value: Written, named: Written, where: readonly { readonly name: string; readonly value: Written }[], gradient: readonly Written[]): boolean {
  if (lengthOf([value]) > shortFunction) return false;
  const mentions = (written: Written, path: string): number => (written.kind === "name" && written.path === path ? 1 : 0) + partsOf(written).reduce((sum, part) => sum + mentions(part, path), 0);
  return where.every((one) => mentions(named, one.name) <= 1 && [...gradient, ...where.map((other) => other.value)].reduce((sum, part) => sum + mentions(part, one.name), 0) > 1);
}

/** Shorter things are read faster than looked up. */
const leastNamed = 8;
/** In characters: a function that is read at a glance. */
const shortFunction = 60;
/** Another line to be read, in characters. */
const costOfLine = 12;
const saved = (written: Written, count: number): number => (count - 1) * (lengthOf([written]) - 1);

const lengthOf = (all: readonly Written[]): number => all.reduce((sum, written) => sum + printText(written, "math").length, 0);

/** Products and signs are no things of their own: nobody gives −2(x − 1) a name; nor √(2π), which is a number. */
function isNameable(written: Written): boolean {
  if (isNumber(written)) return false;
  return written.kind === "cases" || (written.kind === "call" && !["multiply", "negate", "divide", "power"].includes(written.primitive));
}

const isNumber = (written: Written): boolean => (written.kind === "call" ? written.args.every(isNumber) : written.kind === "number" || written.kind === "constant");

/** r for a root or what is left over, E for an exponential, c for a cosine; u, v, w for the rest. */
function lettersFor(written: Written): readonly string[] {
  const usual = ["u", "v", "t", "q", "p", "z", "a", "b", "c", "d", "h", "k", "m"];
  if (written.kind !== "call") return usual;
  switch (written.primitive) {
    case "sqrt":
    case "hypot": return ["r", "ρ", "d", ...usual];
    case "exp": return ["E", "g", "h", ...usual];
    case "log": return ["L", "l", ...usual];
    case "sin":
    case "sinh": return ["s", "S", ...usual];
    case "cos":
    case "cosh": return ["c", "C", ...usual];
    case "tan":
    case "tanh": return ["t", "T", ...usual];
    case "subtract": return ["u", "v", "r", ...usual];
    default: return usual;
  }
}

/** Single letters while they last, then numbered ones. */
function firstFree(letters: readonly string[], isTaken: (name: string) => boolean): string {
  const free = letters.find((letter) => !isTaken(letter));
  if (free !== undefined) return free;
  for (let n = 1; ; n++) {
    const name = `${letters[0] ?? "u"}_${n}`;
    if (!isTaken(name)) return name;
  }
}

/** Names as they begin: x[0] and x_1 are taken as x, so that no x means two things. */
function namesIn(all: readonly Written[]): Set<string> {
  const found = new Set<string>();
  const visit = (written: Written): void => {
    if (written.kind === "name") found.add(written.path).add(written.path.replace(/[[._].*$/s, ""));
    partsOf(written).forEach(visit);
  };
  all.forEach(visit);
  return found;
}

export function partsOf(written: Written): readonly Written[] {
  switch (written.kind) {
    case "call": return written.args;
    case "cases": return [...written.branches.flatMap(({ condition, value }) => [condition, value]), written.otherwise];
    case "sum": return [written.body];
    default: return [];
  }
}

function inOrder(definitions: readonly { name: string; value: Written }[]): { name: string; value: Written }[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const out = new Set<{ name: string; value: Written }>();
  const need = (written: Written): void => {
    const definition = written.kind === "name" ? byName.get(written.path) : undefined;
    if (definition && !out.has(definition)) add(definition);
    partsOf(written).forEach(need);
  };
  const add = (definition: { name: string; value: Written }): void => {
    need(definition.value);
    out.add(definition);
  };
  definitions.forEach((definition) => { if (!out.has(definition)) add(definition); });
  return [...out];
}
