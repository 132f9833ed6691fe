import { valueAt } from "./layouts";
import type { Machine } from "../state/machine";
import type { Value } from "../state/values";

/** The own fields of an object, however it is kept. */
export function propertiesOf(value: Value): ReadonlyMap<string, (machine: Machine) => Value> | undefined {
  if (value.kind === "object") {
    return new Map([...value.fields.content].map(([name, slot]) => [name, () => slot.content]));
  }
  if (value.kind === "record") {
    return new Map([...value.layout.fields].map(([name, layout]) => [name, (machine) => valueAt(machine, layout, value.prefix)]));
  }
  return undefined;
}
