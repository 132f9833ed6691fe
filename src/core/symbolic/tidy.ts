import type { Algebra } from "./algebra";
import { cancelPolynomials } from "./cancelPolynomials";
import { askedOnce, askedTogether, withoutRepeatedQuestions } from "./answeredCases";
import { dissolves, divides, dividesBySum, isTelling, ownSums, sharesExponential } from "./commonFactors";
import { isLogistic } from "./cost";
import { FreshSums } from "./freshSums";
import { Judgement } from "./judgement";
import { Minuses } from "./minuses";
import { collected, distribute, distributed, expand } from "./multiplyOut";
import { childrenOf, type Node } from "./node";
import { hasCases, hasFunction } from "./order";
import { pythagoras } from "./pythagoras";
import { exclusiveCases, withoutVanishingCase } from "./rewriteCases";
import { mergeExponentials, withOneSign } from "./rewriteExponentials";
import { dividedByExponential, wholeAndRest, withoutFractionsInRoots, withoutInnerFractions } from "./rewriteFractions";
import { absorbIntoRoots, mergeFunctions, multiplyNeighbours } from "./rewriteProducts";
import { factorOut, factorsInFront, grouped, minusToTerms, numbersInFront, numberToTerms, opened, overOneNumber, reduced, withContent } from "./rewriteSums";
import { spreadRoots } from "./spreadRoots";
import { undoFunctions } from "./undoFunctions";

/** Multiplying out must make a sum this much shorter to be worth losing its shape. */
const worthExpanding = 0.75;
/** So much shorter must it be where several sums go that the user wrote. */
const worthOpening = 0.85;
/** e^x (ln x + 1/x) rather than e^x ln x + e^x/x, though it has this many marks more. */
const worthSharing = 1;
/** x (1/(1 + e^(−z)) − y) rather than x/(1 + e^(−z)) − x y: the difference of what is expected and what was seen. */
const worthSeeing = 2;
/** 1/(1 + e^(−x)) is turned into e^x/(e^x + 1) only where that saves this many marks. */
const worthClearing = 3;
/** What is known of letters that stand for something. */
export interface Letters {
  /** Given for each term of a sum, so that it goes before the bracket in which the terms differ: xᵢ (pᵢ − yᵢ). */
  readonly isData?: (letter: Node) => boolean;
  /** With the other sign, where that costs nothing: −Σ p (p − 1) is Σ p (1 − p). */
  readonly turned?: (letter: Node) => Node | undefined;
  /** Terms with what they stand for taken apart: Σ (xᵢ − m) as Σ xᵢ − n m. */
  readonly spread?: (sum: Node) => Node | undefined;
}

/**
 * Chooses how a derivative is written: factored, over a common denominator, multiplied out or as it came, whichever a
 * person would find shortest. What the user wrote stays as written. Every change is checked at sample points first.
 */
export class Tidy {
  private readonly judge: Judgement;
  private readonly minuses: Minuses;
  private readonly fresh = new FreshSums();
  private readonly done = new Map<Node, Node>();
  private readonly products = new Map<Node, Node>();
  private readonly rests = new Map<Node, Node>();
  /** Products with an exponential before the bracket, which may be a little longer than they came. */
  private readonly shared = new Set<Node>();
  private depth = 0;

  constructor(private readonly algebra: Algebra, written: readonly Node[], dimension: number, private readonly letters: Letters = {}) {
    this.judge = new Judgement(written, dimension);
    this.minuses = new Minuses(algebra, this.judge, this.fresh, letters);
  }

  /** The form in which a node is shown; its sums keep the order that they have now, whatever is worked out later. */
  of(node: Node): Node {
    const whole = this.tidied(node);
    const apart = this.judge.isOwn(node) ? node : askedOnce(this.algebra, node);
    const inCases = apart === node ? whole : this.tidied(apart);
    const tidied = this.judge.marks.of(inCases) < this.judge.marks.of(whole) && this.judge.agree(whole, inCases) ? inCases : whole;
    this.fresh.settle(tidied);
    return tidied;
  }

