import type { Expression, IrFunction, Local } from "../../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../../ir/visit";
import type { Diagnostic } from "../diagnostic";
import type { Argument, Lowered, StartOrigin } from "../program";
import { constantsOf } from "./arguments/inOwnShape";
import type { Setting } from "./arguments/setting";
import { asFloat } from "./evaluate/numbers";
import type { Machine } from "./state/machine";
import { describe, type Value } from "./state/values";
import { innerFunction, signatureOf } from "./syntax/functions";
import { outerHint } from "./syntax/outerVariables";
import { Refusal, toDiagnostic } from "./syntax/refusal";
import { boundNames, endOf, startOf, type Node } from "./syntax/syntax";

/** What a reading found out about the arguments. */
export interface Found {
  readonly startOrigin: StartOrigin;
  readonly arguments: readonly Argument[];
  /** Parameters whose data, or whose start, had to be made up. */
  readonly guessedData: readonly Node[];
  readonly guessedStart: readonly Node[];
}

/** The one number that a function returns; refuses everything else. */
export function resultOf({ machine, entry }: Setting, result: Value): Expression {
  const site = machine.lastReturn ?? entry.node;
  const { trapped, lastThrow } = machine;
  if (lastThrow && trapped.content.kind === "static" && trapped.content.value === true) throw lastThrow;
  if (result.kind === "scalar" || (result.kind === "static" && typeof result.value === "number")) {
    if (result.kind === "scalar" && result.type === "bool") throw notANumber(machine, site, "a truth value", "Return a number, for instance the loss itself.");
    return asFloat(machine, result, site);
  }
  if (result.kind === "static" && result.value === undefined) {
    throw new Refusal("E105", `"${entry.name}" returns nothing; a gradient needs one number.`, "End it with return and the value to minimise.", signatureOf(entry));
  }
  if (result.kind === "hole") asFloat(machine, result, site);
  throw notANumber(machine, site, describe(result), result.kind === "list" ? "Return one number, for instance the sum of squares." : "Return the number itself.");
}

/** The program that was written, its unknowns, and what a person should know of it. */
export function assemble(setting: Setting, found: Found, result: Expression): Lowered {
  const { machine, args, entry, modules } = setting;
  const { lines } = modules.main;
  const [forced] = args.forcedNames();
  if (args.coordinates.length === 0 && forced !== undefined) {
    throw new Refusal("E108", `How long something is depends on "${forced}", so there is nothing left to descend on.`, "Use a fixed length, or add a parameter that is not a length.", signatureOf(entry));
  }
  if (args.coordinates.length === 0) throw nothingToFind(setting);
  const { arrays, locals } = usedBy(machine, result);
  const isRead = args.scalars.some(({ local }) => locals.has(local)) || machine.arrays.some((array) => array.role.kind === "parameter" && arrays.has(array.name));
  if (!isRead) throw nothingToFind(setting);
  const ir: IrFunction = {
    name: entry.shortName, dimension: args.coordinates.length, scalars: args.scalars,
    arrays: machine.arrays.filter((array) => arrays.has(array.name)), body: machine.block, result,
  };
  const diagnostics: Diagnostic[] = [...machine.notes.values()].map((note) => toDiagnostic(note, lines, note.code.startsWith("W") ? "warning" : "info"));
  for (const param of found.guessedData) {
    diagnostics.push(toDiagnostic(at(param, "W206", `No data are known for "${boundNames(param).join(", ")}"; made-up numbers stand in.`, "Give them in the panel, or call the function in this file with its data."), lines, "warning"));
  }
  const [first] = found.guessedStart;
  if (first) diagnostics.push(toDiagnostic(at(first, "I303", "No start is given, so the unknowns start at made-up numbers.", "Give default values, a @start tag, or a start in the panel."), lines, "info"));
  return {
    function: ir, coordinates: args.coordinates, start: Float64Array.from(args.start), startOrigin: found.startOrigin, diagnostics,
    arguments: found.arguments, constants: () => constantsOf(machine, modules.main, modules.scopeOf(machine, modules.main)),
  };
}

function usedBy(machine: Machine, result: Expression): { arrays: ReadonlySet<string>; locals: ReadonlySet<Local> } {
  const arrays = new Set<string>();
  const locals = new Set<Local>();
  const visit = (expression: Expression): void => walkExpression(expression, (part) => {
    if (part.kind === "load") arrays.add(part.array.name);
    if (part.kind === "read") locals.add(part.local);
  });
  walkBlock(machine.block, (statement) => {
    for (const expression of expressionsOf(statement)) visit(expression);
    if (statement.kind === "store" || statement.kind === "fill") arrays.add(statement.array.name);
    if (statement.kind === "accumulate" && statement.target.kind === "array") arrays.add(statement.target.name);
  });
  visit(result);
  return { arrays, locals };
}

function nothingToFind({ entry, options, modules }: Setting): Refusal {
  if (entry.node.params.length > 0 && !options.variables && innerFunction(entry.node) === undefined) {
    return new Refusal("E113", `The result of "${entry.name}" does not depend on its parameters.`, outerHint(modules.main, entry) ?? "Return something computed from them.", signatureOf(entry));
  }
  if (options.variables && options.variables.length > 0) {
    const names = options.variables.map((name) => `"${name}"`).join(", ");
    return new Refusal("E113", `The result of "${entry.name}" does not depend on ${names}.`, outerHint(modules.main, entry) ?? "Choose one of its parameters.", signatureOf(entry));
  }
  return new Refusal("E113", `"${entry.name}" has no parameters to descend on.`, outerHint(modules.main, entry) ?? "Make the numbers to be found parameters of the function.", signatureOf(entry));
}

function at(node: Node, code: string, message: string, hint: string): Refusal {
  return new Refusal(code, message, hint, { start: startOf(node), end: endOf(node) });
}

function notANumber(machine: Machine, site: Node, what: string, hint: string): Refusal {
  return machine.refuse(site, "E105", `This returns ${what}; a gradient needs one number.`, hint);
}
