import { flatIndex } from "../ir/shape";
import type { ArrayVariable } from "../ir/types";
import { ruleOf } from "../rules/ruleOf";
import { type Affine, isNumber, type Lookup } from "./affine";
import type { Meaning } from "./meaning";
import { childrenOf, type Node } from "./node";
import { toNumber } from "./rational";
import type { SumNodes } from "./sumNodes";

/** What a formula with sums costs to evaluate, and its value. */
export interface Evaluated {
  readonly work: number;
  at(x: ArrayLike<number>): number;
}

/** What the elements of a list that nobody has are made of, each for the places that `at` comes to. */
export type MadeOf = (array: ArrayVariable) => readonly { readonly at: readonly Affine[]; readonly node: Node }[];

type Computation = (x: ArrayLike<number>) => number;

/** A formula with sums as closures over the indices' present values: each node is looked at once, not once a turn. */
export function evaluateSums(node: Node, nodes: SumNodes, madeOf: MadeOf = () => []): Evaluated {
  const compiler = new Compiler(nodes, madeOf);
  const compute = compiler.of(node);
  return { work: compiler.workOf(node), at: compute };
}

class Compiler {
  private readonly known = new Map<Node, Computation>();
  private readonly slots = new Map<string, { value: number }>();

  constructor(private readonly nodes: SumNodes, private readonly madeOf: MadeOf) {}

  workOf(node: Node): number {
    const meaning = this.nodes.meaningOf(node);
    if (meaning?.kind === "element" && meaning.array.role.kind === "scratch") return this.workOfMade(meaning.array);
    if (meaning?.kind !== "sum") return childrenOf(node).reduce((work, child) => work + this.workOf(child), 1);
    const range = [this.nodes.sums.rangeOf(meaning.from)?.[0] ?? 0, this.nodes.sums.rangeOf(meaning.to)?.[1] ?? 0] as const;
    return 1 + (range[1] - range[0]) * this.workOf(meaning.body);
  }

  private readonly works = new Map<ArrayVariable, number>();

  private workOfMade(array: ArrayVariable): number {
    const known = this.works.get(array);
    if (known !== undefined) return known;
    // Elements may be made of others of their list.
    this.works.set(array, 1);
    const work = this.madeOf(array).reduce((most, { node }) => Math.max(most, this.workOf(node)), 1);
    this.works.set(array, work);
    return work;
  }

  of(node: Node): Computation {
    const known = this.known.get(node);
    if (known) return known;
    const computation = this.compile(node);
    this.known.set(node, computation);
    return computation;
  }

  private compile(node: Node): Computation {
    switch (node.kind) {
      case "number": {
        const value = toNumber(node.value);
        return () => value;
      }
      case "symbol": {
        const meaning = this.nodes.meaningOf(node);
        return meaning ? this.meaning(meaning) : (x) => x[node.index] ?? NaN;
      }
      case "constant": return () => (node.name === "pi" ? Math.PI : Math.E);
      case "sum": {
        const terms = node.terms.map((term) => this.of(term));
        return (x) => terms.reduce((total, term) => total + term(x), 0);
      }
      case "product": {
        const factors = node.factors.map((factor) => this.of(factor));
        return (x) => factors.reduce((total, factor) => total * factor(x), 1);
      }
      case "power": {
        const [base, exponent] = [this.of(node.base), this.of(node.exponent)];
        return (x) => {
          const n = exponent(x);
          return n === 0.5 ? Math.sqrt(base(x)) : base(x) ** n;
        };
      }
      case "apply": {
        const rule = ruleOf(node.primitive);
        const args = node.args.map((arg) => this.of(arg));
        return (x) => rule.value(...args.map((arg) => arg(x)));
      }
      case "cases": {
        const branches = node.branches.map(({ condition, value }) => [this.of(condition), this.of(value)] as const);
        const otherwise = this.of(node.otherwise);
        return (x) => (branches.find(([condition]) => condition(x) !== 0)?.[1] ?? otherwise)(x);
      }
    }
  }

  private meaning(meaning: Meaning): Computation {
    switch (meaning.kind) {
      case "size": return () => meaning.value;
      case "chosen": {
        const of = this.affine(meaning.of);
        return () => (of() === meaning.equals ? 1 : 0);
      }
      case "delta":
      case "differs":
      case "atLeast": return () => NaN;
      case "index": {
        const slot = this.slot(meaning.local.name);
        return () => slot.value;
      }
      case "element": {
        const { array, at } = meaning;
        const indices = at.map((index) => this.affine(index));
        const { role } = array;
        if (role.kind === "scratch") return this.made(array, indices);
        if (role.kind === "data") return () => role.values[flatIndex(array, indices.map((index) => index()))] ?? NaN;
        const offset = role.kind === "parameter" ? role.offset : NaN;
        return (x) => x[offset + flatIndex(array, indices.map((index) => index()))] ?? NaN;
      }
      case "sum": {
        const slot = this.slot(meaning.index.name);
        const [from, to, body] = [this.affine(meaning.from), this.affine(meaning.to), this.of(meaning.body)];
        const except = (meaning.except ?? []).map((value) => this.affine(value));
        const isSum = meaning.operator === "sum";
        return (x) => {
          const before = slot.value;
          let total = isSum ? 0 : 1;
          const end = to();
          const left = except.map((value) => value());
          for (let i = from(); i < end; i++) {
            if (left.includes(i)) continue;
            slot.value = i;
            total = isSum ? total + body(x) : total * body(x);
          }
          slot.value = before;
          return total;
        };
      }
    }
  }

  private made(array: ArrayVariable, indices: readonly (() => number)[]): Computation {
    const choices = this.madeOf(array).map(({ at, node }) => ({ node, places: at.map((index) => (isNumber(index) ? index.constant : this.slot([...index.terms.keys()].join()))) }));
    return (x) => {
      const wanted = indices.map((index) => index());
      const chosen = choices.find(({ places }) => places.every((place, d) => typeof place !== "number" || place === wanted[d]));
      if (!chosen) return NaN;
      const before = chosen.places.map((place) => (typeof place === "number" ? place : place.value));
      chosen.places.forEach((place, d) => { if (typeof place !== "number") place.value = wanted[d] ?? NaN; });
      const value = this.of(chosen.node)(x);
      chosen.places.forEach((place, d) => { if (typeof place !== "number") place.value = before[d] ?? NaN; });
      return value;
    };
  }

  private affine({ constant, terms }: Affine): () => number {
    const parts = [...terms.values()].map(({ local, times, found }) => {
      const slot = this.slot(local.name);
      return { times, value: found ? this.lookup(found) : (): number => slot.value };
    });
    return () => parts.reduce((sum, { value, times }) => sum + times * value(), constant);
  }

  private lookup({ array, at }: Lookup): () => number {
    const indices = at.map((index) => this.affine(index));
    const values = array.role.kind === "data" ? array.role.values : [];
    return () => values[flatIndex(array, indices.map((index) => index()))] ?? NaN;
  }

  private slot(name: string): { value: number } {
    const slot = this.slots.get(name) ?? { value: NaN };
    this.slots.set(name, slot);
    return slot;
  }
}