  private tidied(node: Node): Node {
    const known = this.done.get(node);
    if (known) return known;
    if (this.depth === 0) this.judge.begin();
    this.depth++;
    const tidied = this.judge.isOwn(node) ? node : this.shorter(node, this.choose(node));
    this.depth--;
    this.done.set(node, tidied);
    // What has been tidied is tidy.
    this.done.set(tidied, tidied);
    return tidied;
  }

  isOwn(node: Node): boolean {
    return this.judge.isOwn(node);
  }

  adopt(made: Node, from: Node): void {
    this.judge.adopt(made, from);
  }

  lengthOf(node: Node): number {
    return this.judge.marks.of(node);
  }

  /** Parts that are each at their best may be longer together than they came. */
  private shorter(node: Node, tidied: Node): Node {
    return !this.shared.has(tidied) && this.judge.marks.of(tidied) > this.judge.marks.of(node) && this.judge.cost.of(tidied) > this.judge.cost.of(node) ? node : tidied;
  }

  private choose(node: Node): Node {
    const { algebra } = this;
    switch (node.kind) {
      case "sum": return this.sum(algebra.sum(node.terms.map((term) => this.tidied(term))), node);
      case "product": return this.product(algebra.product(node.factors.map((factor) => this.tidied(factor))));
      case "power": return this.product(algebra.power(this.tidied(node.base), node.exponent));
      case "cases": return this.cases(algebra.cases(node.branches.map(({ condition, value }) => ({ condition, value: this.tidied(value) })), this.tidied(node.otherwise)));
      default: return node;
    }
  }

  private cases(node: Node): Node {
    const { algebra } = this;
    // First, for a question answered within max(0, u) would leave nothing that vanishes.
    const settled = withoutVanishingCase(algebra, node) ? node : askedTogether(algebra, withoutRepeatedQuestions(algebra, node));
    const plain = withoutVanishingCase(algebra, settled);
    return this.judge.best(node, [settled, ...(plain ? [plain] : [])]);
  }

  /** `raw` is the sum before its terms were tidied, each on its own, which may have hidden what they share. */
  private sum(node: Node, raw: Node = node): Node {
    if (node.kind !== "sum") return this.judge.isOwn(node) || node.kind === "cases" ? node : this.product(node);
    const { algebra } = this;
    if (this.judge.isEndless(node)) return this.collapsed(node);
    const isLong = this.judge.isLong(node);
    const candidates: Node[] = [];
    const preferred = new Set<Node>();
    const eager = new Map<Node, number>();
    const short = pythagoras(algebra, node.terms);
    if (short) {
      candidates.push(this.tidied(short));
      preferred.add(this.tidied(short));
    }
    for (const from of this.readings(node, raw)) {
      for (const together of isLong ? [true] : [false, true]) {
        const factored = factorOut(algebra, from, together);
        if (!factored || factored.rest === node || (!isLong && dissolves(algebra, from, factored, (part) => this.judge.isOwn(part)))) continue;
        const candidate = this.product(algebra.product([factored.common, this.rest(factored.rest)]));
        candidates.push(candidate);
        // Fractions put over one bar must be shorter for it.
        if (isTelling(factored.common) && !(together && divides(factored.common))) preferred.add(candidate);
        const worth = sharesExponential(factored.common) ? worthSharing : this.isOfData(factored.common) || childrenOf(factored.rest).some(isLogistic) ? worthSeeing : 0;
        if (!together && !isLong && worth > 0) {
          eager.set(candidate, worth);
          this.shared.add(candidate);
        }
      }
    }
    const apart = isLong ? undefined : distributed(algebra, node, (part) => this.judge.isOwn(part));
    const groups = isLong ? [] : [node, ...(apart ? [apart] : [])].flatMap((from) => (from.kind === "sum" ? grouped(algebra, from.terms, (left) => this.rest(left)) : []));
    const paired = apart?.kind === "sum" ? pythagoras(algebra, apart.terms) : undefined;
    if (paired) groups.push(paired);
    for (const candidate of [overOneNumber(algebra, node), collected(algebra, node), opened(algebra, node, (part) => this.judge.isOwn(part)), exclusiveCases(algebra, node), ...groups]) {
      if (!candidate) continue;
      this.fresh.addPartsOf(candidate);
      candidates.push(candidate);
      if (groups.includes(candidate)) preferred.add(candidate);
    }
    const best = this.minuses.placed(this.judge.best(node, candidates, preferred, eager));
    return this.spread(node, this.expanded(node, best));
  }

