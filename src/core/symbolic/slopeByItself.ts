import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";

interface Means {
  readonly algebra: Algebra;
  readonly slope: (of: Node) => Node;
  /** With names for all that has one. */
  readonly named: (node: Node) => Node;
  readonly tidied: (node: Node) => Node;
  readonly lengthOf: (node: Node) => number;
}

/** The slope of what the name `s` stands for, where s itself occurs in it: E′ = E u′, s′ = s (1 − s) u′, h′ = (1 − h²) u′, r′ = u′/(2r). */
export function slopeByItself(node: Node, s: Node, means: Means): Node | undefined {
  const { algebra, slope } = means;
  const varying = (node.kind === "product" ? node.factors : [node]).filter((factor) => slope(factor) !== algebra.zero);
  const [only] = varying;
  if (only === node && only.kind === "apply" && only.primitive === "tanh" && only.args[0]) return algebra.product([algebra.sum([algebra.one, algebra.negate(algebra.power(s, algebra.number(2)))]), slope(only.args[0])]);
  if (only === node && only.kind === "power" && only.exponent.kind === "number") {
    const { base } = only;
    const power = q.toNumber(only.exponent.value);
    if (power === 0.5) return algebra.divide(slope(base), algebra.product([algebra.number(2), s]));
    const growing = power === -1 && base.kind === "sum" && base.terms.length === 2 && base.terms.includes(algebra.one) ? base.terms.find((term) => term !== algebra.one) : undefined;
    const under = growing && exponentOf(algebra, growing);
    if (under) return algebra.product([s, algebra.sum([algebra.one, algebra.negate(s)]), algebra.negate(slope(under))]);
    if (power === -1) return algebra.negate(algebra.product([algebra.power(s, algebra.number(2)), slope(base)]));
  }
  // p′ = p (u′/u − v′/v) for p = u/v, where that divides by nothing that p does not divide by.
  const ratios = varying.map((factor) => logarithmic(factor, means));
  const whole = ratios.flatMap((ratio) => ratio ?? []);
  if (whole.length < ratios.length || whole.length === 0) return undefined;
  const candidate = algebra.product([s, means.tidied(means.named(algebra.sum(whole)))]);
  if (varying.every((factor) => exponentOf(algebra, factor))) return candidate;
  return means.lengthOf(means.tidied(candidate)) < means.lengthOf(means.tidied(slope(node))) ? candidate : undefined;
}

/** f′/f; undefined where f may be zero and stays below the bar. */
function logarithmic(factor: Node, { algebra, slope, named }: Means): Node | undefined {
  const exponent = exponentOf(algebra, factor);
  if (exponent) return slope(exponent);
  if (factor.kind === "power" && factor.exponent.kind === "number" && q.isNegative(factor.exponent.value)) return algebra.product([factor.exponent, named(algebra.divide(slope(factor.base), factor.base))]);
  const ratio = algebra.divide(slope(factor), factor);
  return (ratio.kind === "product" ? ratio.factors : [ratio]).some((part) => part.kind === "power" && part.base === factor) ? undefined : ratio;
}

/** u of e^u, its number with it. */
function exponentOf(algebra: Algebra, node: Node): Node | undefined {
  const [base, times] = node.kind === "power" ? [node.base, node.exponent] : [node, algebra.one];
  if (base.kind === "constant" && base.name === "e" && node.kind === "power") return times;
  return base.kind === "apply" && base.primitive === "exp" && base.args[0] ? algebra.product([times, base.args[0]]) : undefined;
}
