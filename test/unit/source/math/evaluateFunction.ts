import { evaluate } from "../../../../src/core/ir/evaluate";
import type { Block, IrFunction } from "../../../../src/core/ir/types";

/** The value of a function without arrays: enough for everything that mathematical text is lowered to. */
export function valueOf(fn: IrFunction, x: readonly number[]): number {
  const locals = new Map<string, number>();
  for (const { local, offset } of fn.scalars) locals.set(local.name, x[offset] ?? NaN);
  const environment = {
    local: (local: { name: string }) => locals.get(local.name) ?? 0,
    element: () => { throw new Error("Formulas have no arrays"); },
  };
  const run = (block: Block): void => {
    for (const statement of block) {
      if (statement.kind === "assign") locals.set(statement.local.name, evaluate(statement.value, environment));
      else if (statement.kind === "accumulate") locals.set(statement.target.name, (locals.get(statement.target.name) ?? 0) + evaluate(statement.value, environment));
      else if (statement.kind === "for") {
        const to = evaluate(statement.to, environment);
        for (let i = evaluate(statement.from, environment); i < to; i += statement.step) {
          locals.set(statement.index.name, i);
          run(statement.body);
        }
      } else throw new Error(`Formulas have no ${statement.kind}`);
    }
  };
  run(fn.body);
  return evaluate(fn.result, environment);
}
