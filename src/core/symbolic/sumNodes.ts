import { call, float, int, load, read, select } from "../ir/build";
import type { ArrayVariable, Expression, Local } from "../ir/types";
import { type Affine, affineIndex, affineKey, affineNumber, affineOf, indexNames, isNumber, looksUp, minus, plus, put, toExpression } from "./affine";
import type { Algebra } from "./algebra";
import { ruleOf } from "../rules/ruleOf";
import { type Canonical, NoClosedForm } from "./canonical";
import { isNegative } from "./cost";
import { dimensionName, layOut, type Layout } from "./countFrom";
import { flat } from "./execute";
import { childrenOf, type Node, type SymbolNode } from "./node";
import type { LetterPlaces } from "./order";
import * as q from "./rational";
import type { Operator, Sums } from "./sums";

/** What a symbol beyond the coordinates stands for. */
export type Meaning =
  /** A loop index as a number. */
  | { readonly kind: "index"; readonly local: Local }
  /** An element of data, or of the unknowns where the index tells which. */
  | { readonly kind: "element"; readonly array: ArrayVariable; readonly at: readonly Affine[] }
  | { readonly kind: "size"; readonly value: number }
  /** 1 where the index is the number, otherwise 0: what the derivative of wⱼ by wₖ is. */
  | { readonly kind: "delta"; readonly of: Affine; readonly equals: number }
  /** 1 where the data that are looked up are the number, otherwise 0. */
  | { readonly kind: "chosen"; readonly of: Affine; readonly equals: number }
  /** 1 where it is not negative, otherwise 0: whether a sum comes to the term that a delta picks. */
  | { readonly kind: "atLeast"; readonly of: Affine }
  /** 0 where it is 0, otherwise 1: whether the term that a delta picks is one that the sum leaves out. */
  | { readonly kind: "differs"; readonly of: Affine }
  | {
    readonly kind: "sum"; readonly operator: Operator; readonly index: Local; readonly from: Affine; readonly to: Affine; readonly body: Node;
    /** Values of the index that are left out, different from each other wherever the sum stands. */
    readonly except?: readonly Affine[] | undefined;
  };

export type Element = Extract<Meaning, { kind: "element" }>;
type Sum = Extract<Meaning, { kind: "sum" }>;

/**
 * Sums over an index, data and lengths as letters of the algebra, so that everything that works on formulas works on
 * those with sums in them; what a letter means is kept here.
 */
export class SumNodes {
  private readonly meanings: Meaning[] = [];
  private readonly known = new Map<string, SymbolNode>();
  private readonly free = new Map<Node, ReadonlySet<string>>();
  /** How the inside of a sum is written; set by who knows. */
  tidy: (node: Node) => Node = (node) => node;
  /** Has the user written it? Set by who knows, too; and told what was made of such a node by putting an index in. */
  isOwn: (node: Node) => boolean = () => false;
  adopt: (made: Node, from: Node) => void = () => undefined;

  private readonly dimension: number;
  /** The unknowns' names count from 0: w[0]. */
  private readonly hasCountedUnknowns: boolean;

  constructor(private readonly algebra: Algebra, coordinates: readonly string[], readonly sums: Sums) {
    this.dimension = coordinates.length;
    this.hasCountedUnknowns = coordinates.some((path) => /\[\d+\]/.test(path));
  }

  meaningOf(node: Node): Meaning | undefined {
    return node.kind === "symbol" ? this.meanings[node.index - this.dimension] : undefined;
  }

  readonly isData = (node: Node): boolean => {
    const meaning = this.meaningOf(node);
    return meaning?.kind === "element" && meaning.array.role.kind === "data";
  };

