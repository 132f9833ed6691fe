import { accumulate, assign, branch, call, fill, float, load, type Names, read, select, store } from "../ir/build";
import { mentionedArrays } from "../ir/mentioned";
import type { ArrayVariable, Block, Constant, Expression, IrFunction, Local, PrimitiveName, Read, Select, Statement } from "../ir/types";
import { mapExpression, typeOf, walkExpression } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";
import { activityOf, isVaried } from "./activity";
import { namesOf } from "../ir/namesOf";
import { product } from "./seed";

/**
 * Forward mode: a function of [x, v], 2 × dimension unknowns, whose result is the derivative of f at x along v, and whose
 * outputs are the derivatives of f's outputs along v. Of a gradient's IR it makes Hessian-vector products.
 */
export function forward(fn: IrFunction): IrFunction {
  return new Forward(fn).run();
}

type Atom = Constant | Read;

/** Primitives with a finite value where the slope is infinite or undefined. */
const singular: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["sqrt", "cbrt", "power", "asin", "acos", "acosh", "asech", "hypot", "log", "log1p", "log2", "log10"]);

/** A value and its derivative along v; no tangent means that it is zero. */
interface Dual {
  readonly primal: Atom;
  readonly tangent: Expression | undefined;
}

class Forward {
  private readonly names: Names;
  private readonly varied: ReadonlySet<Local | ArrayVariable>;
  private readonly tangents = new Map<Local, Local>();
  private readonly tangentArrays = new Map<ArrayVariable, ArrayVariable>();
  /** Primal outputs are scratch now: the derivative is what the caller wants. */
  private readonly primalArrays = new Map<ArrayVariable, ArrayVariable>();

  constructor(private readonly fn: IrFunction) {
    this.names = namesOf(fn);
    const unknowns = [...fn.scalars.map(({ local }) => local), ...fn.arrays.filter((array) => array.role.kind === "parameter")];
    this.varied = activityOf(fn.body, unknowns, [fn.result]).varied;
  }

  run(): IrFunction {
    const { fn } = this;
    const scalars = fn.scalars.flatMap(({ local, offset }) => [{ local, offset }, { local: this.tangentOf(local), offset: fn.dimension + offset }]);
    const body = this.block(fn.body);
    const result = this.dual(fn.result, body);
    const arrays = [...fn.arrays.map((array) => this.primalArray(array)), ...this.tangentArrays.values()];
    const tangent = result.tangent ?? float(0);
    return { ...fn, dimension: 2 * fn.dimension, scalars, arrays: mentionedArrays(body, arrays, tangent), body, result: tangent };
  }

  private block(block: Block): Statement[] {
    const out: Statement[] = [];
    for (const statement of block) this.statement(statement, out);
    return out;
  }

  private statement(statement: Statement, out: Statement[]): void {
    switch (statement.kind) {
      case "assign": {
        const { local, span } = statement;
        if (!this.varied.has(local)) {
          out.push(assign(local, this.primal(statement.value), span));
          return;
        }
        const { primal, tangent } = this.dual(statement.value, out);
        // The tangent is computed before the primal is overwritten: it may read it.
        const slope = tangent && tangent.kind !== "constant" ? this.temporary(tangent, out) : tangent;
        out.push(assign(local, primal, span), assign(this.tangentOf(local), slope ?? float(0)));
        return;
      }
      case "store": {
        const array = this.primalArray(statement.array);
        const indices = this.trees(statement.indices);
        if (!this.varied.has(statement.array)) {
          out.push(store(array, indices, this.primal(statement.value), statement.span));
          return;
        }
        const { primal, tangent } = this.dual(statement.value, out);
        out.push(store(this.tangentArray(statement.array), indices, tangent ?? float(0)), store(array, indices, primal, statement.span));
        return;
      }
      case "accumulate": this.accumulate(statement, out); return;
      case "fill": {
        const { primal, tangent } = this.dual(statement.value, out);
        if (this.varied.has(statement.array)) out.push(fill(this.tangentArray(statement.array), tangent ?? float(0)));
        out.push(fill(this.primalArray(statement.array), primal, statement.span));
        return;
      }
      case "push": {
        if (!this.varied.has(statement.stack)) {
          out.push({ ...statement, value: this.primal(statement.value) });
          return;
        }
        const { primal, tangent } = this.dual(statement.value, out);
        out.push({ kind: "push", stack: this.tangentArray(statement.stack), value: tangent ?? float(0) }, { ...statement, value: primal });
        return;
      }
      case "pop":
        out.push(statement);
        if (this.varied.has(statement.stack)) out.push({ kind: "pop", stack: this.tangentArray(statement.stack), local: this.tangentOf(statement.local) });
        else if (this.varied.has(statement.local)) out.push(assign(this.tangentOf(statement.local), float(0)));
        return;
      case "if":
        out.push({ ...statement, condition: this.primal(statement.condition), then: this.block(statement.then), else: this.block(statement.else) });
        return;
      case "for":
        out.push({ ...statement, from: this.primal(statement.from), to: this.primal(statement.to), body: this.block(statement.body) });
        return;
      case "while":
        out.push({ ...statement, condition: this.primal(statement.condition), body: this.block(statement.body) });
        return;
      case "trap": out.push(statement); return;
    }
  }

