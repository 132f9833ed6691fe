import type { ArrayVariable, Block, Expression, For, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";

type Variable = Local | ArrayVariable;

/**
 * Moves out of a loop what is the same on each of its turns: `t = a[i]` within a loop over j that writes no a. Expressions are
 * pure and cannot fail, so computing one earlier changes nothing that can be seen; only loops that certainly
 * take a turn give anything up, for otherwise it might be computed for nothing.
 */
export function hoist(block: Block, result: Expression): Block {
  const writes = new Map<Local, number>();
  walkBlock(block, (statement) => {
    const local = statement.kind === "assign" || statement.kind === "pop" ? statement.local
      : statement.kind === "accumulate" && statement.target.kind === "local" ? statement.target : undefined;
    if (local) writes.set(local, (writes.get(local) ?? 0) + 1);
  });
  // What is read before it is assigned is read from the turn before, or is 0 on the first: it has to stay.
  const readEarly = new Set<Local>();
  const assigned = new Set<Local>();
  const reads = (expression: Expression): void => walkExpression(expression, (e) => { if (e.kind === "read" && !assigned.has(e.local)) readEarly.add(e.local); });
  walkBlock(block, (statement) => {
    expressionsOf(statement).forEach(reads);
    if (statement.kind === "for" && statement.exit && !assigned.has(statement.exit)) readEarly.add(statement.exit);
    if (statement.kind === "assign") assigned.add(statement.local);
  });
  reads(result);
  return new Hoisting((local) => writes.get(local) === 1 && !readEarly.has(local)).block(block);
}

class Hoisting {
  constructor(private readonly isOnce: (local: Local) => boolean) {}

  block(block: Block): Block {
    return block.flatMap((statement): Statement[] => {
      switch (statement.kind) {
        case "if": return [{ ...statement, then: this.block(statement.then), else: this.block(statement.else) }];
        case "while": return [{ ...statement, body: this.block(statement.body) }];
        // Innermost first: what leaves one loop may leave the one around it as well.
        case "for": return this.leave({ ...statement, body: this.block(statement.body) });
        default: return [statement];
      }
    });
  }

  private leave(loop: For): Statement[] {
    const { from, to, step } = loop;
    const runs = from.kind === "constant" && to.kind === "constant" && (step > 0 ? from.value < to.value : from.value > to.value);
    if (!runs) return [loop];
    const changing = changedBy(loop);
    const out: Statement[] = [];
    const body = loop.body.filter((statement) => {
      if (statement.kind !== "assign" || !this.isOnce(statement.local) || !isWorthIt(statement.value) || mentions(statement.value, changing)) return true;
      out.push(statement);
      changing.delete(statement.local);
      return false;
    });
    return out.length === 0 ? [loop] : [...out, { ...loop, body }];
  }
}

/** A copy or a constant costs nothing where it is. */
const isWorthIt = (value: Expression): boolean => value.kind !== "read" && value.kind !== "constant";

function mentions(expression: Expression, changing: ReadonlySet<Variable>): boolean {
  let found = false;
  walkExpression(expression, (e) => {
    if ((e.kind === "read" && changing.has(e.local)) || (e.kind === "load" && changing.has(e.array))) found = true;
  });
  return found;
}

function changedBy(loop: For): Set<Variable> {
  const changed = new Set<Variable>([loop.index]);
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case "assign": changed.add(statement.local); break;
      case "store":
      case "fill": changed.add(statement.array); break;
      case "accumulate": changed.add(statement.target); break;
      case "pop": changed.add(statement.local).add(statement.stack); break;
      case "push": changed.add(statement.stack); break;
      case "for": changed.add(statement.index); break;
      default: break;
    }
    for (const block of blocksOf(statement)) block.forEach(visit);
  };
  loop.body.forEach(visit);
  return changed;
}
