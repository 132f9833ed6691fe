import type { PrimitiveName } from "../../ir/types";

/** Functions of one or more numbers that are primitives under another spelling, or under their own. */
const unary: Partial<Record<string, PrimitiveName>> = {
  ln: "log", lg: "log10", lb: "log2", log_2: "log2", log_10: "log10", tg: "tan", ctg: "cot", cosec: "csc", sgn: "sign", signum: "sign", fix: "trunc", absolute: "abs", fabs: "abs",
  arcsin: "asin", arccos: "acos", arctan: "atan", arctg: "atan", arccot: "acot", arcsec: "asec", arccsc: "acsc",
  arsinh: "asinh", arcosh: "acosh", artanh: "atanh", arcsinh: "asinh", arccosh: "acosh", arctanh: "atanh",
  sh: "sinh", ch: "cosh", th: "tanh", logistic: "sigmoid", expit: "sigmoid", sigma: "sigmoid", "σ": "sigmoid", Gamma: "gamma", "Γ": "gamma", lgamma: "logGamma", gammaln: "logGamma", unaryMinus: "negate",
};
const sameName: readonly PrimitiveName[] = [
  "abs", "sign", "sqrt", "cbrt", "exp", "expm1", "log1p", "log2", "log10",
  "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
  "sec", "csc", "cot", "asec", "acsc", "acot", "sech", "csch", "coth", "asech", "acsch", "acoth",
  "floor", "ceil", "round", "trunc", "sigmoid", "softplus", "logSigmoid", "erf", "gamma", "logGamma", "digamma", "trigamma",
];
const binary: Partial<Record<string, PrimitiveName>> = {
  atan2: "atan2", arctan2: "atan2", pow: "power", power: "power", mod: "floorModulo", add: "add", subtract: "subtract", multiply: "multiply", divide: "divide",
  fmod: "remainder", dotMultiply: "multiply", dotDivide: "divide", dotPow: "power",
};
const variadic: Partial<Record<string, PrimitiveName>> = { min: "min", max: "max", minimum: "min", maximum: "max", hypot: "hypot" };

export interface PlainFunction {
  primitive: PrimitiveName;
  /** Least and greatest number of arguments. */
  arity: readonly [number, number];
}

export function plainFunction(name: string): PlainFunction | undefined {
  const one = own(unary, name) ?? sameName.find((primitive) => primitive === name);
  if (one) return { primitive: one, arity: [1, 1] };
  const two = own(binary, name);
  if (two) return { primitive: two, arity: [2, 2] };
  const many = own(variadic, name);
  return many && { primitive: many, arity: [1, Infinity] };
}

/** Those that lowering spells out itself: how many arguments each takes. */
const special: Record<string, readonly [number, number]> = {
  log: [1, 2], nthRoot: [1, 2], root: [1, 2], square: [1, 1], cube: [1, 1], relu: [1, 1], ReLU: [1, 1], factorial: [1, 1],
  clamp: [3, 3], clip: [3, 3], sum: [1, 4], prod: [1, 4], norm: [1, Infinity], heaviside: [1, 1],
  binomial: [2, 2], combinations: [2, 2], dot: [2, 2], cross: [2, 2], mean: [1, Infinity], average: [1, Infinity], avg: [1, Infinity],
  variance: [1, Infinity], var: [1, Infinity], std: [1, Infinity], transpose: [1, 1], det: [1, 1], median: [1, Infinity], softmax: [1, Infinity], logsumexp: [1, Infinity], erfc: [1, 1], trace: [1, 1], length: [1, 1], len: [1, 1],
};

export const specialArity = (name: string): readonly [number, number] | undefined => own(special, name);
export const isFunctionName = (name: string): boolean => plainFunction(name) !== undefined || specialArity(name) !== undefined;
/** Functions of vectors, and of a vector's elements one by one. */
export const listFunctions: ReadonlySet<string> = new Set(["sum", "prod", "norm", "dot", "cross", "mean", "average", "avg", "variance", "var", "std", "median", "softmax", "logsumexp", "transpose", "det", "trace", "length", "len", "min", "max", "minimum", "maximum", "hypot"]);
export const functionNames = (): string[] => [
  ...sameName, ...Object.keys(unary), ...Object.keys(binary), ...Object.keys(variadic), ...Object.keys(special),
];

/** Numbers with names. `text` is how they are printed. */
const constants: Record<string, { value: number; text: string }> = {
  pi: { value: Math.PI, text: "pi" }, PI: { value: Math.PI, text: "pi" }, "π": { value: Math.PI, text: "pi" },
  tau: { value: 2 * Math.PI, text: "tau" }, e: { value: Math.E, text: "e" },
  LN2: { value: Math.LN2, text: "LN2" }, LN10: { value: Math.LN10, text: "LN10" }, SQRT2: { value: Math.SQRT2, text: "SQRT2" },
  SQRT1_2: { value: Math.SQRT1_2, text: "SQRT1_2" }, Infinity: { value: Infinity, text: "Infinity" }, inf: { value: Infinity, text: "Infinity" },
};

export const constantNamed = (name: string): { value: number; text: string } | undefined => own(constants, name);

function own<T>(table: Partial<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The known name closest to a mistyped one, if any is close. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const limit = name.length < 2 ? 0 : name.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
