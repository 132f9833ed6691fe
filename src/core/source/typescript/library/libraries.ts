import { callValue } from "../evaluate/calls";
import { iterableOf } from "../lists/iterables";
import { elementAt, elementsOf, lengthOf, lengthValue } from "../lists/lists";
import { runOver } from "../evaluate/loops";
import type { Machine } from "../state/machine";
import { mathMember } from "./mathLibrary";
import { getMember } from "../evaluate/members";
import { binary } from "../evaluate/numbers";
import { propertiesOf } from "../lists/properties";
import type { Node } from "../syntax/syntax";
import { known, missing, type NativeCall, type Value } from "../state/values";
import { setSlot } from "../state/variables";

/** What a few well-known libraries do, by name. Any other call into a library is refused. */
const lodash: Record<string, NativeCall> = {
  sum: (machine, [list = missing], node) => total(machine, list, node),
  sumBy: (machine, [list = missing, key], node) => total(machine, list, node, key),
  mean: (machine, [list = missing], node) => binary(machine, "/", total(machine, list, node), lengthValue(iterableOf(machine, list, node)), node),
  meanBy: (machine, [list = missing, key], node) => binary(machine, "/", total(machine, list, node, key), lengthValue(iterableOf(machine, list, node)), node),
  isEmpty: (machine, [value = missing]) => {
    if (value.kind === "list") return known(lengthOf(value) === 0);
    if (value.kind === "static" && typeof value.value === "string") return known(value.value.length === 0);
    return known((propertiesOf(value)?.size ?? 0) === 0 && machine.regions.length >= 0);
  },
  size: (machine, [list = missing], node) => lengthValue(iterableOf(machine, list, node)),
  range: (machine, args, node) => {
    const numbers = args.map((arg) => (arg.kind === "static" ? Number(arg.value) : NaN));
    if (numbers.some(Number.isNaN)) throw machine.refuse(node, "E108", "The bounds of a range must be known before the function runs.");
    const [from = 0, to = from, step = 1] = numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : numbers;
    return machine.listOf(Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => known(from + i * step)));
  },
  zip: (machine, lists, node) => {
    const rows = lists.map((list) => elementsOf(machine, iterableOf(machine, list, node)) ?? []);
    const most = Math.max(0, ...rows.map((row) => row.length));
    return machine.listOf(Array.from({ length: most }, (_, i) => machine.listOf(rows.map((row) => row[i] ?? missing))));
  },
  head: (machine, [list = missing], node) => elementAt(machine, iterableOf(machine, list, node), known(0), node),
  last: (machine, [list = missing], node) => {
    const each = iterableOf(machine, list, node);
    return elementAt(machine, each, binary(machine, "-", lengthValue(each), known(1), node), node);
  },
};

const numeric: Record<string, NativeCall> = {
  sum: (machine, args, node) => total(machine, args.length > 1 ? machine.listOf(args) : args[0] ?? missing, node),
  mean: (machine, args, node) => {
    const list = args.length > 1 ? machine.listOf(args) : args[0] ?? missing;
    return binary(machine, "/", total(machine, list, node), lengthValue(iterableOf(machine, list, node)), node);
  },
  square: (machine, [x = missing], node) => binary(machine, "*", x, x, node),
  cube: (machine, [x = missing], node) => binary(machine, "**", x, known(3), node),
  add: (machine, [a = missing, b = missing], node) => binary(machine, "+", a, b, node),
  subtract: (machine, [a = missing, b = missing], node) => binary(machine, "-", a, b, node),
  multiply: (machine, [a = missing, b = missing], node) => binary(machine, "*", a, b, node),
  divide: (machine, [a = missing, b = missing], node) => binary(machine, "/", a, b, node),
  dot: (machine, [a = missing, b = missing], node) => {
    const other = iterableOf(machine, b, node);
    return total(machine, a, node, undefined, (element, index) => binary(machine, "*", element, elementAt(machine, other, index, node), node));
  },
};

const libraries: Record<string, Record<string, NativeCall>> = { lodash, "lodash-es": lodash, underscore: lodash, mathjs: numeric, numeric };

/** `name` of the library; "*" and "default" are the library itself. */
export function libraryValue(from: string, name: string): Value | undefined {
  const [base = from, path] = /^(lodash|lodash-es)\/(\w+)$/.exec(from)?.slice(1) ?? [from];
  const library = Object.hasOwn(libraries, base) ? libraries[base] : undefined;
  if (!library) return undefined;
  const member = (machine: Machine | undefined, key: string, node: Node | undefined): Value | undefined => {
    const use = Object.hasOwn(library, key) ? library[key] : undefined;
    if (use) return { kind: "native", name: `${base}.${key}`, call: use };
    if (library !== numeric || !machine || !node) return undefined;
    return key === "pi" ? known(Math.PI) : key === "e" ? known(Math.E) : mathMember(machine, key, node);
  };
  if (path) return member(undefined, path, undefined);
  if (name !== "*" && name !== "default") {
    return member(undefined, name, undefined) ?? {
      kind: "native", name: `${base}.${name}`,
      call: (machine, args, node) => {
        const found = member(machine, name, node);
        if (found?.kind === "native" && found.call) return found.call(machine, args, node, undefined);
        throw machine.refuse(node, "E103", `"${name}" of "${base}" is not known here.`, "Write the few lines it does in this file.");
      },
    };
  }
  return { kind: "native", name: base, get: (machine, key, node) => member(machine, key, node) };
}

function total(machine: Machine, list: Value, node: Node, key?: Value, pick?: (element: Value, index: Value) => Value): Value {
  const slot = machine.slot(known(0), "sum");
  runOver(machine, iterableOf(machine, list, node), {
    node, carried: [slot],
    body: (element, index) => {
      if (index.kind === "static" && index.value === 0) machine.journal.setValue(slot, known(0));
      const amount = pick ? pick(element, index) : !key ? element : key.kind === "static" ? getMember(machine, element, key, node) : callValue(machine, key, [element], node);
      const next = binary(machine, "+", slot.content, amount, node);
      if (index.kind === "scalar") setSlot(machine, slot, next, node);
      else machine.journal.setValue(slot, machine.freeze(next));
    },
  });
  return slot.content;
}
