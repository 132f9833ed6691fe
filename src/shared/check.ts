import type { Checked } from "./rpc";

/**
 * Checkers of plain data from outside (the webview, persisted state): each takes a value and where it stands, and returns it
 * typed or throws `Malformed`; `checked` turns that into a value at the border.
 */
export type Check<T> = (value: unknown, path: string) => T;

class Malformed extends Error {}

export function checked<T>(check: Check<T>, value: unknown): Checked<T> {
  try {
    return { ok: true, value: check(value, "it") };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message };
    throw error;
  }
}

export function malformed(path: string, wanted: string): never {
  throw new Malformed(`${path} is not ${wanted}.`);
}

export function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) malformed(path, "a record");
  return value as Record<string, unknown>;
}

export const finite: Check<number> = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? value : malformed(path, "a finite number");

export const integer = (least: number, most: number): Check<number> => (value, path) =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
    ? value
    : malformed(path, `a whole number from ${least} to ${most}`);

export const text = (longest: number): Check<string> => (value, path) =>
  typeof value === "string" && value.length <= longest ? value : malformed(path, `a text of at most ${longest} characters`);

export const flag: Check<boolean> = (value, path) => (typeof value === "boolean" ? value : malformed(path, "true or false"));

export const oneOf = <T extends string>(...choices: readonly T[]): Check<T> => (value, path) =>
  choices.find((choice) => choice === value) ?? malformed(path, `one of ${choices.join(", ")}`);

export const list = <T>(item: Check<T>, longest: number): Check<T[]> => (value, path) => {
  if (!Array.isArray(value) || value.length > longest) malformed(path, `a list of at most ${longest}`);
  return value.map((entry, index) => item(entry, `${path}[${index}]`));
};

export const table = <T>(entry: Check<T>, largest: number): Check<Record<string, T>> => (value, path) => {
  const entries = Object.entries(record(value, path));
  if (entries.length > largest) malformed(path, `a record of at most ${largest} entries`);
  return Object.fromEntries(entries.map(([key, inner]) => [key, entry(inner, `${path}.${key}`)]));
};

/** Present only where it was: absent and `undefined` are the same on a wire. */
export function optional<K extends string, T>(
  source: Record<string, unknown>, key: K, check: Check<T>, path: string,
): { [P in K]?: T } {
  const value = source[key];
  return value === undefined ? {} : ({ [key]: check(value, `${path}.${key}`) } as { [P in K]: T });
}
