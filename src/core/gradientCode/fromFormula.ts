import { assign, read } from "../ir/build";
import { interpret } from "../ir/interpret";
import { namesOf } from "../ir/namesOf";
import type { IrFunction } from "../ir/types";
import { walkBlock } from "../ir/visit";
import { factorCommon } from "../print/code/factorCommon";
import { free, lastName } from "../print/code/nameVariables";
import type { Syntax } from "../print/code/syntax";
import { printText } from "../print/text";
import { call, number, sameWritten, type Written } from "../print/written";
import { NoClosedForm } from "../symbolic/canonical";
import { closedForm } from "../symbolic/closedForm";
import { SymbolicFunction } from "../symbolic/symbolicFunction";
import { evaluateNode } from "../symbolic/evaluateNode";
import { execute } from "../symbolic/execute";
import type { Node } from "../symbolic/node";
import type { GradientCode } from "./gradientCode";

/** A formula that replaces loops has to be this short, in characters over all partial derivatives. */
const shortEnough = 240;

/**
 * The gradient as formulas with what they share named; undefined where the function has none, or where its loops say it
 * more shortly. `spelt` are the coordinates as they are to be written.
 */
export function fromFormula(fn: IrFunction, gradient: IrFunction, start: Float64Array, spelt: readonly string[], asked: readonly number[], taken: ReadonlySet<string>, syntax: Syntax): GradientCode | undefined {
  // Data would become numbers in it, and cease to be the user's.
  if (fn.arrays.some((array) => array.role.kind === "data")) return undefined;
  const closed = closedForm(fn, spelt);
  if (!closed.ok) return undefined;
  const { formula } = closed;
  const written = asked.map((coordinate) => inDecimals(formula.writtenPartial(coordinate)));
  const texts = written.map((entry) => printText(entry, syntax.dialect));
  if (hasLoops(fn) && texts.join("").length > shortEnough) return undefined;
  if (!agrees(formula, gradient, start, asked)) return undefined;
  const used = new Set(taken);
  const own = ownNames(fn, spelt, used);
  const { definitions, entries } = factorCommon(written, own, used);
  const lines = definitions.map(([name, value]) => syntax.declare("const", name, printText(value, syntax.dialect)));
  const partials = new Map(asked.map((coordinate, i) => [coordinate, printText(entries[i] ?? { kind: "number", text: "0" }, syntax.dialect)]));
  const value = formula.value[syntax.dialect]();
  return { lines, partials, parts: [], reads: new Set(), copies: new Set(), formula: value.length <= 100 ? value : undefined };
}

/** One half is 0.5 in code; one third stays a fraction. */
function inDecimals(written: Written): Written {
  if (written.kind === "cases") {
    return {
      kind: "cases", otherwise: inDecimals(written.otherwise),
      branches: written.branches.map(({ condition, value }) => ({ condition: inDecimals(condition), value: inDecimals(value) })),
    };
  }
  if (written.kind !== "call") return written;
  const args = written.args.map(inDecimals);
  const [a, b] = args;
  if (written.primitive === "divide" && a?.kind === "number" && b?.kind === "number") {
    const decimal = String(Number(a.text) / Number(b.text));
    if (decimal.length <= 4) return number(decimal);
  }
  return call(written.primitive, args);
}

function hasLoops(fn: IrFunction): boolean {
  let found = false;
  walkBlock(fn.body, (statement) => { if (statement.kind === "for" || statement.kind === "while") found = true; });
  return found;
}

/** Multiplied out or put over one bar, a formula may lose digits that the program keeps; then the program is printed. */
function agrees(formula: SymbolicFunction, gradient: IrFunction, start: Float64Array, asked: readonly number[]): boolean {
  const out = new Float64Array(gradient.outputs ?? 0);
  return [0, 1, 2].every((k) => {
    const x = start.map((value, i) => value + k * (0.37 + 0.21 * ((i * 7 + k * 3) % 5)) * (1 + 0.1 * Math.abs(value)));
    interpret(gradient, x, out);
    const known = new Map<Node, number>();
    return asked.every((coordinate) => {
      const ours = out[coordinate] ?? NaN;
      const theirs = evaluateNode(formula.partialNode(coordinate), x, known);
      return Number.isNaN(ours) || Math.abs(ours - theirs) <= 1e-12 * Math.max(1, Math.abs(ours)) || ours === theirs;
    });
  });
}

/** The function as it is written in derivatives, however long. */
function formOf(fn: IrFunction, spelt: readonly string[]): Written | undefined {
  try {
    return new SymbolicFunction(execute(fn), fn, spelt).writtenValue();
  } catch (error) {
    if (!(error instanceof NoClosedForm)) throw error;
    return undefined;
  }
}

/** What the user gave a name, by the form it has in the gradient. */
function ownNames(fn: IrFunction, spelt: readonly string[], used: Set<string>): Map<Written, string> {
  const names = new Map<Written, string>();
  const counts = new Map<string, number>();
  walkBlock(fn.body, (statement) => { if (statement.kind === "assign") counts.set(statement.local.name, (counts.get(statement.local.name) ?? 0) + 1); });
  for (const [at, statement] of fn.body.entries()) {
    if (statement.kind !== "assign" || statement.local.label === undefined || statement.local.type !== "f64" || counts.get(statement.local.name) !== 1) continue;
    const probe = namesOf(fn).local("f64", "probe");
    const upTo = formOf({ ...fn, body: [...fn.body.slice(0, at + 1), assign(probe, read(statement.local))], result: read(probe) }, spelt);
    if (!upTo) continue;
    const written = inDecimals(upTo);
    if (written.kind !== "call" || [...names.keys()].some((known) => sameWritten(known, written))) continue;
    const name = free(lastName(statement.local.label), used);
    used.add(name);
    names.set(written, name);
  }
  return names;
}
