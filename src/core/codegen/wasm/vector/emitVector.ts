import type { Call, Expression, Load, Local, PrimitiveName } from "../../../ir/types";
import { typeOf } from "../../../ir/visit";
import type { WasmLocal } from "../assembler/functionBuilder";
import type { PlainOpcode } from "../assembler/opcodes";
import { emitExpression, type Scope } from "../emitExpression";
import type { LaneCode } from "../laneLibrary";
import { emitPrimitive } from "../primitives";

export const LANES = [0, 1] as const;
export type Lane = (typeof LANES)[number];

/**
 * Two evaluations at once: neighbouring turns of a loop, or neighbouring points of a grid. f64 are pairs; bools are masks, all ones where true;
 * i32 are computed lane by lane, for they only index and decide.
 */
export interface VectorScope {
  /** Whether both lanes have the same value for it. */
  readonly isUniform: (expression: Expression) => boolean;
  /** Twice the same number, where it has been made already. */
  readonly broadcast?: (expression: Expression) => WasmLocal | undefined;
  /** Whether it is a choice of which each lane may compute only its own arm. */
  readonly isApart?: (expression: Expression) => boolean;
  /** How what is uniform is computed. */
  readonly scalar: Scope;
  /** How one lane alone is computed. */
  readonly lane: (lane: Lane) => Scope;
  /** The pair, or mask, of a local that is not uniform. */
  readonly pair: (local: Local) => WasmLocal;
  readonly freshPair: () => WasmLocal;
  /** Puts the pair of an element on the stack. */
  readonly load: (load: Load) => void;
  /** The function on pairs, where there is one. */
  readonly onPairs: (primitive: PrimitiveName) => LaneCode | undefined;
}

const instructions: Partial<Record<PrimitiveName, PlainOpcode>> = {
  add: "f64x2.add", subtract: "f64x2.sub", multiply: "f64x2.mul", divide: "f64x2.div", negate: "f64x2.neg", abs: "f64x2.abs", sqrt: "f64x2.sqrt",
  floor: "f64x2.floor", ceil: "f64x2.ceil", trunc: "f64x2.trunc",
};
const comparisons: Partial<Record<PrimitiveName, PlainOpcode>> = {
  less: "f64x2.lt", lessEqual: "f64x2.le", greater: "f64x2.gt", greaterEqual: "f64x2.ge", equal: "f64x2.eq", notEqual: "f64x2.ne",
};
/** As the scalar instructions, these give NaN for NaN, and know 0 from -0. */
const folds: Partial<Record<PrimitiveName, PlainOpcode>> = { min: "f64x2.min", max: "f64x2.max" };

/** Whether it is computed for both lanes at one go, rather than for one after the other. */
export const isOnPairs = (primitive: PrimitiveName, isInLibrary: boolean): boolean =>
  isInLibrary || [instructions, comparisons, folds].some((table) => table[primitive] !== undefined)
  || ["and", "or", "not", "isNaN", "isFinite", "boolToFloat", "toFloat", "steady", "sign"].includes(primitive);

/** Leaves the pair of an f64 on the stack. */
export function emitVector(expression: Expression, scope: VectorScope): void {
  const { f } = scope.scalar;
  if (expression.kind === "load") return scope.load(expression);
  if (scope.isUniform(expression)) {
    const made = scope.broadcast?.(expression);
    if (made) {
      f.get(made);
      return;
    }
    emitExpression(expression, scope.scalar);
    f.op("f64x2.splat");
    return;
  }
  switch (expression.kind) {
    case "constant": return;
    case "read":
      f.get(scope.pair(expression.local));
      return;
    case "select": {
      const { condition, whenTrue, whenFalse } = expression;
      if (scope.isApart?.(expression)) return emitApart(expression, scope);
      emitVector(whenTrue, scope);
      emitVector(whenFalse, scope);
      emitMask(condition, scope);
      f.op("v128.bitselect");
      return;
    }
    case "call": return emitCall(expression, scope);
  }
}

/** Leaves the mask of a bool on the stack. */
export function emitMask(expression: Expression, scope: VectorScope): void {
  const { f } = scope.scalar;
  if (scope.isUniform(expression)) {
    f.i64(0n);
    emitExpression(expression, scope.scalar);
    f.op("i64.extend_i32_u").op("i64.sub").op("i64x2.splat");
    return;
  }
  if (scope.isApart?.(expression)) return emitMaskByLanes(expression, scope);
  switch (expression.kind) {
    case "constant": return;
    case "read":
      f.get(scope.pair(expression.local));
      return;
    case "select": {
      const { condition, whenTrue, whenFalse } = expression;
      for (const each of [whenTrue, whenFalse, condition]) emitMask(each, scope);
      f.op("v128.bitselect");
      return;
    }
    case "call": {
      const comparison = comparisons[expression.primitive];
      if (comparison) {
        for (const arg of expression.args) emitVector(arg, scope);
        f.op(comparison);
        return;
      }
      switch (expression.primitive) {
        case "and":
        case "or":
          for (const arg of expression.args) emitMask(arg, scope);
          f.op(expression.primitive === "and" ? "v128.and" : "v128.or");
          return;
        case "not":
          for (const arg of expression.args) emitMask(arg, scope);
          f.op("v128.not");
          return;
        case "isNaN": {
          const value = twice(expression, scope);
          f.get(value).get(value).op("f64x2.ne");
          return;
        }
        case "isFinite":
          for (const arg of expression.args) emitVector(arg, scope);
          f.op("f64x2.abs").f64x2(Infinity).op("f64x2.lt");
          return;
        default: return emitMaskByLanes(expression, scope);
      }
    }
    case "load": return emitMaskByLanes(expression, scope);
  }
}

