import type { Algebra } from "./algebra";
import { isNegative } from "./cost";
import type { Node } from "./node";

/** Cases within cases that ask what has been answered: u > 0 ? (u > 0 ? 2 : 0) : 0 is u > 0 ? 2 : 0. */
export function withoutRepeatedQuestions(algebra: Algebra, node: Node): Node {
  if (node.kind !== "cases") return node;
  const answered = new Map<Node, boolean>();
  const branches = node.branches.flatMap(({ condition, value }) => {
    if (answered.has(condition)) return [];
    const inside = settle(algebra, value, new Map([...answered, [condition, true], ...turnedRound(algebra, condition)]));
    answered.set(condition, false);
    return [{ condition, value: inside }];
  });
  return algebra.cases(branches, settle(algebra, node.otherwise, answered));
}

/** Where x < y, y < x is answered too. */
function turnedRound(algebra: Algebra, condition: Node): [Node, boolean][] {
  const [a, b] = condition.kind === "apply" && (condition.primitive === "less" || condition.primitive === "greater") ? condition.args : [];
  return condition.kind === "apply" && a && b ? [[algebra.apply(condition.primitive, [b, a]), false]] : [];
}

function settle(algebra: Algebra, node: Node, answered: ReadonlyMap<Node, boolean>): Node {
  if (node.kind !== "cases") return node;
  const branches: { condition: Node; value: Node }[] = [];
  for (const { condition, value } of node.branches) {
    const answer = answered.get(condition);
    if (answer === true) return branches.length === 0 ? settle(algebra, value, answered) : algebra.cases(branches, settle(algebra, value, answered));
    if (answer === undefined) branches.push({ condition, value: settle(algebra, value, answered) });
  }
  const otherwise = settle(algebra, node.otherwise, answered);
  return branches.length === 0 ? otherwise : algebra.cases(branches, otherwise);
}

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
