import { call, float, read, select } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Expression, Local } from "../ir/types";
import { added, isZero } from "./neutral";
import type { Operator, Sums } from "./sums";

/** What stands for the value that a variable had when a turn of the loop began. */
export class Carried {
  readonly local: Local;
  readonly marker: Expression;

  /** `turn` keeps apart what loops within loops carry. */
  constructor(turn: string, key: string, type: Local["type"]) {
    this.local = { kind: "local", name: `~before ${turn} ${key}`, type };
    this.marker = read(this.local);
  }
}

/** What every turn does to a variable: adds to it, or multiplies it. */
export interface Growth {
  readonly operator: Operator;
  readonly by: Expression;
}

/** How a turn changed what it found; undefined where it did something else with it. */
export function growthOf(value: Expression, carried: Carried, sums: Sums): Growth | undefined {
  const more = increase(value, carried, sums);
  if (more) return { operator: "sum", by: more };
  const factor = factorOf(value, carried, sums);
  return factor && { operator: "product", by: factor };
}

function increase(value: Expression, carried: Carried, sums: Sums): Expression | undefined {
  const has = (part: Expression): boolean => sums.mentions(part, carried.local.name);
  if (isCarried(value, carried)) return float(0);
  if (value.kind === "call" && (value.primitive === "add" || value.primitive === "subtract")) {
    const [a, b] = value.args;
    if (!a || !b || has(a) === has(b)) return undefined;
    const more = increase(has(a) ? a : b, carried, sums);
    if (!more || (has(b) && value.primitive === "subtract")) return undefined;
    const other = has(a) ? b : a;
    return isZero(more) ? (value.primitive === "add" ? other : call("negate", [other])) : call(value.primitive, [more, other], value.span);
  }
  if (value.kind === "select" && !has(value.condition)) {
    const [a, b] = [increase(value.whenTrue, carried, sums), increase(value.whenFalse, carried, sums)];
    // What both arms add comes before the choice.
    if (a && b && !isZero(b) && a.kind === "call" && a.primitive === "add" && sameExpression(a.args[0] ?? a, b)) return call("add", [b, select(value.condition, a.args[1] ?? a, float(0), value.span)]);
    return a && b && select(value.condition, a, b, value.span);
  }
  return undefined;
}

function factorOf(value: Expression, carried: Carried, sums: Sums): Expression | undefined {
  const has = (part: Expression): boolean => sums.mentions(part, carried.local.name);
  if (isCarried(value, carried)) return float(1);
  const [a, b] = value.kind === "call" ? value.args : [];
  if (value.kind === "call" && a && value.primitive === "negate") {
    const factor = factorOf(a, carried, sums);
    return factor && times(float(-1), factor);
  }
  if (value.kind === "call" && a && b && (value.primitive === "multiply" || value.primitive === "divide") && has(a) !== has(b)) {
    const factor = factorOf(has(a) ? a : b, carried, sums);
    if (!factor || (has(b) && value.primitive === "divide")) return undefined;
    const other = has(a) ? b : a;
    return value.primitive === "divide" ? call("divide", [factor, other], value.span) : has(a) ? times(factor, other) : times(other, factor);
  }
  if (value.kind === "select" && !has(value.condition)) {
    const [then, otherwise] = [factorOf(value.whenTrue, carried, sums), factorOf(value.whenFalse, carried, sums)];
    return then && otherwise && select(value.condition, then, otherwise, value.span);
  }
  return undefined;
}

/** What every turn makes of a variable: `factor` times what it was, and `by` more. */
export interface Recurrence {
  readonly factor: Expression;
  readonly by: Expression;
}

