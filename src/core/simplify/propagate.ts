import { assign, call, type Names, read } from "../ir/build";
import { hasChoice } from "../ir/hasChoice";
import type { ArrayVariable, Block, Expression, Local, Statement } from "../ir/types";
import { mapExpression, typeOf, walkBlock } from "../ir/visit";
import { Available } from "./available";
import { Bounds } from "./bounds";
import { fold } from "./fold";
import { stabilise } from "./stable";

/** What is put in other words. Either may change last digits; a stable spelling has a value where the naive one overflows. */
export interface Spellings {
  readonly powers: boolean;
  readonly unstable: boolean;
}

export const allBetter: Spellings = { powers: true, unstable: true };

/**
 * One walk in program order that folds, rewrites unstable spellings, propagates copies and constants, multiplies out small
 * powers, drops branches that are never taken, and computes nothing that a local already holds.
 */
export function propagate(block: Block, names: Names, spellings: Spellings): Block {
  return new Propagation(names, new Bounds(block), spellings).block(block, Available.nothing());
}

class Propagation {
  constructor(private readonly names: Names, private readonly bounds: Bounds, private readonly spellings: Spellings) {}

  block(block: Block, available: Available): Statement[] {
    const out: Statement[] = [];
    for (const statement of block) this.statement(statement, available, out);
    return out;
  }

  private nested(block: Block, available: Available): Statement[] {
    const out = this.block(block, available.fork());
    this.bounds.leave(block);
    return out;
  }

  private statement(statement: Statement, available: Available, out: Statement[]): void {
    const simple = (e: Expression): Expression => this.expression(e, available, out);
    switch (statement.kind) {
      case "assign": {
        const value = simple(statement.value);
        if (value.kind === "read" && value.local === statement.local) return;
        out.push(value === statement.value ? statement : { ...statement, value });
        available.forget(statement.local);
        available.set(statement.local, value);
        this.bounds.assigned(statement.local, value);
        return;
      }
      case "store": {
        const [indices, value] = [statement.indices.map(simple), simple(statement.value)];
        out.push({ ...statement, indices, value });
        available.forget(statement.array);
        return;
      }
      case "accumulate": {
        const indices = statement.indices?.map(simple);
        const value = simple(statement.value);
        available.forget(statement.target);
        if (value.kind === "constant" && value.value === 0) return;
        out.push({ ...statement, value, ...(indices ? { indices } : {}) });
        return;
      }
      case "fill":
        out.push({ ...statement, value: simple(statement.value) });
        available.forget(statement.array);
        return;
      case "push":
        out.push({ ...statement, value: simple(statement.value) });
        return;
      case "pop":
        out.push(statement);
        available.forget(statement.local);
        return;
      case "trap":
        out.push(statement);
        return;
      case "if": {
        const condition = simple(statement.condition);
        if (condition.kind === "constant") {
          out.push(...this.block(condition.value === 0 ? statement.else : statement.then, available));
          return;
        }
        const then = this.nested(statement.then, available);
        const otherwise = this.nested(statement.else, available);
        for (const variable of writtenBy([...statement.then, ...statement.else])) available.forget(variable);
        if (then.length + otherwise.length > 0) out.push({ ...statement, condition, then, else: otherwise });
        return;
      }
      case "for": {
        const [from, to] = [simple(statement.from), simple(statement.to)];
        if (from.kind === "constant" && to.kind === "constant" && (statement.step > 0 ? from.value >= to.value : from.value <= to.value)) return;
        for (const variable of writtenBy(statement.body)) available.forget(variable);
        this.bounds.enterLoop({ ...statement, from, to });
        out.push({ ...statement, from, to, body: this.nested(statement.body, available) });
        return;
      }
      case "while": {
        for (const variable of writtenBy(statement.body)) available.forget(variable);
        const condition = this.expression(statement.condition, available, undefined);
        out.push({ ...statement, condition, body: this.nested(statement.body, available) });
        return;
      }
    }
  }

  /** `out` takes the statements that sharing a subexpression needs; without it (a loop's condition) nothing is shared. */
  private expression(expression: Expression, available: Available, out: Statement[] | undefined): Expression {
    const see = (e: Expression): Expression => (e.kind === "read" ? available.get(e.local) ?? e : e);
    // Only one arm of a choice is evaluated: what it shares must not be computed before it is chosen.
    const hoist = hasChoice(expression) ? undefined : out;
    return mapExpression(expression, (e) => {
      if (e.kind === "read") {
        const value = available.get(e.local);
        return value?.kind === "constant" || value?.kind === "read" ? { ...value, ...(e.span ? { span: e.span } : {}) } : e;
      }
      const { powers, unstable } = this.spellings;
      const decided = this.bounds.decide(withoutTwoSigns(powers || !isPower(e) ? fold(e) : e, see));
      const folded = unstable ? stabilise(decided, see) : decided;
      const powered = !powers ? folded : hoist ? this.multiplyOut(folded, available, hoist) : multiplyAtoms(folded);
      if (powered.kind !== "call" && powered.kind !== "load") return powered;
      const holder = available.holder(powered);
      return holder ? read(holder, powered.span) : powered;
    });
  }

  /** x^2 → x·x, with x computed once. */
  private multiplyOut(expression: Expression, available: Available, out: Statement[]): Expression {
    if (expression.kind !== "call" || expression.primitive !== "power") return expression;
    const [base, exponent] = expression.args;
    if (!base || exponent?.kind !== "constant" || ![2, 3, 4].includes(exponent.value)) return expression;
    let x = base;
    if (x.kind !== "read") {
      const local = this.names.local(typeOf(base), "t");
      out.push(assign(local, base, base.span));
      available.set(local, base);
      x = read(local);
    }
    if (exponent.value < 4) return multiplyAtoms(call("power", [x, exponent], expression.span));
    const square = this.names.local("f64", "t");
    out.push(assign(square, call("multiply", [x, x])));
    available.set(square, call("multiply", [x, x]));
    return call("multiply", [read(square), read(square)], expression.span);
  }
}

const isPower = (e: Expression): boolean => e.kind === "call" && e.primitive === "power";

/** -t is x where t holds -x. */
function withoutTwoSigns(expression: Expression, see: (e: Expression) => Expression): Expression {
  const [arg] = expression.kind === "call" && expression.primitive === "negate" ? expression.args : [];
  const seen = arg && see(arg);
  const [x] = seen?.kind === "call" && seen.primitive === "negate" ? seen.args : [];
  return x?.kind === "read" ? x : expression;
}

function multiplyAtoms(expression: Expression): Expression {
  if (expression.kind !== "call" || expression.primitive !== "power") return expression;
  const [x, exponent] = expression.args;
  if (x?.kind !== "read" || exponent?.kind !== "constant") return expression;
  const square = call("multiply", [x, x], expression.span);
  if (exponent.value === 2) return square;
  return exponent.value === 3 ? call("multiply", [square, x], expression.span) : expression;
}

/** Everything the statements write, nested ones and loop indices included. */
function writtenBy(block: Block): Set<Local | ArrayVariable> {
  const written = new Set<Local | ArrayVariable>();
  walkBlock(block, (statement) => {
    switch (statement.kind) {
      case "assign":
      case "pop": written.add(statement.local); return;
      case "store":
      case "fill": written.add(statement.array); return;
      case "accumulate": written.add(statement.target); return;
      case "for": written.add(statement.index); return;
      default: return;
    }
  });
  return written;
}
