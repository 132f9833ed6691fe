import type { ArrayVariable, Expression, Local, PrimitiveName } from "../../../ir/types";
import { typeOf } from "../../../ir/visit";

type Relation = "less" | "lessEqual" | "greater" | "greaterEqual" | "equal" | "notEqual";
interface Fact { readonly key: string; readonly relation: Relation; readonly bound: number; readonly truth: boolean }
export type Interval = readonly [number, number];

const widest: Interval = [-Infinity, Infinity];
const mirrored: Record<Relation, Relation> = {
  less: "greater", lessEqual: "greaterEqual", greater: "less", greaterEqual: "lessEqual", equal: "equal", notEqual: "notEqual",
};
const opposite: Record<Relation, Relation> = {
  less: "greaterEqual", lessEqual: "greater", greater: "lessEqual", greaterEqual: "less", equal: "notEqual", notEqual: "equal",
};

/**
 * What is known on the path being read: bounds of integers, and comparisons that were taken. It proves indices in range,
 * and it ends recursions such as `cdf(z) { if (z < 0) return 1 - cdf(-z); … }`.
 */
export class Facts {
  private readonly taken: Fact[] = [];
  private readonly locals = new Map<Local, Interval>();
  private readonly data = new Map<ArrayVariable, Interval>();

  /** Only what cannot change while the path is read may be remembered. */
  constructor(private readonly isStable: (expression: Expression) => boolean) {}

  bound(local: Local, interval: Interval): void {
    this.locals.set(local, interval);
  }

  boundData(array: ArrayVariable, interval: Interval): void {
    this.data.set(array, interval);
  }

  /** Reads `body` knowing that the condition is as said. */
  assuming<Result>(condition: Expression, truth: boolean, body: () => Result): Result {
    const before = this.taken.length;
    this.assume(condition, truth);
    try {
      return body();
    } finally {
      this.taken.length = before;
    }
  }

  /** True or false where the path decides it. */
  decide(condition: Expression): boolean | undefined {
    if (condition.kind === "constant") return condition.value !== 0;
    if (condition.kind === "call") {
      const [first, second] = condition.args;
      if (condition.primitive === "not" && first) return not(this.decide(first));
      if (condition.primitive === "and" && first && second) {
        const [a, b] = [this.decide(first), this.decide(second)];
        return a === false || b === false ? false : a === true && b === true ? true : undefined;
      }
      if (condition.primitive === "or" && first && second) {
        const [a, b] = [this.decide(first), this.decide(second)];
        return a === true || b === true ? true : a === false && b === false ? false : undefined;
      }
    }
    const query = asFact(condition, true);
    if (!query) {
      const key = keyOf(condition);
      return this.taken.find((fact) => fact.key === key && fact.relation === "notEqual" && fact.bound === 0)?.truth;
    }
    for (const fact of this.taken) {
      if (fact.key !== query.key) continue;
      if (fact.relation === query.relation && fact.bound === query.bound) return fact.truth;
      if (!fact.truth) continue;
      const known = intervalOf(fact);
      const answer = compare(known, query, isStrict(fact));
      if (answer !== undefined) return answer;
    }
    if (condition.kind === "call" && condition.primitive.endsWith("Int")) {
      const [first, second] = condition.args;
      if (first && second) return compareRanges(condition.primitive, this.rangeOf(first), this.rangeOf(second));
    }
    return undefined;
  }

  /** Bounds of an integer expression, inclusive. */
  rangeOf(expression: Expression): Interval {
    let range = this.computed(expression);
    const key = keyOf(expression);
    for (const fact of this.taken) {
      if (fact.key === key) range = typeOf(expression) === "i32" ? narrow(range, fact) : meet(range, fact);
    }
    return range;
  }