  /** Σ (xᵢ − m) is nothing, if m is the mean: what letters stand for is the same by itself, which samples of letters do not know. */
  private spread(node: Node, best: Node): Node {
    const spread = this.letters.spread?.(node);
    const tidied = spread && this.tidied(spread);
    return tidied && this.judge.marks.of(tidied) < this.judge.marks.of(best) ? tidied : best;
  }

  private isOfData(common: Node): boolean {
    return (common.kind === "product" ? common.factors : [common]).every((factor) => this.letters.isData?.(factor));
  }

  private expanded(node: Node, best: Node): Node {
    const expanded = expand(this.algebra, node);
    if (!expanded || this.judge.cost.of(expanded) > worthExpanding * this.judge.cost.of(best)) return best;
    if (!this.judge.agree(node, expanded)) return best;
    this.fresh.add(expanded);
    return expanded;
  }

  /** Errors of many rows, squared and added up, have few coefficients. */
  private collapsed(node: Node): Node {
    return hasFunction(node) ? node : this.expanded(node, node);
  }

  /** The terms in which common factors are looked for: tidied, as they came, and with one sign for every exponential. */
  private readings(node: Extract<Node, { kind: "sum" }>, raw: Node): (readonly Node[])[] {
    const found: (readonly Node[])[] = [node.terms];
    if (this.judge.isLong(node) || hasCases(node)) return found;
    const turned = node.terms.map((term) => withOneSign(this.algebra, term, this.judge.signs));
    if (turned.some((term, i) => term !== node.terms[i])) found.push(turned);
    if (raw !== node && raw.kind === "sum") found.push(raw.terms);
    return found;
  }

  /** What factoring leaves is new, so it may be multiplied out as soon as that is no longer. */
  private rest(left: Node, depth = this.judge.isLong(left) ? 1 : 0): Node {
    const known = this.rests.get(left);
    if (known) return known;
    const rest = this.chooseRest(left, hasCases(left) ? 1 : depth);
    this.rests.set(left, rest);
    return rest;
  }

  private chooseRest(left: Node, depth: number): Node {
    const { algebra } = this;
    if (this.judge.isEndless(left)) return this.collapsed(left);
    const isLong = this.judge.isLong(left);
    const node = left.kind === "sum" ? algebra.sum(left.terms.map((term) => (term.kind === "cases" || (dividesBySum(term) && !hasFunction(term)) ? this.tidied(term) : isLong ? term : this.merged(term)))) : left;
    if (node.kind !== "sum") return this.tidied(node);
    const candidates: Node[] = [];
    const preferred = new Set<Node>();
    for (const expanded of [isLong ? undefined : distribute(algebra, node), expand(algebra, node)]) {
      if (!expanded || (ownSums(node, (part) => this.judge.isOwn(part)) > 1 && this.judge.cost.of(expanded) > worthOpening * this.judge.cost.of(node))) continue;
      candidates.push(withContent(algebra, expanded));
      const shorter = expanded.kind === "sum" ? pythagoras(algebra, expanded.terms) : undefined;
      if (shorter) candidates.push(withContent(algebra, shorter));
      for (const together of [false, true]) {
        const factored = expanded.kind === "sum" ? factorOut(algebra, expanded.terms, together) : undefined;
        if (!factored) continue;
        const candidate = algebra.product([factored.common, depth < 1 ? this.rest(factored.rest, depth + 1) : factored.rest]);
        candidates.push(candidate);
        preferred.add(candidate);
      }
    }
    const apart = isLong ? undefined : distributed(algebra, node, (part) => this.judge.isOwn(part));
    if (apart?.kind === "sum") candidates.push(...grouped(algebra, apart.terms));
    const short = pythagoras(algebra, node.terms);
    if (short) candidates.push(short);
    const whole = this.judge.best(node, candidates, preferred);
    const best = whole.kind === "sum" ? this.judge.best(whole, grouped(algebra, whole.terms)) : whole;
    this.fresh.addPartsOf(best);
    return best;
  }

