import type { Expression, IrFunction, Local } from "../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../ir/visit";
import { SourceError, type Diagnostic } from "../diagnostic";
import type { Argument, CompileOptions, Component, Lowered, StartOrigin } from "../program";
import { Arguments } from "./arguments/arguments";
import { fitLengths } from "./arguments/fitLengths";
import { callFunction } from "./evaluate/calls";
import { evaluate } from "./evaluate/expressions";
import { calleeOf } from "./evaluate/findFunction";
import { innerFunction, type FunctionEntry } from "./syntax/functions";
import { componentsOf, constantsOf, inOwnShape } from "./arguments/inOwnShape";
import { readDocumentation } from "./syntax/jsdoc";
import { Machine } from "./state/machine";
import type { Modules } from "./evaluate/modules";
import { asFloat } from "./evaluate/numbers";
import { plainData } from "./arguments/plainData";
import { Refusal, toDiagnostic } from "./syntax/refusal";
import type { Scope } from "./state/scope";
import { seededNumbers } from "./arguments/seeds";
import type { Module } from "./syntax/module";
import { shapeOfParameter } from "./syntax/shapes";
import { NeedsStatic, Relearn, Signal } from "./state/signals";
import { argumentsOfCall } from "./arguments/callSites";
import { usesArguments } from "./syntax/fence";
import { isFunctionNode, boundNames, endOf, startOf, walk, type FunctionNode, type Node } from "./syntax/syntax";
import { describe, missing, type FunctionValue, type Value } from "./state/values";

const maxReadings = 600;
const authority: readonly StartOrigin[] = ["given", "tag", "default", "call", "initializer", "inferred"];

/** A function of the user's as IR, for these arguments. */
export function lowerFunction(modules: Modules, entry: FunctionEntry, options: CompileOptions): Lowered {
  return read(modules, entry, options, (reading) => reading.run());
}

/** A function that returns several numbers, one after another. */
export function lowerComponents(modules: Modules, entry: FunctionEntry, options: CompileOptions): Component[] {
  return read(modules, entry, options, (reading) => reading.runForAll());
}

function read<Result>(modules: Modules, entry: FunctionEntry, options: CompileOptions, use: (reading: Reading) => Result): Result {
  const { main } = modules;
  const seed = seededNumbers(entry.name);
  const args = new Arguments(seed, new Set(options.variables ?? []));
  stateShapes(modules, entry, args);
  const once = (): { result: Result; overruns: number } => {
    for (let reading = 0; reading < maxReadings; reading++) {
      const machine = new Machine();
      machine.modules = modules;
      machine.arguments = args;
      machine.random = seededNumbers("Math.random").next;
      args.reset();
      try {
        const result = use(new Reading(machine, modules, entry, options, args));
        return { result, overruns: [...machine.overruns.values()].reduce((sum, each) => sum + each, 0) };
      } catch (problem) {
        if (!(problem instanceof Relearn)) throw problem;
      }
    }
    throw new Refusal("E107", `What "${entry.name}" expects could not be made out.`, "Give its parameters types, or a start.", entry.span);
  };
  try {
    const first = once();
    if (first.overruns === 0 || options.start || args.guessedLengths().size === 0) return first.result;
    fitLengths(args, () => overrunsOf(once));
    return once().result;
  } catch (problem) {
    throw asSourceError(problem, entry, main.lines);
  }
}

/** Lengths with which the function cannot be read fit worst of all. */
function overrunsOf(read: () => { overruns: number }): number {
  try {
    return read().overruns;
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof Signal || problem instanceof RangeError) return Infinity;
    throw problem;
  }
}

