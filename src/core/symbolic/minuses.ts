import type { Algebra } from "./algebra";
import { isNegative } from "./cost";
import type { FreshSums } from "./freshSums";
import type { Judgement } from "./judgement";
import type { Node } from "./node";
import type { Letters } from "./tidy";

/** Puts minuses where they are not seen. */
export class Minuses {
  constructor(private readonly algebra: Algebra, private readonly judge: Judgement, private readonly fresh: FreshSums, private readonly letters: Letters) {}

  /** −(a − b) as b − a, and −2x(3 − x²) as 2x(x² − 3): a minus goes into a difference that is not the user's. */
  placed(whole: Node): Node {
    const { algebra } = this;
    const node = this.inFront(whole);
    const [first, ...rest] = node.kind === "product" ? node.factors : [];
    if (first?.kind !== "number" || !isNegative(first)) return node;
    const alone = first === algebra.minusOne && rest.length === 1;
    const difference = rest.find((factor) => factor.kind === "sum" && factor.terms.some(isNegative) && (alone || !this.judge.isOwn(factor)));
    if (difference?.kind !== "sum") return this.turnedInside(first, rest) ?? node;
    const turned = algebra.sum(difference.terms.map((term) => algebra.negate(term)));
    this.fresh.turned(difference, turned);
    return algebra.product([algebra.negate(first), ...rest.map((factor) => (factor === difference ? turned : factor))]);
  }

  private turnedInside(coefficient: Node, factors: readonly Node[]): Node | undefined {
    for (const factor of factors) {
      const turned = this.letters.turned?.(factor);
      if (turned) return this.algebra.product([this.algebra.negate(coefficient), ...factors.map((other) => (other === factor ? turned : other))]);
    }
    return undefined;
  }

  /** 2(−a − b) as −2(a + b). */
  private inFront(node: Node): Node {
    const { algebra } = this;
    const negative = node.kind === "product" ? node.factors.find((factor) => factor.kind === "sum" && !this.judge.isOwn(factor) && factor.terms.every(isNegative)) : undefined;
    if (node.kind !== "product" || negative?.kind !== "sum") return node;
    const turned = algebra.sum(negative.terms.map((term) => algebra.negate(term)));
    this.fresh.turned(negative, turned);
    return algebra.product([algebra.minusOne, ...node.factors.map((factor) => (factor === negative ? turned : factor))]);
  }
}
