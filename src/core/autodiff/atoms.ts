import { assign, bool, branch, type Names, read, select } from "../ir/build";
import type { Constant, Expression, Local, Read, Statement } from "../ir/types";
import { typeOf, walkExpression } from "../ir/visit";
import type { Scope } from "./scope";

/** What an operation that is differentiated has for an operand. */
export type Atom = Constant | Read;

/** Takes expressions apart into operations on atoms, each in a statement of its own, put at the end of `out`. */
export class Atoms {
  /** `standsFor`: is told which of the program's locals a name was made for. */
  constructor(private readonly names: Names, private readonly standsFor: Map<Local, Local>) {}

  /** Reduces an expression to an atom, with every operation it takes in a statement before. */
  of(expression: Expression, scope: Scope, out: Statement[], into?: Local): Atom {
    const tree = this.tree(expression, scope, out, into);
    return tree.kind === "constant" || tree.kind === "read" ? tree : this.define(tree, into, out);
  }

  /**
   * An expression over atoms. i32 and bool arithmetic stays a tree (it is never differentiated); f64 operations and
   * loads from memory that may change are given statements of their own, except the outermost operation.
   */
  tree(expression: Expression, scope: Scope, out: Statement[], into?: Local): Expression {
    switch (expression.kind) {
      case "constant": return expression;
      case "read": return scope.get(expression.local);
      case "load": {
        const indices = expression.indices.map((index) => this.tree(index, scope, out));
        const loaded: Expression = { ...expression, indices };
        return expression.array.role.kind === "data" && expression.array.element === "i32" ? loaded : this.define(loaded, into, out);
      }
      case "select": return this.choose(expression.condition, expression.whenTrue, expression.whenFalse, scope, out, into);
      case "call": {
        const [first, second] = expression.args;
        if ((expression.primitive === "and" || expression.primitive === "or") && first && second && needsStatements(second)) {
          return expression.primitive === "and" ? this.choose(first, second, bool(false), scope, out) : this.choose(first, bool(true), second, scope, out);
        }
        const args = expression.args.map((arg) => (typeOf(arg) === "f64" ? this.of(arg, scope, out) : this.tree(arg, scope, out)));
        return { ...expression, args };
      }
    }
  }

  /** A `select` stays one where its arms are at hand; otherwise only the chosen arm may be evaluated, so it becomes an `if`. */
  private choose(condition: Expression, whenTrue: Expression, whenFalse: Expression, scope: Scope, out: Statement[], into?: Local): Expression {
    const decided = this.of(condition, scope, out);
    // An element is as good as a local: the arm is evaluated only when chosen, and costs nothing to evaluate again.
    const atomic = (e: Expression): boolean => e.kind === "constant" || e.kind === "read" || (e.kind === "load" && !e.indices.some(needsStatements));
    const plain = typeOf(whenTrue) === "f64" ? atomic(whenTrue) && atomic(whenFalse) : !needsStatements(whenTrue) && !needsStatements(whenFalse);
    const atHand = (e: Expression): Expression => (e.kind === "load" ? { ...e, indices: e.indices.map((index) => this.tree(index, scope, out)) } : this.tree(e, scope, out));
    if (plain) return select(decided, atHand(whenTrue), atHand(whenFalse));
    const merged = this.names.local(typeOf(whenTrue), into?.name ?? "t", into?.label);
    if (into) this.standsFor.set(merged, into);
    const arm = (value: Expression): Statement[] => {
      const block: Statement[] = [];
      block.push(assign(merged, this.of(value, scope, block)));
      return block;
    };
    out.push(branch(decided, arm(whenTrue), arm(whenFalse)));
    return read(merged);
  }

  define(value: Expression, local: Local | undefined, out: Statement[]): Read {
    const own = this.names.local(typeOf(value), local?.name ?? "t", local?.label);
    if (local) this.standsFor.set(own, local);
    out.push(assign(own, value, value.span));
    return read(own);
  }
}

function needsStatements(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (e) => {
    if (e.kind === "load" && !(e.array.role.kind === "data" && e.array.element === "i32")) found = true;
    if (e.kind === "call" && typeOf(e) === "f64") found = true;
    if (e.kind === "select" && typeOf(e) === "f64") found = true;
  });
  return found;
}
