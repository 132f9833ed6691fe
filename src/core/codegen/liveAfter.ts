import type { Block, Expression, For, IrFunction, Local, Statement } from "../ir/types";
import { expressionsOf, walkExpression } from "../ir/visit";

/** For each `for`: the locals whose values are asked for after it. */
export function liveAfterLoops(fn: IrFunction): ReadonlyMap<For, ReadonlySet<Local>> {
  const after = new Map<For, ReadonlySet<Local>>();
  const live = new Set<Local>();
  const reads = (expression: Expression): void => walkExpression(expression, (e) => { if (e.kind === "read") live.add(e.local); });

  /** From the last statement to the first; `live` goes along. */
  const block = (statements: Block): void => {
    for (let k = statements.length - 1; k >= 0; k--) {
      const each = statements[k];
      if (each) statement(each);
    }
  };
  const turns = (body: Block, before: () => void): void => {
    // What a turn asks for, the turn before it must leave; a second time round nothing is new.
    for (let round = 0; round < 2; round++) {
      block(body);
      before();
    }
  };
  const statement = (each: Statement): void => {
    switch (each.kind) {
      case "assign":
      case "pop":
        live.delete(each.local);
        break;
      case "if": {
        const outcome = [...live];
        block(each.then);
        const then = [...live];
        live.clear();
        for (const local of outcome) live.add(local);
        block(each.else);
        for (const local of then) live.add(local);
        break;
      }
      case "for": {
        const behind = new Set(live);
        after.set(each, behind);
        if (each.exit) live.add(each.exit);
        turns(each.body, () => {
          for (const local of behind) live.add(local);
          if (each.exit) live.add(each.exit);
        });
        break;
      }
      case "while": {
        const behind = new Set(live);
        reads(each.condition);
        turns(each.body, () => {
          for (const local of behind) live.add(local);
          reads(each.condition);
        });
        break;
      }
      case "accumulate": if (each.target.kind === "local") live.add(each.target); break;
      case "store": case "fill": case "push": case "trap": break;
    }
    expressionsOf(each).forEach(reads);
  };
  reads(fn.result);
  block(fn.body);
  return after;
}
