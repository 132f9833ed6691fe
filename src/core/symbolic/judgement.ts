import { Cost } from "./cost";
import { childrenOf, type Node } from "./node";
import { Signs } from "./rewriteExponentials";
import { Samples } from "./samples";

/** Parts that are different from each other; a formula in a textbook has thirty. */
const longFormula = 40;
/** Marks on paper: what runs over more than two lines is offered fewer forms, what fills half a page none. */
const longPart = 150;
const endlessPart = 600;
/** Parts looked at for one derivative; those that come later keep their form. Counted, so that no clock decides what is shown. */
const mostEffort = 1000;

/** How one form of a formula is held against another: how long each is, whether it is the user's, whether both are the same function. */
export class Judgement {
  readonly signs: Signs;
  readonly cost: Cost;
  /** Length alone, whichever signs the user's exponentials have. */
  readonly marks = new Cost();
  private readonly isLongFormula: boolean;
  private effort = 0;
  private readonly own: Set<Node>;
  private readonly samples: Samples;

  constructor(written: readonly Node[], dimension: number) {
    this.own = allOf(written);
    this.isLongFormula = this.own.size > longFormula;
    this.signs = new Signs(written);
    this.cost = this.signs.settled.length === 0 ? this.marks : new Cost((base, positive) => this.signs.isForeign(base, positive));
    this.samples = new Samples(dimension);
  }

  /** Another derivative: what was looked at for the one before counts no more. */
  begin(): void {
    this.effort = 0;
  }

  /** Letters and numbers are everybody's; a sum or a function is the user's where the user wrote it. */
  isOwn(node: Node): boolean {
    return this.own.has(node);
  }

  /** What the user wrote of any index is the user's at each: x₁ − x₀² where xᵢ₊₁ − xᵢ² was written. */
  adopt(made: Node, from: Node): void {
    if (made.kind === "sum" && this.own.has(from)) this.own.add(made);
  }

  /** Where something runs over many lines, a finer choice of words is not worth the wait. */
  isLong(node: Node): boolean {
    return this.isLongFormula || this.marks.of(node) > longPart;
  }

  /** What nobody reads to its end keeps the form it came in, but for its parts. Polynomials are multiplied out whatever their length. */
  isEndless(node: Node): boolean {
    if (this.marks.of(node) > endlessPart || this.effort > mostEffort) return true;
    this.effort += 1 + childrenOf(node).length / 8;
    return false;
  }

  /** The shortest of those equal to `node`; `node` itself where none is shorter, or as short and preferred. */
  best(node: Node, candidates: readonly Node[], preferred: ReadonlySet<Node> = new Set(), eager: ReadonlyMap<Node, number> = new Map()): Node {
    let best = node;
    for (const candidate of candidates) {
      const gain = this.cost.of(best) - this.cost.of(candidate) + (best === node ? eager.get(candidate) ?? 0 : 0);
      if ((gain > 0 || (gain === 0 && preferred.has(candidate))) && this.agree(node, candidate)) best = candidate;
    }
    return best;
  }

  /** Are they the same function, as far as samples tell? */
  agree(a: Node, b: Node): boolean {
    return this.samples.agree(a, b);
  }
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
