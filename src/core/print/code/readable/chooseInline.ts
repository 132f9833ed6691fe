import { assign, call, select } from "../../../ir/build";
import type { Block, Expression, Statement } from "../../../ir/types";
import { sizeOfExpression } from "../../../loops/effects";
import { rewriteBlocks } from "../../../ir/rewriteBlock";

const LONGEST = 9;

/** `if (c) x = a; else x = b;` as x = c ? a : b, where both are short. */
export const chooseInline = (body: Block): Block => rewriteBlocks(body, (block) => block.map((statement): Statement => {
  if (statement.kind !== "if" || statement.then.length !== 1 || statement.else.length !== 1) return statement;
  const [then, otherwise] = [statement.then[0], statement.else[0]];
  if (then?.kind !== "assign" || otherwise?.kind !== "assign" || then.local !== otherwise.local) return statement;
  if (sizeOfExpression(statement.condition) + sizeOfExpression(then.value) + sizeOfExpression(otherwise.value) > LONGEST) return statement;
  return assign(then.local, choice(statement.condition, then.value, otherwise.value), statement.span);
}));

/** Among truth values, a choice with a constant arm is `and` or `or`. */
export function choice(condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  const isTruth = (e: Expression, value: 0 | 1): boolean => e.kind === "constant" && e.type === "bool" && e.value === value;
  if (isTruth(whenFalse, 0)) return isTruth(whenTrue, 1) ? condition : call("and", [condition, whenTrue]);
  if (isTruth(whenTrue, 1)) return call("or", [condition, whenFalse]);
  return select(condition, whenTrue, whenFalse);
}
