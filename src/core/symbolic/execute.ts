import { call, float, int, load, read, select } from "../ir/build";
import { evaluate } from "../ir/evaluate";
import type { ArrayVariable, Block, Call, Expression, For, IrFunction, Local, Statement } from "../ir/types";
import { mapExpression, operands, typeOf } from "../ir/visit";
import { NoClosedForm } from "./canonical";

const mostIterations = 64;
const mostNodes = 400;
const mostData = 24;

/**
 * Runs a function with its unknowns left as names: the result is one expression of parameters and numbers, sharing what
 * the program computed once. Throws NoClosedForm where there is no short one.
 */
export function execute(fn: IrFunction): Expression {
  return new Execution(fn).run();
}

type State = Map<string, Expression>;

class Execution {
  private state: State = new Map();
  private iterations = 0;
  private readonly data = new Set<string>();
  /** Numbers that stand where the user wrote a name: w·1 is then nobody's way of writing w. */
  private readonly putIn = new WeakSet<Expression>();

  constructor(private readonly fn: IrFunction) {}

  run(): Expression {
    for (const { local } of this.fn.scalars) this.state.set(local.name, read(local));
    this.block(this.fn.body);
    const result = this.value(this.fn.result);
    const count = countNodes(result);
    if (count > mostNodes) throw new NoClosedForm(`it would be ${count} terms long`);
    if (this.data.size > mostData) throw new NoClosedForm(`it uses ${this.data.size} numbers of data`);
    return result;
  }

