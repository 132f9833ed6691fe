import { callFunction } from "./calls";
import { prototypeOf } from "./classes";
import { allElements } from "../lists/allElements";
import { iterableOf } from "../lists/iterables";
import type { Machine } from "../state/machine";
import { isFunctionNode, type Node } from "../syntax/syntax";
import { known, missing, type FunctionValue, type NativeValue, type Value } from "../state/values";

export function functionMember(machine: Machine, target: FunctionValue, key: Value, node: Node): Value {
  if (key.kind !== "static") throw machine.refuse(node, "E107", "Which field is meant is known only at run time.");
  const name = String(key.value);
  for (let at: FunctionValue | undefined = target; at; at = at.parent) {
    const own = at.properties.content.get(name);
    if (own) return own.content;
    const getter = machine.staticGetters.get(at)?.get(name);
    if (getter) return callFunction(machine, getter, [], node, target);
  }
  switch (name) {
    case "prototype": return prototypeOf(machine, target);
    case "name": return known(target.name);
    case "length": return known(isFunctionNode(target.node) ? target.node.params.length : 0);
    case "call": return { kind: "native", name, call: (at, [self, ...args], where) => callFunction(at, target, args, where, self) };
    case "apply": return {
      kind: "native", name,
      call: (at, [self, list], where) => callFunction(at, target, list ? allElements(at, iterableOf(at, list, where), where) : [], where, self),
    };
    case "bind": return {
      kind: "native", name,
      call: (_at, [self, ...args]) => ({ ...target, ...(self ? { boundThis: self } : {}), boundArgs: [...(target.boundArgs ?? []), ...args] }),
    };
    default: return missing;
  }
}

/** `Math.max.apply(null, xs)`, `[].slice.call(arguments)`. */
export function nativeMember({ name, call, over }: NativeValue, key: string): Value | undefined {
  if (!call) return undefined;
  switch (key) {
    case "call": return { kind: "native", name, call: (machine, [self, ...args], node) => call(machine, args, node, self) };
    case "apply": return {
      kind: "native", name,
      call: (machine, [self, given], node) => {
        const list = given && iterableOf(machine, given, node);
        return (list && over?.(machine, list, node)) ?? call(machine, list ? allElements(machine, list, node) : [], node, self);
      },
    };
    case "bind": return { kind: "native", name, call: (_machine, [self, ...bound]) => ({ kind: "native", name, call: (machine, args, node) => call(machine, [...bound, ...args], node, self) }) };
    default: return undefined;
  }
}
