import { elementsOf } from "./lists";
import type { Machine } from "../state/machine";
import { madeByOf, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";

/**
 * All elements one by one, for what cannot do with less. Where only the running program knows how many there are, the loops
 * that made the list are written out; where that does not settle it, it is refused.
 */
export function allElements(machine: Machine, list: ListValue, node: Node): readonly Value[] {
  const elements = elementsOf(machine, list);
  if (elements) return elements;
  const key = madeByOf(list.state.content);
  const again = key === undefined ? undefined : machine.arguments?.writeOut(key);
  throw again ?? machine.refuse(node, "E108", "How many elements this array has is known only at run time.", "Use a loop or reduce, or an array of a fixed length.");
}
