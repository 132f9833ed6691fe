import { instantiate, prototypeOf } from "./classes";
import { evaluate, makeFunction } from "./expressions";
import type { FunctionEntry } from "../syntax/functions";
import type { Machine } from "../state/machine";
import type { Module } from "../syntax/module";
import { Refusal } from "../syntax/refusal";
import { Scope, type Frame } from "../state/scope";
import { Signal } from "../state/signals";
import { declareVariable, hoist, hoistVars, runStatement } from "./statements";
import { boundNames, isClassNode, isFunctionNode, type FunctionNode } from "../syntax/syntax";
import { known, missing, type FunctionValue, type ObjectValue, type Value } from "../state/values";

export interface Callee {
  readonly target: FunctionValue;
  readonly self?: Value;
}

/** The function as a value, with the object it is a method of. */
export function calleeOf(machine: Machine, module: Module, scope: Scope, entry: FunctionEntry): Callee {
  const around = entry.enclosing.reduce((outer, node) => scopeInside(machine, module, outer, node), scope);
  const named = around.find(entry.shortName)?.content;
  if (named?.kind === "function" && named.node === entry.node && entry.ownerName === undefined) return { target: named };
  const held = search(around, entry.node);
  if (held?.holder && held.isPrototype) return { target: held.target, self: instanceOf(machine, around, held.holder, entry) };
  if (held) return { target: held.target, ...(held.holder ? { self: held.holder } : {}) };
  return { target: exported(machine, module, scope, entry) ?? makeFunction(machine, around, entry.node, entry.shortName) };
}

/** `exports.loss = makeLoss(data)`: a function that only its export holds. */
function exported(machine: Machine, module: Module, scope: Scope, entry: FunctionEntry): FunctionValue | undefined {
  const node = module.exports.get(entry.shortName);
  if (typeof node !== "object" || node.type !== "CallExpression") return undefined;
  machine.staticOnly++;
  try {
    const value = evaluate(machine, scope, node);
    return value.kind === "function" && value.node === entry.node ? value : undefined;
  } finally {
    machine.staticOnly--;
  }
}

/** The names inside a function that is not called, only looked into: its parameters have no values. */
export function scopeInside(machine: Machine, module: Module, outer: Scope, node: FunctionNode): Scope {
  const frame: Frame = { name: "", result: machine.slot(missing), returned: machine.slot(known(false)), birth: machine.now(), args: [], jumps: [] };
  const scope = new Scope(outer, module, frame);
  for (const name of node.params.flatMap(boundNames)) {
    declareVariable(machine, scope, name, {
      kind: "poison", what: "a parameter of the function around",
      fail: (use) => { throw machine.refuse(use, "E102", `"${name}" is a parameter of the function around this one and has no value here.`, "Choose the outer function, or pass it as a parameter."); },
    });
  }
  if (node.body.type !== "BlockStatement") return scope;
  const before = { frame: machine.frame, module: machine.module };
  machine.frame = frame;
  machine.module = module;
  machine.staticOnly++;
  try {
    hoistVars(machine, scope, node.body);
    hoist(machine, scope, node.body.body);
    for (const statement of node.body.body) {
      if (statement.type === "ReturnStatement") break;
      try {
        runStatement(machine, scope, statement);
      } catch (problem) {
        // What needs the parameters is not there; that is said where it is used.
        if (!(problem instanceof Refusal || problem instanceof Signal)) throw problem;
      }
    }
  } finally {
    machine.staticOnly--;
    machine.frame = before.frame;
    machine.module = before.module;
  }
  return scope;
}

interface Held {
  readonly target: FunctionValue;
  readonly holder?: ObjectValue | FunctionValue;
  readonly isPrototype: boolean;
}

/** Looks through what the names in reach hold. */
function search(scope: Scope, node: FunctionNode): Held | undefined {
  const seen = new Set<Value>();
  const visit = (value: Value, holder: ObjectValue | FunctionValue | undefined, isPrototype: boolean): Held | undefined => {
    if (seen.has(value) || seen.size > 10_000) return undefined;
    seen.add(value);
    if (value.kind === "function") {
      if (value.node === node) return { target: value, isPrototype, ...(holder ? { holder } : {}) };
      for (const [name, slot] of value.properties.content) {
        const isProto = name === "prototype";
        const inner = slot.content;
        const found = isProto && inner.kind === "object" ? fieldsOf(inner, true) : visit(inner, value, false);
        if (found) return found;
      }
      return undefined;
    }
    return value.kind === "object" ? fieldsOf(value, false) ?? inherited(value) : undefined;
  };
  /** A method of its class, where no name in reach is the class's own. */
  const inherited = (object: ObjectValue): Held | undefined => {
    for (let at = object.prototype; at; at = at.prototype) {
      for (const slot of at.fields.content.values()) {
        const target = slot.content;
        if (target.kind === "function" && target.node === node) return { target, holder: object, isPrototype: false };
      }
    }
    return undefined;
  };
  const fieldsOf = (object: ObjectValue, isPrototype: boolean): Held | undefined => {
    for (const slot of object.fields.content.values()) {
      const found = visit(slot.content, object, isPrototype);
      if (found) return found;
    }
    for (const accessor of object.accessors?.values() ?? []) if (accessor.node === node) return { target: accessor, holder: object, isPrototype };
    return undefined;
  };
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const slot of at.slots()) {
      const found = visit(slot.content, undefined, false);
      if (found) return found;
    }
  }
  return undefined;
}

function inherits(object: ObjectValue, prototype: ObjectValue | FunctionValue): boolean {
  for (let at = object.prototype; at; at = at.prototype) if (at === prototype) return true;
  return false;
}

/** An object of the class: one the module makes, or a new one made without arguments. */
function instanceOf(machine: Machine, scope: Scope, prototype: ObjectValue | FunctionValue, entry: FunctionEntry): Value {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const slot of at.slots()) if (slot.content.kind === "object" && inherits(slot.content, prototype)) return slot.content;
  }
  const target = prototype.kind === "object" ? machine.constructors.get(prototype) : undefined;
  if (!target || prototype.kind !== "object") return missing;
  const { body } = isClassNode(target.node) ? target.node.body : { body: [] };
  const constructor = body.find((member) => member.type === "ClassMethod" && member.kind === "constructor");
  const params = constructor?.type === "ClassMethod" ? constructor.params : isFunctionNode(target.node) ? target.node.params : [];
  if (params.some((param) => param.type !== "AssignmentPattern" && !(param.type === "TSParameterProperty" && param.parameter.type === "AssignmentPattern"))) {
    const span = { start: entry.span.start, end: entry.node.body.start ?? entry.span.end };
    throw new Refusal("E102", `"${entry.shortName}" is a method of ${target.name}, and no ${target.name} is made in this file.`, `Make one at the top of the file, as in const model = new ${target.name}(…).`, span);
  }
  const own = prototypeOf(machine, target);
  return own === prototype ? instantiate(machine, target, [], entry.node) : missing;
}
