import { accumulate, assign, call, float, int, read, select } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { asFloat, asIndex } from "../evaluate/numbers";
import type { Machine } from "../state/machine";
import type { Node } from "../syntax/syntax";
import { scalar, type ListValue, type Value } from "../state/values";
import { forEachIndex } from "./dense";
import { isNumber } from "./layouts";
import { elementAt, lengthOf, lengthValue } from "./lists";

/** So many arguments are one expression; more are gone through in a loop. */
const few = 16;

/**
 * `Math.max(...list)` as loops; undefined where it is as well written out. The winner is found first, and passes on its slope
 * to all that are equal to it, in equal shares.
 */
export function extreme(machine: Machine, name: "max" | "min", list: ListValue, node: Node): Value | undefined {
  const length = lengthOf(list);
  if (machine.staticOnly > 0 || !isOfNumbers(list) || (length !== undefined && length <= few)) return undefined;
  const span = machine.spanOf(node);
  const count = length === undefined ? asIndex(machine, lengthValue(list), node) : int(length);
  const element = (index: Expression): Expression => asFloat(machine, elementAt(machine, list, scalar(index), node), node);
  const nothing = float(name === "max" ? -Infinity : Infinity);
  const winner = machine.local("f64", name);
  machine.emit(assign(winner, nothing));
  forEachIndex(machine, count, (index) => machine.emit(assign(winner, call(name, [read(winner), element(index)], span))));
  const [ties, sum] = [machine.local("f64", "ties"), machine.local("f64", "sum")];
  for (const local of [ties, sum]) machine.emit(assign(local, float(0)));
  forEachIndex(machine, count, (index) => {
    const own = machine.named(element(index));
    const wins = call("equal", [own, read(winner)]);
    machine.emit(accumulate(ties, select(wins, float(1), float(0))));
    machine.emit(accumulate(sum, select(wins, own, float(0))));
  });
  const shared = call("steady", [read(winner), call("divide", [read(sum), read(ties)])], span);
  return scalar(machine.named(length === undefined ? select(call("equal", [read(winner), nothing]), nothing, shared) : shared));
}

/** Some of which depend on the unknowns: of others the winner is known now. */
function isOfNumbers(list: ListValue): boolean {
  const state = list.state.content;
  if (state.kind === "pending" || state.kind === "numbers") return false;
  if (state.kind === "dense") return state.layout.element.kind === "leaf" && state.layout.element.type === "f64";
  const values = state.cells.map((cell) => cell.content);
  return values.every(isNumber) && values.some((value) => value.kind === "scalar");
}
