import type { ArrayVariable, Expression, Local } from "./types";
import { operands } from "./visit";

/**
 * Numbers expressions so that two have the same number exactly when they are the same (spans and spellings do not count). Each
 * node is looked at once however often it is asked about, so that finding what has been computed before does not
 * take longer the more has been.
 */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<Expression, number>();
  private readonly variables = new Map<Local | ArrayVariable, number>();
  private variableCount = 0;

  of(expression: Expression): number {
    const known = this.known.get(expression);
    if (known !== undefined) return known;
    const key = this.key(expression);
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    this.known.set(expression, number);
    return number;
  }

  private key(expression: Expression): string {
    const parts = operands(expression).map((operand) => this.of(operand)).join();
    switch (expression.kind) {
      case "constant": return `${expression.type} ${Object.is(expression.value, -0) ? "-0" : String(expression.value)}`;
      case "read": return `r${this.variable(expression.local)}`;
      case "load": return `l${this.variable(expression.array)}[${parts}]`;
      case "call": return `${expression.primitive}(${parts})`;
      case "select": return `?(${parts})`;
    }
  }

  private variable(variable: Local | ArrayVariable): number {
    const known = this.variables.get(variable);
    if (known !== undefined) return known;
    this.variables.set(variable, this.variableCount);
    return this.variableCount++;
  }
}
