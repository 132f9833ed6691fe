import { sameExpression } from "../ir/same";
import type { ArrayVariable, Expression, Local } from "../ir/types";
import { walkExpression } from "../ir/visit";

type Variable = Local | ArrayVariable;

/** What is known, at one point of a program, of the values that locals hold. */
export class Available {
  private readonly known = new Map<Local, Expression>();
  private readonly holders = new Map<string, Local[]>();
  /** Locals whose known value mentions a variable. */
  private readonly mentions = new Map<Variable, Set<Local>>();

  get(local: Local): Expression | undefined {
    return this.known.get(local);
  }

  /** A local that holds the value of this expression. */
  holder(expression: Expression): Local | undefined {
    return this.holders.get(shapeOf(expression))?.find((local) => {
      const value = this.known.get(local);
      return value !== undefined && sameExpression(value, expression);
    });
  }

  set(local: Local, value: Expression): void {
    this.forget(local);
    let own = false;
    walkExpression(value, (e) => {
      if (e.kind === "read" && e.local === local) own = true;
      if (e.kind === "load" && e.array.role.kind === "output") own = true;
    });
    if (own) return;
    this.known.set(local, value);
    const shape = shapeOf(value);
    const holders = this.holders.get(shape);
    if (holders) holders.push(local);
    else this.holders.set(shape, [local]);
    walkExpression(value, (e) => {
      const variable = e.kind === "read" ? e.local : e.kind === "load" ? e.array : undefined;
      if (!variable) return;
      const mentioning = this.mentions.get(variable);
      if (mentioning) mentioning.add(local);
      else this.mentions.set(variable, new Set([local]));
    });
  }

  /** The variable is about to change. */
  forget(variable: Variable): void {
    for (const local of this.mentions.get(variable) ?? []) this.drop(local);
    this.mentions.delete(variable);
    if (variable.kind === "local") this.drop(variable);
  }

  fork(): Available {
    const copy = new Available();
    for (const [local, value] of this.known) copy.set(local, value);
    return copy;
  }

  private drop(local: Local): void {
    const value = this.known.get(local);
    if (!value) return;
    this.known.delete(local);
    const holders = this.holders.get(shapeOf(value));
    const place = holders?.indexOf(local) ?? -1;
    if (place >= 0) holders?.splice(place, 1);
  }
}

/** Equal for expressions that may be the same; cheap to compute. */
function shapeOf(expression: Expression): string {
  const leaf = (e: Expression): string => {
    switch (e.kind) {
      case "constant": return String(e.value);
      case "read": return e.local.name;
      case "load": return `${e.array.name}[]`;
      case "call": return e.primitive;
      case "select": return "?";
    }
  };
  switch (expression.kind) {
    case "load": return `${expression.array.name}[${expression.indices.map(leaf).join()}]`;
    case "call": return `${expression.primitive}(${expression.args.map(leaf).join()})`;
    default: return leaf(expression);
  }
}
