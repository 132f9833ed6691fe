import { childrenOf, type Node } from "./node";
import * as q from "./rational";

/**
 * How long a node is on paper, in marks: what a choice among equal forms goes by. Fractions inside fractions and a
 * leading minus count extra, for they are harder to read than they are long.
 */
export class Cost {
  /** By the number of the node. */
  private readonly known: (number | undefined)[] = [];

  /** `isForeign`: an exponential whose sign the user did not write, e^x where the text has e^(−x); it reads as one thing more. */
  constructor(private readonly isForeign: (base: Node, positive: boolean) => boolean = () => false) {}

  of(node: Node): number {
    const known = this.known[node.id];
    if (known !== undefined) return known;
    const cost = this.compute(node);
    this.known[node.id] = cost;
    return cost;
  }

  private compute(node: Node): number {
    switch (node.kind) {
      case "symbol":
      case "constant": return 1;
      case "number": return lengthOf(node.value) + (q.isNegative(node.value) ? 1 : 0);
      case "sum": {
        const total = node.terms.reduce((sum, term) => sum + this.unsigned(term), 0) + node.terms.length - 1;
        return total + (node.terms.every(isNegative) ? 1 : 0);
      }
      case "product": return this.unsigned(node) + (isNegative(node) ? 1 : 0);
      case "power": return this.fraction([node], q.integer(1));
      case "apply": return 1 + (node.primitive === "exp" && this.isForeign(node, true) ? foreignSign : 0) + node.args.reduce((sum, arg) => sum + this.of(arg), 0);
      case "cases": return 2 + this.of(node.otherwise) + node.branches.reduce((sum, { condition, value }) => sum + 2 + this.of(condition) + this.of(value), 0);
    }
  }

  /** Without the minus that a sum writes as its sign. */
  private unsigned(node: Node): number {
    if (node.kind === "number") return this.of(node) - (q.isNegative(node.value) ? 1 : 0);
    if (node.kind !== "product") return this.of(node);
    const [first] = node.factors;
    if (first?.kind !== "number") return this.fraction(node.factors, q.integer(1));
    return this.fraction(node.factors.slice(1), q.isNegative(first.value) ? q.negate(first.value) : first.value);
  }

  private fraction(factors: readonly Node[], coefficient: q.Rational): number {
    let [above, below, nested] = [0, 0, 0];
    const under = factors.filter(isBelow);
    const lone = (down: boolean): boolean => under.length > 0 && (down ? under.length === 1 && coefficient.denominator === 1n : factors.length - under.length === 1 && coefficient.numerator === 1n);
    for (const factor of factors) {
      const down = isBelow(factor);
      // A sum alone above or below the bar needs no brackets.
      const bracketless = lone(down) && (factor.kind === "sum" || (factor.kind === "power" && factor.base.kind === "sum" && factor.exponent.kind === "number" && factor.exponent.value.numerator === -1n && q.isInteger(factor.exponent.value)));
      const cost = this.factor(factor, down) - (bracketless ? 1 : 0);
      if (down) below += cost;
      else above += cost;
      if (hasFraction(factor, down)) nested += 3;
    }
    const whole = coefficient.decimal;
    if (coefficient.numerator !== 1n || whole) above += digits(coefficient.numerator);
    if (coefficient.denominator !== 1n && !whole) below += digits(coefficient.denominator);
    const bar = below > 0 ? 1 : 0;
    return Math.max(above, 1) + below + bar + (bar ? nested : nested / 4);
  }

  private factor(factor: Node, down: boolean): number {
    if (factor.kind !== "power") return this.of(factor) + (factor.kind === "sum" ? 1 : 0);
    const { base, exponent } = factor;
    if (isExponential(base)) return 1 + this.exponential(base, exponent);
    const inside = this.of(base) - (isLogistic(factor) ? this.foreignIn(base) : 0) + (base.kind === "sum" || base.kind === "product" ? 1 : 0);
    if (exponent.kind !== "number") return inside + this.of(exponent);
    const n = down ? q.negate(exponent.value) : exponent.value;
    if (q.isOne(n)) return inside;
    return inside + (isHalf(n) ? 0 : this.of(exponent) - (down ? 1 : 0)) + (isHalf(n) && base.kind !== "sum" ? 1 : 0);
  }

  /** 1/(1 + e^(−u)) is one function, whatever signs the user's exponentials have. */
  private foreignIn(sum: Node): number {
    return childrenOf(sum).some((term) => (term.kind === "power" ? this.isForeign(term.base, !isNegative(term.exponent)) : this.isForeign(term, true))) ? foreignSign : 0;
  }

  private exponential(base: Node, exponent: Node): number {
    const argument = base.kind === "apply" ? base.args[0] : undefined;
    const scale = exponent.kind === "number" && exponent.value.numerator === -1n && exponent.value.denominator === 1n ? 1 : this.of(exponent);
    return scale + (this.isForeign(base, !isNegative(exponent)) ? foreignSign : 0) + (argument ? this.of(argument) + (argument.kind === "sum" ? 1 : 0) : 0);
  }
}

/** What a sign that the user did not write is worth: as much as the brackets and the minus that e^(−(x + y)) has over e^(x + y). */
const foreignSign = 2.5;

/** A number of many digits is longer than one of few, though it is taken in at once. */
function digits(value: bigint): number {
  return 1 + (value < 0n ? -value : value).toString().length / 3 - 1 / 3;
}

function lengthOf(value: q.Rational): number {
  if (value.decimal) return 1;
  return q.isInteger(value) ? digits(value.numerator) : digits(value.numerator) + 1 + digits(value.denominator);
}

export const isNegative = (node: Node): boolean =>
  node.kind === "number" ? q.isNegative(node.value) : node.kind === "product" && node.factors[0]?.kind === "number" && q.isNegative(node.factors[0].value);

export const isHalf = (value: q.Rational): boolean => value.numerator === 1n && value.denominator === 2n && !value.decimal;

/** e^(…), which is written with its sign rather than under a fraction bar. */
export const isExponential = (base: Node): boolean => (base.kind === "apply" && base.primitive === "exp") || (base.kind === "constant" && base.name === "e");

/** 1/(1 + e^u). */
export function isLogistic(factor: Node): boolean {
  if (factor.kind !== "power" || factor.base.kind !== "sum" || factor.base.terms.length !== 2 || factor.exponent.kind !== "number" || !q.isOne(q.negate(factor.exponent.value))) return false;
  return factor.base.terms.some((term) => term.kind === "number" && q.isOne(term.value)) && factor.base.terms.some((term) => isExponential(term) || (term.kind === "power" && isExponential(term.base)));
}

/** Does this factor stand under the fraction bar? */
export const isBelow = (factor: Node): boolean =>
  factor.kind === "power" && factor.exponent.kind === "number" && q.isNegative(factor.exponent.value) && !isExponential(factor.base);

/** Is there a fraction bar inside this factor of a fraction? */
function hasFraction(factor: Node, down: boolean): boolean {
  const inside = factor.kind === "power" ? factor.base : factor;
  if (inside.kind !== "sum") return false;
  return inside.terms.some((term) => (term.kind === "product" ? term.factors : [term]).some((part) => isBelow(part) || (down && part.kind === "number" && !q.isInteger(part.value) && !part.value.decimal)));
}
