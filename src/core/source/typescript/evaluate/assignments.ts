import { allElements } from "../lists/allElements";
import { detached } from "../lists/store";
import type { Machine } from "../state/machine";
import { inOrder } from "../state/order";
import type { Scope } from "../state/scope";
import { known, missing, type Value } from "../state/values";
import { setSlot } from "../state/variables";
import { bare, type Node } from "../syntax/syntax";
import { evaluate, evaluateAssigned } from "./expressions";
import { keyOf } from "./chain";
import { logical } from "./logical";
import { lookUp } from "./lookUp";
import { unlessThrown } from "./control";
import { getMember, setMember } from "./members";
import { binary } from "./operators";
import { bindPattern } from "./patterns";

export function update(machine: Machine, scope: Scope, node: Node & { type: "UpdateExpression" }): Value {
  const place = reference(machine, scope, node.argument);
  const before = place.get();
  const old = node.prefix ? before : keep(machine, before);
  const next = binary(machine, node.operator === "++" ? "+" : "-", before, known(1), node);
  place.set(next);
  return node.prefix ? place.get() : old;
}

/** The value as it is now, whatever is written next. */
function keep(machine: Machine, value: Value): Value {
  if (value.kind !== "scalar" || machine.dependence.isStable(value.expression) || machine.discards) return value;
  return { ...value, expression: machine.named(value.expression) };
}

interface Place {
  get(): Value;
  set(value: Value): void;
}

function reference(machine: Machine, scope: Scope, target: Node): Place {
  const node = bare(target);
  if (node.type === "Identifier") {
    return { get: () => lookUp(machine, scope, node), set: (value) => writeName(machine, scope, node, value) };
  }
  if (node.type === "MemberExpression") {
    const object = evaluate(machine, scope, node.object);
    const key = machine.freeze(keyOf(machine, scope, node));
    return { get: () => getMember(machine, object, key, node), set: (value) => setMember(machine, object, key, value, node) };
  }
  throw machine.refuse(node, "E101", "This cannot be assigned to.");
}

function writeName(machine: Machine, scope: Scope, node: Node & { type: "Identifier" }, value: Value): void {
  const slot = scope.find(node.name);
  if (!slot) throw machine.refuse(node, "E102", `"${node.name}" is not defined.`, "Declare it with let.");
  if (value.kind === "list" && !machine.labels.has(value)) machine.labels.set(value, node.name);
  setSlot(machine, slot, value, node);
}

/** Assigns to a name, an element, a field or a pattern. */
export function assignTo(machine: Machine, scope: Scope, target: Node, value: Value): void {
  const node = bare(target);
  if (node.type === "ArrayPattern" || node.type === "ObjectPattern" || node.type === "AssignmentPattern") {
    const isSwap = node.type === "ArrayPattern" && node.elements.some((element) => element?.type === "MemberExpression");
    const source = isSwap && value.kind === "list" ? machine.listOf(allElements(machine, value, node).map((element) => detached(machine, element, node))) : value;
    bindPattern(machine, scope, node, source, (_name, part, at) => assignTo(machine, scope, at, part), (at, part) => assignTo(machine, scope, at, part));
    return;
  }
  reference(machine, scope, node).set(value);
}

export function assignment(machine: Machine, scope: Scope, node: Node & { type: "AssignmentExpression" }): Value {
  const { operator, left, right } = node;
  if (operator === "=") {
    if (left.type === "MemberExpression") {
      const [object = missing, key = missing, value = missing] = inOrder(machine, [
        () => evaluate(machine, scope, left.object),
        () => machine.freeze(keyOf(machine, scope, left)),
        () => evaluateAssigned(machine, scope, right, undefined),
      ]);
      unlessThrown(machine, node, () => setMember(machine, object, key, value, node));
      return value;
    }
    const value = evaluateAssigned(machine, scope, right, left.type === "Identifier" ? left.name : undefined);
    if (left.type === "Identifier") {
      unlessThrown(machine, node, () => writeName(machine, scope, left, value));
      return lookUp(machine, scope, left);
    }
    unlessThrown(machine, node, () => assignTo(machine, scope, left, value));
    return value;
  }
  const place = reference(machine, scope, left);
  const binaryOperator = operator.slice(0, -1);
  if (binaryOperator === "&&" || binaryOperator === "||" || binaryOperator === "??") {
    const value = logical(machine, binaryOperator, () => place.get(), () => evaluate(machine, scope, right), node);
    place.set(value);
    return value;
  }
  const [before = missing, amount = missing] = inOrder(machine, [() => place.get(), () => evaluate(machine, scope, right)]);
  unlessThrown(machine, node, () => place.set(binary(machine, binaryOperator, before, amount, node)));
  return place.get();
}
