import type { Algebra } from "./algebra";
import { Cost, isExponential, isNegative } from "./cost";
import { evaluateNode } from "./evaluateNode";
import { childrenOf, type Node } from "./node";
import * as q from "./rational";
import { expand, factorOut, mergeExponentials, pythagoras, withContent } from "./rewriteSums";

/** Multiplying out must make a sum this much shorter to be worth losing its shape. */
const worthExpanding = 0.75;
/** 1/(1 + e^(−x)) is turned into e^x/(e^x + 1) only where that saves this many marks. */
const worthClearing = 3;

/**
 * Chooses how a derivative is written: factored, over a common denominator, multiplied out or as it came, whichever a
 * person would find shortest. What the user wrote stays as written. Every change is checked at sample points first.
 */
export class Tidy {
  private readonly cost = new Cost();
  private readonly fresh = new Set<Node>();
  private readonly done = new Map<Node, Node>();
  private readonly own: ReadonlySet<Node>;
  private readonly samples: readonly { at: Float64Array; values: Map<Node, number> }[];

  constructor(private readonly algebra: Algebra, written: readonly Node[], dimension: number) {
    this.own = allOf(written);
    this.samples = samplePoints(dimension).map((at) => ({ at, values: new Map() }));
  }

  of(node: Node): Node {
    const known = this.done.get(node);
    if (known) return known;
    const tidied = this.isOwn(node) ? node : this.choose(node);
    this.done.set(node, tidied);
    return tidied;
  }

  /** Letters and numbers are everybody's; a sum or a function is the user's where the user wrote it. */
  isOwn(node: Node): boolean {
    return this.own.has(node);
  }

  costOf(node: Node): number {
    return this.cost.of(node);
  }

  private choose(node: Node): Node {
    const { algebra } = this;
    switch (node.kind) {
      case "sum": return this.sum(algebra.sum(node.terms.map((term) => this.of(term))));
      case "product": return this.product(algebra.product(node.factors.map((factor) => this.of(factor))));
      case "power": return this.product(algebra.power(this.of(node.base), node.exponent));
      case "cases": return algebra.cases(node.branches.map(({ condition, value }) => ({ condition, value: this.of(value) })), this.of(node.otherwise));
      default: return node;
    }
  }

  private sum(node: Node): Node {
    if (node.kind !== "sum") return this.isOwn(node) || node.kind === "cases" ? node : this.product(node);
    const { algebra } = this;
    const candidates: Node[] = [];
    const preferred = new Set<Node>();
    const short = pythagoras(algebra, node.terms);
    if (short) {
      candidates.push(this.of(short));
      preferred.add(this.of(short));
    }
    for (const together of [false, true]) {
      const factored = factorOut(algebra, node.terms, together);
      if (!factored || factored.rest === node) continue;
      const candidate = this.product(algebra.product([factored.common, this.rest(factored.rest)]));
      candidates.push(candidate);
      if (isTelling(factored.common)) preferred.add(candidate);
    }
    const best = this.signed(this.best(node, candidates, preferred));
    const expanded = expand(algebra, node);
    if (!expanded || this.cost.of(expanded) > worthExpanding * this.cost.of(best)) return best;
    if (!this.agree(node, expanded)) return best;
    this.fresh.add(expanded);
    return expanded;
  }

  /** What factoring leaves is new, so it may be multiplied out as soon as that is no longer. */
  private rest(left: Node): Node {
    const { algebra } = this;
    const node = left.kind === "sum" ? algebra.sum(left.terms.map((term) => (term.kind === "cases" ? this.of(term) : term))) : left;
    if (node.kind !== "sum") return this.of(node);
    const candidates: Node[] = [];
    const expanded = expand(algebra, node);
    if (expanded) {
      candidates.push(withContent(algebra, expanded));
      const factored = expanded.kind === "sum" ? factorOut(algebra, expanded.terms, false) : undefined;
      if (factored) candidates.push(algebra.product([factored.common, factored.rest]));
    }
    const short = pythagoras(algebra, node.terms);
    if (short) candidates.push(short);
    const best = this.best(node, candidates);
    for (const part of [best, ...childrenOf(best)]) if (part.kind === "sum") this.fresh.add(part);
    return best;
  }

  /** Sums made here, which have no order of the user's to keep. */
  isFresh(node: Node): boolean {
    return this.fresh.has(node) && !this.isOwn(node);
  }

