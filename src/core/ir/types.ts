/**
 * Downhill's own small language: structured, typed, imperative. Every frontend ends here; every derivative, printer and
 * backend starts here.
 *
 * - Structured: blocks, `if`, `for`, `while`; no jumps. Early `return`, `break` and `continue` are flags by the time
 *   a program gets here.
 * - Typed: `f64` is the only type that carries derivatives; `i32` and `bool` index and decide.
 * - Static: every array has a constant shape, because a program is specialised on its actual arguments and data.
 *   Arrays never alias: two names are two buffers. (The frontend resolves aliases and views.)
 * - `accumulate` is a statement of its own: `target += value` needs no saved value in the reverse sweep and lets
 *   iterations be independent of one another.
 */
import type { Span } from "../source/positions";

export type ScalarType = "f64" | "i32" | "bool";

/** A scalar variable of one function. Mutable; names are unique within the function. */
export interface Local {
  readonly kind: "local";
  readonly name: string;
  readonly type: ScalarType;
  /** The user's own name for it, where it had one; temporaries have none. */
  readonly label?: string;
}

/** A dense row-major array of one function, of constant shape. */
export interface ArrayVariable {
  readonly kind: "array";
  readonly name: string;
  readonly element: "f64" | "i32";
  readonly shape: readonly number[];
  readonly role: ArrayRole;
  readonly label?: string;
  /** Mathematics calls the first element x₁; absent: it is element 0 to its user. */
  readonly countedFrom?: 1;
}

export type Numbers = Float64Array | Int32Array | Uint8Array;

export type ArrayRole =
  /** A region of the unknowns, from `offset` on; never written. (The frontend copies a parameter that the user writes.) */
  | { readonly kind: "parameter"; readonly offset: number }
  /**
   * Constant numbers; never written. Numbers of an f64 array that are bytes may come as bytes. Where data `changes`, its holder may give it
   * other numbers between evaluations.
   */
  | { readonly kind: "data"; readonly values: Numbers; readonly changes?: true }
  /**
   * Scratch; zero-filled at entry, and whenever a `fill` says so. With `uninitialised`, it may hold anything at entry,
   * because every element is written before it is read (a tape).
   */
  | { readonly kind: "scratch"; readonly uninitialised?: true }
  /**
   * Written for the caller (the gradient, a grid): a region of the one output vector, from `offset` (default 0) on.
   * Zero-filled at entry.
   */
  | { readonly kind: "output"; readonly offset?: number }
  /** A last-in-first-out store whose height is known only at run time (`push`, `pop`); shape is []. */
  | { readonly kind: "stack" };

/** Expressions are pure. Each keeps where in the user's text it came from, where it came from there. */
export type Expression = Constant | Read | Load | Call | Select;

export interface Constant {
  readonly kind: "constant";
  readonly type: ScalarType;
  /** bool: 0 or 1. */
  readonly value: number;
  /** As the user typed it ("1e-3", "π", "0.50"), for printing; absent for numbers of our own. */
  readonly text?: string;
  /** The arithmetic on numbers that were typed by which the reader computed it (4 π²), for printing. */
  readonly computedFrom?: Expression;
  readonly span?: Span;
}

export interface Read {
  readonly kind: "read";
  readonly local: Local;
  readonly span?: Span;
}

/** An element; one i32 index a dimension. Out-of-range indices are the frontend's to exclude. */
export interface Load {
  readonly kind: "load";
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
  readonly span?: Span;
}

/** A primitive of the rule table applied to its arguments. */
export interface Call {
  readonly kind: "call";
  readonly primitive: PrimitiveName;
  readonly args: readonly Expression[];
  readonly span?: Span;
}

/** Only the chosen arm is evaluated. */
export interface Select {
  readonly kind: "select";
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
  readonly span?: Span;
}

export type Statement = Assign | Store | Accumulate | Fill | Push | Pop | If | For | While | Trap;
export type Block = readonly Statement[];

export interface Assign {
  readonly kind: "assign";
  readonly local: Local;
  readonly value: Expression;
  readonly span?: Span;
}

export interface Store {
  readonly kind: "store";
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
  readonly value: Expression;
  readonly span?: Span;
}

