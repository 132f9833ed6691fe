/**
 * How a function of numbers is computed, told once and carried out in several widths: one number at a time, or two side by side
 * in the lanes of a vector. There are no branches, for the lanes may differ; where two ways meet, both are gone and a mask
 * selects. Nodes that are shared are computed once.
 */
export type LaneNode = Float | Integer | Mask;

/** A double in each lane. */
export interface Float {
  readonly type: "float";
  readonly op: FloatOperation;
  readonly args: readonly LaneNode[];
  /** Of a constant: the number; of an input: which argument it is. */
  readonly value?: number;
  /** Of a call of the platform: the function of `Math`. */
  readonly platform?: PlatformFunction;
}

/** 64 bits in each lane. */
export interface Integer {
  readonly type: "integer";
  readonly op: IntegerOperation;
  readonly args: readonly LaneNode[];
  /** Of a constant: its bits; of a shift: by how many. */
  readonly value?: bigint;
}

/** Yes or no in each lane. */
export interface Mask {
  readonly type: "mask";
  readonly op: MaskOperation;
  readonly args: readonly LaneNode[];
}

export type FloatOperation =
  | "input" | "constant" | "add" | "subtract" | "multiply" | "divide" | "negate" | "abs"
  /** As `Math.max`: NaN wins, and 0 is greater than -0. */
  | "max"
  /** The double with these bits. */
  | "ofBits"
  /** A function of the platform's own `Math`. */
  | "platform"
  /** args: mask, where it holds, where it does not. */
  | "select";

export type IntegerOperation =
  | "constant" | "bitsOf" | "addInt" | "subtractInt" | "and" | "or" | "xor" | "shiftLeft"
  /** Brings in zeros. */
  | "shiftRight"
  | "select";

export type MaskOperation = "less" | "lessEqual" | "equal" | "equalInt" | "both";

export type PlatformFunction = "exp" | "expm1" | "log" | "log1p" | "sin" | "cos" | "tanh" | "pow";

/** A function in lanes. */
export interface LaneFunction {
  readonly arity: 1 | 2;
  readonly value: Float;
  /** Where `value` holds. */
  readonly usual: Mask;
  /** What is computed in the other lanes, one number at a time. It alone may ask the platform. */
  readonly otherwise: Float;
}
