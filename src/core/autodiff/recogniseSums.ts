import { accumulate, call } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Block, Expression, Local, Statement } from "../ir/types";
import { walkExpression } from "../ir/visit";

/** Turns `s = s + e`, `s = e + s`, `s = s - e` and the same for elements into `accumulate`: nothing else about them matters. */
export function recogniseSums(block: Block): Block {
  return block.map(recognise);
}

function recognise(statement: Statement): Statement {
  switch (statement.kind) {
    case "assign": {
      const { local } = statement;
      if (local.type !== "f64") return statement;
      const added = addend(statement.value, (e) => e.kind === "read" && e.local === local);
      if (!added || mentions(added, local)) return statement;
      return accumulate(local, added, undefined, statement.span);
    }
    case "store": {
      const { array, indices } = statement;
      if (array.element !== "f64") return statement;
      const added = addend(statement.value, (e) =>
        e.kind === "load" && e.array === array && e.indices.every((index, j) => sameExpression(index, indices[j])));
      return added ? accumulate(array, added, indices, statement.span) : statement;
    }
    case "if": return { ...statement, then: recogniseSums(statement.then), else: recogniseSums(statement.else) };
    case "for":
    case "while": return { ...statement, body: recogniseSums(statement.body) };
    default: return statement;
  }
}

function addend(value: Expression, isTarget: (e: Expression) => boolean): Expression | undefined {
  if (value.kind !== "call") return undefined;
  const [a, b] = value.args;
  if (!a || !b) return undefined;
  if (value.primitive === "add") return isTarget(a) ? b : isTarget(b) ? a : undefined;
  if (value.primitive === "subtract" && isTarget(a)) return call("negate", [b], b.span);
  return undefined;
}

function mentions(expression: Expression, local: Local): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "read" && e.local === local) found = true; });
  return found;
}
