import type { PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import { isHalf } from "./cost";
import { expand } from "./multiplyOut";
import { childrenOf, type Node } from "./node";
import * as q from "./rational";

/** Two sums that stand side by side are short enough to be multiplied. */
const shortSum = 3;

/** A product as bases with their exponents; the number apart. */
class Factors {
  readonly exponents = new Map<Node, Node>();
  private coefficient: Node;
  private changed = false;

  constructor(private readonly algebra: Algebra, private readonly node: Node) {
    this.coefficient = algebra.one;
    for (const factor of node.kind === "product" ? node.factors : [node]) {
      if (factor.kind === "number") this.coefficient = factor;
      else if (factor.kind === "power") this.exponents.set(factor.base, factor.exponent);
      else this.exponents.set(factor, algebra.one);
    }
    this.rationalise();
  }

  /** 4/√2 is 2√2. */
  private rationalise(): void {
    for (const [base, exponent] of this.exponents) {
      if (base.kind !== "number" || !q.isInteger(base.value) || this.coefficient.kind !== "number" || exponent.kind !== "number" || !isHalf(q.negate(exponent.value))) continue;
      const quotient = q.multiply(this.coefficient.value, q.reciprocal(base.value));
      if (!q.isInteger(quotient)) continue;
      this.exponents.set(base, this.algebra.number(q.negate(exponent.value)));
      this.coefficient = this.algebra.number(quotient);
      this.changed = true;
    }
  }

  /** The whole exponent of a base; 0 where there is none. */
  of(base: Node): number {
    const exponent = this.exponents.get(base);
    return exponent?.kind === "number" && q.isInteger(exponent.value) ? q.toNumber(exponent.value) : 0;
  }

  raise(base: Node, by: number): void {
    const known = this.exponents.get(base) ?? this.algebra.zero;
    this.exponents.set(base, this.algebra.sum([known, this.algebra.number(by)]));
    this.changed = true;
  }

  replace(bases: readonly Node[], by: Node, exponent: Node): void {
    bases.forEach((base) => this.exponents.delete(base));
    this.exponents.set(by, this.algebra.sum([this.exponents.get(by) ?? this.algebra.zero, exponent]));
    this.changed = true;
  }

  product(): Node {
    if (!this.changed) return this.node;
    return this.algebra.product([this.coefficient, ...[...this.exponents].map(([base, exponent]) => this.algebra.power(base, exponent))]);
  }
}

type Call = Extract<Node, { kind: "apply" }>;

/** Functions in a product that are one function: sin·sec, x·sign x, tan·cos. */
export function mergeFunctions(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node {
  const factors = new Factors(algebra, node);
  for (const base of [...factors.exponents.keys()]) {
    if (base.kind === "apply") mergeCall(algebra, factors, base, isOwn);
    else if (base.kind === "power") magnitudeOfRoot(algebra, factors, base);
  }
  mergeRootsOfNumbers(algebra, factors);
  return factors.product();
}

function mergeCall(algebra: Algebra, factors: Factors, call: Call, isOwn: (node: Node) => boolean): void {
  const [of] = call.args;
  if (!of) return;
  const named = (primitive: PrimitiveName): Node => algebra.apply(primitive, [of]);
  /** `a`·`b` is `c`, as often as both are there. */
  const merge = (a: Node, b: Node, c: Node): void => {
    const times = Math.min(factors.of(a), factors.of(b));
    if (times > 0) [[a, -times] as const, [b, -times] as const, [c, times] as const].forEach(([base, by]) => factors.raise(base, by));
  };
  switch (call.primitive) {
    case "abs": {
      const [number, rest] = algebra.split(of);
      if (!q.isOne(number) && rest !== algebra.one && !isOwn(call)) {
        const times = factors.of(call);
        const size = algebra.number(q.isNegative(number) ? q.negate(number) : number);
        [[call, -times] as const, [size, times] as const, [algebra.apply("abs", [rest]), times] as const].forEach(([base, by]) => factors.raise(base, by));
        return;
      }
      const even = 2 * Math.trunc(factors.of(call) / 2);
      if (even !== 0) [[call, -even] as const, [of, even] as const].forEach(([base, by]) => factors.raise(base, by));
      merge(call, named("sign"), of);
      // sign u / |u| is 1/u, and u/|u| the sign of u.
      const over = Math.min(-factors.of(call), factors.of(named("sign")));
      if (over > 0) [[call, over] as const, [named("sign"), -over] as const, [of, -over] as const].forEach(([base, by]) => factors.raise(base, by));
      const signs = Math.min(-factors.of(call), factors.of(of));
      if (signs > 0) [[call, signs] as const, [of, -signs] as const, [named("sign"), signs] as const].forEach(([base, by]) => factors.raise(base, by));
      return;
    }
    case "sign": {
      const [number, rest] = algebra.split(of);
      if (!q.isOne(number) && rest !== algebra.one && !isOwn(call)) {
        const times = factors.of(call);
        const size = q.isNegative(number) ? algebra.minusOne : algebra.one;
        [[call, -times] as const, [size, times] as const, [algebra.apply("sign", [rest]), times] as const].forEach(([base, by]) => factors.raise(base, by));
        return;
      }
      const even = 2 * Math.trunc(factors.of(call) / 2);
      // sign² is 1 but at 0: where the user wrote it, another factor has to vanish there or to have no value; in slopes there is none at 0.
      if (even > 0 && (!isOwn(call) || factors.of(of) !== 0 || factors.exponents.has(named("abs")))) factors.raise(call, -even);
      merge(call, named("abs"), of);
      if (factors.of(of) > 0 && factors.of(call) > 0) merge(call, of, named("abs"));
      return;
    }
    case "tan": {
      const below = Math.min(-factors.of(call), -factors.of(named("cos")));
      // 1/(tan·cos²) is 1/(sin·cos).
      if (below > 0) [[call, below] as const, [named("cos"), below] as const, [named("sin"), -below] as const].forEach(([base, by]) => factors.raise(base, by));
      return merge(call, named("cos"), named("sin"));
    }
    case "cot": return merge(call, named("sin"), named("cos"));
    case "tanh": return merge(call, named("cosh"), named("sinh"));
    case "sinh": {
      const times = Math.min(factors.of(call), -factors.of(named("cosh")));
      if (times > 0 && times === factors.of(call)) [[call, -times] as const, [named("cosh"), times] as const, [named("tanh"), times] as const].forEach(([base, by]) => factors.raise(base, by));
      return;
    }
    // Who writes sec x goes on reading sec x.
    case "cos": return rename("sec");
    case "sin": return rename("csc");
    case "cosh": return rename("sech");
    case "sech": {
      const times = Math.min(factors.of(call), factors.of(named("cosh")));
      if (times > 0) [[call, -times] as const, [named("cosh"), -times] as const].forEach(([base, by]) => factors.raise(base, by));
      return;
    }
    default:
  }

  function rename(reciprocal: PrimitiveName): void {
    const times = -factors.of(call);
    if (times <= 0 || !isOwn(named(reciprocal))) return;
    factors.raise(call, times);
    factors.raise(named(reciprocal), times);
  }
}

/** √2·√π is √(2π), and √2/√π is √(2/π): numbers are positive, letters need not be. */
function mergeRootsOfNumbers(algebra: Algebra, factors: Factors): void {
  const roots = [...factors.exponents].filter(([base, exponent]) => isPositiveNumber(base) && exponent.kind === "number" && isHalf(q.isNegative(exponent.value) ? q.negate(exponent.value) : exponent.value));
  const [first, ...others] = roots;
  if (!first) return;
  // √(2/π) rather than 1/√(π/2).
  const [, exponent] = roots.find(([, other]) => !isNegativeNumber(other)) ?? first;
  const bases = [first, ...others].map(([base, other]) => (other === exponent ? base : algebra.power(base, algebra.minusOne)));
  if (others.length > 0) factors.replace([first, ...others].map(([base]) => base), algebra.product(bases), exponent);
}

const isNegativeNumber = (node: Node): boolean => node.kind === "number" && q.isNegative(node.value);
const isPositiveNumber = (node: Node): boolean => node.kind === "constant" || (node.kind === "number" && !q.isNegative(node.value)) || (node.kind === "product" && node.factors.every(isPositiveNumber));

/** x/√(x²) is the sign of x. */
function magnitudeOfRoot(algebra: Algebra, factors: Factors, base: Extract<Node, { kind: "power" }>): void {
  const exponent = factors.exponents.get(base);
  if (exponent?.kind !== "number" || base.exponent !== algebra.number(2)) return;
  const size = q.isNegative(exponent.value) ? q.negate(exponent.value) : exponent.value;
  if (!isHalf({ ...size, decimal: false }) || factors.of(base.base) !== 1 || !q.isNegative(exponent.value)) return;
  factors.exponents.delete(base);
  factors.raise(base.base, -1);
  factors.raise(algebra.apply("sign", [base.base]), 1);
}

/** √(2π)/(2π) as 1/√(2π): what is under a root and beside it. */
export function absorbIntoRoots(algebra: Algebra, node: Node): Node {
  if (node.kind !== "product") return node;
  const root = node.factors.find((factor) => factor.kind === "power" && factor.base.kind === "product" && factor.exponent.kind === "number" && !q.isInteger(factor.exponent.value));
  if (root?.kind !== "power" || root.base.kind !== "product" || root.exponent.kind !== "number") return node;
  const { base, exponent } = root;
  const step = q.isNegative(exponent.value) ? 1 : -1;
  const beside = base.factors.filter((factor) => factor.kind !== "number").map((factor) => algebra.power(factor, algebra.number(step)));
  if (!beside.every((factor) => node.factors.includes(factor))) return node;
  const moved = algebra.power(base, algebra.sum([exponent, algebra.number(step)]));
  const [number] = base.factors;
  const back = number?.kind === "number" ? algebra.power(number, algebra.number(-step)) : algebra.one;
  return algebra.product([...node.factors.filter((factor) => factor !== root && !beside.includes(factor)), back, moved]);
}

/** (1 + x)(1 − x) as 1 − x², wherever two short sums stand side by side. */
export function multiplyNeighbours(algebra: Algebra, node: Node): Node[] {
  if (node.kind !== "product") return [];
  const sums = node.factors.flatMap((factor) => {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    return base.kind === "sum" && base.terms.length <= shortSum ? [{ factor, base, exponent }] : [];
  });
  const found: Node[] = [];
  sums.forEach((a, i) => sums.slice(i + 1).forEach((b) => {
    if (a.exponent !== b.exponent || childrenOf(a.base).length !== childrenOf(b.base).length) return;
    const multiplied = expand(algebra, algebra.product([a.base, b.base]));
    // Only where the middle terms cancel: the roots of a polynomial are worth seeing.
    if (multiplied?.kind !== "sum" || multiplied.terms.length > 2) return;
    found.push(algebra.product([...node.factors.filter((factor) => factor !== a.factor && factor !== b.factor), algebra.power(multiplied, a.exponent)]));
  }));
  return found;
}
