import { callValue } from "../evaluate/calls";
import { getMember } from "../evaluate/members";
import { entriesOf } from "../library/collections";
import { wantList } from "../arguments/holes";
import type { Machine } from "../state/machine";
import type { Node } from "../syntax/syntax";
import { describe, known, type ListValue, type Value } from "../state/values";

/** How a class says that it can be walked over. */
export const iteratorKey = "@@iterator";

/** What `for … of`, spread and destructuring walk over. */
export function iterableOf(machine: Machine, value: Value, node: Node): ListValue {
  switch (value.kind) {
    case "list": return value;
    case "hole": return wantList(machine, value, 2);
    case "collection": {
      const entries = entriesOf(machine, value, node);
      return machine.listOf(entries.map(([key, item]) => (value.name === "Set" ? key : machine.listOf([key, item]))));
    }
    case "static":
      if (typeof value.value === "string") return machine.listOf([...value.value].map((character) => known(character)));
      break;
    case "poison": return value.fail(node);
    case "object": {
      const method = getMember(machine, value, known(iteratorKey), node);
      if (method.kind !== "function") break;
      const made = callValue(machine, method, [], node, value);
      if (made.kind === "list") return made;
      throw machine.refuse(node, "E101", "This iterator is stepped through by hand, which is not supported.", "Write *[Symbol.iterator]() with yield, or keep an array.");
    }
    default: break;
  }
  throw machine.refuse(node, "E107", `An array is needed here, and this is ${describe(value)}.`);
}
