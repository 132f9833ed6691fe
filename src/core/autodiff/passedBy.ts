import { call, float, select } from "../ir/build";
import type { Block, Expression, Local, PrimitiveName, Statement } from "../ir/types";
import { expressionsOf, walkExpression } from "../ir/visit";
import { product } from "./seed";

/** Primitives that have a value where their slope is infinite, or whose slope is not a number beside their domain. */
export const singular: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "divide", "power", "sqrt", "cbrt", "log", "log1p", "log2", "log10", "asin", "acos", "acosh", "atanh", "asech",
]);

/**
 * Locals of a normalised program whose value a choice may pass by (`const s = Math.sqrt(x); return x > 0 ? s : 0`). Their
 * adjoint is then 0 because nothing was done with them, and stays 0 whatever their own slope is.
 */
export function passedBy(body: Block): ReadonlySet<Local> {
  const passed = new Set<Local>();
  const uses: { reads: readonly Local[]; into: Local | undefined; arms: readonly Block[]; isChosen: boolean }[] = [];
  const definedIn = new Map<Local, readonly Block[]>();
  const visit = (block: Block, arms: readonly Block[]): void => {
    for (const statement of block) {
      use(statement, arms);
      switch (statement.kind) {
        case "if":
          visit(statement.then, [...arms, statement.then]);
          visit(statement.else, [...arms, statement.else]);
          break;
        case "for":
        case "while": visit(statement.body, arms); break;
        default: break;
      }
    }
  };
  const use = (statement: Statement, arms: readonly Block[]): void => {
    const into = statement.kind === "assign" ? statement.local : undefined;
    if (into && !definedIn.has(into)) definedIn.set(into, arms);
    uses.push({ reads: expressionsOf(statement).flatMap(localsIn), into, arms, isChosen: statement.kind === "assign" && statement.value.kind === "select" });
  };
  visit(body, []);
  for (const { reads, into, arms, isChosen } of uses.reverse()) {
    for (const local of reads) {
      const outside = definedIn.get(local) ?? [];
      if (isChosen || (into && passed.has(into)) || arms.some((arm) => !outside.includes(arm))) passed.add(local);
    }
  }
  return passed;
}

/** seed · slope; what a choice passed by contributes nothing, even where its slope is infinite. */
export function guardedProduct(seed: Expression, slope: Expression): Expression {
  const amount = product(seed, slope);
  if (amount.kind === "constant") return amount;
  return select(call("or", [call("notEqual", [seed, float(0)]), call("isFinite", [slope])]), amount, float(0));
}

function localsIn(expression: Expression): Local[] {
  const found: Local[] = [];
  walkExpression(expression, (e) => { if (e.kind === "read" && e.local.type === "f64") found.push(e.local); });
  return found;
}
