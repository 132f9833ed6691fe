import type { Algebra } from "./algebra";
import { isExponential } from "./cost";
import { childrenOf, type Node } from "./node";
import * as q from "./rational";

/** e^(a − m) e^(m − b) as e^(a − b). */
export function mergeExponentials(algebra: Algebra, node: Node): Node {
  if (node.kind !== "product") return node;
  const exponents: Node[] = [];
  const others: Node[] = [];
  for (const factor of node.factors) {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    const [argument] = base.kind === "apply" && base.primitive === "exp" ? base.args : [];
    if (argument) {
      const terms = argument.kind === "sum" ? argument.terms : [argument];
      exponents.push(...terms.map((term) => algebra.product([exponent, term])));
    } else others.push(factor);
  }
  return exponents.length > 1 ? algebra.product([...others, algebra.exp(algebra.sum(exponents))]) : node;
}

/** The signs with which exponentials are written: e^x, e^(−x) or both. */
export class Signs {
  private readonly signs = new Map<Node, { positive: boolean; negative: boolean }>();

  constructor(written: Iterable<Node>) {
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      if (seen.has(node)) return;
      seen.add(node);
      if (node.kind === "power" && isExponential(node.base)) {
        this.note(node.base, node.exponent.kind === "number" && q.isNegative(node.exponent.value));
        childrenOf(node.base).forEach(visit);
      } else {
        if (node.kind === "apply" && node.primitive === "exp") this.note(node, false);
        childrenOf(node).forEach(visit);
      }
    };
    for (const node of written) visit(node);
  }

  private note(base: Node, negative: boolean): void {
    const known = this.signs.get(base) ?? { positive: false, negative: false };
    this.signs.set(base, { positive: known.positive || !negative, negative: known.negative || negative });
  }

  /** Is this exponential written with the other sign only? */
  isForeign(base: Node, positive: boolean): boolean {
    const known = this.signs.get(base);
    return known !== undefined && !(positive ? known.positive : known.negative);
  }

  /** The exponentials that are written with one sign only. */
  get settled(): { base: Node; positive: boolean }[] {
    return [...this.signs].flatMap(([base, { positive, negative }]) => (positive === negative ? [] : [{ base, positive }]));
  }
}

/** e^x/(1 + e^x)³ as e^(−2x)/(1 + e^(−x))³ beside e^(−x): one sign for every exponential. */
export function withOneSign(algebra: Algebra, node: Node, signs: Signs): Node {
  const factors = node.kind === "product" ? node.factors : [node];
  return algebra.product(factors.map((factor) => {
    if (factor.kind !== "power" || factor.base.kind !== "sum" || factor.exponent.kind !== "number" || !q.isInteger(factor.exponent.value)) return factor;
    const { terms } = factor.base;
    for (const { base, positive } of signs.settled) {
      const exponents = terms.map((term) => exponentOf(base, term));
      const outermost = exponents.filter((value) => (positive ? value < 0 : value > 0));
      if (outermost.length === 0) continue;
      const most = positive ? Math.min(...outermost) : Math.max(...outermost);
      const common = algebra.power(base, algebra.number(most));
      const turned = algebra.sum(numberFirst(terms.map((term) => algebra.product([term, algebra.power(common, algebra.minusOne)]))));
      return algebra.product([algebra.power(turned, factor.exponent), algebra.power(common, factor.exponent)]);
    }
    return factor;
  }));
}

function exponentOf(base: Node, term: Node): number {
  for (const factor of term.kind === "product" ? term.factors : [term]) {
    if (factor === base) return 1;
    if (factor.kind === "power" && factor.base === base && factor.exponent.kind === "number" && q.isInteger(factor.exponent.value)) return q.toNumber(factor.exponent.value);
  }
  return 0;
}

/** 1 + e^x, as logistic functions are written. */
export function numberFirst(terms: readonly Node[]): Node[] {
  return [...terms.filter((term) => term.kind === "number"), ...terms.filter((term) => term.kind !== "number")];
}
