import { errorName } from "../library/globals";
import { callFunction } from "./calls";
import { evaluate, evaluateAssigned, makeFunction } from "./expressions";
import { Slot, type ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { fieldSlot, keyOfProperty } from "./members";
import { Scope } from "../state/scope";
import { runBlock } from "./statements";
import { boundNames, isClassNode, isFunctionNode, type ClassNode, type FunctionNode, type Node } from "../syntax/syntax";
import { describe, missing, type FunctionValue, type ObjectValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";

export function declareClass(machine: Machine, scope: Scope, node: ClassNode): void {
  const name = node.id?.name ?? "default";
  const slot = machine.slot(missing, name);
  scope.declare(name, slot);
  machine.journal.setValue(slot, classValue(machine, scope, node, name));
}

export function classValue(machine: Machine, outer: Scope, node: ClassNode, name: string): FunctionValue {
  const scope = new Scope(outer, outer.module, outer.frame);
  const parent = node.superClass ? evaluate(machine, outer, node.superClass) : undefined;
  const parentPrototype = parent?.kind === "function" ? prototypeOf(machine, parent) : undefined;
  const prototype: ObjectValue = {
    kind: "object", fields: new Slot("fields", new Map<string, ValueSlot>(), machine.now()), accessors: new Map(),
    ...(parentPrototype ? { prototype: parentPrototype } : {}),
  };
  const result: FunctionValue = {
    kind: "function", name, node, scope, properties: new Slot("fields", new Map([["prototype", machine.slot(prototype)]]), machine.now()),
    ...(parent?.kind === "function" ? { parent } : {}),
  };
  machine.constructors.set(prototype, result);
  if (parent?.kind === "native" && parent.name === errorName) machine.errors.add(prototype);
  else if (parent && parent.kind !== "function" && !(parent.kind === "static" && parent.value === null)) {
    throw machine.refuse(node.superClass ?? node, "E101", `A class cannot extend ${describe(parent)} here.`, "Keep an array or a number in a field instead.");
  }
  if (node.id) scope.declare(node.id.name, machine.slot(result, node.id.name));
  for (const member of node.body.body) {
    if (member.type !== "ClassMethod" && member.type !== "ClassPrivateMethod") continue;
    if (member.kind === "constructor" || ("abstract" in member && member.abstract)) continue;
    const key = memberKey(machine, scope, member);
    const holder = member.static ? result : prototype;
    const method = makeFunction(machine, scope, member, key, prototype);
    if (member.kind === "get" || member.kind === "set") {
      if (holder.kind === "object") holder.accessors?.set(`${member.kind} ${key}`, method);
      else if (member.kind === "get") machine.staticGetters.set(result, new Map([...(machine.staticGetters.get(result) ?? []), [key, method]]));
    } else setSlot(machine, fieldSlot(machine, holder, key), method, member);
  }
  const statics = new Scope(scope, scope.module, { ...scope.frame, self: result, home: prototype });
  for (const member of node.body.body) {
    if (member.type === "StaticBlock") runBlock(machine, statics, member.body);
    if ((member.type === "ClassProperty" || member.type === "ClassPrivateProperty") && member.static) {
      const key = memberKey(machine, statics, member);
      setSlot(machine, fieldSlot(machine, result, key), member.value ? machine.freeze(evaluateAssigned(machine, statics, member.value, key)) : missing, member);
    }
  }
  return result;
}

function memberKey(machine: Machine, scope: Scope, member: Node): string {
  switch (member.type) {
    case "ClassMethod":
    case "ClassProperty": {
      const key = keyOfProperty(machine, scope, member);
      return typeof key === "string" ? key : "";
    }
    case "ClassPrivateMethod":
    case "ClassPrivateProperty": return `#${member.key.id.name}`;
    default: return "";
  }
}

/** `F.prototype`, made when it is first asked for. */
export function prototypeOf(machine: Machine, target: FunctionValue): ObjectValue {
  const held = target.properties.content.get("prototype")?.content;
  if (held?.kind === "object") return held;
  const prototype = machine.object(new Map());
  machine.constructors.set(prototype, target);
  const slot = fieldSlot(machine, target, "prototype");
  machine.journal.setValue(slot, prototype);
  return prototype;
}

export function instantiate(machine: Machine, target: FunctionValue, args: readonly Value[], node: Node): Value {
  const self: ObjectValue = { kind: "object", fields: new Slot("fields", new Map<string, ValueSlot>(), machine.now()), prototype: prototypeOf(machine, target) };
  const replaced = classConstructor(machine, target, self, args, node);
  return replaced ?? self;
}

export function setMessage(machine: Machine, self: ObjectValue, [message = missing]: readonly Value[], node: Node): void {
  setSlot(machine, fieldSlot(machine, self, "message"), message, node);
}

/** Fields, then the constructor; of a derived class the parent's first, at its `super(…)`. */
export function classConstructor(machine: Machine, target: FunctionValue, self: ObjectValue, args: readonly Value[], node: Node): Value | undefined {
  if (!isClassNode(target.node)) {
    const result = callFunction(machine, target, args, node, self);
    return result.kind === "object" || result.kind === "list" ? result : undefined;
  }
  const { body } = target.node.body;
  const constructor = body.find((member): member is FunctionNode & { type: "ClassMethod" } => member.type === "ClassMethod" && member.kind === "constructor" && isFunctionNode(member) && member.body !== undefined);
  const prototype = prototypeOf(machine, target);
  if (!target.parent) initializeFields(machine, target, self, prototype);
  if (!constructor) {
    if (machine.errors.has(prototype)) setMessage(machine, self, args, node);
    if (target.parent) {
      classConstructor(machine, target.parent, self, args, node);
      initializeFields(machine, target, self, prototype);
    }
    return undefined;
  }
  const given = withDefaults(machine, target.scope, constructor.params, args);
  constructor.params.forEach((param, i) => {
    if (param.type !== "TSParameterProperty") return;
    const [name] = boundNames(param);
    const value = given[i];
    if (name && value?.kind === "list" && !machine.labels.has(value)) machine.labels.set(value, name);
    if (name) setSlot(machine, fieldSlot(machine, self, name), machine.freeze(given[i] ?? missing), param);
  });
  const method = makeFunction(machine, target.scope, constructor, target.name, prototype);
  if (target.parent) machine.afterSuper.set(self, () => initializeFields(machine, target, self, prototype));
  const result = callFunction(machine, method, given, node, self);
  return result.kind === "object" ? result : undefined;
}

/** A default of a parameter property is made once, for the field and the parameter are the same object; it may use the parameters before it. */
function withDefaults(machine: Machine, outer: Scope, params: readonly Node[], args: readonly Value[]): readonly Value[] {
  if (!params.some((param) => param.type === "TSParameterProperty" && param.parameter.type === "AssignmentPattern")) return args;
  const scope = new Scope(outer, outer.module, outer.frame);
  const filled = [...args];
  params.forEach((param, i) => {
    const pattern = param.type === "TSParameterProperty" ? param.parameter : param;
    const bare = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
    if (bare.type !== "Identifier") return;
    const given = args[i] ?? missing;
    const value = given.kind === "static" && given.value === undefined && pattern.type === "AssignmentPattern" ? evaluate(machine, scope, pattern.right) : given;
    const frozen = machine.freeze(value, bare.name);
    scope.declare(bare.name, machine.slot(frozen, bare.name));
    if (i < args.length || pattern.type === "AssignmentPattern") filled[i] = frozen;
  });
  return filled;
}

function initializeFields(machine: Machine, target: FunctionValue, self: ObjectValue, prototype: ObjectValue): void {
  if (!isClassNode(target.node)) return;
  const scope = new Scope(target.scope, target.scope.module, { ...target.scope.frame, self, home: prototype });
  const outer = machine.frame;
  for (const member of target.node.body.body) {
    if ((member.type !== "ClassProperty" && member.type !== "ClassPrivateProperty") || member.static) continue;
    if ("declare" in member && member.declare) continue;
    const key = memberKey(machine, scope, member);
    const value = member.value ? machine.freeze(evaluateAssigned(machine, scope, member.value, key)) : missing;
    if (value.kind === "list") machine.labels.set(value, key.replace("#", ""));
    setSlot(machine, fieldSlot(machine, self, key), value, member);
  }
  machine.frame = outer;
}

