import { assign, call, int, read, select } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { runRange, tryStatic } from "../evaluate/loops";
import { asFloat, asNumber } from "../evaluate/numbers";
import { binary } from "../evaluate/operators";
import type { Machine } from "../state/machine";
import { NotStatic } from "../state/signals";
import { known, missing, scalar, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { allElements } from "./allElements";
import { firstArray, layoutLike } from "./dense";
import { apply } from "./iteration";
import { elementAt } from "./lists";
import { copyInto, storeElement } from "./store";

/** The elements in order, as a list of their own. */
export function sorted(machine: Machine, list: ListValue, compare: Value | undefined, node: Node): ListValue {
  const elements = allElements(machine, list, node);
  let ordered: Value[] = [];
  if (elements.length < 2) return machine.listOf(elements, list.typed);
  const isKnown = tryStatic(machine, () => { ordered = [...elements].sort((a, b) => knownOrder(machine, list, compare, a, b, node)); });
  return isKnown ? machine.listOf(ordered, list.typed) : byRank(machine, list, elements, compare, node);
}

function knownOrder(machine: Machine, list: ListValue, compare: Value | undefined, a: Value, b: Value, node: Node): number {
  if (compare && compare !== missing) {
    const order = apply(machine, compare, [a, b], node);
    if (order.kind !== "static") throw new NotStatic("order");
    return Number(order.value);
  }
  if (a.kind !== "static" || b.kind !== "static") throw new NotStatic("order");
  if (list.typed) return Number(a.value) - Number(b.value);
  return String(a.value) < String(b.value) ? -1 : String(a.value) > String(b.value) ? 1 : 0;
}

/**
 * Where the order is known only at run time, each element counts how many go before it, and that is its place: n² comparisons
 * that all stand by themselves, so the derivative needs the n places and nothing else. Equal elements keep their order.
 */
function byRank(machine: Machine, list: ListValue, elements: readonly Value[], compare: Value | undefined, node: Node): ListValue {
  if ((!compare || compare === missing) && !list.typed) {
    throw machine.refuse(node, "E112", "Without a function, sort compares numbers as text.", "Say how: sort((a, b) => a - b).");
  }
  const count = elements.length;
  const [first = missing] = elements;
  const layout = layoutLike(machine, first, [count], "unsorted", node);
  const source = machine.list({ kind: "dense", layout: { kind: "list", length: count, element: layout }, prefix: [] });
  copyInto(machine, { kind: "list", length: count, element: layout }, [], list, node);
  const result = machine.list({ kind: "dense", layout: { kind: "list", length: count, element: layoutLike(machine, first, [count], "sorted", node) }, prefix: [] }, list.typed);
  boundLike(machine, elements, [source, result]);
  const order = (a: Value, b: Value): Value => (compare && compare !== missing ? apply(machine, compare, [a, b], node) : binary(machine, "-", a, b, node));
  runRange(machine, {
    node, carried: [], range: { from: int(0), to: int(count), step: 1 },
    body: (at) => {
      const own = machine.freeze(elementAt(machine, source, at, node));
      const rank = machine.local("i32", "rank");
      machine.emit(assign(rank, int(0)));
      const countWhere = (from: Expression, to: Expression, isBefore: (order: Expression) => Expression): void => {
        runRange(machine, {
          node, carried: [], range: { from, to, step: 1 },
          body: (other) => {
            const outcome = asNumber(machine, order(machine.freeze(elementAt(machine, source, other, node)), own), node);
            if (outcome.kind === "scalar" ? outcome.type === "bool" : typeof outcome.value === "boolean") {
              throw machine.refuse(node, "E101", "The function that compares gives true or false, where sort needs a number below or above 0.", "Write (a, b) => a - b.");
            }
            machine.emit(assign(rank, call("addInt", [read(rank), select(isBefore(asFloat(machine, outcome, node)), int(1), int(0))])));
          },
        });
      };
      const here = at.kind === "scalar" ? at.expression : int(Number(at.kind === "static" ? at.value : 0));
      const zero = { kind: "constant" as const, type: "f64" as const, value: 0 };
      countWhere(int(0), here, (value) => call("not", [call("greater", [value, zero])]));
      countWhere(call("addInt", [here, int(1)]), int(count), (value) => call("less", [value, zero]));
      machine.facts.bound(rank, [0, count - 1]);
      storeElement(machine, result, scalar(machine.named(read(rank))), own, node);
    },
  });
  return result;
}

/** Whole numbers stay whole numbers of the same range: indices that were sorted are still indices. */
function boundLike(machine: Machine, elements: readonly Value[], lists: readonly ListValue[]): void {
  const numbers = elements.map((element) => (element.kind === "static" ? Number(element.value) : NaN));
  if (!numbers.every((number) => Number.isInteger(number))) return;
  for (const { state } of lists) {
    const array = state.content.kind === "dense" ? firstArray(state.content.layout) : undefined;
    if (array) machine.facts.boundData(array, [Math.min(...numbers), Math.max(...numbers)]);
  }
}

/** `list.sort(…)`: the elements change places in the array itself. */
export function sortInPlace(machine: Machine, list: ListValue, compare: Value | undefined, node: Node, replace: (elements: readonly Value[]) => void): ListValue {
  const ordered = sorted(machine, list, compare, node);
  if (ordered.state.content.kind === "cells") {
    replace(allElements(machine, ordered, node));
    return list;
  }
  const region = machine.regions.at(-1);
  if (list.state.content.kind === "cells" && !(region && list.state.birth < region.birth)) {
    machine.elementWrites++;
    machine.journal.setList(list.state, ordered.state.content);
    return list;
  }
  allElements(machine, ordered, node).map((element) => machine.freeze(element)).forEach((element, i) => storeElement(machine, list, known(i), element, node));
  return list;
}