/** The first argument's pair in a variable, to be had again. */
function twice({ args: [first] }: Call, scope: VectorScope): WasmLocal {
  const value = scope.freshPair();
  if (first) emitVector(first, scope);
  scope.scalar.f.set(value);
  return value;
}

function emitCall(call: Call, scope: VectorScope): void {
  const { f } = scope.scalar;
  const { primitive, args } = call;
  const [opcode, fold, ready] = [instructions[primitive], folds[primitive], scope.onPairs(primitive)];
  if (opcode ?? ready) {
    for (const arg of args) emitVector(arg, scope);
    if (opcode) f.op(opcode);
    else if (ready) ready(f, (type) => (type === "v128" ? scope.freshPair() : scope.scalar.fresh("i32")));
    return;
  }
  if (fold) {
    if (emitBound(call, scope)) return;
    for (const [index, arg] of args.entries()) {
      emitVector(arg, scope);
      if (index > 0) f.op(fold);
    }
    return;
  }
  switch (primitive) {
    case "boolToFloat":
      f.f64x2(1);
      for (const arg of args) emitMask(arg, scope);
      f.op("v128.and");
      return;
    case "toFloat":
      for (const lane of LANES) {
        for (const arg of args) emitExpression(arg, scope.lane(lane));
        if (lane === 0) f.op("i32x4.splat");
        else f.lane("i32x4.replace_lane", lane);
      }
      f.op("f64x2.convert_low_i32x4_s");
      return;
    case "steady": {
      // The better one is seldom asked for.
      const own = twice(call, scope);
      const isFine = scope.freshPair();
      const [, better] = args;
      f.get(own).op("f64x2.abs").f64x2(Infinity).op("f64x2.lt").tee(isFine).op("i64x2.all_true").if(
        () => f.get(own),
        () => {
          f.get(own);
          if (better) emitVector(better, scope);
          f.get(isFine).op("v128.bitselect");
        }, "v128",
      );
      return;
    }
    case "sign": {
      const value = twice(call, scope);
      // One with the value's sign; zeros and NaN are their own.
      f.f64x2(-0).get(value).op("v128.and").f64x2(1).op("v128.or").get(value).get(value).op("f64x2.abs").f64x2(0).op("f64x2.gt").op("v128.bitselect");
      return;
    }
    default: return emitByLanes(call, scope);
  }
}

/** Each lane by itself. */
function emitApart(expression: Expression, scope: VectorScope): void {
  const { f } = scope.scalar;
  for (const lane of LANES) {
    emitExpression(expression, scope.lane(lane));
    if (lane === 0) f.op("f64x2.splat");
    else f.lane("f64x2.replace_lane", lane);
  }
}

/**
 * The greater or smaller of a number and a constant, in an instruction or two where the general one takes nine: `pmax` is its first argument unless the second is
 * greater, so that NaN stays; of two zeros it takes the first, which one more addition of 0 makes 0.
 */
function emitBound({ primitive, args }: Call, scope: VectorScope): boolean {
  const { f } = scope.scalar;
  const bound = args.find((arg) => arg.kind === "constant");
  const other = args.find((arg) => arg !== bound);
  if (args.length !== 2 || bound?.kind !== "constant" || !other || Number.isNaN(bound.value) || (primitive === "min" && Object.is(bound.value, -0))) return false;
  emitVector(other, scope);
  f.f64x2(bound.value).op(primitive === "max" ? "f64x2.pmax" : "f64x2.pmin");
  if (primitive === "max" && Object.is(bound.value, 0)) f.f64x2(0).op("f64x2.add");
  return true;
}

/** One lane after the other: arguments that are numbers are pairs, computed once; whole numbers each lane computes for itself. */
function emitByLanes({ primitive, args }: Call, scope: VectorScope): void {
  const { f } = scope.scalar;
  const pairs = args.map((arg) => {
    if (typeOf(arg) !== "f64") return undefined;
    const pair = scope.freshPair();
    emitVector(arg, scope);
    f.set(pair);
    return pair;
  });
  for (const lane of LANES) {
    const own = scope.lane(lane);
    emitPrimitive(primitive, {
      f, fresh: own.fresh, imported: own.imported,
      args: args.map((arg, k) => () => {
        const pair = pairs[k];
        if (pair) f.get(pair).lane("f64x2.extract_lane", lane);
        else emitExpression(arg, own);
      }),
    });
    if (lane === 0) f.op("f64x2.splat");
    else f.lane("f64x2.replace_lane", lane);
  }
}

function emitMaskByLanes(expression: Expression, scope: VectorScope): void {
  const { f } = scope.scalar;
  for (const lane of LANES) {
    f.i64(0n);
    emitExpression(expression, scope.lane(lane));
    f.op("i64.extend_i32_u").op("i64.sub");
    if (lane === 0) f.op("i64x2.splat");
    else f.lane("i64x2.replace_lane", lane);
  }
}