  /** Σ (xᵢ − m) as Σ xᵢ − n m, wherever in a sum of terms. */
  readonly spread = (node: Node): Node | undefined => {
    if (node.kind !== "sum") return undefined;
    const { algebra } = this;
    const apart = (factor: Node): Node => {
      const meaning = this.meaningOf(factor);
      return meaning?.kind === "sum" && meaning.operator === "sum" && meaning.body.kind === "sum" ? algebra.sum(meaning.body.terms.map((body) => this.sum({ ...meaning, body }))) : factor;
    };
    const terms = node.terms.map((term) => {
      const factors = term.kind === "product" ? term.factors : [term];
      const sums = factors.map(apart);
      const opened = sums.find((factor, k) => factor !== factors[k]);
      const others = sums.filter((factor) => factor !== opened);
      return opened?.kind === "sum" ? algebra.sum(opened.terms.map((part) => algebra.product([...others, part]))) : algebra.product(sums);
    });
    const spread = algebra.sum(terms);
    return spread === node ? undefined : spread;
  };

  /** −Σ p (p − 1) is Σ p (1 − p), where the difference is not the user's. */
  readonly turned = (node: Node): Node | undefined => {
    const meaning = this.meaningOf(node);
    if (meaning?.kind !== "sum" || meaning.operator !== "sum") return undefined;
    const factors = meaning.body.kind === "product" ? meaning.body.factors : [meaning.body];
    const difference = factors.find((factor) => factor.kind === "sum" && factor.terms.some(isNegative) && !this.isOwn(factor));
    if (difference?.kind !== "sum") return undefined;
    const turned = this.algebra.sum(difference.terms.map((term) => this.algebra.negate(term)));
    const body = this.algebra.product(factors.map((factor) => (factor === difference ? turned : factor)));
    // Its own symbol, though it is known as the other one with a minus.
    return this.symbol(this.keyOf({ ...meaning, body }), { ...meaning, body });
  };

  /** Where letters stand among factors: k cₖ, and xᵢ pᵢ, for what has been given comes before what was made of it. */
  inOrder(places: LetterPlaces | undefined): LetterPlaces {
    return {
      get: (letter) => {
        const meaning = this.meaningAt(letter);
        if (meaning?.kind === "index") return letter - afterAll;
        const isMade = meaning?.kind === "chosen" || (meaning?.kind === "element" && meaning.array.role.kind === "scratch" && meaning.at.length > 0);
        return isMade ? afterAll + letter : places?.get(letter);
      },
    };
  }

  meaningAt(symbol: number): Meaning | undefined {
    return this.meanings[symbol - this.dimension];
  }

  /** A name by which to find the symbol again where it is written. */
  meaningNamed(path: string): { node: Node; meaning: Meaning } | undefined {
    const index = /^~(\d+)$/.exec(path)?.[1];
    const meaning = index === undefined ? undefined : this.meanings[Number(index)];
    return meaning && { node: this.algebra.symbol(this.dimension + Number(index), path), meaning };
  }

  /** The indices that it leaves open, whatever name it is written by. */
  freeNames(path: string): Iterable<string> {
    const named = this.meaningNamed(path);
    return named ? this.freeIn(named.node) : this.sums.freeIn(read({ kind: "local", name: path, type: "f64" }));
  }

  /** The meaning of a local that is no variable of the program; undefined where it is one. */
  ofLocal(local: Local, canonical: Canonical): Node | undefined {
    const size = this.sums.sizeOf(local);
    if (size !== undefined) return this.size(size);
    const sum = this.sums.of(read(local));
    if (sum) return this.sum({ kind: "sum", ...sum, body: canonical.of(sum.body) });
    return local.name.startsWith("~") ? this.index(local) : undefined;
  }

  /** An element at places that indices tell; undefined where it is none. */
  ofElement(array: ArrayVariable, expression: Expression): Node | undefined {
    const at = expression.kind === "load" ? expression.indices.map(affineOf) : [];
    const whole = at.flatMap((index) => index ?? []);
    if (whole.length < at.length || (array.role.kind === "parameter" && whole.every(isNumber))) return undefined;
    return this.element(array, whole);
  }