function asSourceError(problem: unknown, entry: FunctionEntry, lines: Modules["main"]["lines"]): unknown {
  if (problem instanceof Refusal) return new SourceError([toDiagnostic(problem, lines)]);
  if (problem instanceof NeedsStatic) return new SourceError([toDiagnostic(problem.refusal, lines)]);
  if (problem instanceof RangeError) {
    return new SourceError([toDiagnostic(new Refusal("E106", `"${entry.name}" nests too deeply to be read.`, "Use loops instead of recursion, or smaller data.", entry.span), lines)]);
  }
  if (problem instanceof Signal) {
    return new SourceError([toDiagnostic(new Refusal("E101", `"${entry.name}" uses the unknowns where only constants are supported.`, "Write it with plain loops over numeric arrays.", entry.span), lines)]);
  }
  return problem;
}

/** What types and tags say, before anything is run. */
function stateShapes(modules: Modules, entry: FunctionEntry, args: Arguments): void {
  const documented = readDocumentation(entry.comments);
  let offset = 0;
  for (let node: FunctionNode | undefined = entry.node; node; node = innerFunction(node)) {
    node.params.forEach((param, i) => {
      const { path } = pathOf(param, offset + i);
      args.state(path, shapeOfParameter(modules, modules.main, param, documented.types.get(boundNames(param)[0] ?? "")));
    });
    offset += node.params.length;
  }
}

export function pathOf(param: Node, position: number): { path: string; pattern: Node } {
  const pattern = param.type === "AssignmentPattern" ? param.left : param.type === "RestElement" ? param.argument : param.type === "TSParameterProperty" ? param.parameter : param;
  return { path: pattern.type === "Identifier" ? pattern.name : `arg${position}`, pattern };
}

/** A pattern as it is written, without its type: `[x, y]` names the parameter as well as any name of ours. */
export function spelling({ text }: Module, pattern: Node): string {
  const annotated = "typeAnnotation" in pattern && pattern.typeAnnotation ? startOf(pattern.typeAnnotation) : endOf(pattern);
  return text.slice(startOf(pattern), annotated).trim();
}

interface Plan {
  readonly param: Node;
  readonly path: string;
  readonly pattern: Node;
  /** Undefined where nothing is given. */
  readonly data: unknown;
  readonly isUnknown: boolean;
  readonly origin: StartOrigin;
  /** Left to the function's own default. */
  readonly isAbsent: boolean;
  /** Where it is passed, if a call passes it. */
  readonly site?: Node;
}

/** One reading of the function, from the arguments to the result. */
class Reading {
  private weakest: StartOrigin = "given";
  private readonly arguments: Argument[] = [];
  private readonly guessedData: Node[] = [];
  private readonly guessedStart: Node[] = [];

  constructor(
    private readonly machine: Machine, private readonly modules: Modules, private readonly entry: FunctionEntry,
    private readonly options: CompileOptions, private readonly args: Arguments,
  ) {}

  run(): Lowered {
    return this.finish(this.resultOf(this.call()));
  }

  runForAll(): Component[] {
    const result = this.call();
    const components = componentsOf(this.machine, result, this.machine.lastReturn ?? this.entry.node);
    if (!components) this.resultOf(result);
    return (components ?? []).map(({ path, expression }) => ({ path, lowered: this.finish(expression) }));
  }

  private call(): Value {
    const { machine, modules, entry } = this;
    const { main } = modules;
    const scope = modules.scopeOf(machine, main);
    machine.module = main;
    machine.frame = scope.frame;
    this.chooseModuleVariables(scope);
    const { target, self } = calleeOf(machine, main, scope, entry);
    machine.module = main;
    machine.frame = scope.frame;
    if (self?.kind === "object") this.chooseFields(self);
    let result = callFunction(machine, target, this.bind(scope, target, 0), entry.node, self);
    let offset = isFunctionNode(target.node) ? target.node.params.length : 0;
    while (result.kind === "function" && isFunctionNode(result.node)) {
      const inner = result;
      const values = this.bind(scope, inner, offset);
      offset += result.node.params.length;
      result = callFunction(machine, inner, values, result.node);
    }
    return result;
  }

