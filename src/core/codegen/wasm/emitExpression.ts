import type { ArrayVariable, Expression, Local, PrimitiveName } from "../../ir/types";
import { operands, typeOf } from "../../ir/visit";
import { addressForm } from "./addressForm";
import type { FunctionBuilder, FunctionReference, WasmLocal } from "./assembler/functionBuilder";
import { emitPrimitive, isInstruction } from "./primitives";

/** How the instructions of one function refer to what is outside of them. */
export interface Scope {
  readonly f: FunctionBuilder;
  /** Puts the local on the stack, or takes its value from there. */
  readonly read: (local: Local) => void;
  readonly write: (local: Local) => void;
  /** A variable for as long as the statement goes on. */
  readonly fresh: (type: "f64" | "i32") => WasmLocal;
  /** The address of an array's first element. */
  readonly address: (array: ArrayVariable) => number;
  /** Whole numbers that are never negative. */
  readonly nonNegative: ReadonlySet<Local>;
  /** How many bytes an array's elements are apart, and how far behind its address they begin. */
  readonly spacing: (array: ArrayVariable) => { readonly bytes: number; readonly ahead: number };
  readonly imported: (primitive: PrimitiveName, arity: number) => FunctionReference;
}

/** Leaves the value of the expression on the stack; booleans are 0 and 1. */
export function emitExpression(expression: Expression, scope: Scope): void {
  const { f } = scope;
  switch (expression.kind) {
    case "constant":
      if (expression.type === "f64") f.f64(expression.value);
      else f.i32(expression.value);
      return;
    case "read":
      scope.read(expression.local);
      return;
    case "load": {
      const offset = emitAddress(expression.array, expression.indices, scope);
      f.memory(expression.array.element === "f64" ? "f64.load" : "i32.load", offset);
      return;
    }
    case "select": {
      const { condition, whenTrue, whenFalse } = expression;
      if (isFree(whenTrue) && isFree(whenFalse)) {
        for (const each of [whenTrue, whenFalse, condition]) emitExpression(each, scope);
        f.op("select");
      } else emitChoice(condition, whenTrue, whenFalse, scope);
      return;
    }
    case "call": {
      const [first, second] = expression.args;
      // What stands behind an `and` may make sense only where it is asked for.
      if ((expression.primitive === "and" || expression.primitive === "or") && first && second) {
        const isAnd = expression.primitive === "and";
        if (isFree(second)) {
          for (const each of [first, second]) emitExpression(each, scope);
          f.op(isAnd ? "i32.and" : "i32.or");
        } else if (isAnd) emitChoice(first, second, NO, scope);
        else emitChoice(first, YES, second, scope);
        return;
      }
      emitPrimitive(expression.primitive, {
        f, args: expression.args.map((arg) => () => emitExpression(arg, scope)), fresh: scope.fresh, imported: scope.imported,
      });
    }
  }
}

const NO = { kind: "constant", type: "bool", value: 0 } as const;
const YES = { kind: "constant", type: "bool", value: 1 } as const;

function emitChoice(condition: Expression, whenTrue: Expression, whenFalse: Expression, scope: Scope): void {
  emitExpression(condition, scope);
  scope.f.if(() => emitExpression(whenTrue, scope), () => emitExpression(whenFalse, scope), typeOf(whenTrue) === "f64" ? "f64" : "i32");
}

const MOST_FREE = 4;

/** A few instructions that cannot fail: quicker computed than branched around. */
function isFree(expression: Expression): boolean {
  let count = 0;
  const visit = (e: Expression): boolean => {
    if (e.kind === "load" || e.kind === "select") return false;
    if (e.kind === "call" && (!isInstruction(e.primitive) || ++count > MOST_FREE)) return false;
    return operands(e).every(visit);
  };
  return visit(expression);
}

/** Leaves an address on the stack, and returns how many bytes behind it the element stands. */
export function emitAddress(array: ArrayVariable, indices: readonly Expression[], scope: Scope): number {
  const { f } = scope;
  const { bytes, ahead } = scope.spacing(array);
  const { known, terms } = addressForm(array, indices, scope.nonNegative);
  for (const [k, { value, factor }] of terms.entries()) {
    emitExpression(value, scope);
    const shift = Math.log2(factor * bytes);
    if (Number.isInteger(shift)) f.i32(shift).op("i32.shl");
    else f.i32(factor * bytes).op("i32.mul");
    if (k > 0) f.op("i32.add");
  }
  if (terms.length === 0) f.i32(0);
  const offset = scope.address(array) + ahead + known * bytes;
  if (offset >= 0) return offset;
  f.i32(offset).op("i32.add");
  return 0;
}
