import { call, load, read } from "../ir/build";
import type { ArrayVariable, Expression, Local } from "../ir/types";
import { type Affine, affineKey, affineNumber, affineOf, isNumber, minus, put, toExpression } from "./affine";
import type { Algebra } from "./algebra";
import { ruleOf } from "../rules/ruleOf";
import { type Canonical, NoClosedForm } from "./canonical";
import { flat } from "./execute";
import { childrenOf, type Node, type SymbolNode } from "./node";
import * as q from "./rational";
import type { Sums } from "./sums";

/** What a symbol beyond the coordinates stands for. */
export type Meaning =
  /** A loop index as a number. */
  | { readonly kind: "index"; readonly local: Local }
  /** An element of data, or of the unknowns where the index tells which. */
  | { readonly kind: "element"; readonly array: ArrayVariable; readonly at: readonly Affine[] }
  | { readonly kind: "size"; readonly value: number }
  /** 1 where the index is the number, otherwise 0: what the derivative of wⱼ by wₖ is. */
  | { readonly kind: "delta"; readonly of: Affine; readonly equals: number }
  | { readonly kind: "sum"; readonly index: Local; readonly from: Affine; readonly to: Affine; readonly body: Node };

type Element = Extract<Meaning, { kind: "element" }>;

/** Which indices and dimensions of arrays count alike. */
interface Layout {
  readonly elements: readonly Element[];
  readonly fromZero: ReadonlySet<string>;
  readonly groupOf: (name: string) => string;
}

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

  constructor(private readonly algebra: Algebra, private readonly dimension: number, readonly sums: Sums) {}

  meaningOf(node: Node): Meaning | undefined {
    return node.kind === "symbol" ? this.meanings[node.index - this.dimension] : undefined;
  }

  /** A name by which to find the symbol again where it is written. */
  meaningNamed(path: string): { node: Node; meaning: Meaning } | undefined {
    const index = /^~(\d+)$/.exec(path)?.[1];
    const meaning = index === undefined ? undefined : this.meanings[Number(index)];
    return meaning && { node: this.algebra.symbol(this.dimension + Number(index), path), meaning };
  }

  /** The meaning of a local that is no variable of the program; undefined where it is one. */
  ofLocal(local: Local, canonical: Canonical): Node | undefined {
    const size = this.sums.sizeOf(local);
    if (size !== undefined) return this.size(size);
    const sum = this.sums.of(read(local));
    if (sum) return this.sum(sum.index, sum.from, sum.to, canonical.of(sum.body));
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

  /** ∂wⱼ/∂wₖ. */
  delta(at: readonly Affine[], equals: readonly number[]): Node {
    const { algebra } = this;
    return algebra.product(at.map((of, d) => this.oneDelta(of, equals[d] ?? 0)));
  }

  private oneDelta(of: Affine, equals: number): Node {
    if (isNumber(of)) return of.constant === equals ? this.algebra.one : this.algebra.zero;
    const range = this.sums.rangeOf(of);
    if (range && (equals < range[0] || equals > range[1])) return this.algebra.zero;
    return this.symbol(`d${affineKey(of)}=${equals}`, { kind: "delta", of, equals });
  }

  /** Σ of a body; what does not depend on the index stands before it. */
  sum(index: Local, from: Affine, to: Affine, body: Node): Node {
    const { algebra } = this;
    if (body === algebra.zero) return body;
    if (!this.mentions(body, index.name)) return algebra.product([this.countNode(minus(to, from)), body]);
    const factors = body.kind === "product" ? body.factors : [body];
    const outside = factors.filter((factor) => !this.mentions(factor, index.name));
    const inside = outside.length === 0 ? body : algebra.product(factors.filter((factor) => this.mentions(factor, index.name)));
    const key = `s${index.name}:${affineKey(from)}:${affineKey(to)}:${inside.id}`;
    const symbol = this.symbol(key, { kind: "sum", index, from, to, body: inside });
    return algebra.product([...outside, symbol]);
  }

  private countNode(count: Affine): Node {
    if (isNumber(count) && count.constant > 3 && this.known.has(`n${count.constant}`)) return this.size(count.constant);
    return this.whole(count);
  }

  /** A whole number as a formula of indices. */
  whole(number: Affine): Node {
    const { algebra } = this;
    const terms = [...number.terms.values()].map(({ local, times }) => algebra.scale(q.integer(times), this.index(local)));
    return algebra.sum([...terms, algebra.number(number.constant)]);
  }

  /** The derivative of a sum from that of its body: where a delta picks one index, that term alone is left. */
  differentiated(index: Local, from: Affine, to: Affine, derivative: Node): Node {
    const { algebra } = this;
    return algebra.sum([...this.byDelta(derivative)].map(([key, { deltas, factor }]) => {
      const picks = deltas.find((delta) => this.mentions(delta, index.name));
      if (!picks) return algebra.product([...deltas, this.sum(index, from, to, key === "" ? this.tidy(factor) : factor)]);
      const meaning = this.meaningOf(picks);
      const others = algebra.product([...deltas.filter((delta) => delta !== picks), factor]);
      if (meaning?.kind !== "delta") throw new Error("A delta has a meaning");
      return this.picked(index, from, to, meaning, others);
    }));
  }

  private picked(index: Local, from: Affine, to: Affine, { of, equals }: Extract<Meaning, { kind: "delta" }>, factor: Node): Node {
    const by = of.terms.get(index.name)?.times ?? 0;
    const rest = minus(affineNumber(equals), { constant: of.constant, terms: new Map([...of.terms].filter(([name]) => name !== index.name)) });
    if (Math.abs(by) !== 1 || !isNumber(rest) || !isNumber(from) || !isNumber(to)) throw new NoClosedForm("a partial derivative has no short form");
    const value = rest.constant * by;
    if (value < from.constant || value >= to.constant) return this.algebra.zero;
    return this.substitute(factor, new Map([[index.name, affineNumber(value)]]));
  }

  /** A derivative as a sum of deltas, each with what it is multiplied by; "" is what has none. */
  private byDelta(node: Node): Map<string, { deltas: Node[]; factor: Node }> {
    const { algebra } = this;
    const parts = new Map<string, { deltas: Node[]; factor: Node }>();
    const add = (deltas: readonly Node[], factor: Node): void => {
      const sorted = [...new Set(deltas)].sort((a, b) => a.id - b.id);
      const key = sorted.map(({ id }) => id).join(",");
      const known = parts.get(key);
      parts.set(key, { deltas: sorted, factor: known ? algebra.sum([known.factor, factor]) : factor });
    };
    if (!this.hasDelta(node)) add([], node);
    else if (this.meaningOf(node)?.kind === "delta") add([node], algebra.one);
    else if (node.kind === "sum") for (const term of node.terms) for (const { deltas, factor } of this.byDelta(term).values()) add(deltas, factor);
    else if (node.kind === "product") {
      let product = [{ deltas: new Array<Node>(), factor: algebra.product(node.factors.filter((factor) => !this.hasDelta(factor))) }];
      for (const factor of node.factors.filter((other) => this.hasDelta(other))) {
        const choices = [...this.byDelta(factor).values()];
        product = product.flatMap((left) => choices.map((right) => ({ deltas: [...left.deltas, ...right.deltas], factor: algebra.product([left.factor, right.factor]) })));
        if (product.length > 64) throw new NoClosedForm("a partial derivative has no short form");
      }
      for (const { deltas, factor } of product) add(deltas, factor);
    } else if (node.kind === "cases" && !node.branches.some(({ condition }) => this.hasDelta(condition))) {
      const arms = [...node.branches.map(({ value }) => this.byDelta(value)), this.byDelta(node.otherwise)];
      for (const key of new Set(arms.flatMap((arm) => [...arm.keys()]))) {
        const at = (i: number): Node => arms[i]?.get(key)?.factor ?? algebra.zero;
        const deltas = arms.flatMap((arm) => arm.get(key)?.deltas ?? []);
        add(deltas, algebra.cases(node.branches.map(({ condition }, i) => ({ condition, value: at(i) })), at(node.branches.length)));
      }
    } else throw new NoClosedForm("a partial derivative has no short form");
    return parts;
  }

  private hasDelta(node: Node): boolean {
    return this.freeIn(node).has("delta");
  }

  private mentions(node: Node, name: string): boolean {
    return this.freeIn(node).has(name);
  }

  private freeIn(node: Node): ReadonlySet<string> {
    const known = this.free.get(node);
    if (known) return known;
    const free = new Set<string>();
    const add = (affine: Affine): void => { for (const name of affine.terms.keys()) free.add(name); };
    const meaning = this.meaningOf(node);
    if (meaning?.kind === "index") free.add(meaning.local.name);
    else if (meaning?.kind === "element") meaning.at.forEach(add);
    else if (meaning?.kind === "delta") {
      free.add("delta");
      add(meaning.of);
    } else if (meaning?.kind === "sum") {
      for (const name of this.freeIn(meaning.body)) if (name !== meaning.index.name) free.add(name);
      add(meaning.from);
      add(meaning.to);
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
    return changed;
  }

  private rebuilt(node: Node, values: ReadonlyMap<string, Affine>, of: (part: Node) => Node): Node {
    const { algebra } = this;
    const meaning = this.meaningOf(node);
    switch (meaning?.kind) {
      case "index": return this.whole(put({ constant: 0, terms: new Map([[meaning.local.name, { local: meaning.local, times: 1 }]]) }, values));
      case "element": return this.element(meaning.array, meaning.at.map((index) => put(index, values)));
      case "delta": return this.oneDelta(put(meaning.of, values), meaning.equals);
      case "sum": return this.sum(meaning.index, put(meaning.from, values), put(meaning.to, values), of(meaning.body));
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
    if (this.laidOut?.upTo !== this.meanings.length) this.laidOut = { upTo: this.meanings.length, layout: layOut(this.meanings) };
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
      case "delta": throw new NoClosedForm("a partial derivative has no short form");
      case "sum": return this.sums.closed({ index: meaning.index, from: meaning.from, to: meaning.to, body: of(meaning.body) });
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

const dimensionName = (array: ArrayVariable, dimension: number): string => `${array.name}:${dimension}`;

/** Indices and dimensions that meet count alike. */
function layOut(meanings: readonly Meaning[]): Layout {
  const parents = new Map<string, string>();
  const groupOf = (name: string): string => {
    const parent = parents.get(name);
    return parent === undefined ? name : groupOf(parent);
  };
  const join = (names: readonly string[]): void => {
    for (const name of names) if (groupOf(name) !== groupOf(names[0] ?? name)) parents.set(groupOf(name), groupOf(names[0] ?? name));
  };
  const zeros: string[] = [];
  const all = new Set<string>();
  for (const meaning of meanings) {
    const groups: string[][] = [];
    if (meaning.kind === "index") zeros.push(meaning.local.name);
    if (meaning.kind === "sum") groups.push([meaning.index.name, ...meaning.from.terms.keys(), ...meaning.to.terms.keys()]);
    if (meaning.kind === "element") {
      meaning.at.forEach(({ terms }, d) => {
        groups.push([...terms.keys(), dimensionName(meaning.array, d)]);
        if ((meaning.array.role.kind === "parameter" && meaning.array.countedFrom !== 1) || [...terms.values()].some(({ times }) => times !== 1)) zeros.push(dimensionName(meaning.array, d));
      });
    }
    for (const group of groups) {
      join(group);
      for (const name of group) all.add(name);
    }
  }
  const fromZero = new Set(zeros.map(groupOf));
  return {
    elements: meanings.flatMap((meaning) => (meaning.kind === "element" ? [meaning] : [])), groupOf,
    fromZero: new Set([...all, ...zeros].filter((name) => fromZero.has(groupOf(name)))),
  };
}
