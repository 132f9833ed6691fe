import type { Local } from "../ir/types";
import { type Affine, affineIndex, affineNumber, isNumber, looksUp, minus, plus } from "./affine";
import type { Algebra } from "./algebra";
import { NoClosedForm } from "./canonical";
import type { Meaning, Sum } from "./meaning";
import type { Node } from "./node";
import type { SumNodes } from "./sumNodes";

type Delta = Extract<Meaning, { kind: "delta" }>;

/** Terms that one derivative may come to. */
const mostParts = 64;

/**
 * The derivative of wⱼ by wₖ is 1 where j is k, and 0 elsewhere: a delta. This takes deltas out of the derivative of a
 * sum: of its terms the one is left that the delta picks, which another index may have to be large enough for.
 */
export class Deltas {
  constructor(private readonly algebra: Algebra, private readonly nodes: SumNodes) {}

  /** ∂wⱼ/∂wₖ. */
  of(at: readonly Affine[], equals: readonly number[]): Node {
    return this.algebra.product(at.map((of, d) => this.nodes.delta(of, equals[d] ?? 0)));
  }

  /** The derivative of a sum from that of its body. */
  sum(sum: Sum, derivative: Node): Node {
    const { nodes, algebra } = this;
    const parts = this.parts(derivative);
    // Terms of which none is picked stay one sum.
    const together: Node[] = [];
    const apart: Node[] = [];
    for (const [key, { deltas, factor }] of parts) {
      const whole = key === "" ? this.written(factor) : parts.has("") ? this.whereChosen(sum, deltas, factor) : undefined;
      if (whole) together.push(whole);
      else apart.push(this.part(sum, deltas, factor));
    }
    // What chosen terms share with the others is seen only beside them.
    const body = together.length > 1 ? nodes.tidy(algebra.sum(together)) : algebra.sum(together);
    return algebra.sum([...(together.length > 0 ? [nodes.sum({ ...sum, body })] : []), ...apart]);
  }

  /** −(y − (w x + b)) keeps the user's difference: its minus goes before the sum. */
  private written(factor: Node): Node {
    const [coefficient, rest] = this.algebra.split(factor);
    return this.nodes.isOwn(rest) ? this.algebra.scale(coefficient, rest) : this.nodes.tidy(factor);
  }

  /** Among other terms, 1 or 0 stands before it. */
  private whereChosen(sum: Sum, deltas: readonly Node[], factor: Node): Node | undefined {
    const { nodes, algebra } = this;
    const found = deltas.map((node) => this.lookedUp(sum, node, factor));
    const whole = found.flatMap((one) => one ?? []);
    if (whole.length < found.length) return undefined;
    const inside = whole.reduce((part, { known }) => nodes.substitute(part, known), factor);
    return algebra.product([...whole.map(({ delta }) => nodes.chosen(delta.of, delta.equals)), nodes.tidy(inside)]);
  }

  /** A delta that asks what data say at each turn of the sum; in the case, what they say is the number. */
  private lookedUp(sum: Sum, node: Node, factor: Node): { readonly delta: Delta; readonly known: ReadonlyMap<string, Affine> } | undefined {
    const delta = this.nodes.meaningOf(node);
    if (delta?.kind !== "delta" || !looksUp(delta.of) || !this.nodes.mentions(node, sum.index.name)) return undefined;
    const [term, ...others] = [...delta.of.terms];
    const isAlone = term && others.length === 0 && term[1].times === 1 && this.nodes.mentions(factor, term[0]);
    return { delta, known: new Map(isAlone ? [[term[0], affineNumber(delta.equals - delta.of.constant)]] : []) };
  }

  /** Where what is looked up tells which terms are meant, a case for them. */
  private inCases(sum: Sum, deltas: readonly Node[], factor: Node): Node | undefined {
    const { nodes, algebra } = this;
    let inside = factor;
    for (const node of deltas) {
      const found = this.lookedUp(sum, node, inside);
      if (!found) return undefined;
      const { delta, known } = found;
      inside = nodes.substitute(inside, known);
      inside = algebra.cases([{ condition: algebra.apply("equal", [nodes.whole(delta.of), algebra.number(delta.equals)]), value: nodes.tidy(inside) }], algebra.zero);
    }
    return inside;
  }

  /** Of a product: one factor's derivative times all others, for each of them. */
  product(sum: Sum, derivative: Node): Node {
    const { nodes } = this;
    const twin = nodes.sums.twin(sum.index, sum.from, sum.to);
    const others = nodes.sum({ ...sum, index: twin, body: nodes.substitute(sum.body, new Map([[sum.index.name, affineIndex(twin)]])), except: [...(sum.except ?? []), affineIndex(sum.index)] });
    return this.sum({ ...sum, operator: "sum" }, this.algebra.product([derivative, others]));
  }

  /** Of the logarithm of a product, which is the sum of the logarithms. */
  logarithm(sum: Sum, derivative: Node): Node {
    return this.sum({ ...sum, operator: "sum" }, this.algebra.divide(derivative, sum.body));
  }