  /** Sums made here, which have no order of the user's to keep. */
  isFresh(node: Node): boolean {
    return this.fresh.has(node) && !this.judge.isOwn(node);
  }

  /** How many such sums there are. */
  get freshSums(): number {
    return this.fresh.size;
  }

  private product(node: Node): Node {
    const known = this.products.get(node);
    if (known) return known;
    const product = this.chooseProduct(node);
    this.products.set(node, product);
    return product;
  }

  private chooseProduct(whole: Node): Node {
    const { algebra } = this;
    if (this.judge.isEndless(whole)) return this.minuses.placed(whole);
    const isLong = this.judge.isLong(whole);
    const node = isLong ? whole : this.merged(whole);
    const factors = node.kind === "product" ? node.factors : [node];
    const clear = (exponentials: boolean): Node => algebra.product(factors.map((factor) => (factor.kind === "sum" && this.judge.isOwn(factor) ? factor : withoutInnerFractions(algebra, factor, exponentials))));
    const alone = dividedByExponential(algebra, factors).find((divided) => this.judge.marks.of(divided) <= this.judge.marks.of(node) && this.judge.agree(node, divided));
    const cleared = clear(false);
    const candidates = [cleared, mergeExponentials(algebra, node)];
    const neighbours = isLong ? [] : multiplyNeighbours(algebra, node);
    if (!isLong) candidates.push(...neighbours, ...wholeAndRest(algebra, node));
    const isOwn = (part: Node): boolean => this.judge.isOwn(part);
    const fractions = isLong ? [] : [withoutFractionsInRoots(algebra, node), numberToTerms(algebra, node, isOwn), cancelPolynomials(algebra, node), ...[node, ...neighbours].map((from) => spreadRoots(algebra, from))];
    const inFront = isLong ? undefined : factorsInFront(algebra, node, isOwn);
    if (inFront) {
      this.fresh.addPartsOf(inFront);
      candidates.push(inFront);
    }
    for (const candidate of [reduced(algebra, node), numbersInFront(algebra, node, isOwn), cleared === node ? undefined : numbersInFront(algebra, cleared, isOwn), minusToTerms(algebra, node, isOwn), ...fractions]) {
      if (!candidate) continue;
      this.fresh.addPartsOf(candidate);
      candidates.push(candidate);
    }
    const plain = alone ?? this.judge.best(node, candidates, new Set(inFront ? [inFront] : []));
    const bold = isLong ? plain : clear(true);
    const best = this.judge.cost.of(plain) - this.judge.cost.of(bold) >= worthClearing && this.judge.agree(node, bold) ? bold : plain;
    return this.minuses.placed(best);
  }

  private merged(node: Node): Node {
    const merged = absorbIntoRoots(this.algebra, mergeFunctions(this.algebra, undoFunctions(this.algebra, node), (part) => this.judge.isOwn(part)));
    return merged !== node && this.judge.agree(node, merged) ? merged : node;
  }
}
