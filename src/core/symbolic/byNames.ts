import { read } from "../ir/build";
import type { Expression, Local } from "../ir/types";
import { operands } from "../ir/visit";
import type { Written } from "../print/written";
import { Algebra } from "./algebra";
import { Canonical, NoClosedForm } from "./canonical";
import { Differentiator, type SumRules } from "./differentiate";
import { isExponential } from "./cost";
import { evaluateNode } from "./evaluateNode";
import { letterOrder } from "./letterOrder";
import { childrenOf, type Node } from "./node";
import type { LetterPlaces } from "./order";
import { type OwnName, type OwnNames, pathOf } from "./ownNames";
import { present, type Style } from "./present";
import * as q from "./rational";
import { Tidy } from "./tidy";
import { NodeToIr } from "./toIr";

/** What is known of the function with everything written out. */
export interface WrittenOut {
  readonly expression: Expression;
  readonly coordinates: readonly string[];
  coordinateOf(part: Expression): number | undefined;
  /** Numbers that the value does not notice, like the greatest before exponentials are taken. */
  readonly shifts: readonly Expression[];
  /** The partial derivative, to hold another form of it against. */
  partialNode(coordinate: number): Node;
}

/** Where both forms are computed: away from zeros and from each other. */
const comparedAt = [0.35, 0.8, -0.45, 1.7];
const tolerance = 1e-8;

/**
 * The function differentiated as a person does who has given names to its parts: each name is an unknown of its own whose
 * slope is told by means of the name, s (1 − s) u′ of a sigmoid and x/r of a distance, and only what is left is tidied.
 */
export class ByNames {
  private readonly algebra = new Algebra();
  private readonly canonical: Canonical;
  private readonly tidy: Tidy;
  private readonly letterPlaces: LetterPlaces | undefined;
  private readonly toIr: NodeToIr;
  private readonly differentiators: readonly Differentiator[];
  private readonly definitions: readonly { readonly named: OwnName; readonly expression: Expression; readonly node: Node; readonly symbol: Node }[];
  private readonly at: ReadonlyMap<string, number>;
  private readonly slopes = new Map<string, Node>();
  private readonly renamed = new Map<Node, Node>();
  private readonly partials = new Map<number, Node | undefined>();
  private readonly expression: Expression;
  private readonly shifts: ReadonlySet<Node>;

  constructor(private readonly whole: WrittenOut, names: OwnNames) {
    const { coordinates } = whole;
    const { algebra } = this;
    const locals = names.defined.map((named) => ({ named, local: names.localOf(named) }));
    this.at = new Map(locals.map(({ local }, index) => [local.name, index]));
    const own = coordinates.map((_, index): Local => ({ kind: "local", name: `#${index}`, type: "f64" }));
    // The coordinates come first, then what the user made of them.
    const symbols = [...coordinates, ...locals.map(({ local }) => pathOf(local))].map((path, index) => algebra.symbol(index, path));
    const symbolOf = (part: Expression): Node => {
      const known = part.kind === "read" ? this.at.get(part.local.name) : undefined;
      const index = known === undefined ? whole.coordinateOf(part) : coordinates.length + known;
      const symbol = index === undefined ? undefined : symbols[index];
      if (!symbol) throw new NoClosedForm("it reads a variable that has no value");
      return symbol;
    };
    this.canonical = new Canonical(algebra, { ofLocal: (local) => symbolOf(read(local)), ofElement: (_, part) => symbolOf(part) });
    this.toIr = new NodeToIr((index) => {
      const local = own[index] ?? locals[index - coordinates.length]?.local;
      if (!local) throw new Error(`There is no unknown ${index}`);
      return read(local);
    }, (made, node) => this.canonical.learn(made, node));
    this.definitions = locals.map(({ named, local }) => {
      const expression = names.defining(named);
      return { named, expression, node: this.canonical.of(expression), symbol: this.canonical.of(read(local)) };
    });
    for (const { node, symbol } of this.definitions) {
      this.renamed.set(node, symbol);
      // −sin t − sin u is −y where y is sin t + sin u.
      if (node.kind === "sum") this.renamed.set(algebra.sum(node.terms.map((term) => algebra.negate(term))), algebra.negate(symbol));
    }
    this.expression = names.put(whole.expression);
    this.canonical.of(this.expression);
    this.shifts = new Set(whole.shifts.flatMap((shift) => [this.canonical.of(names.put(shift)), ...this.definitions.flatMap(({ named, node }) => (named.expression === shift ? [node] : []))]));
    const written = [...this.canonical.all()];
    this.letterPlaces = letterOrder(written);
    this.tidy = new Tidy(algebra, written, symbols.length);
    this.differentiators = coordinates.map((_, coordinate) => new Differentiator(
      algebra, this.canonical, (part) => whole.coordinateOf(part) === coordinate, (part) => this.isActive(part), this.rulesOf(coordinate),
    ));
  }

