import { Names } from "./build";
import type { IrFunction } from "./types";
import { walkBlock, walkExpression, expressionsOf } from "./visit";

/** New names beside all those a function uses. */
export function namesOf(fn: IrFunction): Names {
  const taken = new Set<string>([...fn.arrays, ...fn.scalars.map(({ local }) => local)].map(({ name }) => name));
  walkBlock(fn.body, (statement) => {
    if (statement.kind === "assign" || statement.kind === "pop") taken.add(statement.local.name);
    if (statement.kind === "for") taken.add(statement.index.name);
    if (statement.kind === "accumulate") taken.add(statement.target.name);
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "read") taken.add(e.local.name); });
  });
  return new Names(taken);
}
