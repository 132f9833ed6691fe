import type { ArrayVariable, Block, Expression, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../ir/visit";

type Variable = Local | ArrayVariable;

/**
 * Removes statements whose effect nobody sees: values that reach neither the result nor an output nor a decision. A dead
 * tape goes with its saves, a stack with its pushes and pops. Loops that may not end, and traps, always stay.
 */
export function removeDeadCode(block: Block, result: Expression): Block {
  const needed = neededVariables(block, result);
  const keep = (inner: Block): Block => inner.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "assign": return needed.has(statement.local) ? [statement] : [];
      case "store":
      case "fill": return needed.has(statement.array) ? [statement] : [];
      case "accumulate": return needed.has(statement.target) ? [statement] : [];
      case "push":
      case "pop": return needed.has(statement.stack) ? [statement] : [];
      case "trap": return [statement];
      case "if": {
        const [then, otherwise] = [keep(statement.then), keep(statement.else)];
        return then.length + otherwise.length > 0 ? [{ ...statement, then, else: otherwise }] : [];
      }
      case "for": {
        const body = keep(statement.body);
        return body.length > 0 ? [{ ...statement, body }] : [];
      }
      case "while": return [{ ...statement, body: keep(statement.body) }];
    }
  });
  return keep(block);
}

function neededVariables(block: Block, result: Expression): Set<Variable> {
  /** What must be known to carry out each write of a variable. */
  const inputs = new Map<Variable, Expression[]>();
  /** The decisions each write depends on. */
  const controls = new Map<Variable, Set<Statement>>();
  const enclosing: Statement[] = [];
  const needed = new Set<Variable>();
  const queue: Variable[] = [];
  const decided = new Set<Statement>();

  const need = (variable: Variable): void => {
    if (needed.has(variable)) return;
    needed.add(variable);
    queue.push(variable);
  };
  const needExpression = (expression: Expression): void => walkExpression(expression, (e) => {
    if (e.kind === "read") need(e.local);
    if (e.kind === "load") need(e.array);
  });
  const needControl = (statement: Statement): void => {
    if (decided.has(statement)) return;
    decided.add(statement);
    expressionsOf(statement).forEach(needExpression);
    if (statement.kind === "for" && statement.exit) need(statement.exit);
  };
  const writes = (variable: Variable, expressions: readonly Expression[]): void => {
    const known = inputs.get(variable);
    if (known) known.push(...expressions);
    else inputs.set(variable, [...expressions]);
    const set = controls.get(variable) ?? new Set();
    for (const statement of enclosing) set.add(statement);
    controls.set(variable, set);
    if (variable.kind === "array" && variable.role.kind === "output") need(variable);
  };
  const visit = (inner: Block): void => {
    for (const statement of inner) {
      switch (statement.kind) {
        case "assign": writes(statement.local, [statement.value]); break;
        case "store":
        case "fill": writes(statement.array, expressionsOf(statement)); break;
        case "accumulate": writes(statement.target, expressionsOf(statement)); break;
        case "push": writes(statement.stack, [statement.value]); break;
        case "pop":
          writes(statement.local, []);
          poppedFrom.set(statement.local, statement.stack);
          writes(statement.stack, []);
          break;
        case "trap": enclosing.forEach(needControl); break;
        case "while": [...enclosing, statement].forEach(needControl); break;
        default: break;
      }
      enclosing.push(statement);
      for (const nested of blocksOf(statement)) visit(nested);
      enclosing.pop();
    }
  };
  const poppedFrom = new Map<Local, ArrayVariable>();
  const poppedInto = new Map<ArrayVariable, Local[]>();
  needExpression(result);
  visit(block);
  for (const [local, stack] of poppedFrom) poppedInto.set(stack, [...(poppedInto.get(stack) ?? []), local]);

  for (let variable = queue.pop(); variable; variable = queue.pop()) {
    for (const expression of inputs.get(variable) ?? []) needExpression(expression);
    for (const statement of controls.get(variable) ?? []) needControl(statement);
    if (variable.kind === "local") {
      const stack = poppedFrom.get(variable);
      if (stack) need(stack);
    } else for (const local of poppedInto.get(variable) ?? []) need(local);
  }
  return needed;
}