  private element(array: ArrayVariable, at: readonly Affine[]): Node {
    if (array.role.kind === "parameter" && at.every(isNumber)) {
      const index = array.role.offset + flat(array, at.map(({ constant }) => constant));
      return this.coordinate(index);
    }
    return this.symbol(`${array.name}[${at.map(affineKey).join(",")}`, { kind: "element", array, at });
  }

  coordinate: (index: number) => Node = (index) => this.algebra.symbol(index, `x[${index}]`);

  private index(local: Local): Node {
    return this.symbol(`i${local.name}`, { kind: "index", local });
  }

  private size(value: number): Node {
    return this.symbol(`n${value}`, { kind: "size", value });
  }

  delta(of: Affine, equals: number): Node {
    if (isNumber(of)) return of.constant === equals ? this.algebra.one : this.algebra.zero;
    const range = this.sums.rangeOf(of);
    if (range && (equals < range[0] || equals > range[1])) return this.algebra.zero;
    return this.symbol(`d${affineKey(of)}=${equals}`, { kind: "delta", of, equals });
  }

  chosen(of: Affine, equals: number): Node {
    if (isNumber(of)) return of.constant === equals ? this.algebra.one : this.algebra.zero;
    return this.symbol(`c${affineKey(of)}=${equals}`, { kind: "chosen", of, equals });
  }

  atLeast(of: Affine): Node {
    const range = this.sums.rangeOf(of);
    if (range && range[0] >= 0) return this.algebra.one;
    if (range && range[1] < 0) return this.algebra.zero;
    return this.symbol(`a${affineKey(of)}`, { kind: "atLeast", of });
  }

  differs(of: Affine): Node {
    if (isNumber(of)) return of.constant === 0 ? this.algebra.zero : this.algebra.one;
    const range = this.sums.rangeOf(of);
    if (range && (range[0] > 0 || range[1] < 0)) return this.algebra.one;
    // i − j and j − i ask the same.
    const [first] = [...of.terms].sort(([a], [b]) => (a < b ? -1 : 1));
    const turned = first && first[1].times < 0 ? minus(affineNumber(0), of) : of;
    return this.symbol(`u${affineKey(turned)}`, { kind: "differs", of: turned });
  }

  /** Σ of a body; what does not depend on the index stands before it. */
  sum(asked: Sum): Node {
    const { algebra } = this;
    const sum = this.withoutEnds(asked);
    const { index, from, to, body, operator, except } = sum;
    const known = isNumber(from) && isNumber(to) && (except ?? []).every(isNumber);
    const isProduct = operator === "product";
    if (body === (isProduct ? algebra.one : algebra.zero)) return body;
    if (known && to.constant <= from.constant) return isProduct ? algebra.one : algebra.zero;
    if (known && !except && to.constant === from.constant + 1) return this.substitute(body, new Map([[index.name, from]]));
    if (!this.mentions(body, index.name)) {
      const count = this.countNode(minus(minus(to, from), affineNumber(except?.length ?? 0)));
      return isProduct ? algebra.power(body, count) : algebra.product([count, body]);
    }
    const chosen = isProduct ? undefined : onlyValue(body, algebra.zero);
    if (chosen?.kind === "product") {
      const before = chosen.factors.filter((factor) => !this.mentions(factor, index.name));
      const rest = algebra.product(chosen.factors.filter((factor) => this.mentions(factor, index.name)));
      const put = (value: Node): Node => (value === chosen ? rest : value);
      if (before.length > 0 && body.kind === "cases") return algebra.product([...before, this.sum({ ...sum, body: algebra.cases(body.branches.map(({ condition, value }) => ({ condition, value: put(value) })), put(body.otherwise)) })]);
    }
    const shared = body.kind === "sum" && !isProduct ? this.sharedOutside(body, index.name) : [];
    if (shared.length > 0 && body.kind === "sum") {
      const inverse = algebra.power(algebra.product(shared), algebra.minusOne);
      return algebra.product([...shared, this.sum({ ...sum, body: this.tidy(algebra.sum(body.terms.map((term) => algebra.product([term, inverse])))) })]);
    }
    const factors = body.kind === "product" && !isProduct ? body.factors : [body];
    const outside = factors.filter((factor) => !this.mentions(factor, index.name));
    const inside = outside.length === 0 ? body : algebra.product(factors.filter((factor) => this.mentions(factor, index.name)));
    if (!isProduct && known && !except && this.isWhole({ ...sum, body: inside })) return algebra.product(outside);
    const whole = { ...sum, body: inside };
    return algebra.product([...outside, this.sumSymbol(this.keyOf(whole), whole)]);
  }