  /** ∂f/∂x by means of the names; undefined where it would not have the values of the derivative written out. */
  partial(coordinate: number, style: Style): Written | undefined {
    const node = this.nodeOf(coordinate);
    return node && present(node, { letterPlaces: this.letterPlaces, isOwn: (part) => this.tidy.isOwn(part), isFresh: (part) => this.tidy.isFresh(part), style });
  }

  private nodeOf(coordinate: number): Node | undefined {
    if (!this.partials.has(coordinate)) {
      const node = this.tidy.of(this.derive(this.expression, coordinate));
      this.partials.set(coordinate, this.agrees(node, coordinate) ? node : undefined);
    }
    return this.partials.get(coordinate);
  }

  private derive(expression: Expression, coordinate: number): Node {
    const differentiator = this.differentiators[coordinate];
    if (!differentiator) throw new Error(`There is no coordinate ${coordinate}`);
    return this.named(differentiator.derive(expression).derivative);
  }

  /** With the name for all that has one: cos r is c where c = cos r. */
  private named(node: Node): Node {
    const known = this.renamed.get(node);
    if (known) return known;
    const { algebra } = this;
    const of = (part: Node): Node => this.named(part);
    const rebuilt = ((): Node => {
      switch (node.kind) {
        case "sum": return algebra.sum(node.terms.map(of));
        case "product": return algebra.product(this.withProducts(node.factors).map(of));
        // e^(−2x) is a power of e^x, and no name's.
        case "power": return isExponential(node.base) ? node : algebra.power(of(node.base), of(node.exponent));
        case "apply": return algebra.apply(node.primitive, node.args.map(of));
        case "cases": return algebra.cases(node.branches.map(({ condition, value }) => ({ condition: of(condition), value: of(value) })), of(node.otherwise));
        default: return node;
      }
    })();
    const isNamed = node.kind === "product" && this.withProducts(node.factors) !== node.factors;
    const result = isNamed || childrenOf(node).some((child) => of(child) !== child) ? rebuilt : node;
    this.renamed.set(node, result);
    return result;
  }

  /** −2 u/v as −2 p where p = u/v. */
  private withProducts(factors: readonly Node[]): readonly Node[] {
    return this.definitions.reduce((left, { node, symbol }) => (node.kind === "product" && node.factors.every((factor) => left.includes(factor)) ? [...left.filter((factor) => !node.factors.includes(factor)), symbol] : left), factors);
  }

  /** A name is to the differentiator what an element is whose index tells the coordinate: it has a slope of its own. */
  private rulesOf(coordinate: number): SumRules {
    return {
      bodyOf: () => undefined,
      isProduct: () => false,
      differentiated: () => { throw new Error("There is no sum to be differentiated"); },
      ofElement: (part) => {
        const at = part.kind === "read" ? this.at.get(part.local.name) : undefined;
        return at === undefined ? undefined : this.slopeOf(at, coordinate);
      },
    };
  }

  private slopeOf(at: number, coordinate: number): Node {
    const key = `${at},${coordinate}`;
    const known = this.slopes.get(key);
    if (known) return known;
    const definition = this.definitions[at];
    if (!definition) throw new Error(`There is no name ${at}`);
    const slope = this.shifts.has(definition.node) ? this.algebra.zero
      : this.byItself(definition.node, definition.symbol, coordinate) ?? this.derive(definition.expression, coordinate);
    const tidied = this.tidy.of(slope);
    this.slopes.set(key, tidied);
    return tidied;
  }

