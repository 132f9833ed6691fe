import { assign, float, type Names, read } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import type { ArrayVariable, Block, Expression, IrFunction, Statement } from "../ir/types";
import { expressionsOf } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import { gradientParts } from "../print/code/gradientParts";
import { coordinateRoots, type Parameter } from "../print/code/parameters";
import { printBody } from "../print/code/printBody";
import { readsOf, sizeOfExpression, writesOf } from "../loops/effects";
import { readable } from "../print/code/readable/readable";
import { rewriteBlock } from "../ir/rewriteBlock";
import { withoutGuard } from "../print/code/readable/withoutGuards";
import type { Syntax } from "../print/code/syntax";
import { removeDeadCode } from "../simplify/deadCode";
import type { GradientCode } from "./gradientCode";
import { withoutUnneeded } from "./withoutUnneeded";

/** What may stand in the list that is returned, rather than on a line of its own. */
const shortEnough = 6;

/** The reverse-mode program as code, its loops kept. */
export function fromLoops(gradient: IrFunction, start: Float64Array, asked: ReadonlySet<number>, parameters: readonly Parameter[], data: readonly Root[], spelt: readonly string[], taken: ReadonlySet<string>, syntax: Syntax): GradientCode {
  const names = namesOf(gradient);
  const wanted = gradient.body.filter((statement) => !(slotOf(statement) !== undefined && !asked.has(slotOf(statement) ?? -1)));
  const lean = removeDeadCode(withoutUnneeded(gradient, rewriteBlock(removeDeadCode(wanted, float(0)), withoutGuard), start), float(0));
  const slots = new Map<number, Expression>();
  const settled = settle(readable(lean, gradient.arrays, names), slots, names);
  const outputs = gradient.arrays.filter((array) => array.role.kind === "output" && array.shape.length > 0 && isMentioned(settled, array));
  const used = new Set(taken);
  const parts = gradientParts(outputs, parameters, used, syntax);
  const printed = printBody(gradient, settled, [...slots.values()], { coordinates: spelt, unknowns: coordinateRoots(parameters), data, parts, taken: used }, syntax);
  const zeros = parts.map((part) => syntax.declare("const", part.name, part.zeros));
  return {
    lines: [...printed.head, ...zeros, ...printed.lines], partials: new Map([...slots.keys()].map((slot, i) => [slot, printed.results[i] ?? "0"])), parts, reads: printed.reads, copies: printed.copies, formula: undefined,
  };
}

function slotOf(statement: Statement): number | undefined {
  if (statement.kind !== "store" || statement.array.role.kind !== "output" || statement.array.shape.length > 0) return undefined;
  return statement.array.role.offset ?? 0;
}

/** The body without its slots, each of which becomes an expression that means the same at the end and may stand in a list. */
function settle(source: Block, slots: Map<number, Expression>, names: Names): Block {
  const out: Statement[] = [];
  for (const [at, statement] of source.entries()) {
    const slot = slotOf(statement);
    if (slot === undefined || statement.kind !== "store") {
      out.push(statement);
      continue;
    }
    const operands = new Set(expressionsOf(statement).flatMap((e) => [...readsOf(e)]));
    const stays = !source.slice(at + 1).some((later) => [...writesOf(later)].some((variable) => operands.has(variable)));
    if (stays && sizeOfExpression(statement.value) <= shortEnough) {
      slots.set(slot, statement.value);
      continue;
    }
    const local = names.local("f64", statement.array.name.replace(/^gradient_/, "d_"));
    out.push(assign(local, statement.value));
    slots.set(slot, read(local));
  }
  return out;
}

function isMentioned(block: Block, array: ArrayVariable): boolean {
  return block.some((statement) => writesOf(statement).has(array));
}