  /** Letters and names that all terms have, whatever the index: λ of Σ (λ − λ u). */
  private sharedOutside(body: Extract<Node, { kind: "sum" }>, index: string): readonly Node[] {
    if (this.isOwn(body)) return [];
    const factorsOf = (term: Node): readonly Node[] => (term.kind === "product" ? term.factors : [term]);
    const [first, ...rest] = body.terms;
    return first ? factorsOf(first).filter((factor) => factor.kind === "symbol" && !this.mentions(factor, index) && rest.every((term) => factorsOf(term).includes(factor))) : [];
  }

  private keyOf({ operator, index, from, to, body, except }: Sum): string {
    return `${operator}${index.name}:${affineKey(from)}:${affineKey(to)}:${body.id}${except ? `:${except.map(affineKey).sort().join(":")}` : ""}`;
  }

  /** Shares of a whole, like the places of a one in zeros, or probabilities: data that add up to 1. */
  private isWhole({ index, from, to, body }: Sum): boolean {
    const element = this.meaningOf(body);
    if (element?.kind !== "element" || element.array.role.kind !== "data" || element.at.some(looksUp)) return false;
    const { array, at } = element;
    const { values } = element.array.role;
    const others = [...new Set(at.flatMap(indexNames))].filter((name) => name !== index.name);
    const [other, another] = others;
    const [low, high] = other === undefined ? [0, 0] : this.sums.rangeOf(affineIndex({ kind: "local", name: other, type: "i32" })) ?? [0, mostRows];
    if (another !== undefined || high - low >= mostRows) return false;
    for (let row = low; row <= high; row++) {
      let total = 0;
      for (let k = from.constant; k < to.constant; k++) {
        const places = at.map((place) => put(place, new Map([[index.name, affineNumber(k)], ...(other === undefined ? [] : [[other, affineNumber(row)] as const])])));
        total += places.every(isNumber) ? values[flat(array, places.map(({ constant }) => constant))] ?? NaN : NaN;
      }
      if (!(Math.abs(total - 1) < 1e-12)) return false;
    }
    return true;
  }

  private readonly alike = new Map<string, { readonly sum: Sum; readonly node: Node }[]>();

  /** The same sum by another index, where there has been one: Σᵢ (xᵢ − x₀) is −Σⱼ (x₀ − xⱼ). */
  private sumSymbol(key: string, sum: Sum): Node {
    const range = `${sum.operator}${affineKey(sum.from)}:${affineKey(sum.to)}:${(sum.except ?? []).map(affineKey).sort().join(":")}`;
    const others = this.alike.get(range) ?? [];
    this.alike.set(range, others);
    for (const { sum: { index, body }, node } of others) {
      if (index.name !== sum.index.name && this.mentions(sum.body, index.name)) continue;
      if (this.isAlike(sum.body, body, sum.index, index)) return node;
      if (sum.operator !== "sum" || sum.body.kind !== "sum" || body.kind !== "sum") continue;
      const turned = sum.body.terms.map((term) => this.algebra.negate(term));
      if (this.areAlike(turned, body.terms, (a, b) => this.isAlike(a, b, sum.index, index))) return this.algebra.negate(node);
    }
    const node = this.symbol(key, sum);
    if (others.length < mostAlike) others.push({ sum, node });
    return node;
  }

