import { type Affine, affineKey } from "./affine";
import type { Algebra } from "./algebra";
import { isExponential } from "./cost";
import type { Element } from "./meaning";
import { childrenOf, type Node } from "./node";
import { atIndices, type OwnName, pureIndex } from "./ownNames";
import * as q from "./rational";
import type { SumNodes } from "./sumNodes";

/** A name and what it stands for, as nodes; of its indices both speak alike. */
export interface Definition {
  readonly named: OwnName;
  readonly node: Node;
  readonly symbol: Node;
}

/** Ways of choosing indices that are tried to see one definition in one node. */
const mostTried = 16;

/** Sees what has a name: p₂ in e^(z₂)/Σ e^(zⱼ), where pᵢ is e^(zᵢ)/Σ e^(zⱼ). */
export class Instances {
  private readonly known = new Map<Node, Node>();
  private readonly elements = new Map<Node, readonly Element[]>();

  constructor(private readonly algebra: Algebra, private readonly nodes: SumNodes, private readonly definitions: readonly Definition[], private readonly unknownAt: (coordinate: number) => Element | undefined) {
    for (const { node, symbol } of definitions) this.known.set(node, symbol);
  }

  /** With the name for all that has one: cos r is c where c = cos r. */
  named(node: Node): Node {
    const known = this.known.get(node);
    if (known) return known;
    const result = this.seen(node) ?? this.rebuilt(node);
    this.known.set(node, result);
    return result;
  }

  private rebuilt(node: Node): Node {
    const { algebra } = this;
    const of = (part: Node): Node => this.named(part);
    const meaning = this.nodes.meaningOf(node);
    if (meaning?.kind === "sum") {
      const body = of(meaning.body);
      return body === meaning.body ? node : this.nodes.sum({ ...meaning, body });
    }
    const parts = childrenOf(node).map(of);
    // e^(−2x) is a power of e^x, and no name's.
    if (parts.length === 0 || (node.kind === "power" && isExponential(node.base))) return node;
    const changed = childrenOf(node).every((child, k) => child === parts[k]) ? node : ((): Node => {
      switch (node.kind) {
        case "sum": return algebra.sum(parts);
        case "product": return algebra.product(parts);
        case "power": return algebra.power(of(node.base), of(node.exponent));
        case "apply": return node.primitive === "exp" && parts[0] ? algebra.exp(parts[0]) : algebra.apply(node.primitive, parts);
        case "cases": return algebra.cases(node.branches.map(({ condition, value }) => ({ condition: of(condition), value: of(value) })), of(node.otherwise));
        default: return node;
      }
    })();
    const whole = this.squared(changed) ?? (changed === node ? node : this.seen(changed) ?? changed);
    return whole.kind === "product" ? this.withProducts(whole) : whole;
  }

  /** The name for this very node. */
  private seen(node: Node): Node | undefined {
    for (const definition of this.definitions) {
      if (definition.node === node) return definition.symbol;
      // −sin t − sin u is −y where y is sin t + sin u.
      const turned = node.kind === "sum" && definition.node.kind === "sum" ? this.negated(node) : undefined;
      if (turned !== undefined && definition.node === turned) return this.algebra.negate(definition.symbol);
      if (definition.node.kind !== node.kind || definition.named.indices.length === 0 || childrenOf(definition.node).length !== childrenOf(node).length) continue;
      for (const values of this.choices(definition, node)) {
        const instance = this.nodes.substitute(definition.node, values);
        if (instance === node) return this.nodes.substitute(definition.symbol, values);
        if (turned !== undefined && instance === turned) return this.algebra.negate(this.nodes.substitute(definition.symbol, values));
      }
    }
    return undefined;
  }

  /** sech² u as 1 − h², where h is tanh u. */
  private squared(node: Node): Node | undefined {
    if (node.kind !== "power" || node.base.kind !== "apply" || node.base.primitive !== "sech" || node.exponent.kind !== "number" || q.toNumber(node.exponent.value) !== 2) return undefined;
    const { algebra } = this;
    const tangent = this.seen(algebra.apply("tanh", node.base.args));
    return tangent && algebra.sum([algebra.one, algebra.negate(algebra.power(tangent, algebra.number(2)))]);
  }

  private negated(node: Extract<Node, { kind: "sum" }>): Node {
    return this.algebra.sum(node.terms.map((term) => this.algebra.negate(term)));
  }

  /** −2 u/v as −2 p where p = u/v, and −a/5 as −m where m is a/5. */
  private withProducts(product: Extract<Node, { kind: "product" }>): Node {
    const { algebra } = this;
    const factorsOf = (node: Node): readonly Node[] => (node.kind === "product" ? node.factors : [node]);
    let [coefficient, rest] = algebra.split(product);
    for (const definition of this.definitions) {
      if (definition.node.kind !== "product") continue;
      const choices = definition.named.indices.length === 0 ? [new Map<string, Affine>()] : this.choices(definition, product);
      for (const values of choices) {
        const [own, parts] = algebra.split(this.nodes.substitute(definition.node, values));
        const ratio = q.multiply(coefficient, q.reciprocal(own));
        const left = factorsOf(rest);
        const isSame = q.isOne(ratio) || q.isOne(q.negate(ratio));
        // Any number of a would else be a number of a/5.
        if (!(isSame || (q.isOne(own) && factorsOf(parts).length > 1)) || !factorsOf(parts).every((factor) => left.includes(factor))) continue;
        coefficient = ratio;
        rest = algebra.product([...left.filter((factor) => !factorsOf(parts).includes(factor)), this.nodes.substitute(definition.symbol, values)]);
      }
    }
    const whole = algebra.scale(coefficient, rest);
    return whole === product ? product : whole;
  }

  /** What the indices of a definition may be in a node: what they are at elements of the same list. */
  private choices({ named, node: pattern }: Definition, node: Node): ReadonlyMap<string, Affine>[] {
    let choices: ReadonlyMap<string, Affine>[] = [new Map()];
    for (const index of named.indices) {
      const found = new Map<string, Affine>();
      for (const element of this.elementsIn(pattern)) {
        const d = element.at.findIndex((at) => pureIndex(at)?.name === index.name);
        if (d < 0) continue;
        for (const other of this.elementsIn(node)) {
          const at = other.array === element.array ? other.at[d] : undefined;
          if (at) found.set(affineKey(at), at);
        }
      }
      choices = choices.flatMap((choice) => [...found.values()].map((at) => new Map([...choice, [index.name, at]]))).slice(0, mostTried);
    }
    const own = atIndices(named);
    // Itself it has been held against.
    return choices.filter((choice) => [...own].some(([name, at]) => affineKey(choice.get(name) ?? at) !== affineKey(at)));
  }

  private elementsIn(node: Node): readonly Element[] {
    const known = this.elements.get(node);
    if (known) return known;
    const meaning = this.nodes.meaningOf(node);
    const unknown = node.kind === "symbol" && !meaning ? this.unknownAt(node.index) : undefined;
    const own = meaning?.kind === "element" ? [meaning] : unknown ? [unknown] : meaning?.kind === "sum" ? this.elementsIn(meaning.body) : [];
    const all = [...new Set([...own, ...childrenOf(node).flatMap((child) => this.elementsIn(child))])];
    this.elements.set(node, all);
    return all;
  }
}


