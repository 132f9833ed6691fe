import type { Algebra } from "./algebra";
import { isNegative } from "./cost";
import type { Node } from "./node";

/** (u > 0 ? a : 0) + (−u > 0 ? b : 0) as u > 0 ? a : −u > 0 ? b : 0: of two questions one is answered by the other. */
export function exclusiveCases(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "sum") return undefined;
  const choices = node.terms.flatMap((term) => (term.kind === "cases" && term.branches.length === 1 && term.branches[0] ? [{ term, ...term.branches[0], otherwise: term.otherwise }] : []));
  for (const first of choices) {
    const second = choices.find((other) => areExclusive(algebra, first.condition, other.condition));
    if (!second) continue;
    const both = algebra.cases(
      [{ condition: first.condition, value: algebra.sum([first.value, second.otherwise]) }, { condition: second.condition, value: algebra.sum([first.otherwise, second.value]) }],
      algebra.sum([first.otherwise, second.otherwise]),
    );
    return algebra.sum(node.terms.flatMap((term) => (term === first.term ? [both] : term === second.term ? [] : [term])));
  }
  return undefined;
}

/** u > 0 and −u > 0, x < y and y < x. */
function areExclusive(algebra: Algebra, one: Node, other: Node): boolean {
  if (one.kind !== "apply" || other.kind !== "apply" || one.primitive !== other.primitive || (one.primitive !== "greater" && one.primitive !== "less")) return false;
  const [[a, b], [c, d]] = [one.args, other.args];
  if (!a || !b || !c || !d) return false;
  return (a === d && b === c) || (b === algebra.zero && d === algebra.zero && algebra.negate(a) === c);
}

/** u > 0 ? 2·max(0, u) : 0 is 2·max(0, u), which is 0 there of itself. */
export function withoutVanishingCase(algebra: Algebra, node: Node): Node | undefined {
  const [only, second] = node.kind === "cases" ? node.branches : [];
  if (node.kind !== "cases" || !only || second || node.otherwise !== algebra.zero) return undefined;
  const { condition, value } = only;
  const [inside, bound] = condition.kind === "apply" && (condition.primitive === "greater" || condition.primitive === "greaterEqual") ? condition.args : [];
  if (!inside || bound !== algebra.zero) return undefined;
  const vanishes = (value.kind === "product" ? value.factors : [value]).some((factor) => {
    const base = factor.kind === "power" && factor.exponent.kind === "number" && !isNegative(factor.exponent) ? factor.base : factor;
    return base.kind === "apply" && base.primitive === "max" && base.args.includes(inside) && base.args.includes(bound);
  });
  return vanishes ? value : undefined;
}
