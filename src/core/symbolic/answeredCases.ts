import type { Algebra } from "./algebra";
import { answerOf, type Comparison, comparisonOf, denied } from "./facts";
import { childrenOf, type Node } from "./node";
import { hasCases } from "./order";
import { toNumber } from "./rational";

/** What the conditions around a part say. */
interface Known {
  readonly answers: ReadonlyMap<Node, boolean>;
  readonly facts: readonly Comparison<Node>[];
}

const nothing: Known = { answers: new Map(), facts: [] };
const quantities = { same: (a: Node, b: Node): boolean => a === b, number: (node: Node): number | undefined => (node.kind === "number" ? toNumber(node.value) : undefined) };
/** Cases that one formula is divided into. */
const mostCases = 6;

/** Cases within cases that ask what has been answered: u > 0 ? √(u > 0 ? 2 : 0) : 0 is u > 0 ? √2 : 0. */
export function withoutRepeatedQuestions(algebra: Algebra, node: Node): Node {
  return settle(algebra, node, nothing);
}

/** (u > 0 ? a : b)·√(u > 0 ? c : d) + … as u > 0 ? a√c + … : b√d + …: what several parts ask is asked once, before all. */
export function askedOnce(algebra: Algebra, node: Node): Node {
  return lifted(algebra, node, nothing, mostCases);
}

/** p ? (q ? a : b) : b as p and q ? a : b. */
export function askedTogether(algebra: Algebra, node: Node): Node {
  const [outer, another] = node.kind === "cases" ? node.branches : [];
  if (node.kind !== "cases" || !outer || another || outer.value.kind !== "cases" || outer.value.otherwise !== node.otherwise) return node;
  const [inner, further] = outer.value.branches;
  if (!inner || further) return node;
  const condition = settle(algebra, outer.condition, knowing(nothing, inner.condition, true));
  const all = knowing(knowing(nothing, inner.condition, true), condition, true);
  return algebra.cases([{ condition: algebra.apply("and", [condition, inner.condition]), value: settle(algebra, inner.value, all) }], node.otherwise);
}

function lifted(algebra: Algebra, node: Node, known: Known, most: number): Node {
  if (!hasCases(node)) return node;
  const asked = node.kind === "cases" ? node : mostShared(node);
  if (!asked || asked.branches.length + 1 > most) return node;
  const each = Math.max(1, Math.floor(most / 2));
  let so = known;
  const branches = asked.branches.map(({ condition }) => {
    const inside = knowing(so, condition, true);
    so = knowing(so, condition, false);
    return { condition, value: lifted(algebra, settle(algebra, node, inside), inside, each) };
  });
  return algebra.cases(branches, lifted(algebra, settle(algebra, node, so), so, each));
}

/** The cases whose questions others ask too; undefined where none does. */
function mostShared(node: Node): Extract<Node, { kind: "cases" }> | undefined {
  const found = new Set<Extract<Node, { kind: "cases" }>>();
  const seen = new Set<Node>();
  const visit = (part: Node): void => {
    if (seen.has(part) || !hasCases(part)) return;
    seen.add(part);
    if (part.kind === "cases") found.add(part);
    childrenOf(part).forEach(visit);
  };
  visit(node);
  const askedBy = new Map<Node, number>();
  for (const { branches } of found) for (const { condition } of branches) askedBy.set(condition, (askedBy.get(condition) ?? 0) + 1);
  const shared = ({ branches }: { readonly branches: readonly { readonly condition: Node }[] }): number => branches.filter(({ condition }) => (askedBy.get(condition) ?? 0) > 1).length;
  const best = [...found].reduce<Extract<Node, { kind: "cases" }> | undefined>((most, cases) => (most && shared(most) >= shared(cases) ? most : cases), undefined);
  return best && shared(best) > 0 ? best : undefined;
}

/** With the answers that are known put in, wherever they are asked for. */
function settle(algebra: Algebra, node: Node, known: Known, done = new Map<Node, Node>()): Node {
  const before = done.get(node);
  if (before) return before;
  const settled = asks(node) ? put(algebra, node, known, (part) => settle(algebra, part, known, done)) : node;
  done.set(node, settled);
  return settled;
}