  private resultOf(result: Value): Expression {
    const { machine, entry } = this;
    const site = machine.lastReturn ?? entry.node;
    const { trapped, lastThrow } = machine;
    if (lastThrow && trapped.content.kind === "static" && trapped.content.value === true) throw lastThrow;
    if (result.kind === "scalar" || (result.kind === "static" && typeof result.value === "number")) {
      if (result.kind === "scalar" && result.type === "bool") throw notANumber(machine, site, "a truth value", "Return a number, for instance the loss itself.");
      return asFloat(machine, result, site);
    }
    if (result.kind === "static" && result.value === undefined) {
      throw new Refusal("E105", `"${entry.name}" returns nothing; a gradient needs one number.`, "End it with return and the value to minimise.", nameSpan(entry));
    }
    if (result.kind === "hole") {
      asFloat(machine, result, site);
    }
    throw notANumber(machine, site, describe(result), result.kind === "list" ? "Return one number, for instance the sum of squares." : "Return the number itself.");
  }

  private finish(result: Expression): Lowered {
    const { machine, args, entry, modules } = this;
    const { lines } = modules.main;
    const [forced] = args.forcedNames();
    if (args.coordinates.length === 0 && forced !== undefined) {
      throw new Refusal("E108", `How long something is depends on "${forced}", so there is nothing left to descend on.`, "Use a fixed length, or add a parameter that is not a length.", nameSpan(entry));
    }
    if (args.coordinates.length === 0) throw this.nothingToFind();
    const used = new Set<string>();
    const read = new Set<Local>();
    const visit = (expression: Expression): void => walkExpression(expression, (part) => {
      if (part.kind === "load") used.add(part.array.name);
      if (part.kind === "read") read.add(part.local);
    });
    walkBlock(machine.block, (statement) => {
      for (const expression of expressionsOf(statement)) visit(expression);
      if (statement.kind === "store" || statement.kind === "fill") used.add(statement.array.name);
      if (statement.kind === "accumulate" && statement.target.kind === "array") used.add(statement.target.name);
      blocksOf(statement);
    });
    visit(result);
    const isRead = args.scalars.some(({ local }) => read.has(local)) || machine.arrays.some((array) => array.role.kind === "parameter" && used.has(array.name));
    if (!isRead) throw this.nothingToFind();
    const ir: IrFunction = {
      name: entry.shortName, dimension: args.coordinates.length, scalars: args.scalars,
      arrays: machine.arrays.filter((array) => used.has(array.name)), body: machine.block, result,
    };
    const diagnostics: Diagnostic[] = [...machine.notes.values()].map((note) => toDiagnostic(note, lines, note.code.startsWith("W") ? "warning" : "info"));
    for (const param of this.guessedData) {
      diagnostics.push(toDiagnostic(this.at(param, "W206", `No data are known for "${text(param)}"; made-up numbers stand in.`, "Give them in the panel, or call the function in this file with its data."), lines, "warning"));
    }
    const [first] = this.guessedStart;
    if (first) diagnostics.push(toDiagnostic(this.at(first, "I303", "No start is given, so the unknowns start at made-up numbers.", "Give default values, a @start tag, or a start in the panel."), lines, "info"));
    return {
      function: ir, coordinates: args.coordinates, start: Float64Array.from(args.start), startOrigin: this.weakest, diagnostics,
      arguments: this.arguments, constants: () => constantsOf(machine, modules.main, modules.scopeOf(machine, modules.main)),
    };
  }

  private nothingToFind(): Refusal {
    const { entry } = this;
    if (entry.node.params.length > 0 && !this.options.variables && innerFunction(entry.node) === undefined) {
      return new Refusal("E113", `The result of "${entry.name}" does not depend on its parameters.`, "Return something computed from them.", nameSpan(entry));
    }
    return new Refusal("E113", `"${entry.name}" has no parameters to descend on.`, "Make the numbers to be found parameters of the function.", nameSpan(entry));
  }

  private at(node: Node, code: string, message: string, hint: string): Refusal {
    return new Refusal(code, message, hint, { start: startOf(node), end: endOf(node) });
  }

