import { read } from "../ir/build";
import type { Block, Expression, Local, Statement } from "../ir/types";
import { mapExpression } from "../ir/visit";

/** The block with other locals in place of its own, read and written, and expressions in place of indices. */
export function renamed(block: Block, locals: ReadonlyMap<Local, Local>, values: ReadonlyMap<Local, Expression> = new Map()): Statement[] {
  const change = (expression: Expression): Expression => mapExpression(expression, (e) => {
    if (e.kind !== "read") return e;
    const other = locals.get(e.local);
    return values.get(e.local) ?? (other ? read(other, e.span) : e);
  });
  const local = (each: Local): Local => locals.get(each) ?? each;
  const all = (inner: Block): Statement[] => inner.map((statement): Statement => {
    switch (statement.kind) {
      case "assign": return { ...statement, local: local(statement.local), value: change(statement.value) };
      case "store": return { ...statement, indices: statement.indices.map(change), value: change(statement.value) };
      case "accumulate": return {
        ...statement, target: statement.target.kind === "local" ? local(statement.target) : statement.target, value: change(statement.value),
        ...(statement.indices ? { indices: statement.indices.map(change) } : {}),
      };
      case "fill":
      case "push": return { ...statement, value: change(statement.value) };
      case "pop": return { ...statement, local: local(statement.local) };
      case "if": return { ...statement, condition: change(statement.condition), then: all(statement.then), else: all(statement.else) };
      case "for": return {
        ...statement, index: local(statement.index), from: change(statement.from), to: change(statement.to), body: all(statement.body),
        ...(statement.exit ? { exit: local(statement.exit) } : {}),
      };
      case "while": return { ...statement, condition: change(statement.condition), body: all(statement.body) };
      case "trap": return statement;
    }
  });
  return all(block);
}