  /** −(a − b) as b − a, and −2x(3 − x²) as 2x(x² − 3): a minus goes into a difference that is not the user's. */
  private signed(node: Node): Node {
    const { algebra } = this;
    const [first, ...rest] = node.kind === "product" ? node.factors : [];
    if (first?.kind !== "number" || !isNegative(first)) return node;
    const alone = first === algebra.minusOne && rest.length === 1;
    const difference = rest.find((factor) => factor.kind === "sum" && factor.terms.some(isNegative) && (alone || !this.isOwn(factor)));
    if (difference?.kind !== "sum") return node;
    const turned = algebra.sum(difference.terms.map((term) => algebra.negate(term)));
    if (this.isFresh(difference)) this.fresh.add(turned);
    return algebra.product([algebra.negate(first), ...rest.map((factor) => (factor === difference ? turned : factor))]);
  }

  private product(node: Node): Node {
    const { algebra } = this;
    const factors = node.kind === "product" ? node.factors : [node];
    const clear = (exponentials: boolean): Node => algebra.product(factors.map((factor) => this.withoutInnerFractions(factor, exponentials)));
    const divided = this.dividedByExponential(factors);
    const plain = this.best(node, [clear(false), mergeExponentials(algebra, node), ...divided], new Set(divided));
    const bold = clear(true);
    const best = this.cost.of(plain) - this.cost.of(bold) >= worthClearing && this.agree(node, bold) ? bold : plain;
    return this.signed(best);
  }

  /** e^x/(1 + e^x) as 1/(1 + e^(−x)). */
  private dividedByExponential(factors: readonly Node[]): Node[] {
    const { algebra } = this;
    return factors.flatMap((factor) => {
      if (factor.kind !== "power" && !(factor.kind === "apply" && factor.primitive === "exp")) return [];
      const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
      if (!isExponential(base) || exponent.kind !== "number" || q.isNegative(exponent.value)) return [];
      const opposite = algebra.negate(exponent);
      const below = factors.find((other) => other.kind === "power" && other.base.kind === "sum" && other.exponent === opposite);
      if (below?.kind !== "power" || below.base.kind !== "sum") return [];
      const inverse = algebra.power(base, algebra.minusOne);
      const divided = algebra.sum(numberFirst(below.base.terms.map((term) => mergeExponentials(algebra, algebra.product([term, inverse])))));
      return [algebra.product([...factors.filter((other) => other !== factor && other !== below), algebra.power(divided, opposite)])];
    });
  }

  /** 1/(1 + y²/x²) as x²/(x² + y²). */
  private withoutInnerFractions(factor: Node, exponentials: boolean): Node {
    const { algebra } = this;
    if (factor.kind !== "power" || factor.base.kind !== "sum" || factor.exponent.kind !== "number" || !q.isInteger(factor.exponent.value)) return factor;
    const { terms } = factor.base;
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
    return algebra.product([algebra.power(rest, factor.exponent), algebra.power(common, factor.exponent)]);
  }

  /** The shortest of those equal to `node`; `node` itself where none is shorter, or as short and preferred. */
  private best(node: Node, candidates: readonly Node[], preferred: ReadonlySet<Node> = new Set()): Node {
    let best = node;
    for (const candidate of candidates) {
      const gain = this.cost.of(best) - this.cost.of(candidate);
      if ((gain > 0 || (gain === 0 && preferred.has(candidate))) && this.agree(node, candidate)) best = candidate;
    }
    return best;
  }

  agree(a: Node, b: Node): boolean {
    let compared = 0;
    for (const { at, values } of this.samples) {
      const x = evaluateNode(a, at, values);
      if (!Number.isFinite(x)) continue;
      const y = evaluateNode(b, at, values);
      if (!(Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x)))) return false;
      compared++;
    }
    return compared > 0;
  }
}

/** 1 + e^x, as logistic functions are written. */
function numberFirst(terms: readonly Node[]): Node[] {
  return [...terms.filter((term) => term.kind === "number"), ...terms.filter((term) => term.kind !== "number")];
}

/** Is this a common factor that one sees: e^x, sin x, (x + 1)² rather than a letter? */
function isTelling(common: Node): boolean {
  const factors = common.kind === "product" ? common.factors : [common];
  return factors.some((factor) => {
    const base = factor.kind === "power" ? factor.base : factor;
    return base.kind === "apply" || base.kind === "sum" || (factor.kind === "power" && factor.exponent.kind !== "number");
  });
}

function allOf(nodes: readonly Node[]): Set<Node> {
  const all = new Set<Node>();
  const visit = (node: Node): void => {
    if (all.has(node)) return;
    all.add(node);
    childrenOf(node).forEach(visit);
  };
  nodes.forEach(visit);
  return all;
}

// Where functions live: near 0, on both sides of it, between 0 and 1, and beyond 1.
const regions: readonly (readonly [number, number])[] = [[0.2, 1.8], [0.1, 0.9], [-2, 2], [1.1, 4], [-0.9, 0.9], [0.3, 3], [-4, -1.1]];

function samplePoints(dimension: number): Float64Array[] {
  let seed = 20;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return regions.map(([low, high]) => Float64Array.from({ length: dimension }, () => low + (high - low) * next()));
}
