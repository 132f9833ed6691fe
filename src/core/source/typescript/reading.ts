import type { Argument, Component, Lowered, StartOrigin } from "../program";
import { chosenOutside } from "./arguments/chosen";
import { componentsOf, inOwnShape } from "./arguments/inOwnShape";
import { planParameters, type Plan, type Planned } from "./arguments/plan";
import type { Setting } from "./arguments/setting";
import { assemble, resultOf } from "./assemble";
import { callFunction } from "./evaluate/calls";
import { calleeOf } from "./evaluate/findFunction";
import type { Scope } from "./state/scope";
import { missing, type FunctionValue, type Value } from "./state/values";
import { innerFunction } from "./syntax/functions";
import { outParameter } from "./syntax/outParameter";
import { argumentCount, usesArguments } from "./syntax/parameters";
import { endOf, isFunctionNode, startOf, type FunctionNode, type Node } from "./syntax/syntax";

const authority: readonly StartOrigin[] = ["given", "tag", "default", "call", "initializer", "inferred"];

/** One reading of the function, from the arguments to the result. */
export class Reading {
  private weakest: StartOrigin = "given";
  private readonly arguments: Argument[] = [];
  private readonly guessedData: Node[] = [];
  private readonly guessedStart: Node[] = [];

  constructor(private readonly setting: Setting) {}

  run(): Lowered {
    const result = this.call();
    return assemble(this.setting, this.found(), resultOf(this.setting, result));
  }

  runForAll(): Component[] {
    const { setting } = this;
    const result = this.call();
    const components = componentsOf(setting.machine, result, setting.machine.lastReturn ?? setting.entry.node);
    if (!components) resultOf(setting, result);
    return (components ?? []).map(({ path, expression }) => ({ path, lowered: assemble(setting, this.found(), expression) }));
  }

  private found() {
    return { startOrigin: this.weakest, arguments: this.arguments, guessedData: this.guessedData, guessedStart: this.guessedStart };
  }

  private call(): Value {
    const { machine, modules, entry, firstCalls, options } = this.setting;
    const { main } = modules;
    const variables = options.variables ?? [];
    firstCalls.attend(machine, (self) => {
      const chosen = chosenOutside(machine, modules.scopeOf(machine, main), self, entry, variables);
      return new Map(chosen.map(({ name, data }) => [name, data]));
    });
    machine.watch = firstCalls;
    const scope = modules.scopeOf(machine, main);
    machine.watch = undefined;
    if (machine.tampering) throw machine.tampering;
    machine.module = main;
    machine.frame = scope.frame;
    const { target, self } = firstCalls.heldBy(entry.node) ?? calleeOf(machine, main, scope, entry);
    machine.module = main;
    machine.frame = scope.frame;
    this.varyOuter(scope, self);
    const plan = (node: FunctionNode, level: number): Planned => ({ node, offset, level, isOuter: innerFunction(node) !== undefined });
    let offset = 0;
    let result = callFunction(machine, target, isFunctionNode(target.node) ? this.bind(scope, plan(target.node, 0)) : [], entry.node, self);
    offset = isFunctionNode(target.node) ? target.node.params.length : 0;
    for (let level = 1; result.kind === "function" && isFunctionNode(result.node); level++) {
      const inner: FunctionValue & { node: FunctionNode } = { ...result, node: result.node };
      const values = this.bind(scope, plan(inner.node, level));
      offset += inner.node.params.length;
      result = callFunction(machine, result, values, inner.node);
    }
    return result;
  }

  private varyOuter(scope: Scope, self: Value | undefined): void {
    const { machine, entry, options, args, firstCalls } = this.setting;
    for (const { name, slot, data: start } of chosenOutside(machine, scope, self, entry, options.variables ?? [], (each) => firstCalls.firstValue(each))) {
      machine.journal.setValue(slot, args.given(machine, name, undefined, start, true, slot.content));
      this.arguments.push({ name, isUnknown: true, value: start, isOuter: true, origin: "initializer" });
      this.weaken("initializer");
    }
  }

  private bind(scope: Scope, planned: Planned): Value[] {
    const { machine, args } = this.setting;
    if (planned.node.params.length === 0 && planned.offset === 0) return this.unnamed(planned.node);
    return planParameters(this.setting, scope, planned).flatMap((plan) => {
      const isRest = plan.param.type === "RestElement";
      if (plan.isAbsent) {
        this.arguments.push({ name: plan.path, isUnknown: false, value: undefined, origin: "default" });
        return isRest ? [] : [missing];
      }
      const first = args.start.length;
      const value = this.valueOf(plan);
      let next = first;
      const own = plan.data ?? inOwnShape(machine, value, () => args.start[next++] ?? NaN);
      this.arguments.push({ name: plan.path, isUnknown: args.start.length > first, value: own, ...this.sourceOf(plan), ...(isRest ? { isRest: true as const } : {}) });
      return isRest && value.kind === "list" ? [...machine.elements(value) ?? [value]] : [value];
    });
  }

  private sourceOf({ data, origin, site }: Plan): Pick<Argument, "origin" | "place"> {
    if (data === undefined) return { origin: "inferred" };
    return { origin, ...(site ? { place: this.setting.modules.main.lines.range({ start: startOf(site), end: endOf(site) }) } : {}) };
  }

  /** `function f() { const x = arguments[0]; … }`. */
  private unnamed(node: FunctionNode): Value[] {
    if (!usesArguments(node)) return [];
    const { options, args, firstCalls } = this.setting;
    const data = options.start ?? firstCalls.of(node)?.data;
    const origin = options.start ? "given" : data ? "call" : "inferred";
    return Array.from({ length: data?.length ?? argumentCount(node) }, (_, i) => {
      const path = `arg${i}`;
      const isUnknown = options.variables?.includes(path) ?? !args.isForced(path);
      const first = args.start.length;
      const value = this.valueOf({ param: node, path, pattern: node, isAbsent: false, isUnknown, data: data?.[i], origin });
      let next = first;
      const own = data?.[i] ?? inOwnShape(this.setting.machine, value, () => args.start[next++] ?? NaN);
      this.arguments.push({ name: path, isUnknown: args.start.length > first, value: own, origin: data ? origin : "inferred" });
      return value;
    });
  }

  private valueOf(plan: Plan): Value {
    const { machine, args } = this.setting;
    const count = args.coordinates.length;
    if (plan.value && !plan.isUnknown) return plan.value;
    if (plan.data !== undefined) {
      const value = args.given(machine, plan.path, plan.pattern, plan.data, plan.isUnknown, plan.value);
      if (args.coordinates.length > count) this.weaken(plan.origin);
      return value;
    }
    args.guessed = false;
    const value = args.inferred(machine, plan.path, plan.pattern, plan.isUnknown);
    if (args.coordinates.length > count) {
      this.weaken("inferred");
      this.guessedStart.push(plan.param);
    } else if (args.guessed && outParameter(this.setting.entry.node, plan.param) === undefined) this.guessedData.push(plan.param);
    return value;
  }

  private weaken(origin: StartOrigin): void {
    if (authority.indexOf(origin) > authority.indexOf(this.weakest)) this.weakest = origin;
  }
}
