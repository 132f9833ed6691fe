import { classConstructor, instantiate, setMessage } from "./classes";
import { evaluate, spread } from "./expressions";
import { keyOf, link, superPrototype } from "./chain";
import { unlessThrown } from "./control";
import { allElements } from "../lists/allElements";
import { iterableOf } from "../lists/iterables";
import type { Machine } from "../state/machine";
import { getMember } from "./members";
import { isAbsent } from "./numbers";
import { inOrder } from "../state/order";
import { bindPattern } from "./patterns";
import { Refusal } from "../syntax/refusal";
import { Scope, type Frame } from "../state/scope";
import { Signal } from "../state/signals";
import { bindVariable, declareVariable, hoist, hoistVars, runStatements } from "./statements";
import type { Span } from "../../positions";
import { addNames } from "../syntax/declarations";
import { boundNames, isFunctionNode, walk, type Node } from "../syntax/syntax";
import { describe, known, missing, type FunctionValue, type ListValue, type Value } from "../state/values";

const maxDepth = 64;
const maxDecidedDepth = 160;
const maxStaticDepth = 400;
/** What a call takes, in steps: a scope, a frame, the arguments' names; and where it is written out, their statements. */
const callCost = 3;
const inlinedCost = 14;

export function callExpression(machine: Machine, scope: Scope, node: Node & { type: "CallExpression" | "OptionalCallExpression" }): Value | undefined {
  const { callee } = node;
  if (callee.type === "V8IntrinsicIdentifier" || callee.type === "Import") throw machine.refuse(node, "E101", "This call is not supported.");
  if (callee.type === "Super") return superCall(machine, scope, node);
  let self: Value | undefined;
  let target: Value | undefined;
  if (callee.type === "MemberExpression" || callee.type === "OptionalMemberExpression") {
    if (isLog(callee)) {
      if (machine.watch) watchLogged(machine, scope, node);
      machine.note(node, "I301", "This log is left out: it changes no result.");
      return missing;
    }
    const isSuper = callee.object.type === "Super";
    const object = isSuper ? superPrototype(scope) : link(machine, scope, callee.object);
    if (!object) return undefined;
    if (callee.type === "OptionalMemberExpression" && callee.optional && object.kind === "static" && isAbsent(object)) return undefined;
    self = isSuper ? scope.frame.self ?? object : object;
    const key = keyOf(machine, scope, callee);
    target = getMember(machine, object, key, callee.property, self);
    if (target.kind === "static" && target.value === undefined && !(node.type === "OptionalCallExpression" && node.optional)) {
      const name = key.kind === "static" ? String(key.value) : "This";
      throw machine.refuse(callee.property, "E103", `"${name}" is not a function of ${describe(object)} that is known here.`, "Write it out, or use a function of Math.");
    }
  } else target = link(machine, scope, callee);
  if (!target) return undefined;
  if (node.type === "OptionalCallExpression" && node.optional && isAbsent(target)) return undefined;
  const holder = self;
  if (holder?.kind === "scalar") self = inOrder(machine, [() => holder])[0];
  const whole = target.kind === "native" && target.over ? soleSpread(machine, scope, node) : undefined;
  const found = whole && target.kind === "native" ? target.over?.(machine, whole, node) : undefined;
  if (found) return found;
  const thrown = machine.catchers.at(-1)?.thrown;
  const before = thrown?.content;
  const args = whole ? allElements(machine, whole, node) : spread(machine, scope, node.arguments.filter((each) => each.type !== "ArgumentPlaceholder"));
  const called = target;
  // Of a callback the place is the user's own line; a function that is called by its name is gone into.
  const apply = (): Value => (called.kind === "function" ? callFunction(machine, called, args, node, self, machine.spanOf(node)) : callValue(machine, called, args, node, self));
  if (thrown?.content === before) return apply();
  // An argument may have thrown: then there is no call.
  let result: Value = missing;
  unlessThrown(machine, node, () => { result = apply(); });
  return result;
}

/** The list of `f(...list)`. */
function soleSpread(machine: Machine, scope: Scope, { arguments: given }: Node & { type: "CallExpression" | "OptionalCallExpression" }): ListValue | undefined {
  const [only] = given;
  return given.length === 1 && only?.type === "SpreadElement" ? iterableOf(machine, evaluate(machine, scope, only.argument), only.argument) : undefined;
}

