import { assign, call, int, type Names, read } from "../ir/build";
import type { Block, Expression, For, Local, Statement } from "../ir/types";
import { walkBlock } from "../ir/visit";

/**
 * A counter that a loop raises by the same amount each turn (`l[t++]`) is known from the turn alone: `t = t₀ + c·(i - from)`.
 * Said that way it is carried from no turn to the next, and the reverse sweep has it without a tape.
 */
export function countersInClosedForm(block: Block, names: Names): Block {
  return block.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "if": return [{ ...statement, then: countersInClosedForm(statement.then, names), else: countersInClosedForm(statement.else, names) }];
      case "while": return [{ ...statement, body: countersInClosedForm(statement.body, names) }];
      case "for": return ofLoop({ ...statement, body: countersInClosedForm(statement.body, names) }, names);
      default: return [statement];
    }
  });
}

function ofLoop(loop: For, names: Names): Statement[] {
  const counters = loop.exit || Math.abs(loop.step) !== 1 ? [] : countersOf(loop);
  if (counters.length === 0) return [loop];
  const before: Statement[] = [];
  const head: Statement[] = [];
  const after: Statement[] = [];
  const fixed = (expression: Expression): Expression => {
    if (expression.kind === "constant") return expression;
    const local = names.local("i32", "bound");
    before.push(assign(local, expression));
    return read(local);
  };
  const [from, to] = [fixed(loop.from), fixed(loop.to)];
  const forwards = loop.step > 0;
  const turns = (end: Expression): Expression => (forwards ? minus(end, from) : minus(from, end));
  for (const { local, by } of counters) {
    const start = names.local("i32", local.name, local.label);
    const raised = (times: Expression): Expression => call("addInt", [read(start), by === 1 ? times : call("multiplyInt", [times, int(by)])]);
    before.push(assign(start, read(local)));
    head.push(assign(local, raised(turns(read(loop.index)))));
    after.push(assign(local, raised(call("maxInt", [turns(to), int(0)]))));
  }
  return [...before, { ...loop, from, to, body: [...head, ...loop.body] }, ...after];
}

const minus = (a: Expression, b: Expression): Expression => (b.kind === "constant" && b.value === 0 ? a : call("subtractInt", [a, b]));

/** Whole numbers that the body raises once, at its own level, by a constant, and writes nowhere else. */
function countersOf(loop: For): { local: Local; by: number }[] {
  const writes = new Map<Local, number>();
  walkBlock(loop.body, (inner) => {
    const local = inner.kind === "assign" || inner.kind === "pop" ? inner.local : undefined;
    if (local) writes.set(local, (writes.get(local) ?? 0) + 1);
  });
  return loop.body.flatMap((statement) => {
    if (statement.kind !== "assign" || statement.local.type !== "i32" || writes.get(statement.local) !== 1) return [];
    const { local, value } = statement;
    if (value.kind !== "call" || value.primitive !== "addInt") return [];
    const [a, b] = value.args;
    return a?.kind === "read" && a.local === local && b?.kind === "constant" ? [{ local, by: b.value }] : [];
  });
}
