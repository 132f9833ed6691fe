import type { Expression } from "../../../ir/types";
import { elementsOf } from "../lists/lists";
import type { Machine } from "../state/machine";
import type { Module } from "../syntax/module";
import { asFloat } from "../evaluate/numbers";
import { plainData } from "./plainData";
import { propertiesOf } from "../lists/properties";
import { Refusal } from "../syntax/refusal";
import type { Scope } from "../state/scope";
import { Signal } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { isNumberLike, type Value } from "../state/values";

/** An argument as the user would write it: arrays and objects of numbers, `next` giving the unknowns in their order. */
export function inOwnShape(machine: Machine, value: Value, next: () => number): unknown {
  if (value.kind === "static") return typeof value.value === "bigint" ? undefined : value.value;
  if (value.kind === "scalar") return next();
  if (value.kind === "list") return elementsOf(machine, value)?.map((element) => inOwnShape(machine, element, next));
  const properties = propertiesOf(value);
  if (!properties) return undefined;
  return Object.fromEntries([...properties].map(([name, read]) => [name, inOwnShape(machine, read(machine), next)]));
}

export interface Component {
  readonly path: string;
  readonly expression: Expression;
}

/** The numbers of a result that is several, in order, with the way to each: "[0]", ".w[2]". Undefined where some are none. */
export function componentsOf(machine: Machine, value: Value, site: Node, path = ""): Component[] | undefined {
  if (isNumberLike(value)) {
    if (value.kind === "static" && typeof value.value !== "number") return undefined;
    return [{ path, expression: asFloat(machine, value, site) }];
  }
  const parts = value.kind === "list"
    ? elementsOf(machine, value)?.map((element, i) => componentsOf(machine, element, site, `${path}[${i}]`))
    : [...propertiesOf(value) ?? []].map(([name, read]) => componentsOf(machine, read(machine), site, `${path}.${name}`));
  if (!parts || parts.length === 0) return undefined;
  const found: Component[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    found.push(...part);
  }
  return found;
}

/** The data that a file's own names and imports stand for, those in an instance too; functions and classes are left out. */
export function constantsOf(machine: Machine, module: Module, scope: Scope): ReadonlyMap<string, unknown> {
  const constants = new Map<string, unknown>();
  const add = (name: string, value: Value | undefined): void => {
    const data = value?.kind === "list" || value?.kind === "object" ? plainData(machine, value) : undefined;
    if (data !== undefined) constants.set(name, value?.kind === "object" ? withoutPrivate(data) : data);
  };
  machine.staticOnly++;
  try {
    for (const [name, slot] of scope.entries()) add(name, slot.content);
    for (const [name, { node }] of module.imports) {
      try {
        add(name, machine.modules?.imported(machine, module, name, node));
      } catch (problem) {
        // A name of a library that is not known here: the function may well do without it.
        if (!(problem instanceof Refusal || problem instanceof Signal)) throw problem;
      }
    }
  } finally {
    machine.staticOnly--;
  }
  return constants;
}

/** What is private has no name outside. */
function withoutPrivate(data: unknown): unknown {
  return typeof data === "object" && data !== null ? Object.fromEntries(Object.entries(data).filter(([name]) => !name.startsWith("#"))) : data;
}
