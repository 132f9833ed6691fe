import type { Machine } from "../state/machine";
import type { Value } from "../state/values";

export const isText = (value: Value): boolean => (value.kind === "static" && typeof value.value === "string") || (value.kind === "poison" && value.what === "a string");

/** Text made of run-time numbers: harmless in a log or a message, an error where it would matter. */
export function text(machine: Machine): Value {
  return {
    kind: "poison",
    what: "a string",
    fail: (node) => {
      throw machine.refuse(node, "E107", "A string takes part in the result here.", "Compute with the number itself.");
    },
  };
}