  /** Is it the same with one index for the other? Looked at without making anything: what is made counts as part of the formula. */
  private isAlike(a: Node, b: Node, index: Local, other: Local): boolean {
    if (!this.mentions(a, index.name)) return a === b;
    const [mine, theirs] = [this.meaningOf(a), this.meaningOf(b)];
    if (mine?.kind === "index" && theirs?.kind === "index") return mine.local.name === index.name && theirs.local.name === other.name;
    if (mine?.kind === "element" && theirs?.kind === "element") {
      const values = new Map([[index.name, affineIndex(other)]]);
      const isAt = (places: readonly Affine[]): boolean => mine.at.every((at, d) => affineKey(put(at, values)) === affineKey(places[d] ?? at));
      // Of a symmetric matrix, S₀ⱼ is Sⱼ₀: x′Sx has the slope 2 Σ S₀ⱼ xⱼ.
      return mine.array === theirs.array && (isAt(theirs.at) || (isSymmetric(mine.array) && isAt([...theirs.at].reverse())));
    }
    if (mine || theirs || a.kind !== b.kind || (a.kind === "apply" && b.kind === "apply" && a.primitive !== b.primitive)) return false;
    const same = (one: Node, another: Node): boolean => this.isAlike(one, another, index, other);
    const [parts, others] = [childrenOf(a), childrenOf(b)];
    if (a.kind === "sum" || a.kind === "product") return this.areAlike(parts, others, same);
    return parts.length === others.length && parts.every((part, k) => same(part, others[k] ?? part));
  }

  private areAlike(parts: readonly Node[], others: readonly Node[], same: (a: Node, b: Node) => boolean): boolean {
    return parts.length === others.length && parts.every((part) => others.some((another) => same(part, another)));
  }

  /** Without terms at the ends that are left out, or that vanish: 0·x⁻¹, of which nobody knows what it is at 0. */
  private withoutEnds(sum: Sum): Sum {
    const { from, to, except, body, index } = sum;
    const one = affineNumber(1);
    const vanishesAt = (end: Affine): boolean => sum.operator === "sum" && body.kind === "product" && body.factors.some((factor) => this.counts(factor) && this.substitute(factor, new Map([[index.name, end]])) === this.algebra.zero);
    if (isNumber(from) && !isNumber(to) && !except && vanishesAt(minus(to, one))) return this.withoutEnds({ ...sum, to: minus(to, one) });
    if (!isNumber(from) || !isNumber(to) || to.constant <= from.constant) return sum;
    const number = except?.find((value) => isNumber(value) && (value.constant <= from.constant || value.constant >= to.constant - 1));
    if (except && number) {
      const others = except.filter((value) => value !== number);
      const rest: Sum = { ...sum, except: others.length > 0 ? others : undefined };
      if (number.constant === from.constant) return this.withoutEnds({ ...rest, from: plus(from, one) });
      return this.withoutEnds(number.constant === to.constant - 1 ? { ...rest, to: minus(to, one) } : rest);
    }
    if (except?.some(isNumber)) return sum;
    if (vanishesAt(from)) return this.withoutEnds({ ...sum, from: plus(from, one) });
    return vanishesAt(minus(to, one)) ? this.withoutEnds({ ...sum, to: minus(to, one) }) : sum;
  }

  /** Is it made of indices and numbers alone? */
  private counts(node: Node): boolean {
    return node.kind === "symbol" ? this.meaningOf(node)?.kind === "index" : node.kind === "number" || (childrenOf(node).length > 0 && childrenOf(node).every((child) => this.counts(child)));
  }

