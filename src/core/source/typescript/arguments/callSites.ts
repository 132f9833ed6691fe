import { scopeInside } from "../evaluate/findFunction";
import { evaluate } from "../evaluate/expressions";
import type { FunctionEntry } from "../syntax/functions";
import type { Machine } from "../state/machine";
import type { Module } from "../syntax/module";
import type { FirstCalls } from "./firstCalls";
import { plainData } from "./plainData";
import { Refusal } from "../syntax/refusal";
import { dataAmong } from "./roles";
import { pathOf } from "../syntax/parameters";
import type { Scope } from "../state/scope";
import { Signal } from "../state/signals";
import { bare, childrenOf, isFunctionNode, type FunctionNode, type Node } from "../syntax/syntax";
import type { Value } from "../state/values";

/** An argument as a call in the file passes it. */
export interface Passed {
  /** In the user's own shape; undefined where it cannot be made out. */
  readonly data: unknown;
  /** Where plain data would lose something: an object with methods, a function. */
  readonly value?: Value;
  /** Data of the file, rather than what is looked for. */
  readonly isData: boolean;
  readonly node?: Node;
}

/** A function, or one that it makes: `level` counts the calls in `loss(xs, ys)(w)`. */
interface Called {
  readonly entry: FunctionEntry;
  readonly node: FunctionNode;
  readonly level: number;
}

/**
 * How the file itself calls the function, `loss(0.5, 1, xs, ys)`: what it was called with first when the file ran, or else what
 * a call that never ran says, or a call that hands the function and a start to something else.
 */
export function argumentsOfCall(machine: Machine, scope: Scope, module: Module, called: Called, firstCalls: FirstCalls): readonly Passed[] | undefined {
  const { node } = called;
  const first = firstCalls.of(node);
  const parameters = node.params.map((param, i) => pathOf(param, i).path);
  const judged = (data: readonly unknown[], nodes: readonly Node[] | undefined, values?: readonly Value[]): readonly Passed[] => {
    const areData = dataAmong(module, data.map((each, i) => ({ parameter: parameters[i] ?? `arg${i}`, data: each, node: nodes?.[i] })));
    return data.map((each, i) => {
      const value = values?.[i];
      const site = nodes?.[i];
      return { data: each, isData: areData[i] ?? true, ...(value && !isPlain(machine, value) ? { value } : {}), ...(site ? { node: site } : {}) };
    });
  };
  if (first) return judged(first.data, first.nodes, firstCalls.heldBy(node)?.args);
  const written = writtenCall(module, called);
  if (!written) return undefined;
  const inside = written.around.reduce((outer, each) => scopeInside(machine, module, outer, each), scope);
  const values = written.args.map((arg) => tryEvaluate(machine, inside, arg));
  const data = values.map((value) => (value ? plainData(machine, value) : undefined));
  if (!written.isHandedOver) return judged(data, written.args);
  const start = data.findIndex(isStart);
  const site = written.args[start];
  return start < 0 || !site ? undefined : [{ data: data[start], isData: false, node: site }];
}

interface WrittenCall {
  readonly args: readonly Node[];
  readonly around: readonly FunctionNode[];
  /** `minimize(loss, [0, 0])`: the arguments are those of another function. */
  readonly isHandedOver: boolean;
}

function writtenCall(module: Module, called: Called): WrittenCall | undefined {
  let found: WrittenCall | undefined;
  let handedOver: WrittenCall | undefined;
  const takesOne = called.level === 0 && called.node.params.filter((param) => param.type !== "AssignmentPattern").length === 1;
  const visit = (node: Node, around: readonly FunctionNode[]): void => {
    if (found || node === called.entry.node) return;
    const inner = isFunctionNode(node) ? [...around, node] : around;
    if (node.type === "CallExpression") {
      const args = node.arguments.filter((arg) => arg.type !== "SpreadElement");
      if (args.length === node.arguments.length && isCallOf(node.callee, called.entry, called.level)) found = { args, around, isHandedOver: false };
      else if (takesOne && args.some((arg) => names(arg, called.entry))) handedOver ??= { args: args.filter((arg) => !names(arg, called.entry)), around, isHandedOver: true };
    }
    for (const child of childrenOf(node)) visit(child, inner);
  };
  visit(module.file.program, []);
  return found ?? handedOver;
}

function isCallOf(callee: Node, entry: FunctionEntry, level: number): boolean {
  if (level > 0) return callee.type === "CallExpression" && isCallOf(callee.callee, entry, level - 1);
  return names(callee, entry);
}

function names(node: Node, entry: FunctionEntry): boolean {
  const each = bare(node);
  if (each.type === "Identifier") return entry.ownerName === undefined && each.name === entry.shortName;
  return each.type === "MemberExpression" && entry.ownerName !== undefined && each.property.type === "Identifier" && each.property.name === entry.shortName;
}

function tryEvaluate(machine: Machine, scope: Scope, node: Node): Value | undefined {
  machine.staticOnly++;
  try {
    return evaluate(machine, scope, node);
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof Signal) return undefined;
    throw problem;
  } finally {
    machine.staticOnly--;
  }
}

const isStart = (data: unknown): boolean => typeof data === "number" || (Array.isArray(data) && data.length > 0 && data.every((item) => typeof item === "number" || isStart(item)));

/** Numbers, texts, and lists and plain objects of such: nothing of it has methods. */
function isPlain(machine: Machine, value: Value): boolean {
  if (value.kind === "static") return true;
  if (value.kind === "object") return value.prototype === undefined && [...value.fields.content.values()].every((slot) => isPlain(machine, slot.content));
  if (value.kind !== "list") return value.kind === "record" && value.layout.of === undefined;
  if (value.state.content.kind !== "cells") return true;
  return value.state.content.cells.every((cell) => isPlain(machine, cell.content));
}
