import { namesOf } from "../ir/namesOf";
import { mentionedArrays } from "../ir/mentioned";
import { assign, read } from "../ir/build";
import type { Block, IrFunction } from "../ir/types";
import { countersInClosedForm } from "./counters";
import { removeDeadCode } from "./deadCode";
import { mergeFirstTouch } from "./firstTouch";
import { hoist } from "./hoist";
import { allBetter, propagate, type Spellings } from "./propagate";
import { scalarise } from "./scalarise";
import { wholeNumbers } from "./wholeNumbers";

/**
 * Cleans a function without changing what it computes, beyond the last digits that stable spellings and x^2 = x·x may differ in. Whoever
 * has opened up a function that was simplified before says that spellings stay: what it computes is agreed upon by then.
 */
export function simplify(fn: IrFunction, spellings: Spellings = allBetter): IrFunction {
  const small = scalarise(fn);
  const names = namesOf(small);
  const scalar = { ...small, ...wholeNumbers(small.body, small.result, names) };
  // The result takes part like any statement.
  const value = names.local("f64", "value");
  let body: Block = [...countersInClosedForm(scalar.body, names), assign(value, scalar.result, scalar.result.span)];
  const result = read(value);
  for (let round = 0; round < 2; round++) {
    body = mergeFirstTouch(body);
    body = propagate(body, names, spellings);
    body = removeDeadCode(body, result);
  }
  body = hoist(body, result);
  return { ...scalar, arrays: mentionedArrays(body, scalar.arrays, result), body, result };
}
