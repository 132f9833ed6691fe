import { Numbering } from "../ir/numbering";
import type { ArrayVariable, Expression, Local } from "../ir/types";
import { walkExpression } from "../ir/visit";

type Variable = Local | ArrayVariable;

/** What is known, at one point of a program, of the values that locals hold. */
export class Available {
  /** Undefined: known no longer, whatever the outer one says. */
  private readonly known = new Map<Local, Expression | undefined>();
  /** Locals that held the expression of this number; `get` tells whether they still do. */
  private readonly holders = new Map<number, Set<Local>>();
  /** Locals whose value mentioned a variable. */
  private readonly mentions = new Map<Variable, Set<Local>>();

  /** This one, and those around it, innermost first. */
  private readonly chain: readonly Available[];

  private constructor(private readonly outer: Available | undefined, private readonly numbering: Numbering) {
    this.chain = [this, ...(outer?.chain ?? [])];
  }

  static nothing(): Available {
    return new Available(undefined, new Numbering());
  }

  /** For a nested block: starts with all of this, and what it learns stays its own. This one must not change meanwhile. */
  fork(): Available {
    return new Available(this, this.numbering);
  }

  get(local: Local): Expression | undefined {
    return this.known.has(local) ? this.known.get(local) : this.outer?.get(local);
  }

  /** A local that holds the value of this expression. */
  holder(expression: Expression): Local | undefined {
    const number = this.numbering.of(expression);
    for (const scope of this.chain) {
      for (const local of scope.holders.get(number) ?? []) {
        const value = this.get(local);
        if (value !== undefined && this.numbering.of(value) === number) return local;
      }
    }
    return undefined;
  }

  set(local: Local, value: Expression): void {
    this.forget(local);
    let unsteady = false;
    walkExpression(value, (e) => {
      if (e.kind === "read" && e.local === local) unsteady = true;
      if (e.kind === "load" && e.array.role.kind === "output") unsteady = true;
    });
    if (unsteady) return;
    this.known.set(local, value);
    const number = this.numbering.of(value);
    const holders = this.holders.get(number);
    if (holders) holders.add(local);
    else this.holders.set(number, new Set([local]));
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
    for (const scope of this.chain) {
      for (const local of scope.mentions.get(variable) ?? []) if (this.mentionsStill(local, variable)) this.known.set(local, undefined);
    }
    if (variable.kind === "local" && this.get(variable)) this.known.set(variable, undefined);
  }

  private mentionsStill(local: Local, variable: Variable): boolean {
    const value = this.get(local);
    let found = false;
    if (value) walkExpression(value, (e) => { if ((e.kind === "read" && e.local === variable) || (e.kind === "load" && e.array === variable)) found = true; });
    return found;
  }
}
