import { elementsOf } from "../lists/lists";
import type { Machine } from "../state/machine";
import { propertiesOf } from "../lists/properties";
import type { Value } from "../state/values";

/** A value known now, as plain data; undefined where some of it is not. */
export function plainData(machine: Machine, value: Value): unknown {
  if (value.kind === "static") return typeof value.value === "bigint" ? undefined : value.value;
  if (value.kind === "list") {
    const elements = elementsOf(machine, value);
    if (!elements) return undefined;
    const items = elements.map((element) => plainData(machine, element));
    return items.includes(undefined) ? undefined : items;
  }
  const properties = propertiesOf(value);
  if (!properties) return undefined;
  const entries = [...properties].map(([name, read]) => [name, plainData(machine, read(machine))] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