/** `target += value`; f64 only. `indices` is present exactly when the target is an array. */
export interface Accumulate {
  readonly kind: "accumulate";
  readonly target: Local | ArrayVariable;
  readonly indices?: readonly Expression[];
  readonly value: Expression;
  readonly span?: Span;
}

/** Sets every element: how an array is made anew. */
export interface Fill {
  readonly kind: "fill";
  readonly array: ArrayVariable;
  readonly value: Expression;
  readonly span?: Span;
}

export interface Push {
  readonly kind: "push";
  readonly stack: ArrayVariable;
  readonly value: Expression;
}

export interface Pop {
  readonly kind: "pop";
  readonly stack: ArrayVariable;
  readonly local: Local;
}

export interface If {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: Block;
  readonly else: Block;
  readonly span?: Span;
}

/**
 * `for (index = from; step > 0 ? index < to : index > to; index += step)`; `from` and `to` are evaluated once. `index` is
 * written by nothing else and means nothing after the loop. With `exit`, the loop also ends after an iteration that leaves
 * that bool true.
 */
export interface For {
  readonly kind: "for";
  readonly index: Local;
  readonly from: Expression;
  readonly to: Expression;
  /** A nonzero integer. */
  readonly step: number;
  readonly exit?: Local;
  readonly body: Block;
  readonly span?: Span;
}

/** Traps with E109 after `cap` iterations. */
export interface While {
  readonly kind: "while";
  readonly condition: Expression;
  readonly body: Block;
  readonly cap: number;
  readonly span?: Span;
}

/** Reached only by input the function refuses (`throw`, an index out of range): ends the evaluation with a NaN result. */
export interface Trap {
  readonly kind: "trap";
  readonly code: string;
  readonly message: string;
  readonly span?: Span;
}

/** A scalar unknown: the local holds `x[offset]` at entry. Array unknowns are arrays of role "parameter". */
export interface ScalarParameter {
  readonly local: Local;
  readonly offset: number;
}

/** A function of the flattened unknowns x (length `dimension`) to one number. */
export interface IrFunction {
  readonly name: string;
  readonly dimension: number;
  /** Length of the output vector, of which arrays of role "output" are regions; absent: it has none. */
  readonly outputs?: number;
  readonly scalars: readonly ScalarParameter[];
  /** Every array the body mentions. */
  readonly arrays: readonly ArrayVariable[];
  readonly body: Block;
  /** Evaluated after the body. */
  readonly result: Expression;
}

/** The names in the rule table (`rules/`): the alphabet shared by frontends, autodiff, printers and backends. */
export type PrimitiveName =
  // f64 arithmetic
  | "add" | "subtract" | "multiply" | "divide" | "negate" | "power" | "remainder"
  // f64 functions, with JavaScript's `Math` meanings
  | "abs" | "sign" | "sqrt" | "cbrt" | "exp" | "expm1" | "log" | "log1p" | "log2" | "log10"
  | "sin" | "cos" | "tan" | "asin" | "acos" | "atan" | "atan2"
  | "sinh" | "cosh" | "tanh" | "asinh" | "acosh" | "atanh"
  | "sec" | "csc" | "cot" | "asec" | "acsc" | "acot" | "sech" | "csch" | "coth" | "asech" | "acsch" | "acoth"
  | "hypot" | "min" | "max" | "floor" | "ceil" | "round" | "trunc" | "fround"
  // made by stable rewrites, or known to mathematics but not to `Math`
  | "sigmoid" | "softplus" | "logSigmoid" | "logAddExp" | "steady" | "erf" | "gamma" | "logGamma" | "digamma" | "trigamma"
  | "floorModulo"
  // i32
  | "addInt" | "subtractInt" | "multiplyInt" | "divideInt" | "remainderInt" | "minInt" | "maxInt"
  | "bitAnd" | "bitOr" | "bitXor" | "shiftLeft" | "shiftRight"
  // conversions
  | "toFloat" | "toInt" | "boolToFloat"
  // comparisons (f64 × f64 → bool, i32 × i32 → bool) and logic
  | "less" | "lessEqual" | "greater" | "greaterEqual" | "equal" | "notEqual"
  | "lessInt" | "lessEqualInt" | "greaterInt" | "greaterEqualInt" | "equalInt" | "notEqualInt"
  | "and" | "or" | "not" | "isFinite" | "isNaN";