/** `console.log(loss(0.5, 1))` shows how the function is called, whether or not what it prints can be made out. */
function watchLogged(machine: Machine, scope: Scope, node: Node & { type: "CallExpression" | "OptionalCallExpression" }): void {
  for (const arg of node.arguments) {
    try {
      if (arg.type !== "ArgumentPlaceholder") evaluate(machine, scope, arg.type === "SpreadElement" ? arg.argument : arg);
    } catch (problem) {
      if (!(problem instanceof Refusal || problem instanceof Signal)) throw problem;
    }
  }
}

function isLog(callee: Node & { type: "MemberExpression" | "OptionalMemberExpression" }): boolean {
  return callee.object.type === "Identifier" && callee.object.name === "console";
}

export function callValue(machine: Machine, target: Value, args: readonly Value[], node: Node, self?: Value): Value {
  switch (target.kind) {
    case "function": return callFunction(machine, target, args, node, self);
    case "native":
      if (!target.call) throw machine.refuse(node, "E103", `${target.name} is not a function that is known here.`, "Write it out.");
      return target.call(machine, args, node, self);
    case "hole": throw machine.refuse(node, "E107", `"${target.path}" is called as a function, and it is a parameter.`, "Use a function that takes numbers only.");
    case "poison": return target.fail(node);
    default: throw machine.refuse(node, "E103", `This is ${describe(target)}, not a function.`);
  }
}

/** Inlines a function of the user's: reads its body with the arguments in place. `call` is where it is called by its name. */
export function callFunction(machine: Machine, target: FunctionValue, args: readonly Value[], node: Node, self?: Value, call = machine.frame?.call): Value {
  const { node: definition } = target;
  if (!isFunctionNode(definition)) throw machine.refuse(node, "E101", `The class "${target.name}" is called without new.`);
  if (definition.async) throw machine.refuse(node, "E101", `"${target.name}" is asynchronous.`, "Compute the result at once, in a plain function.");
  if (definition.generator && dependsOnTime(target)) {
    throw machine.refuse(node, "E101", `"${target.name}" yields what depends on when it is asked: it uses a variable of the world around it that changes.`, "Return an array, or pass the variable as an argument.");
  }
  machine.budget.step(node, machine.staticOnly > 0 ? callCost : inlinedCost);
  const depth = machine.calls.filter((each) => each.node === definition).length;
  if (depth >= maxDepth) refuseEndless(machine, target, args, node, depth);
  const outer = { frame: machine.frame, module: machine.module, callSite: machine.callSite, regionsSeen: machine.calls.length };
  const span = machine.spanOf(node);
  const given = (target.boundArgs ? [...target.boundArgs, ...args] : args);
  const frame = newFrame(machine, target, given, target.boundThis ?? self, call);
  machine.watch?.called(target, given, node, target.boundThis ?? self);
  machine.frame = frame;
  machine.calls.push(target);
  if (span && !target.scope.module.isMain) machine.callSite = span;
  machine.module = target.scope.module;
  try {
    return runBody(machine, target, frame, given);
  } finally {
    machine.calls.length = outer.regionsSeen;
    machine.frame = outer.frame;
    machine.module = outer.module;
    machine.callSite = outer.callSite;
  }
}

/** Where what the call is given comes from the counter of a loop, its end may be seen once that loop is written out. */
function refuseEndless(machine: Machine, { name }: FunctionValue, args: readonly Value[], node: Node, depth: number): void {
  const loops = new Set(args.flatMap((arg) => (arg.kind === "scalar" ? [...machine.dependence.loopsOf(arg.expression)] : [])));
  // A recursion that ends at run time goes a branch deeper with each call; one that counts down in known numbers does not.
  const isDecided = loops.size === 0 && machine.regions.filter(({ kind }) => kind === "branch").length < depth / 2;
  if (depth < (machine.staticOnly > 0 ? maxStaticDepth : isDecided ? maxDecidedDepth : maxDepth)) return;
  const refusal = machine.refuse(node, "E106", `"${name}" calls itself without an end that can be seen.`, "Stop it after a number of calls that does not depend on the unknowns, or use a loop.");
  throw machine.needsUnrolled(loops, refusal);
}

/** A generator is read at once, not step by step: what it uses of the world around it must not change in between. */
function dependsOnTime({ node, scope }: FunctionValue): boolean {
  const own = new Set(isFunctionNode(node) ? node.params.flatMap(boundNames) : []);
  addNames(node, own);
  let depends = false;
  walk(node.body, (each) => {
    if (each.type === "Identifier" && scope.module.reassigned.has(each.name) && !own.has(each.name) && scope.find(each.name)) depends = true;
    return undefined;
  });
  return depends;
}