  private countNode(count: Affine): Node {
    if (isNumber(count) && count.constant > 3 && this.known.has(`n${count.constant}`)) return this.size(count.constant);
    return this.whole(count);
  }

  /** A whole number as a formula of indices. */
  whole(number: Affine): Node {
    const { algebra } = this;
    const terms = [...number.terms.values()].map(({ local, times, found }) => algebra.scale(q.integer(times), found ? this.element(found.array, found.at) : this.index(local)));
    return algebra.sum([...terms, algebra.number(number.constant)]);
  }

  hasDelta(node: Node): boolean {
    return this.freeIn(node).has("delta");
  }

  mentions(node: Node, name: string): boolean {
    return this.freeIn(node).has(name);
  }

  private freeIn(node: Node): ReadonlySet<string> {
    const known = this.free.get(node);
    if (known) return known;
    const free = new Set<string>();
    const add = (affine: Affine): void => { for (const name of [...indexNames(affine), ...affine.terms.keys()]) free.add(name); };
    const meaning = this.meaningOf(node);
    if (meaning?.kind === "index") free.add(meaning.local.name);
    else if (meaning?.kind === "element") meaning.at.forEach(add);
    else if (meaning?.kind === "chosen") add(meaning.of);
    else if (meaning?.kind === "delta" || meaning?.kind === "atLeast" || meaning?.kind === "differs") {
      free.add("delta");
      add(meaning.of);
    } else if (meaning?.kind === "sum") {
      for (const name of this.freeIn(meaning.body)) if (name !== meaning.index.name) free.add(name);
      add(meaning.from);
      add(meaning.to);
      meaning.except?.forEach(add);
    }
    for (const child of childrenOf(node)) for (const name of this.freeIn(child)) free.add(name);
    this.free.set(node, free);
    return free;
  }

  /** With whole numbers in place of indices. */
  substitute(node: Node, values: ReadonlyMap<string, Affine>, done = new Map<Node, Node>()): Node {
    const known = done.get(node);
    if (known) return known;
    const free = this.freeIn(node);
    const changed = [...values.keys()].some((name) => free.has(name)) ? this.rebuilt(node, values, (part) => this.substitute(part, values, done)) : node;
    done.set(node, changed);
    if (changed !== node) this.adopt(changed, node);
    return changed;
  }

  private rebuilt(node: Node, values: ReadonlyMap<string, Affine>, of: (part: Node) => Node): Node {
    const { algebra } = this;
    const meaning = this.meaningOf(node);
    switch (meaning?.kind) {
      case "index": return this.whole(put(affineIndex(meaning.local), values));
      case "element": return this.element(meaning.array, meaning.at.map((index) => put(index, values)));
      case "chosen": return this.chosen(put(meaning.of, values), meaning.equals);
      case "delta": return this.delta(put(meaning.of, values), meaning.equals);
      case "atLeast": return this.atLeast(put(meaning.of, values));
      case "differs": return this.differs(put(meaning.of, values));
      case "sum": return this.sum({ ...meaning, from: put(meaning.from, values), to: put(meaning.to, values), except: meaning.except?.map((value) => put(value, values)), body: of(meaning.body) });
      default:
    }
    switch (node.kind) {
      case "sum": return algebra.sum(node.terms.map(of));
      case "product": return algebra.product(node.factors.map(of));
      case "power": return algebra.power(of(node.base), of(node.exponent));
      case "apply": {
        const args = node.args.map(of);
        return node.primitive === "exp" && args[0] ? algebra.exp(args[0]) : algebra.apply(node.primitive, args);
      }
      case "cases": return this.decided(node.branches.map(({ condition, value }) => ({ condition: of(condition), value })), node.otherwise, of);
      default: return node;
    }
  }

