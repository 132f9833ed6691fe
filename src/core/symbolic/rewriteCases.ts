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
