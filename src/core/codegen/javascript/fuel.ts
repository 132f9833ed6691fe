import type { Block, IrFunction, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../../ir/visit";

/**
 * How many operations one evaluation may take, some tenths of a second: beyond that there is no descending. Nested loops
 * that could take more count them, so that nothing hangs however long they are. Small integers, for V8 keeps those unboxed.
 */
const VALUE_FUEL = 200_000_000;
/** A derivative costs a few times its function. */
const DERIVATIVE_FUEL = 1_000_000_000;
/** What a loop is taken for whose length only the running program knows. */
const SUPPOSED_TRIPS = 10_000;

/** Undefined where the loops cannot take that long: then nothing is counted. */
export function fuelOf(fn: IrFunction): number | undefined {
  const fuel = fn.outputs === undefined ? VALUE_FUEL : DERIVATIVE_FUEL;
  return mostOperations(fn.body) > fuel ? fuel : undefined;
}

export function mostOperations(block: Block): number {
  let total = operationsOf(block);
  for (const statement of block) {
    const trips = tripsOf(statement);
    for (const inner of blocksOf(statement)) total += trips * mostOperations(inner);
  }
  return total;
}

export function tripsOf(statement: Statement): number {
  if (statement.kind === "while") return statement.cap;
  if (statement.kind !== "for") return 1;
  const { from, to, step } = statement;
  return from.kind === "constant" && to.kind === "constant" ? Math.max(0, Math.ceil((to.value - from.value) / step)) : SUPPOSED_TRIPS;
}

/** What one turn costs, the loops inside left out: they count for themselves. */
export function operationsOf(block: Block): number {
  let count = 1;
  for (const statement of block) {
    count++;
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "call" || e.kind === "select") count++; });
    if (statement.kind === "if") count += operationsOf(statement.then) + operationsOf(statement.else);
  }
  return count;
}