  private bind(scope: Scope, target: FunctionValue, offset: number): Value[] {
    if (!isFunctionNode(target.node)) return [];
    const isOuter = innerFunction(target.node) !== undefined;
    if (target.node.params.length === 0 && offset === 0) return this.unnamed(target.node);
    const params = target.node.params.filter((param) => !(param.type === "Identifier" && param.name === "this"));
    const { args } = this;
    const plans = this.plan(scope, params, offset, isOuter);
    return plans.flatMap((plan) => {
      const first = args.start.length;
      if (plan.isAbsent) {
        this.arguments.push({ name: plan.path, isUnknown: false, value: undefined, origin: "default" });
        return plan.param.type === "RestElement" ? [] : [missing];
      }
      const value = this.valueOf(plan);
      let next = first;
      const own = plan.data ?? inOwnShape(this.machine, value, () => args.start[next++] ?? NaN);
      this.arguments.push({ name: plan.path, isUnknown: args.start.length > first, value: own, ...this.sourceOf(plan), ...(plan.param.type === "RestElement" ? { isRest: true as const } : {}) });
      if (plan.param.type !== "RestElement") return [value];
      return value.kind === "list" ? this.spread(value) : [value];
    });
  }

  private sourceOf({ data, origin, site }: Plan): Pick<Argument, "origin" | "place"> {
    if (data === undefined) return { origin: "inferred" };
    return { origin, ...(site ? { place: this.modules.main.lines.range({ start: startOf(site), end: endOf(site) }) } : {}) };
  }

  /** `function f() { const x = arguments[0]; … }`. */
  private unnamed(node: FunctionNode): Value[] {
    if (!usesArguments(node)) return [];
    const { start } = this.options;
    const count = start?.length ?? argumentCount(node);
    return Array.from({ length: count }, (_, i) => {
      const path = `arg${i}`;
      const isUnknown = this.options.variables?.includes(path) ?? !this.args.isForced(path);
      const param = { param: node, path, pattern: node, isAbsent: false, isUnknown };
      return this.valueOf(start ? { ...param, data: start[i], origin: "given" } : { ...param, data: undefined, origin: "inferred" });
    });
  }

  private spread(list: Value): Value[] {
    const elements = list.kind === "list" ? this.machine.elements(list) : undefined;
    return elements ? [...elements] : [list];
  }

  private valueOf(plan: Plan): Value {
    const { machine, args } = this;
    const count = args.coordinates.length;
    if (plan.data !== undefined) {
      const value = args.given(machine, plan.path, plan.pattern, plan.data, plan.isUnknown);
      if (args.coordinates.length > count) this.weaken(plan.origin);
      return value;
    }
    args.guessed = false;
    const value = args.inferred(machine, plan.path, plan.pattern, plan.isUnknown);
    if (args.coordinates.length > count) {
      this.weaken("inferred");
      this.guessedStart.push(plan.param);
    } else if (args.guessed) this.guessedData.push(plan.param);
    return value;
  }

  private weaken(origin: StartOrigin): void {
    if (authority.indexOf(origin) > authority.indexOf(this.weakest)) this.weakest = origin;
  }

  private plan(scope: Scope, params: readonly Node[], offset: number, isOuter: boolean): Plan[] {
    const { machine, options, entry, args } = this;
    const documented = readDocumentation(entry.comments);
    const call = options.start ? undefined : argumentsOfCall(machine, scope, this.modules.main, entry);
    const hasPlain = params.some((param) => param.type !== "AssignmentPattern");
    return params.map((param, i) => {
      const { path, pattern } = pathOf(param, offset + i);
      const names = [path, spelling(this.modules.main, pattern), ...boundNames(param)];
      const chosen = options.variables ? names.some((name) => options.variables?.includes(name)) : undefined;
      const make = (data: unknown, origin: StartOrigin, isUnknown: boolean, isAbsent = false): Plan => ({
        param, path, pattern, data, origin, isAbsent, isUnknown: (chosen ?? (isUnknown && !isOuter)) && !args.isForced(path),
      });
      const position = offset + i;
      if (options.start) {
        const given = param.type === "RestElement" ? options.start.slice(position) : options.start[position];
        if (given !== undefined && (position < options.start.length)) return make(given, "given", true);
        if (param.type === "AssignmentPattern" && chosen !== true) return make(undefined, "default", false, true);
      }
      const tagged = documented.starts.get(path) ?? documented.startList?.[position];
      if (tagged !== undefined) return make(tagged, "tag", true);
      if (param.type === "AssignmentPattern") {
        if (hasPlain && chosen !== true) return make(undefined, "default", false, true);
        const value = plainData(machine, this.staticValue(scope, param.right));
        if (value !== undefined) return make(value, "default", true);
        return make(undefined, "default", false, true);
      }
      const passed = call?.[position];
      if (passed) return { ...make(passed.data, "call", !passed.isData), site: passed.node };
      const initial = this.initialValue(scope, path);
      if (initial !== undefined) return make(initial, "initializer", true);
      return make(undefined, "inferred", true);
    });
  }

