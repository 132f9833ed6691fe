import { printExpression } from "./printIr";
import { primitiveType } from "./primitiveTypes";
import type { ArrayVariable, Block, Expression, IrFunction, Local, ScalarType, Statement } from "./types";
import { operands, typeOf } from "./visit";

/** Throws where IR breaks its own rules. That is a bug of the compiler's, never the user's. */
export function verify(fn: IrFunction): void {
  new Verifier(fn).run();
}

class Verifier {
  private readonly names = new Map<string, Local | ArrayVariable>();
  private readonly arrays: ReadonlySet<ArrayVariable>;
  private readonly indices = new Set<Local>();

  constructor(private readonly fn: IrFunction) {
    this.arrays = new Set(fn.arrays);
  }

  run(): void {
    for (const array of this.fn.arrays) this.name(array);
    const known = new Set<Local>();
    for (const { local, offset } of this.fn.scalars) {
      this.name(local);
      known.add(local);
      this.check(local.type === "f64", `unknown "${local.name}" is not f64`);
      this.check(offset >= 0 && offset < this.fn.dimension, `unknown "${local.name}" lies outside x`);
    }
    this.block(this.fn.body, known);
    this.expression(this.fn.result, "f64", known);
  }

  private check(condition: boolean, message: string): void {
    if (!condition) throw new Error(`The compiler made wrong IR for "${this.fn.name}": ${message}.`);
  }

  private name(variable: Local | ArrayVariable): void {
    const other = this.names.get(variable.name);
    this.check(other === undefined || other === variable, `two variables are named "${variable.name}"`);
    this.names.set(variable.name, variable);
  }

  /**
   * Adds to `known` the locals assigned in the block. A branch counts as taken: the reverse sweep reads in one `if` what
   * the forward sweep assigned in another on the same condition.
   */
  private block(block: Block, known: Set<Local>): void {
    for (const statement of block) this.statement(statement, known);
  }

  private statement(statement: Statement, known: Set<Local>): void {
    switch (statement.kind) {
      case "assign":
        this.expression(statement.value, statement.local.type, known);
        this.define(statement.local, known);
        return;
      case "store":
        this.writable(statement.array);
        this.element(statement.array, statement.indices, known);
        this.expression(statement.value, statement.array.element, known);
        return;
      case "accumulate":
        this.expression(statement.value, "f64", known);
        if (statement.target.kind === "local") {
          this.check(known.has(statement.target) && statement.target.type === "f64", `"${statement.target.name}" accumulates before it has a value`);
        } else {
          this.writable(statement.target);
          this.element(statement.target, statement.indices ?? [], known);
        }
        return;
      case "fill":
        this.writable(statement.array);
        this.expression(statement.value, statement.array.element, known);
        return;
      case "push":
        this.check(statement.stack.role.kind === "stack" && this.arrays.has(statement.stack), `"${statement.stack.name}" is no stack`);
        this.expression(statement.value, statement.stack.element, known);
        return;
      case "pop":
        this.check(statement.stack.role.kind === "stack" && this.arrays.has(statement.stack), `"${statement.stack.name}" is no stack`);
        this.define(statement.local, known);
        return;
      case "if": {
        this.expression(statement.condition, "bool", known);
        this.block(statement.then, known);
        this.block(statement.else, known);
        return;
      }
      case "for": {
        this.expression(statement.from, "i32", known);
        this.expression(statement.to, "i32", known);
        this.check(Number.isInteger(statement.step) && statement.step !== 0, "a loop does not step");
        this.name(statement.index);
        known.add(statement.index);
        this.indices.add(statement.index);
        this.block(statement.body, known);
        this.indices.delete(statement.index);
        if (statement.exit) this.check(known.has(statement.exit) && statement.exit.type === "bool", "a loop's exit has no value");
        return;
      }
      case "while": {
        this.expression(statement.condition, "bool", known);
        this.block(statement.body, known);
        return;
      }
      case "trap": return;
    }
  }

  private define(local: Local, known: Set<Local>): void {
    this.check(!this.indices.has(local), `loop index "${local.name}" is assigned`);
    this.name(local);
    known.add(local);
  }

  private writable(array: ArrayVariable): void {
    this.check(array.role.kind === "scratch" || array.role.kind === "output", `"${array.name}" (${array.role.kind}) is written`);
  }

  private element(array: ArrayVariable, indices: readonly Expression[], known: ReadonlySet<Local>): void {
    this.check(this.arrays.has(array), `"${array.name}" is not among the function's arrays`);
    this.check(indices.length === array.shape.length, `"${array.name}" has ${array.shape.length} dimensions and ${indices.length} indices`);
    for (const index of indices) this.expression(index, "i32", known);
  }

  private expression(expression: Expression, expected: ScalarType, known: ReadonlySet<Local>): void {
    this.check(typeOf(expression) === expected, `${printExpression(expression)} is ${typeOf(expression)} where ${expected} is wanted`);
    switch (expression.kind) {
      case "constant": return;
      case "read":
        this.check(known.has(expression.local), `"${expression.local.name}" is read before it has a value`);
        return;
      case "load":
        this.check(expression.array.role.kind !== "stack", `"${expression.array.name}" is a stack and is indexed`);
        this.element(expression.array, expression.indices, known);
        return;
      case "select":
        this.expression(expression.condition, "bool", known);
        this.expression(expression.whenTrue, expected, known);
        this.expression(expression.whenFalse, expected, known);
        return;
      case "call": {
        const type = primitiveType(expression.primitive);
        const count = expression.args.length;
        this.check(type.variadic ? count > 0 : count === type.args.length, `${expression.primitive} has ${count} arguments`);
        for (const [index, operand] of operands(expression).entries()) this.expression(operand, type.args[type.variadic ? 0 : index] ?? "f64", known);
      }
    }
  }
}