/** s ← φ s + e, however it is spelt; undefined where the turn does something else with what it found. */
export function recurrenceOf(value: Expression, carried: Carried, sums: Sums): Recurrence | undefined {
  const of = (part: Expression): Recurrence | undefined => recurrenceOf(part, carried, sums);
  if (isCarried(value, carried)) return { factor: float(1), by: float(0) };
  if (!sums.mentions(value, carried.local.name)) return { factor: float(0), by: value };
  const [a, b] = value.kind === "call" ? value.args : [];
  if (value.kind !== "call" || !a) return undefined;
  const left = of(a);
  if (value.primitive === "negate") return left && { factor: negated(left.factor), by: negated(left.by) };
  const right = b && of(b);
  if (!left || !right) return undefined;
  const product = (x: Expression, y: Expression): Expression => (isZero(x) || isZero(y) ? float(0) : times(x, y));
  switch (value.primitive) {
    case "add": return { factor: more(left.factor, right.factor), by: more(left.by, right.by) };
    case "subtract": return { factor: less(left.factor, right.factor), by: less(left.by, right.by) };
    case "multiply": {
      if (isZero(left.factor)) return { factor: product(left.by, right.factor), by: product(left.by, right.by) };
      return isZero(right.factor) ? { factor: product(left.factor, right.by), by: product(left.by, right.by) } : undefined;
    }
    case "divide": return isZero(right.factor) ? { factor: divided(left.factor, right.by), by: divided(left.by, right.by) } : undefined;
    default: return undefined;
  }
}

const negated = (part: Expression): Expression => less(float(0), part);

function more(a: Expression, b: Expression): Expression {
  if (isZero(a) || isZero(b)) return isZero(a) ? b : a;
  const { isNegative, size } = gathered(b);
  return call(isNegative ? "subtract" : "add", [a, size]);
}

function less(a: Expression, b: Expression): Expression {
  if (isZero(b)) return a;
  const { isNegative, size } = gathered(b);
  if (isZero(a)) return isNegative ? size : call("negate", [size]);
  return call(isNegative ? "add" : "subtract", [a, size]);
}

/** lr (2 (−3)) as −6 lr: whole numbers in one, and the sign apart. Of terms that nobody wrote so. */
export function gathered(term: Expression): { readonly isNegative: boolean; readonly size: Expression } {
  let isNegative = false;
  const factors: Expression[] = [];
  const visit = (part: Expression): void => {
    const [a, b] = part.kind === "call" ? part.args : [];
    if (part.kind === "call" && part.primitive === "negate" && a) {
      isNegative = !isNegative;
      visit(a);
    } else if (part.kind === "call" && part.primitive === "multiply" && a && b) {
      visit(a);
      visit(b);
    } else if (part.kind === "constant" && part.value < 0) {
      isNegative = !isNegative;
      factors.push(float(-part.value, part.span, part.text?.replace(/^-/, "")));
    } else factors.push(part);
  };
  visit(term);
  const isWhole = (part: Expression): boolean => part.kind === "constant" && Number.isInteger(part.value);
  const numbers = factors.filter(isWhole);
  const number = numbers.reduce((product, part) => product * (part.kind === "constant" ? part.value : 1), 1);
  if (numbers.length < 2 && number !== 1 && !isNegative) return { isNegative, size: term };
  const rest = numbers.length > 1 || number === 1 ? factors.filter((part) => !isWhole(part)) : factors;
  const leading = numbers.length > 1 && number !== 1 ? [float(number), ...rest] : rest;
  return { isNegative, size: leading.length === 0 ? float(number) : leading.reduce((product, part) => call("multiply", [product, part])) };
}

const divided = (a: Expression, b: Expression): Expression => (isZero(a) ? a : call("divide", [a, b]));

const isCarried = (value: Expression, carried: Carried): boolean => value === carried.marker || (value.kind === "read" && value.local.name === carried.local.name);
const isOne = (expression: Expression): boolean => expression.kind === "constant" && expression.value === 1;

export function times(a: Expression, b: Expression): Expression {
  if (isOne(a)) return b;
  return isOne(b) ? a : call("multiply", [a, b]);
}

/** What was there before, and what all turns did to it. */
export function grown(before: Expression, { operator, by }: Growth): Expression {
  return operator === "sum" ? added(before, by) : times(before, by);
}

/** Of a growth that is the same in every turn. */
export function repeated({ operator, by }: Growth, turns: Expression): Expression {
  return operator === "sum" ? times(turns, by) : call("power", [by, turns]);
}