  /** A question about indices that are numbers now has its answer. */
  private decided(branches: readonly { readonly condition: Node; readonly value: Node }[], otherwise: Node, of: (part: Node) => Node): Node {
    const open: { condition: Node; value: Node }[] = [];
    for (const { condition, value } of branches) {
      const numbers = condition.kind === "apply" ? condition.args.flatMap((arg) => (arg.kind === "number" ? [q.toNumber(arg.value)] : [])) : [];
      if (condition.kind !== "apply" || numbers.length < condition.args.length) open.push({ condition, value: of(value) });
      else if (ruleOf(condition.primitive).value(...numbers)) return open.length === 0 ? of(value) : this.algebra.cases(open, of(value));
    }
    return open.length === 0 ? of(otherwise) : this.algebra.cases(open, of(otherwise));
  }

  /** Elements that formulas mention so far. */
  elements(): readonly Element[] {
    return this.layout().elements;
  }

  /** Is this index counted from 0? Unknowns are, by their names; so is what stands in the formula as a number. */
  countsFromZero(index: string): boolean {
    return this.layout().fromZero.has(index);
  }

  dimensionFromZero(array: ArrayVariable, dimension: number): boolean {
    return this.layout().fromZero.has(dimensionName(array, dimension));
  }

  /** Lengths of the data along which this index runs, or others that run along the same. */
  lengthsAlong(index: string): number[] {
    const { elements, groupOf } = this.layout();
    const group = groupOf(index);
    return elements.flatMap(({ array }) => (array.role.kind === "data" ? array.shape.filter((_, d) => groupOf(dimensionName(array, d)) === group) : []));
  }

  private laidOut: { readonly upTo: number; readonly layout: Layout } | undefined;

  private layout(): Layout {
    if (this.laidOut?.upTo !== this.meanings.length) this.laidOut = { upTo: this.meanings.length, layout: layOut(this.meanings, this.hasCountedUnknowns) };
    return this.laidOut.layout;
  }

  /** The symbol as an IR expression, so that it can be differentiated again. */
  toIr(index: number, of: (node: Node) => Expression): Expression | undefined {
    const meaning = this.meanings[index - this.dimension];
    switch (meaning?.kind) {
      case undefined: return undefined;
      case "index": return call("toFloat", [read(meaning.local)]);
      case "element": return load(meaning.array, meaning.at.map(toExpression));
      case "size": return this.sums.size(meaning.value);
      case "chosen": return select(call("equalInt", [toExpression(meaning.of), int(meaning.equals)]), float(1), float(0));
      case "delta":
      case "differs":
      case "atLeast": throw new NoClosedForm("a partial derivative has no short form");
      case "sum": return this.sums.closed({ ...meaning, body: of(meaning.body) });
    }
  }

  private symbol(key: string, meaning: Meaning): Node {
    const known = this.known.get(key);
    if (known) return known;
    const node = this.algebra.symbol(this.dimension + this.meanings.length, `~${this.meanings.length}`);
    if (node.kind !== "symbol") throw new Error("A symbol is a symbol");
    this.meanings.push(meaning);
    this.known.set(key, node);
    return node;
  }
}

const afterAll = 1e5;
/** Rows of data that are looked at to see whether each adds up to 1. */
const mostRows = 1000;
/** Sums over one range among which the same one is looked for. */
const mostAlike = 24;

const symmetric = new WeakMap<ArrayVariable, boolean>();

function isSymmetric(array: ArrayVariable): boolean {
  const known = symmetric.get(array);
  if (known !== undefined) return known;
  const { role, shape: [size = 0, width] } = array;
  const answer = role.kind === "data" && width === size && role.values.every((value, k) => value === role.values[(k % size) * size + Math.floor(k / size)]);
  symmetric.set(array, answer);
  return answer;
}

/** The one value of cases that is not what is given. */
function onlyValue(node: Node, otherwise: Node): Node | undefined {
  const [only, another] = node.kind === "cases" ? new Set([...node.branches.map(({ value }) => value), node.otherwise].filter((value) => value !== otherwise)) : [];
  return another ? undefined : only;
}