  private assume(condition: Expression, truth: boolean): void {
    if (condition.kind === "call") {
      const [first, second] = condition.args;
      if (condition.primitive === "not" && first) return this.assume(first, !truth);
      if (first && second && ((condition.primitive === "and" && truth) || (condition.primitive === "or" && !truth))) {
        this.assume(first, truth);
        this.assume(second, truth);
        return;
      }
    }
    if (!this.isStable(condition)) return;
    const fact = asFact(condition, truth);
    if (fact) this.taken.push(fact);
    else this.taken.push({ key: keyOf(condition), relation: "notEqual", bound: 0, truth });
    // Two integers: what is known of one bounds the other.
    if (condition.kind === "call" && condition.primitive.endsWith("Int")) {
      const [first, second] = condition.args;
      const relation = relationOf(condition.primitive);
      if (!first || !second || !relation) return;
      const holds = truth ? relation : opposite[relation];
      const [low, high] = this.rangeOf(second);
      const [lowFirst, highFirst] = this.rangeOf(first);
      if (Number.isFinite(high) && (holds === "less" || holds === "lessEqual")) this.taken.push({ key: keyOf(first), relation: holds, bound: high, truth: true });
      if (Number.isFinite(low) && (holds === "greater" || holds === "greaterEqual")) this.taken.push({ key: keyOf(first), relation: holds, bound: low, truth: true });
      if (Number.isFinite(lowFirst) && (holds === "less" || holds === "lessEqual")) this.taken.push({ key: keyOf(second), relation: mirrored[holds], bound: lowFirst, truth: true });
      if (Number.isFinite(highFirst) && (holds === "greater" || holds === "greaterEqual")) this.taken.push({ key: keyOf(second), relation: mirrored[holds], bound: highFirst, truth: true });
    }
  }

  /** What may be no number at all is in no interval: nothing that depends on where it lies is known of it. */
  private computed(expression: Expression): Interval {
    const [low, high] = this.found(expression);
    return Number.isNaN(low) || Number.isNaN(high) ? widest : [low, high];
  }

  private found(expression: Expression): Interval {
    switch (expression.kind) {
      case "constant": return [expression.value, expression.value];
      case "read": return this.locals.get(expression.local) ?? widest;
      case "load": return this.data.get(expression.array) ?? widest;
      case "select": {
        const [a, b] = [this.rangeOf(expression.whenTrue), this.rangeOf(expression.whenFalse)];
        return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
      }
      case "call": {
        const [first, second] = expression.args;
        if (!first) return widest;
        const a = this.rangeOf(first);
        const b = second ? this.rangeOf(second) : widest;
        switch (expression.primitive) {
          case "toInt":
          case "trunc": return [Math.trunc(a[0]), Math.trunc(a[1])];
          case "toFloat": return a;
          case "floor": return [Math.floor(a[0]), Math.floor(a[1])];
          case "ceil": return [Math.ceil(a[0]), Math.ceil(a[1])];
          case "round": return [Math.floor(a[0] + 0.5), Math.floor(a[1] + 0.5)];
          case "add":
          case "addInt": return [a[0] + b[0], a[1] + b[1]];
          case "subtract":
          case "subtractInt": return [a[0] - b[1], a[1] - b[0]];
          case "multiply":
          case "multiplyInt": return corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y));
          case "divide": return b[0] > 0 ? corners(a, b, (x, y) => x / y) : widest;
          case "divideInt": return b[0] === b[1] && b[0] !== 0 ? corners(a, b, (x, y) => Math.trunc(x / y)) : widest;
          case "min":
          case "minInt": return expression.args.length === 2 ? [Math.min(a[0], b[0]), Math.min(a[1], b[1])] : widest;
          case "max":
          case "maxInt": return expression.args.length === 2 ? [Math.max(a[0], b[0]), Math.max(a[1], b[1])] : widest;
          case "remainderInt": return b[0] === b[1] && b[0] > 0 ? (a[0] >= 0 ? [0, Math.min(a[1], b[0] - 1)] : [1 - b[0], b[0] - 1]) : widest;
          default: return widest;
        }
      }
    }
  }
}

const not = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

function corners(a: Interval, b: Interval, op: (x: number, y: number) => number): Interval {
  const all = [op(a[0], b[0]), op(a[0], b[1]), op(a[1], b[0]), op(a[1], b[1])];
  return all.some(Number.isNaN) ? widest : [Math.min(...all), Math.max(...all)];
}

function relationOf(primitive: PrimitiveName): Relation | undefined {
  switch (primitive) {
    case "less":
    case "lessInt": return "less";
    case "lessEqual":
    case "lessEqualInt": return "lessEqual";
    case "greater":
    case "greaterInt": return "greater";
    case "greaterEqual":
    case "greaterEqualInt": return "greaterEqual";
    case "equal":
    case "equalInt": return "equal";
    case "notEqual":
    case "notEqualInt": return "notEqual";
    default: return undefined;
  }
}