  /** The slope of what the name `s` stands for, where s itself occurs in it: E′ = E u′, s′ = s (1 − s) u′, h′ = (1 − h²) u′, r′ = u′/(2r). */
  private byItself(node: Node, s: Node, coordinate: number): Node | undefined {
    const { algebra } = this;
    const slope = (of: Node): Node => this.derive(this.toIr.of(of), coordinate);
    const varying = (node.kind === "product" ? node.factors : [node]).filter((factor) => slope(factor) !== algebra.zero);
    const [only] = varying;
    if (only === node && only.kind === "apply" && only.primitive === "tanh" && only.args[0]) return algebra.product([algebra.sum([algebra.one, algebra.negate(algebra.power(s, algebra.number(2)))]), slope(only.args[0])]);
    if (only === node && only.kind === "power" && only.exponent.kind === "number") {
      const { base } = only;
      const power = q.toNumber(only.exponent.value);
      if (power === 0.5) return algebra.divide(slope(base), algebra.product([algebra.number(2), s]));
      const growing = power === -1 && base.kind === "sum" && base.terms.length === 2 && base.terms.includes(algebra.one) ? base.terms.find((term) => term !== algebra.one) : undefined;
      const under = growing && exponentOf(algebra, growing);
      if (under) return algebra.product([s, algebra.sum([algebra.one, algebra.negate(s)]), algebra.negate(slope(under))]);
      if (power === -1) return algebra.negate(algebra.product([algebra.power(s, algebra.number(2)), slope(base)]));
    }
    // p′ = p (u′/u − v′/v) for p = u/v, where that divides by nothing that p does not divide by.
    const ratios = varying.map((factor) => this.logarithmic(factor, slope));
    const whole = ratios.flatMap((ratio) => ratio ?? []);
    if (whole.length < ratios.length || whole.length === 0) return undefined;
    const candidate = algebra.product([s, this.tidy.of(this.named(algebra.sum(whole)))]);
    if (varying.every((factor) => exponentOf(algebra, factor))) return candidate;
    const plain = this.derive(this.toIr.of(node), coordinate);
    return this.tidy.lengthOf(this.tidy.of(candidate)) < this.tidy.lengthOf(this.tidy.of(plain)) ? candidate : undefined;
  }

  /** f′/f; undefined where f may be zero and stays below the bar. */
  private logarithmic(factor: Node, slope: (of: Node) => Node): Node | undefined {
    const { algebra } = this;
    const exponent = exponentOf(algebra, factor);
    if (exponent) return slope(exponent);
    if (factor.kind === "power" && factor.exponent.kind === "number" && q.isNegative(factor.exponent.value)) return algebra.product([factor.exponent, algebra.divide(slope(factor.base), factor.base)]);
    const ratio = algebra.divide(slope(factor), factor);
    return (ratio.kind === "product" ? ratio.factors : [ratio]).some((part) => part.kind === "power" && part.base === factor) ? undefined : ratio;
  }

  private isActive(part: Expression): boolean {
    if (part.kind === "call" && (part.primitive === "max" || part.primitive === "min") && this.shifts.has(this.canonical.of(part))) return false;
    const at = part.kind === "read" ? this.at.get(part.local.name) : undefined;
    const definition = at === undefined ? undefined : this.definitions[at];
    if (definition) return !this.shifts.has(definition.node) && this.isActive(definition.expression);
    return this.whole.coordinateOf(part) !== undefined || operands(part).some((operand) => this.isActive(operand));
  }

  private agrees(node: Node, coordinate: number): boolean {
    const wanted = this.whole.partialNode(coordinate);
    let met = 0;
    for (const from of comparedAt) {
      const x = this.whole.coordinates.map((_, k) => from + 0.13 * ((k * 7) % 6));
      const expected = evaluateNode(wanted, x);
      if (!Number.isFinite(expected)) continue;
      const found = evaluateNode(node, this.definitions.reduce((all, definition) => [...all, evaluateNode(definition.node, all)], x));
      if (!(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)))) return false;
      met++;
    }
    return met > 0;
  }
}

/** u of e^u, its number with it. */
function exponentOf(algebra: Algebra, node: Node): Node | undefined {
  const [base, times] = node.kind === "power" ? [node.base, node.exponent] : [node, algebra.one];
  if (base.kind === "constant" && base.name === "e" && node.kind === "power") return times;
  return base.kind === "apply" && base.primitive === "exp" && base.args[0] ? algebra.product([times, base.args[0]]) : undefined;
}