  private staticValue(scope: Scope, node: Node): Value {
    const { machine } = this;
    machine.staticOnly++;
    try {
      return evaluate(machine, scope, node);
    } catch (problem) {
      if (problem instanceof Refusal || problem instanceof Signal) return missing;
      throw problem;
    } finally {
      machine.staticOnly--;
    }
  }

  /** `const w0 = …`, `let w = …`: a name that says it is where w begins. */
  private initialValue(scope: Scope, path: string): unknown {
    const capital = path.charAt(0).toUpperCase() + path.slice(1);
    for (const name of [`${path}0`, `${path}_0`, `initial${capital}`, `init${capital}`, `${path}Init`, `${path}Start`, `start${capital}`, path]) {
      const slot = scope.own(name);
      const data = slot && slot.content.kind !== "function" ? plainData(this.machine, slot.content) : undefined;
      if (data !== undefined && typeof data !== "string" && typeof data !== "boolean" && data !== null) return data;
    }
    return undefined;
  }

  /** Module variables that were chosen as unknowns. */
  private chooseModuleVariables(scope: Scope): void {
    for (const name of this.options.variables ?? []) {
      if (this.entry.node.params.flatMap(boundNames).includes(name)) continue;
      const slot = scope.own(name);
      const data = slot ? plainData(this.machine, slot.content) : undefined;
      if (!slot || data === undefined) continue;
      this.machine.journal.setValue(slot, this.args.given(this.machine, name, undefined, data, true));
      this.arguments.push({ name, isUnknown: true, value: data, isOuter: true, origin: "initializer" });
      this.weaken("initializer");
    }
  }

  /** Fields of the object whose method this is, chosen as unknowns: `this.m`. */
  private chooseFields(self: Value & { kind: "object" }): void {
    for (const name of this.options.variables ?? []) {
      if (!name.startsWith("this.")) continue;
      const slot = self.fields.content.get(name.slice("this.".length));
      const data = slot ? plainData(this.machine, slot.content) : undefined;
      if (!slot || data === undefined) continue;
      this.machine.journal.setValue(slot, this.args.given(this.machine, name, undefined, data, true));
      this.arguments.push({ name, isUnknown: true, value: data, isOuter: true, origin: "initializer" });
      this.weaken("initializer");
    }
  }
}

function notANumber(machine: Machine, site: Node, what: string, hint: string): Refusal {
  return machine.refuse(site, "E105", `This returns ${what}; a gradient needs one number.`, hint);
}

function nameSpan(entry: FunctionEntry): { start: number; end: number } {
  return { start: entry.span.start, end: Math.max(entry.span.start + 1, startOf(entry.node.body)) };
}

/** The highest `arguments[k]` that is read, and one. */
function argumentCount(node: FunctionNode): number {
  let count = 1;
  walk(node.body, (each) => {
    if (each.type === "MemberExpression" && each.object.type === "Identifier" && each.object.name === "arguments" && each.property.type === "NumericLiteral") {
      count = Math.max(count, each.property.value + 1);
    }
    return undefined;
  });
  return count;
}

function text(param: Node): string {
  return boundNames(param).join(", ");
}