/** `e < c`, with `c > e` and `-e < c` turned round. */
function asFact(condition: Expression, truth: boolean): Fact | undefined {
  if (condition.kind !== "call") return undefined;
  let relation = relationOf(condition.primitive);
  let [subject, bound] = condition.args;
  if (!relation || !subject || !bound) return undefined;
  if (subject.kind === "constant") {
    [subject, bound] = [bound, subject];
    relation = mirrored[relation];
  }
  if (bound.kind !== "constant") return undefined;
  let value = bound.value;
  while (subject.kind === "call" && subject.primitive === "negate" && subject.args[0]) {
    subject = subject.args[0];
    relation = mirrored[relation];
    value = -value;
  }
  return { key: keyOf(subject), relation, bound: value === 0 ? 0 : value, truth };
}

function isStrict(fact: Fact): boolean {
  return fact.relation === "less" || fact.relation === "greater";
}

function intervalOf(fact: Fact): Interval {
  switch (fact.relation) {
    case "less":
    case "lessEqual": return [-Infinity, fact.bound];
    case "greater":
    case "greaterEqual": return [fact.bound, Infinity];
    case "equal": return [fact.bound, fact.bound];
    case "notEqual": return widest;
  }
}

function compare([low, high]: Interval, query: Fact, strict: boolean): boolean | undefined {
  const c = query.bound;
  switch (query.relation) {
    case "less": return high < c || (high === c && strict) ? true : low >= c ? false : undefined;
    case "lessEqual": return high <= c ? true : low > c || (low === c && strict) ? false : undefined;
    case "greater": return low > c || (low === c && strict) ? true : high <= c ? false : undefined;
    case "greaterEqual": return low >= c ? true : high < c || (high === c && strict) ? false : undefined;
    case "equal": return low > c || high < c || (strict && (low === c || high === c)) ? false : undefined;
    case "notEqual": return low > c || high < c || (strict && (low === c || high === c)) ? true : undefined;
  }
}

function compareRanges(primitive: PrimitiveName, a: Interval, b: Interval): boolean | undefined {
  switch (relationOf(primitive)) {
    case "less": return a[1] < b[0] ? true : a[0] >= b[1] ? false : undefined;
    case "lessEqual": return a[1] <= b[0] ? true : a[0] > b[1] ? false : undefined;
    case "greater": return a[0] > b[1] ? true : a[1] <= b[0] ? false : undefined;
    case "greaterEqual": return a[0] >= b[1] ? true : a[1] < b[0] ? false : undefined;
    case "equal": return a[1] < b[0] || a[0] > b[1] ? false : undefined;
    case "notEqual": return a[1] < b[0] || a[0] > b[1] ? true : undefined;
    default: return undefined;
  }
}

function narrow([low, high]: Interval, fact: Fact): Interval {
  const relation = fact.truth ? fact.relation : opposite[fact.relation];
  switch (relation) {
    case "less": return [low, Math.min(high, Math.ceil(fact.bound) - 1)];
    case "lessEqual": return [low, Math.min(high, Math.floor(fact.bound))];
    case "greater": return [Math.max(low, Math.floor(fact.bound) + 1), high];
    case "greaterEqual": return [Math.max(low, Math.ceil(fact.bound)), high];
    case "equal": return [Math.max(low, fact.bound), Math.min(high, fact.bound)];
    case "notEqual": return low === fact.bound ? [low + 1, high] : high === fact.bound ? [low, high - 1] : [low, high];
  }
}

/** Of numbers that need not be whole. */
function meet([low, high]: Interval, fact: Fact): Interval {
  if (!fact.truth) return [low, high];
  const [from, to] = intervalOf(fact);
  return [Math.max(low, from), Math.min(high, to)];
}

/** Equal keys, equal expressions. */
export function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case "constant": return `${expression.type}:${Object.is(expression.value, -0) ? "-0" : expression.value}`;
    case "read": return expression.local.name;
    case "load": return `${expression.array.name}[${expression.indices.map(keyOf).join(",")}]`;
    case "call": return `${expression.primitive}(${expression.args.map(keyOf).join(",")})`;
    case "select": return `(${keyOf(expression.condition)}?${keyOf(expression.whenTrue)}:${keyOf(expression.whenFalse)})`;
  }
}
