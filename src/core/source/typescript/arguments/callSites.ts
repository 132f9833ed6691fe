import { evaluate } from "../evaluate/expressions";
import type { FunctionEntry } from "../syntax/functions";
import type { Machine } from "../state/machine";
import type { Module } from "../syntax/module";
import { plainData } from "./plainData";
import { Refusal } from "../syntax/refusal";
import type { Scope } from "../state/scope";
import { Signal } from "../state/signals";
import { bare, isFunctionNode, walk, type Node } from "../syntax/syntax";

export interface Passed {
  readonly data: unknown;
  /** Named data of the module, rather than numbers written at the call. */
  readonly isData: boolean;
  readonly node: Node;
}

/** The arguments of a call at the top of the file, `loss(0.5, 1, xs, ys)`: data, and a start. */
export function argumentsOfCall(machine: Machine, scope: Scope, module: Module, entry: FunctionEntry): readonly Passed[] | undefined {
  for (const statement of module.file.program.body) {
    let passed: readonly Passed[] | undefined;
    walk(statement, (node) => {
      if (isFunctionNode(node)) return false;
      if (!passed && node.type === "CallExpression" && calls(node.callee, entry)) passed = evaluateAll(machine, scope, node.arguments, module);
      return undefined;
    });
    if (passed) return passed;
  }
  return undefined;
}

function calls(callee: Node, entry: FunctionEntry): boolean {
  if (callee.type === "Identifier") return entry.ownerName === undefined && callee.name === entry.shortName;
  return callee.type === "MemberExpression" && entry.ownerName !== undefined && callee.property.type === "Identifier" && callee.property.name === entry.shortName;
}

function evaluateAll(machine: Machine, scope: Scope, args: readonly Node[], module: Module): readonly Passed[] | undefined {
  machine.staticOnly++;
  try {
    return args.map((arg) => ({ data: plainData(machine, evaluate(machine, scope, arg)), isData: isNamedData(arg, module), node: arg }));
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof Signal) return undefined;
    throw problem;
  } finally {
    machine.staticOnly--;
  }
}

/** A name for more than one number stands for data; the unknowns are written where the function is called. */
function isNamedData(arg: Node, module: Module): boolean {
  const node = bare(arg);
  if (node.type === "MemberExpression") return true;
  return node.type === "Identifier" && !module.reassigned.has(node.name) && !/(0|init|start|guess|theta|weights?|params?)$/i.test(node.name);
}
