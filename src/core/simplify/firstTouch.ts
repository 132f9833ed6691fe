import { assign } from "../ir/build";
import type { Block, Expression, Local, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** `a = 0; …; a += e` → `a = e`, where nothing in between looks at `a`; and a zero that is overwritten unseen goes. */
export function mergeFirstTouch(block: Block): Block {
  const out: (Statement | undefined)[] = [];
  const pending = new Map<Local, number>();
  for (const statement of block) {
    const current = nested(statement);
    if (current.kind === "accumulate" && current.target.kind === "local" && pending.has(current.target) && !reads(current.value, current.target)) {
      touch(current.value, pending);
      out[pending.get(current.target) ?? -1] = undefined;
      pending.delete(current.target);
      out.push(assign(current.target, current.value, current.span));
      continue;
    }
    for (const local of mentioned(current)) pending.delete(local);
    if (current.kind === "assign" && current.value.kind === "constant" && current.value.value === 0 && current.local.type === "f64") {
      pending.set(current.local, out.length);
    }
    out.push(current);
  }
  return out.filter((statement) => statement !== undefined);
}

function nested(statement: Statement): Statement {
  switch (statement.kind) {
    case "if": return { ...statement, then: mergeFirstTouch(statement.then), else: mergeFirstTouch(statement.else) };
    case "for":
    case "while": return { ...statement, body: mergeFirstTouch(statement.body) };
    default: return statement;
  }
}

const reads = (expression: Expression, local: Local): boolean => {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "read" && e.local === local) found = true; });
  return found;
};

function touch(expression: Expression, pending: Map<Local, number>): void {
  walkExpression(expression, (e) => { if (e.kind === "read") pending.delete(e.local); });
}

/** Every local the statement reads or writes, nested statements included. */
function mentioned(statement: Statement): Set<Local> {
  const locals = new Set<Local>();
  walkBlock([statement], (inner) => {
    for (const expression of expressionsOf(inner)) walkExpression(expression, (e) => { if (e.kind === "read") locals.add(e.local); });
    if (inner.kind === "assign" || inner.kind === "pop") locals.add(inner.local);
    if (inner.kind === "accumulate" && inner.target.kind === "local") locals.add(inner.target);
    if (inner.kind === "for" && inner.exit) locals.add(inner.exit);
  });
  return locals;
}

