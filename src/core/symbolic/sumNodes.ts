import { call, float, int, load, read, select } from "../ir/build";
import { flatIndex } from "../ir/shape";
import type { ArrayVariable, Expression, Local } from "../ir/types";
import { type Affine, affineKey, affineNumber, affineOf, isNumber, minus, toExpression } from "./affine";
import { addsUpToOne } from "./addsUpToOne";
import type { Algebra } from "./algebra";
import { AlikeSums } from "./alikeSums";
import { type Canonical, NoClosedForm } from "./canonical";
import { dimensionName, layOut, type Layout } from "./countFrom";
import { deltaName, FreeIndices } from "./freeIndices";
import type { Element, Meaning, Sum } from "./meaning";
import type { Node, SymbolNode } from "./node";
import type { LetterPlaces } from "./order";
import { putIndices } from "./putIndices";
import * as q from "./rational";
import { spreadSums } from "./spreadSums";
import type { Sums } from "./sums";
import { turnedSum } from "./turnedSum";
import { withoutEnds } from "./withoutEnds";

/**
 * Sums over an index, data and lengths as letters of the algebra, so that everything that works on formulas works on
 * those with sums in them; what a letter means is kept here.
 */
export class SumNodes {
  private readonly meanings: Meaning[] = [];
  private readonly known = new Map<string, SymbolNode>();
  private readonly alike: AlikeSums;
  private readonly free = new FreeIndices((node) => this.meaningOf(node));
  /** How the inside of a sum is written; set by who knows. */
  tidy: (node: Node) => Node = (node) => node;
  /** Has the user written it? Set by who knows, too; and told what was made of such a node by putting an index in. */
  isOwn: (node: Node) => boolean = () => false;
  adopt: (made: Node, from: Node) => void = () => undefined;

  private readonly dimension: number;
  /** The unknowns' names count from 0: w[0]. */
  private readonly hasCountedUnknowns: boolean;

  constructor(private readonly algebra: Algebra, coordinates: readonly string[], readonly sums: Sums) {
    this.alike = new AlikeSums(algebra, this);
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

  readonly spread = (node: Node): Node | undefined => spreadSums(this.algebra, this, node);

  readonly turned = (node: Node): Node | undefined => turnedSum(this.algebra, this, node);

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
    return named ? this.free.in(named.node) : this.sums.freeIn(read({ kind: "local", name: path, type: "f64" }));
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

  element(array: ArrayVariable, at: readonly Affine[]): Node {
    if (array.role.kind === "parameter" && at.every(isNumber)) {
      const index = array.role.offset + flatIndex(array, at.map(({ constant }) => constant));
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
    const sum = withoutEnds(algebra, this, asked);
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
    const meaning = this.meaningOf(inside);
    if (!isProduct && known && !except && meaning?.kind === "element" && addsUpToOne(meaning, sum, this.sums)) return algebra.product(outside);
    const whole = { ...sum, body: inside };
    return algebra.product([...outside, this.alike.of(whole, () => this.letterOf(whole))]);
  }

  /** Letters and names that all terms have, whatever the index: λ of Σ (λ − λ u). */
  private sharedOutside(body: Extract<Node, { kind: "sum" }>, index: string): readonly Node[] {
    if (this.isOwn(body)) return [];
    const factorsOf = (term: Node): readonly Node[] => (term.kind === "product" ? term.factors : [term]);
    const [first, ...rest] = body.terms;
    return first ? factorsOf(first).filter((factor) => factor.kind === "symbol" && !this.mentions(factor, index) && rest.every((term) => factorsOf(term).includes(factor))) : [];
  }

  /** A letter of its own for it, though there may be one for what is the same by another index, or with a minus. */
  letterOf(sum: Sum): Node {
    const { operator, index, from, to, body, except } = sum;
    return this.symbol(`${operator}${index.name}:${affineKey(from)}:${affineKey(to)}:${body.id}${except ? `:${except.map(affineKey).sort().join(":")}` : ""}`, sum);
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
    return this.free.in(node).has(deltaName);
  }

  mentions(node: Node, name: string): boolean {
    return this.free.in(node).has(name);
  }

  /** With whole numbers in place of indices. */
  substitute(node: Node, values: ReadonlyMap<string, Affine>, done = new Map<Node, Node>()): Node {
    const known = done.get(node);
    if (known) return known;
    const free = this.free.in(node);
    const changed = [...values.keys()].some((name) => free.has(name)) ? putIndices(this.algebra, this, node, values, (part) => this.substitute(part, values, done)) : node;
    done.set(node, changed);
    if (changed !== node) this.adopt(changed, node);
    return changed;
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
/** The one value of cases that is not what is given. */
function onlyValue(node: Node, otherwise: Node): Node | undefined {
  const [only, another] = node.kind === "cases" ? new Set([...node.branches.map(({ value }) => value), node.otherwise].filter((value) => value !== otherwise)) : [];
  return another ? undefined : only;
}