function newFrame(machine: Machine, target: FunctionValue, args: readonly Value[], self: Value | undefined, call: Span | undefined): Frame {
  const result = machine.slot(missing);
  const returned = machine.slot(known(false), "returned");
  const isArrow = target.node.type === "ArrowFunctionExpression";
  const home = target.home ?? (isArrow ? target.scope.frame.home : undefined);
  return {
    name: target.name, result, returned, birth: machine.now(), jumps: [],
    // An arrow has no `arguments` of its own.
    ...(isFunctionNode(target.node) && target.node.generator ? { yielded: machine.listOf([]) } : {}),
    args: isArrow ? target.scope.frame.args : args, ...(self ? { self } : {}), ...(home ? { home } : {}), ...(call ? { call } : {}),
  };
}

function runBody(machine: Machine, target: FunctionValue, frame: Frame, args: readonly Value[]): Value {
  const { node } = target;
  if (!isFunctionNode(node)) return missing;
  const scope = new Scope(target.scope, target.scope.module, frame);
  if (node.type === "FunctionExpression" && node.id && !target.scope.find(node.id.name)) scope.declare(node.id.name, machine.slot(target, node.id.name));
  bindParameters(machine, scope, node.params, args);
  if (node.body.type !== "BlockStatement") {
    const value = evaluate(machine, scope, node.body);
    machine.returnSites.set(frame.result, node.body);
    machine.lastReturn = node.body;
    return value;
  }
  hoistVars(machine, scope, node.body);
  hoist(machine, scope, node.body.body);
  runStatements(machine, scope, node.body.body);
  if (frame.yielded) return frame.yielded;
  const site = machine.returnSites.get(frame.result);
  if (site) machine.lastReturn = site;
  return frame.result.content;
}

function bindParameters(machine: Machine, scope: Scope, params: readonly Node[], args: readonly Value[]): void {
  params.filter((param) => !(param.type === "Identifier" && param.name === "this")).forEach((param, i) => {
    const isRest = param.type === "RestElement";
    const pattern = isRest ? param.argument : param;
    const value = isRest ? machine.listOf(args.slice(i)) : args[i] ?? missing;
    bindArgument(machine, scope, pattern, value);
  });
}

function bindArgument(machine: Machine, scope: Scope, pattern: Node, value: Value): void {
  bindPattern(machine, scope, pattern, value, (name, part, node) => {
    if (part.kind === "list" && !machine.labels.has(part)) machine.labels.set(part, name);
    if (scope.module.reassigned.has(name) && part.kind === "scalar" && !machine.dependence.isStable(part.expression)) return bindVariable(machine, scope, name, part, node, false);
    declareVariable(machine, scope, name, machine.freeze(part, name));
  });
}

function superCall(machine: Machine, scope: Scope, node: Node & { type: "CallExpression" | "OptionalCallExpression" }): Value {
  const args = spread(machine, scope, node.arguments.filter((each) => each.type !== "ArgumentPlaceholder"));
  const { self } = scope.frame;
  const home = scope.frame.home;
  if (self?.kind === "object" && home?.kind === "object" && !home.prototype && machine.errors.has(home)) {
    setMessage(machine, self, args, node);
    return missing;
  }
  const parent = home?.kind === "object" && home.prototype ? machine.constructors.get(home.prototype) : undefined;
  if (!self || self.kind !== "object" || !parent) throw machine.refuse(node, "E101", "super has no class to call here.");
  const finish = machine.afterSuper.get(self);
  machine.afterSuper.delete(self);
  classConstructor(machine, parent, self, args, node);
  finish?.();
  return missing;
}

/** `new C(…)`. */
export function construct(machine: Machine, scope: Scope, node: Node & { type: "NewExpression" }): Value {
  const target = evaluate(machine, scope, node.callee);
  const args = spread(machine, scope, node.arguments.filter((each) => each.type !== "ArgumentPlaceholder"));
  if (target.kind === "native") {
    if (!target.construct) throw machine.refuse(node, "E103", `${target.name} cannot be made here.`, "Use arrays, objects and numbers.");
    return target.construct(machine, args, node, undefined);
  }
  if (target.kind === "poison") return target.fail(node);
  if (target.kind !== "function") throw machine.refuse(node, "E103", `This is ${describe(target)}, not a class.`);
  return instantiate(machine, target, args, node);
}