  private accumulate(statement: Statement & { kind: "accumulate" }, out: Statement[]): void {
    const { target, value, span } = statement;
    const indices = statement.indices ? this.trees(statement.indices) : undefined;
    const where = target.kind === "array" ? this.primalArray(target) : target;
    if (!this.varied.has(target)) {
      out.push(accumulate(where, this.primal(value), indices, span));
      return;
    }
    const { primal, tangent } = this.dual(value, out);
    if (tangent) out.push(accumulate(target.kind === "array" ? this.tangentArray(target) : this.tangentOf(target), tangent, indices));
    out.push(accumulate(where, primal, indices, span));
  }

  private dual(expression: Expression, out: Statement[]): Dual {
    if (!isVaried(expression, this.varied)) return { primal: this.atom(this.primal(expression), out), tangent: undefined };
    switch (expression.kind) {
      case "constant": return { primal: expression, tangent: undefined };
      case "read": return { primal: expression, tangent: read(this.tangentOf(expression.local)) };
      case "load": {
        const indices = this.trees(expression.indices);
        return {
          primal: this.temporary({ ...expression, array: this.primalArray(expression.array), indices }, out),
          tangent: load(this.tangentArray(expression.array), indices),
        };
      }
      case "select": return this.select(expression, out);
      case "call": {
        const args = expression.args.map((arg) => (typeOf(arg) === "f64" ? this.dual(arg, out) : { primal: this.primal(arg), tangent: undefined }));
        const primals = args.map((arg) => arg.primal);
        const primal = this.temporary({ ...expression, args: primals }, out);
        const { partial, common } = ruleOf(expression.primitive);
        if (!partial) return { primal, tangent: undefined };
        const varies = args.map((arg) => arg.tangent !== undefined);
        const shared = common?.(primals, primal, varies);
        const share = shared && this.atom(shared, out);
        const terms = args.flatMap(({ tangent }, index) => {
          if (!tangent) return [];
          const slope = partial(index, primals, primal, varies, share);
          const term = singular.has(expression.primitive) ? this.guarded(tangent, slope, out) : product(tangent, slope);
          return term.kind === "constant" && term.value === 0 ? [] : [term];
        });
        return { primal, tangent: terms.length > 0 ? terms.reduce((a, b) => call("add", [a, b])) : undefined };
      }
    }
  }

  /** 0 where nothing moves, even if the slope is infinite: an array's constant elements pass through the code of its others. */
  private guarded(tangent: Expression, slope: Expression, out: Statement[]): Expression {
    const moving = this.atom(tangent, out);
    return select(call("equal", [moving, float(0)]), float(0), product(moving, slope));
  }

  private select(expression: Select, out: Statement[]): Dual {
    const condition = this.atom(this.primal(expression.condition), out);
    const inThen: Statement[] = [];
    const inElse: Statement[] = [];
    const a = this.dual(expression.whenTrue, inThen);
    const b = this.dual(expression.whenFalse, inElse);
    if (inThen.length === 0 && inElse.length === 0) {
      return {
        primal: this.temporary(select(condition, a.primal, b.primal, expression.span), out),
        tangent: a.tangent || b.tangent ? select(condition, a.tangent ?? float(0), b.tangent ?? float(0)) : undefined,
      };
    }
    // Only the chosen arm is evaluated, in both its value and its derivative.
    const primal = this.names.local("f64", "t");
    const tangent = this.names.local("f64", "dt");
    out.push(branch(
      condition,
      [...inThen, assign(primal, a.primal), assign(tangent, a.tangent ?? float(0))],
      [...inElse, assign(primal, b.primal), assign(tangent, b.tangent ?? float(0))],
    ));
    return { primal: read(primal), tangent: read(tangent) };
  }

  private atom(expression: Expression, out: Statement[]): Atom {
    return expression.kind === "constant" || expression.kind === "read" ? expression : this.temporary(expression, out);
  }

  private temporary(value: Expression, out: Statement[]): Read {
    const local = this.names.local(typeOf(value), "t");
    out.push(assign(local, value));
    return read(local);
  }

  /** The expression as it is, over the primal's own arrays. */
  private primal(expression: Expression): Expression {
    let touched = false;
    walkExpression(expression, (e) => { if (e.kind === "load" && e.array.role.kind === "output") touched = true; });
    if (!touched) return expression;
    return mapExpression(expression, (e) => (e.kind === "load" ? { ...e, array: this.primalArray(e.array) } : e));
  }

  private trees(expressions: readonly Expression[]): Expression[] {
    return expressions.map((expression) => this.primal(expression));
  }

  private tangentOf(local: Local): Local {
    const known = this.tangents.get(local);
    if (known) return known;
    const tangent = this.names.local("f64", `${local.name}_dot`);
    this.tangents.set(local, tangent);
    return tangent;
  }

  private tangentArray(array: ArrayVariable): ArrayVariable {
    const known = this.tangentArrays.get(array);
    if (known) return known;
    const role = array.role.kind === "parameter" ? { kind: "parameter" as const, offset: this.fn.dimension + array.role.offset } : array.role;
    const tangent = this.names.array("f64", array.shape, role, `${array.name}_dot`);
    this.tangentArrays.set(array, tangent);
    return tangent;
  }

  private primalArray(array: ArrayVariable): ArrayVariable {
    if (array.role.kind !== "output") return array;
    const known = this.primalArrays.get(array);
    if (known) return known;
    const scratch = this.names.array("f64", array.shape, { kind: "scratch" }, `${array.name}_primal`, array.label);
    this.primalArrays.set(array, scratch);
    return scratch;
  }
}