  private part(sum: Sum, deltas: readonly Node[], factor: Node): Node {
    const { nodes, algebra } = this;
    const mine = deltas.filter((delta) => nodes.mentions(delta, sum.index.name));
    const outer = deltas.filter((delta) => !mine.includes(delta));
    for (const node of mine) {
      const delta = nodes.meaningOf(node);
      if (delta?.kind !== "delta" || looksUp(delta.of) || Math.abs(delta.of.terms.get(sum.index.name)?.times ?? 0) !== 1) continue;
      return algebra.product([...outer, this.picked(sum, delta, algebra.product([...mine.filter((other) => other !== node), factor]))]);
    }
    let { from, to, except } = sum;
    let inside = factor;
    for (const node of mine) {
      const delta = nodes.meaningOf(node);
      const chosen = this.inCases(sum, [node], inside);
      if (chosen) inside = chosen;
      else if (delta?.kind === "atLeast") [from, to] = this.narrowed(sum.index, delta.of, from, to);
      else if (delta?.kind === "differs") except = [...(except ?? []), zeroOf(sum.index, delta.of)];
      else return refuse();
    }
    return algebra.product([...outer, nodes.sum({ ...sum, from, to, except, body: inside })]);
  }

  /** The term at the index that the delta asks for, where the sum comes to it. */
  private picked({ index, from, to, except = [] }: Sum, { of, equals }: Delta, factor: Node): Node {
    const by = of.terms.get(index.name)?.times ?? 0;
    const rest = minus(affineNumber(equals), { constant: of.constant, terms: new Map([...of.terms].filter(([name]) => name !== index.name)) });
    const value = by === 1 ? rest : minus(affineNumber(0), rest);
    const isInside = [
      ...[minus(value, from), minus(minus(to, affineNumber(1)), value)].map((by) => this.nodes.atLeast(by)),
      ...except.map((left) => this.nodes.differs(minus(value, left))),
    ];
    return this.algebra.product([...isInside, this.nodes.substitute(factor, new Map([[index.name, value]]))]);
  }

  /** The range in which `of` is not negative. */
  private narrowed(index: Local, of: Affine, from: Affine, to: Affine): readonly [Affine, Affine] {
    const by = of.terms.get(index.name)?.times ?? 0;
    const rest = plus(of, { constant: 0, terms: new Map([[index.name, { local: index, times: -by }]]) });
    if (Math.abs(by) !== 1 || !isNumber(rest) || looksUp(of)) return refuse();
    if (by === 1) return [isNumber(from) ? affineNumber(Math.max(from.constant, -rest.constant)) : refuse(), to];
    return [from, isNumber(to) ? affineNumber(Math.min(to.constant, rest.constant + 1)) : refuse()];
  }

  /** A derivative as a sum of deltas, each with what it is multiplied by; "" is what has none. */
  private parts(node: Node): Map<string, { deltas: Node[]; factor: Node }> {
    const { algebra, nodes } = this;
    const parts = new Map<string, { deltas: Node[]; factor: Node }>();
    const add = (deltas: readonly Node[], factor: Node): void => {
      const sorted = [...new Set(deltas)].sort((a, b) => a.id - b.id);
      const key = sorted.map(({ id }) => id).join(",");
      const known = parts.get(key);
      parts.set(key, { deltas: sorted, factor: known ? algebra.sum([known.factor, factor]) : factor });
    };
    const kind = nodes.meaningOf(node)?.kind;
    if (!nodes.hasDelta(node)) add([], node);
    else if (kind === "delta" || kind === "atLeast" || kind === "differs") add([node], algebra.one);
    else if (node.kind === "sum") for (const term of node.terms) for (const { deltas, factor } of this.parts(term).values()) add(deltas, factor);
    else if (node.kind === "product") {
      let product = [{ deltas: new Array<Node>(), factor: algebra.product(node.factors.filter((factor) => !nodes.hasDelta(factor))) }];
      for (const factor of node.factors.filter((other) => nodes.hasDelta(other))) {
        const choices = [...this.parts(factor).values()];
        product = product.flatMap((left) => choices.map((right) => ({ deltas: [...left.deltas, ...right.deltas], factor: algebra.product([left.factor, right.factor]) })));
        if (product.length > mostParts) refuse();
      }
      for (const { deltas, factor } of product) add(deltas, factor);
    } else if (node.kind === "cases" && !node.branches.some(({ condition }) => nodes.hasDelta(condition))) {
      const arms = [...node.branches.map(({ value }) => this.parts(value)), this.parts(node.otherwise)];
      for (const key of new Set(arms.flatMap((arm) => [...arm.keys()]))) {
        const at = (i: number): Node => arms[i]?.get(key)?.factor ?? algebra.zero;
        const deltas = arms.flatMap((arm) => arm.get(key)?.deltas ?? []);
        add(deltas, algebra.cases(node.branches.map(({ condition }, i) => ({ condition, value: at(i) })), at(node.branches.length)));
      }
    } else refuse();
    return parts;
  }
}

/** The index at which it is 0. */
function zeroOf(index: Local, of: Affine): Affine {
  const by = of.terms.get(index.name)?.times ?? 0;
  const rest = plus(of, { constant: 0, terms: new Map([[index.name, { local: index, times: -by }]]) });
  if (Math.abs(by) !== 1 || looksUp(of)) return refuse();
  return by === 1 ? minus(affineNumber(0), rest) : rest;
}

function refuse(): never {
  throw new NoClosedForm("a partial derivative has no short form");
}
