import type { Algebra } from "./algebra";
import { isExponential } from "./cost";
import { distribute } from "./multiplyOut";
import type { Node } from "./node";
import * as q from "./rational";
import { mergeExponentials, numberFirst } from "./rewriteExponentials";

/** e^x/(1 + e^x) as 1/(1 + e^(−x)). */
export function dividedByExponential(algebra: Algebra, factors: readonly Node[]): Node[] {
  return factors.flatMap((factor) => {
    if (factor.kind !== "power" && !(factor.kind === "apply" && factor.primitive === "exp")) return [];
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    if (!isExponential(base) || exponent.kind !== "number") return [];
    return factors.flatMap((below) => {
      if (below.kind !== "power" || below.base.kind !== "sum" || below.exponent.kind !== "number" || !q.isNegative(below.exponent.value)) return [];
      // Where it divides none of the terms, it stays above.
      if (!below.base.terms.some((term) => hasBase(term, base))) return [];
      const share = algebra.power(base, algebra.number(q.multiply(exponent.value, q.reciprocal(below.exponent.value))));
      const divided = algebra.sum(numberFirst(below.base.terms.map((term) => mergeExponentials(algebra, algebra.product([term, share])))));
      return [algebra.product([...factors.filter((other) => other !== factor && other !== below), algebra.power(divided, below.exponent)])];
    });
  });
}

const hasBase = (term: Node, base: Node): boolean => (term.kind === "product" ? term.factors : [term]).some((part) => part === base || (part.kind === "power" && part.base === base));

/** 1/(1 + y²/x²) as x²/(x² + y²). */
export function withoutInnerFractions(algebra: Algebra, factor: Node, exponentials: boolean): Node {
  const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
  if (base.kind !== "sum" || exponent.kind !== "number" || !q.isInteger(exponent.value)) return factor;
  const { terms } = base;
  const below = terms.flatMap((term) => (term.kind === "product" ? term.factors : [term]))
    .filter((part) => part.kind === "power" && part.exponent.kind === "number" && q.isNegative(part.exponent.value));
  const denominators = new Map<Node, q.Rational>();
  for (const part of below) {
    if (part.kind !== "power" || part.exponent.kind !== "number" || (isExponential(part.base) && !exponentials)) continue;
    const known = denominators.get(part.base);
    if (!known || q.compare(part.exponent.value, known) < 0) denominators.set(part.base, part.exponent.value);
  }
  if (denominators.size === 0) return factor;
  const common = algebra.product([...denominators].map(([base, exponent]) => algebra.power(base, algebra.number(exponent))));
  const inverse = algebra.power(common, algebra.minusOne);
  const divided = terms.map((term) => algebra.product([term, inverse]));
  const rest = algebra.sum(exponentials ? numberFirst(divided) : divided);
  return algebra.product([algebra.power(rest, exponent), algebra.power(common, exponent)]);
}

/** 1/(2√(1 − x²/4)) as 1/√(4 − x²): numbers below go out of a root where they are squares. */
export function withoutFractionsInRoots(algebra: Algebra, node: Node): Node | undefined {
  const factors = node.kind === "product" ? node.factors : [node];
  const root = factors.find((factor) => factor.kind === "power" && factor.base.kind === "sum" && factor.exponent.kind === "number" && factor.exponent.value.denominator === 2n);
  if (root?.kind !== "power" || root.base.kind !== "sum" || root.exponent.kind !== "number") return undefined;
  const coefficients = root.base.terms.map((term) => algebra.split(term)[0]);
  if (coefficients.some((value) => value.decimal)) return undefined;
  const below = coefficients.reduce((most, value) => (value.denominator > most ? value.denominator : most), 1n);
  const size = BigInt(Math.round(Math.sqrt(Number(below))));
  if (below === 1n || size * size !== below || coefficients.some((value) => below % value.denominator !== 0n)) return undefined;
  const scaled = algebra.sum(root.base.terms.map((term) => algebra.scale(q.integer(below), term)));
  const outside = algebra.power(algebra.number(q.integer(size)), algebra.number(q.integer(-root.exponent.value.numerator)));
  return algebra.product([outside, algebra.power(scaled, root.exponent), ...factors.filter((factor) => factor !== root)]);
}

/** (1 − y(1 + u))/(1 + u) as 1/(1 + u) − y: the part of a fraction that its denominator divides, apart. */
export function wholeAndRest(algebra: Algebra, node: Node): Node[] {
  if (node.kind !== "product") return [];
  const above = node.factors.find((factor) => factor.kind === "sum");
  const below = node.factors.find((factor) => factor.kind === "power" && factor.base.kind === "sum" && factor.exponent === algebra.minusOne);
  if (above?.kind !== "sum" || below?.kind !== "power" || below.base.kind !== "sum") return [];
  const others = node.factors.filter((factor) => factor !== above && factor !== below);
  const spread = distribute(algebra, above) ?? above;
  if (spread.kind !== "sum" || spread.terms.length > 6) return [];
  const divisor = below.base;
  const quotients = new Set(spread.terms.map((term) => algebra.divide(term, divisor.terms[0] ?? algebra.one)));
  return [...quotients].flatMap((quotient) => {
    const rest = algebra.sum([spread, ...divisor.terms.map((term) => algebra.negate(algebra.product([quotient, term])))]);
    const left = rest.kind === "sum" ? rest.terms.length : 1;
    if (left > spread.terms.length - divisor.terms.length) return [];
    return [algebra.product([...others, algebra.sum([algebra.product([rest, below]), quotient])])];
  });
}