  private block(block: Block): void {
    for (const statement of block) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case "assign":
        this.state.set(statement.local.name, this.value(statement.value));
        return;
      case "store":
        this.state.set(this.place(statement.array, statement.indices), this.value(statement.value));
        return;
      case "accumulate": {
        const target = statement.target;
        const key = target.kind === "local" ? target.name : this.place(target, statement.indices ?? []);
        const before = target.kind === "local" ? this.state.get(key) ?? float(0) : this.element(target, key);
        const value = this.value(statement.value);
        this.state.set(key, isZero(before) ? value : call("add", [before, value], statement.span));
        return;
      }
      case "fill": {
        const value = this.value(statement.value);
        for (const key of this.state.keys()) if (key.startsWith(`${statement.array.name}[`)) this.state.delete(key);
        this.state.set(`${statement.array.name}[*`, value);
        return;
      }
      case "if": return this.branch(this.value(statement.condition), statement.then, statement.else);
      case "for": return this.loop(statement);
      case "while": throw new NoClosedForm("it repeats a number of times that only running it tells");
      case "push":
      case "pop": throw new NoClosedForm("it keeps a stack");
      case "trap": throw new NoClosedForm("it stops on some inputs");
    }
  }

  private branch(condition: Expression, then: Block, otherwise: Block): void {
    if (condition.kind === "constant") return this.block(condition.value ? then : otherwise);
    const before = this.state;
    this.state = new Map(before);
    this.block(then);
    const afterThen = this.state;
    this.state = new Map(before);
    this.block(otherwise);
    const afterElse = this.state;
    this.state = new Map();
    for (const key of new Set([...afterThen.keys(), ...afterElse.keys()])) {
      const [a, b] = [afterThen.get(key), afterElse.get(key)];
      if (a && b) this.state.set(key, a === b ? a : select(condition, a, b));
      // A variable of one arm only is not read after it.
      else if (a ?? b) this.state.set(key, a ?? b ?? float(0));
    }
  }

  private loop(loop: For): void {
    const [from, to] = [this.value(loop.from), this.value(loop.to)];
    if (from.kind !== "constant" || to.kind !== "constant") throw new NoClosedForm("how often it loops depends on the unknowns");
    const trips = Math.max(0, Math.ceil((to.value - from.value) / loop.step));
    this.iterations += trips;
    if (this.iterations > mostIterations) throw new NoClosedForm(`it loops over ${trips} ${trips === 1 ? "row" : "rows"}`);
    for (let i = 0, index = from.value; i < trips; i++, index += loop.step) {
      this.state.set(loop.index.name, int(index));
      this.block(loop.body);
      const exit = loop.exit && this.state.get(loop.exit.name);
      if (!exit) continue;
      if (exit.kind !== "constant") throw new NoClosedForm("when it leaves a loop depends on the unknowns");
      if (exit.value) return;
    }
  }

  /** An expression with everything known put in, and computed where all of it is numbers. */
  private value(expression: Expression): Expression {
    return mapExpression(expression, (part) => {
      if (part.kind === "read") return this.mark(this.local(part.local));
      if (part.kind === "load") return this.mark(this.element(part.array, this.place(part.array, part.indices), part));
      if (part.kind === "select" && part.condition.kind === "constant") return part.condition.value ? part.whenTrue : part.whenFalse;
      // Whole numbers and conditions fold; arithmetic of the user's own numbers stays as written (1/3).
      if (part.kind === "call" && typeOf(part) !== "f64" && operands(part).every((operand) => operand.kind === "constant")) {
        const value = evaluate(part);
        return typeOf(part) === "i32" ? int(value, part.span) : { kind: "constant", type: "bool", value };
      }
      if (part.kind === "call" && part.primitive === "toFloat" && part.args[0]?.kind === "constant") return this.mark(float(part.args[0].value, part.span));
      if (part.kind === "call" && part.primitive === "boolToFloat" && part.args[0]) return select(part.args[0], float(1), float(0), part.span);
      return part.kind === "call" ? this.withoutNeutral(part) : part;
    });
  }

  private mark(expression: Expression): Expression {
    if (expression.kind !== "constant") return expression;
    const copy = { ...expression };
    this.putIn.add(copy);
    return copy;
  }

  private withoutNeutral(part: Call): Expression {
    const [a, b] = part.args;
    if (!a || !b) return part;
    const is = (operand: Expression, value: number): boolean => operand.kind === "constant" && operand.value === value && this.putIn.has(operand);
    if ((part.primitive === "multiply" || part.primitive === "divide") && is(b, 1)) return a;
    if ((part.primitive === "add" || part.primitive === "subtract") && is(b, 0)) return a;
    if (part.primitive === "multiply" && is(a, 1)) return b;
    if (part.primitive === "add" && is(a, 0)) return b;
    return part;
  }

  private local(local: Local): Expression {
    return this.state.get(local.name) ?? { kind: "constant", type: local.type, value: 0 };
  }

  private place(array: ArrayVariable, indices: readonly Expression[]): string {
    const at = indices.map((index) => {
      const value = this.value(index);
      if (value.kind !== "constant") throw new NoClosedForm("which element it reads depends on the unknowns");
      return value.value;
    });
    return `${array.name}[${at.join(",")}`;
  }

  private element(array: ArrayVariable, key: string, at?: Expression): Expression {
    const written = this.state.get(key) ?? this.state.get(`${array.name}[*`);
    if (written) return written;
    const indices = key.slice(array.name.length + 1).split(",").map(Number);
    if (array.role.kind === "data") {
      const value = array.role.values[flat(array, indices)];
      if (value === undefined) throw new NoClosedForm("it reads beyond the end of its data");
      if (array.element === "i32") return int(value, at?.span);
      this.data.add(key);
      return float(value, at?.span);
    }
    if (array.role.kind !== "parameter") return { kind: "constant", type: array.element, value: 0 };
    const found = load(array, indices.map((index) => int(index)), at?.span);
    this.state.set(key, found);
    return found;
  }
}

export function flat(array: ArrayVariable, indices: readonly number[]): number {
  return indices.reduce((offset, index, i) => offset * (array.shape[i] ?? 1) + index, 0);
}

const isZero = (expression: Expression): boolean => expression.kind === "constant" && expression.value === 0;

/** Distinct nodes: what is shared counts once. */
function countNodes(expression: Expression): number {
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    operands(part).forEach(visit);
  };
  visit(expression);
  return seen.size;
}
