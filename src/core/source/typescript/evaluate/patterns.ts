import { wantField, wantList } from "../arguments/holes";
import { evaluate } from "./expressions";
import { allElements } from "../lists/allElements";
import { elementAt } from "../lists/lists";
import type { Machine } from "../state/machine";
import { getMember, keyOfProperty } from "./members";
import { propertiesOf } from "../lists/properties";
import type { Scope } from "../state/scope";
import type { Node } from "../syntax/syntax";
import { known, type ListValue, type Value } from "../state/values";
import { isAbsent } from "./numbers";
import { conditional } from "./control";
import { iterableOf } from "../lists/iterables";
import { call } from "../../../ir/build";
import { scalar } from "../state/values";
import { Slot } from "../state/journal";

export type Bind = (name: string, value: Value, node: Node) => void;

/** Takes a value apart. `bind` declares or assigns each name. */
export function bindPattern(machine: Machine, scope: Scope, pattern: Node, value: Value, bind: Bind, assignTo?: (target: Node, value: Value) => void): void {
  switch (pattern.type) {
    case "Identifier": return bind(pattern.name, value, pattern);
    case "TSParameterProperty": return bindPattern(machine, scope, pattern.parameter, value, bind, assignTo);
    case "AssignmentPattern":
      return bindPattern(machine, scope, pattern.left, withDefault(machine, scope, value, pattern.right), bind, assignTo);
    case "ArrayPattern": {
      const positions = pattern.elements.filter((element) => element?.type !== "RestElement").length;
      if (value.kind === "hole") wantList(machine, value, positions);
      const list = iterableOf(machine, value, pattern);
      pattern.elements.forEach((element, i) => {
        if (!element) return;
        if (element.type === "RestElement") {
          bindPattern(machine, scope, element.argument, restOf(machine, list, i, element), bind, assignTo);
          return;
        }
        bindPattern(machine, scope, element, elementAt(machine, list, known(i), element), bind, assignTo);
      });
      return;
    }
    case "ObjectPattern": {
      const taken: string[] = [];
      for (const property of pattern.properties) {
        if (property.type === "RestElement") {
          const rest = [...(propertiesOf(value) ?? [])].filter(([name]) => !taken.includes(name));
          const fields = new Map(rest.map(([name, read]) => [name, machine.slot(read(machine), name)]));
          bindPattern(machine, scope, property.argument, { kind: "object", fields: new Slot("fields", fields, machine.now()) }, bind, assignTo);
          continue;
        }
        const key = keyOfProperty(machine, scope, property);
        if (typeof key === "string") taken.push(key);
        const hasDefault = property.value.type === "AssignmentPattern";
        if (value.kind === "hole") wantField(machine, value, typeof key === "string" && !hasDefault ? key : undefined);
        const part = machine.tolerating(hasDefault, () => getMember(machine, value, typeof key === "string" ? known(key) : key, property));
        bindPattern(machine, scope, property.value, part, bind, assignTo);
      }
      return;
    }
    default:
      if (!assignTo) throw machine.refuse(pattern, "E101", "This pattern is not supported.");
      assignTo(pattern, value);
  }
}

export function withDefault(machine: Machine, scope: Scope, value: Value, fallback: Node): Value {
  if (value.kind === "static" && value.value === undefined) return evaluate(machine, scope, fallback);
  if (value.kind === "scalar" && isAbsent(value) && value.type === "f64") {
    return conditional(machine, scalar(call("isNaN", [value.expression])), fallback, () => evaluate(machine, scope, fallback), () => ({ ...scalar(value.expression) }));
  }
  return value;
}

function restOf(machine: Machine, list: ListValue, from: number, node: Node): Value {
  return machine.listOf(allElements(machine, list, node).slice(from));
}
