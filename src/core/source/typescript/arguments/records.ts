import type { Value } from "../state/values";

/** The elements of a list of objects with a class, or with functions in them. */
export function withMethods(like: Value | undefined): readonly Value[] | undefined {
  if (like?.kind !== "list" || like.state.content.kind !== "cells") return undefined;
  const parts = like.state.content.cells.map((cell) => cell.content);
  const hasMethods = (part: Value): boolean => part.kind === "object"
    && (part.prototype !== undefined || [...part.fields.content.values()].some(({ content }) => content.kind === "function" || hasMethods(content)));
  return parts.some(hasMethods) ? parts : undefined;
}

/** The fields of objects that all have the same few numbers: points, particles. */
export function numericRecords(items: readonly unknown[]): string[] | undefined {
  let names: string[] | undefined;
  for (const item of items) {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
    const entries = Object.entries(item);
    if (!entries.every(([, value]) => typeof value === "number")) return undefined;
    const keys = entries.map(([name]) => name);
    if (names && (keys.length !== names.length || keys.some((key, k) => key !== names?.[k]))) return undefined;
    names ??= keys;
  }
  return names && names.length > 0 ? names : undefined;
}

export function fieldNumber(item: unknown, name: string): number {
  if (typeof item !== "object" || item === null) return NaN;
  const value: unknown = Object.getOwnPropertyDescriptor(item, name)?.value;
  return typeof value === "number" ? value : NaN;
}
