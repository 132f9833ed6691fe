import type { StartOrigin } from "../../program";
import { evaluate } from "../evaluate/expressions";
import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import { Signal } from "../state/signals";
import { missing, type Value } from "../state/values";
import { readDocumentation } from "../syntax/jsdoc";
import { outParameter } from "../syntax/outParameter";
import { parametersOf, pathOf, spelling } from "../syntax/parameters";
import { Refusal } from "../syntax/refusal";
import { isSupplied } from "../syntax/suppliedParameter";
import { boundNames, type FunctionNode, type Node } from "../syntax/syntax";
import { argumentsOfCall, type Passed } from "./callSites";
import { plainData } from "./plainData";
import type { Setting } from "./setting";

/** What becomes of one parameter: an unknown or data, and with what in it. */
export interface Plan {
  readonly param: Node;
  readonly path: string;
  readonly pattern: Node;
  /** Undefined where nothing is given. */
  readonly data: unknown;
  /** The same as the file itself made it, where data alone would lose its methods. */
  readonly value?: Value;
  readonly isUnknown: boolean;
  readonly origin: StartOrigin;
  /** Left to the function's own default. */
  readonly isAbsent: boolean;
  /** Where it is passed, if a call passes it. */
  readonly site?: Node;
}

export interface Planned {
  readonly node: FunctionNode;
  /** How many parameters the functions around it have, of a function that a function makes. */
  readonly offset: number;
  readonly level: number;
  /** Makes another function: what it takes is data. */
  readonly isOuter: boolean;
}

/** In order of authority: what is given, a tag, a default, a call in the file, an initial value of the name, nothing. */
export function planParameters(setting: Setting, scope: Scope, { node, offset, level, isOuter }: Planned): Plan[] {
  const { machine, options, entry, args, modules } = setting;
  const params = parametersOf(node);
  const documented = readDocumentation(entry.comments);
  const isComplete = options.start !== undefined && params.every((_, i) => options.start?.[offset + i] !== undefined);
  const call = isComplete ? undefined : argumentsOfCall(machine, scope, modules.main, { entry, node, level }, setting.firstCalls);
  const isOptional = (param: Node): boolean => param.type === "AssignmentPattern" || boundNames(param).some((name) => documented.optional.has(name));
  // What the function supplies itself is left out, where there is something else to descend on.
  const supplied = new Set(params.filter((param) => isSupplied(node, param)));
  const isLeftOut = (param: Node): boolean => supplied.has(param) && params.some((other) => !isOptional(other) && !supplied.has(other));
  const hasPlain = !params.every(isOptional);
  return params.map((param, i) => {
    const position = offset + i;
    const { path, pattern } = pathOf(param, position);
    const names = [path, spelling(modules.main, pattern), ...boundNames(param)];
    const chosen = options.variables ? names.some((name) => options.variables?.includes(name)) : undefined;
    const make = (data: unknown, origin: StartOrigin, isUnknown: boolean, isAbsent = false): Plan => ({
      param, path, pattern, data, origin, isAbsent, isUnknown: (chosen ?? (isUnknown && !isOuter)) && !args.isForced(path),
    });
    if (options.start) {
      const given = param.type === "RestElement" ? options.start.slice(position) : options.start[position];
      const endsBefore = param.type === "RestElement" && position > 0 && position === options.start.length;
      if (given !== undefined && (position < options.start.length || endsBefore)) return make(given, "given", true);
      if (param.type === "AssignmentPattern" && chosen !== true) return make(undefined, "default", false, true);
    }
    const tagged = documented.starts.get(path) ?? documented.startList?.[position];
    if (tagged !== undefined) return make(tagged, "tag", true);
    if (param.type === "AssignmentPattern") {
      if (hasPlain && chosen !== true) return make(undefined, "default", false, true);
      const value = plainData(machine, staticValue(machine, scope, param.right));
      if (value !== undefined) return make(value, "default", true);
      return make(undefined, "default", false, true);
    }
    const stated = documented.optional.get(path);
    if (stated !== undefined) return make(stated, hasPlain ? "default" : "tag", !hasPlain);
    const passed = call && (param.type === "RestElement" ? restOf(call.slice(i), i) : call[i]);
    if (passed) {
      return {
        ...make(passed.data, "call", !passed.isData), ...(passed.value ? { value: passed.value } : {}), ...(passed.node ? { site: passed.node } : {}),
      };
    }
    if (isLeftOut(param) && chosen !== true) return make(undefined, "default", false, true);
    const initial = initialValue(machine, scope, path);
    if (initial !== undefined) return make(initial, "initializer", true);
    const out = outParameter(node, param);
    if (out === "optional" && chosen !== true) return make(undefined, "default", false, true);
    return make(undefined, "inferred", out === undefined);
  });
}

function restOf(passed: readonly Passed[], before: number): Passed | undefined {
  const [first] = passed;
  if (!first) return before > 0 ? { data: [], isData: true } : undefined;
  const data = passed.map((each) => each.data);
  return { data: data.includes(undefined) ? undefined : data, isData: passed.every(({ isData }) => isData), ...(first.node ? { node: first.node } : {}) };
}

function staticValue(machine: Machine, scope: Scope, node: Node): Value {
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
function initialValue(machine: Machine, scope: Scope, path: string): unknown {
  const capital = path.charAt(0).toUpperCase() + path.slice(1);
  for (const name of [`${path}0`, `${path}_0`, `initial${capital}`, `init${capital}`, `${path}Init`, `${path}Start`, `start${capital}`, path]) {
    const slot = scope.own(name);
    const data = slot && slot.content.kind !== "function" ? plainData(machine, slot.content) : undefined;
    if (data !== undefined && typeof data !== "string" && typeof data !== "boolean" && data !== null) return data;
  }
  return undefined;
}