const asking = new WeakMap<Node, boolean>();

/** Does it choose between quantities anywhere? */
function asks(node: Node): boolean {
  const known = asking.get(node);
  if (known !== undefined) return known;
  const answer = node.kind === "cases" || (node.kind === "apply" && (node.primitive === "max" || node.primitive === "min")) || childrenOf(node).some(asks);
  asking.set(node, answer);
  return answer;
}

function put(algebra: Algebra, node: Node, known: Known, of: (part: Node) => Node): Node {
  const all = (parts: readonly Node[]): Node[] => parts.map(of);
  switch (node.kind) {
    case "sum": return changed(node.terms, all(node.terms)) ? algebra.sum(all(node.terms)) : node;
    case "product": return changed(node.factors, all(node.factors)) ? algebra.product(all(node.factors)) : node;
    case "power": return of(node.base) === node.base && of(node.exponent) === node.exponent ? node : algebra.power(of(node.base), of(node.exponent));
    case "apply": return chosen(node, known) ?? (changed(node.args, all(node.args)) ? applied(algebra, node.primitive, all(node.args)) : node);
    case "cases": return cases(algebra, node, known);
    default: return node;
  }
}

/** The greater of two of which it is known; undefined where neither is. */
function chosen({ primitive, args: [a, b, ...others] }: Extract<Node, { kind: "apply" }>, { facts }: Known): Node | undefined {
  if ((primitive !== "max" && primitive !== "min") || !a || !b || others.length > 0) return undefined;
  const question = comparisonOf<Node>(primitive === "max" ? "greaterEqual" : "lessEqual", [a, b]);
  const isFirst = question && answerOf(question, facts, quantities);
  if (isFirst !== undefined) return isFirst ? a : b;
  const turned = comparisonOf<Node>(primitive === "max" ? "greaterEqual" : "lessEqual", [b, a]);
  return turned && answerOf(turned, facts, quantities) === true ? b : undefined;
}

const changed = (before: readonly Node[], after: readonly Node[]): boolean => before.some((part, k) => part !== after[k]);

function applied(algebra: Algebra, primitive: Extract<Node, { kind: "apply" }>["primitive"], args: readonly Node[]): Node {
  return primitive === "exp" && args[0] ? algebra.exp(args[0]) : algebra.apply(primitive, args);
}

function cases(algebra: Algebra, node: Extract<Node, { kind: "cases" }>, known: Known): Node {
  const branches: { condition: Node; value: Node }[] = [];
  let so = known;
  for (const { condition, value } of node.branches) {
    const answer = answered(condition, so);
    if (answer === true) return finished(algebra, branches, settle(algebra, value, so));
    if (answer === false) continue;
    branches.push({ condition, value: settle(algebra, value, knowing(so, condition, true)) });
    so = knowing(so, condition, false);
  }
  return finished(algebra, branches, settle(algebra, node.otherwise, so));
}

const finished = (algebra: Algebra, branches: readonly { condition: Node; value: Node }[], otherwise: Node): Node => (branches.length === 0 ? otherwise : algebra.cases(branches, otherwise));

function knowing(known: Known, condition: Node, holds: boolean): Known {
  const so = { ...known, answers: new Map([...known.answers, [condition, holds]]) };
  if (condition.kind !== "apply") return so;
  if (condition.primitive === "not" && condition.args[0]) return knowing(so, condition.args[0], !holds);
  if (condition.primitive === (holds ? "and" : "or")) return condition.args.reduce<Known>((all, arg) => knowing(all, arg, holds), so);
  const comparison = comparisonOf<Node>(condition.primitive, condition.args);
  return comparison ? { ...so, facts: [...so.facts, holds ? comparison : denied(comparison)] } : so;
}

function answered(condition: Node, { answers, facts }: Known): boolean | undefined {
  const answer = answers.get(condition);
  if (answer !== undefined || condition.kind !== "apply") return answer;
  const question = comparisonOf<Node>(condition.primitive, condition.args);
  return question && facts.length > 0 ? answerOf(question, facts, quantities) : undefined;
}
