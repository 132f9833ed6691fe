import type { ArrayVariable, Call, Expression, Local, PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import type { Node } from "./node";
import { factorial } from "./neutral";
import * as q from "./rational";
import { noteTermsApart } from "./termsApart";

/** Where an expression finds its unknowns. */
export interface Unknowns {
  ofLocal(local: Local): Node;
  ofElement(array: ArrayVariable, expression: Expression): Node;
}

/** IR expressions as canonical nodes; an expression shared in the IR is converted once. */
export class Canonical {
  private readonly known = new Map<Expression, Node>();

  constructor(private readonly algebra: Algebra, private readonly unknowns: Unknowns) {}

  of(expression: Expression): Node {
    const known = this.known.get(expression);
    if (known) return known;
    const node = this.convert(expression);
    this.known.set(expression, node);
    return node;
  }

  /** What an expression stands for that was made out of a node. */
  learn(expression: Expression, node: Node): void {
    this.known.set(expression, node);
  }

  /** Every node made so far. */
  all(): Iterable<Node> {
    return this.known.values();
  }

  /** What has been read so far, with the node that it is. */
  entries(): Iterable<[Expression, Node]> {
    return this.known.entries();
  }

  private convert(expression: Expression): Node {
    switch (expression.kind) {
      case "constant": return this.constant(expression.value, expression.text);
      case "read": return this.unknowns.ofLocal(expression.local);
      case "load": return this.unknowns.ofElement(expression.array, expression);
      case "select": {
        const condition = this.of(expression.condition);
        return this.algebra.cases([{ condition, value: this.of(expression.whenTrue) }], this.of(expression.whenFalse));
      }
      case "call": return this.chain(expression) ?? this.call(expression.primitive, expression.args.map((arg) => this.of(arg)));
    }
  }

  /** a + b − c + … added up at once: term by term, each sum would be written down again with one term more. */
  private chain(whole: Call): Node | undefined {
    const { algebra } = this;
    const links: Call[] = [];
    let first: Expression | undefined = whole;
    while (first?.kind === "call" && signs.has(first.primitive) && !this.known.has(first)) {
      links.push(first);
      first = first.args[0];
    }
    if (!first || links.length < 2) return undefined;
    let terms = [this.of(first)];
    for (const { primitive, args: [, last] } of links.reverse()) {
      const term = last ? this.of(last) : algebra.zero;
      // Brackets that occur twice stay: (x + 1) + (x + 1).
      if (algebra.split(term)[1].kind === "sum") terms = [algebra.sum(terms)];
      terms.push(signs.get(primitive) === "-" ? algebra.negate(term) : term);
    }
    return algebra.sum(terms);
  }

  private constant(value: number, text: string | undefined): Node {
    const { algebra } = this;
    const named = constants.find((candidate) => candidate.value === value);
    if (named) return named.node(algebra);
    const exact = q.fromNumber(value, text);
    if (exact) return algebra.number(exact);
    throw new NoClosedForm(Number.isFinite(value) ? "it holds a number with too many digits" : `it holds ${value}`);
  }

  private call(primitive: PrimitiveName, args: readonly Node[]): Node {
    const { algebra } = this;
    const [a, b] = args;
    if (!a) throw new Error(`${primitive} lacks its argument`);
    if (b) {
      switch (primitive) {
        case "addInt":
        case "add": return algebra.sum([a, b]);
        case "subtractInt":
        case "subtract": return algebra.sum([a, algebra.negate(b)]);
        case "multiplyInt":
        case "multiply": return algebra.product([a, b]);
        case "divide": return algebra.divide(a, b);
        // However it was spelt, Math.E ** x or e^x: one function.
        case "power": return a.kind === "constant" && a.name === "e" ? algebra.exp(b) : algebra.power(a, b);
        case "hypot": return algebra.sqrt(algebra.sum(args.map((arg) => algebra.power(arg, algebra.number(2)))));
        default: return algebra.apply(primitive, args);
      }
    }
    return applyUnary(algebra, primitive, a);
  }
}

const signs: ReadonlyMap<PrimitiveName, "+" | "-"> = new Map([["add", "+"], ["addInt", "+"], ["subtract", "-"], ["subtractInt", "-"]]);

/** There is no formula, for the reason given: the end of a sentence that begins "There is no closed form: ". */
export class NoClosedForm extends Error {}

// Irrational numbers that the rule table and `Math` know by value.
const constants: readonly { value: number; node: (algebra: Algebra) => Node }[] = [
  { value: Math.PI, node: (a) => a.constant("pi") },
  { value: 2 * Math.PI, node: (a) => a.product([a.number(2), a.constant("pi")]) },
  { value: Math.PI / 2, node: (a) => a.divide(a.constant("pi"), a.number(2)) },
  { value: Math.E, node: (a) => a.constant("e") },
  { value: Math.LN2, node: (a) => a.apply("log", [a.number(2)]) },
  { value: Math.LN10, node: (a) => a.apply("log", [a.number(10)]) },
  { value: Math.SQRT2, node: (a) => a.sqrt(a.number(2)) },
  { value: Math.SQRT1_2, node: (a) => a.power(a.sqrt(a.number(2)), a.minusOne) },
  { value: 2 / Math.sqrt(Math.PI), node: (a) => a.divide(a.number(2), a.sqrt(a.constant("pi"))) },
];

const odd: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "cbrt", "sign", "erf"]);
const even: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["cos", "cosh", "abs", "sec", "sech"]);

function applyUnary(algebra: Algebra, primitive: PrimitiveName, x: Node): Node {
  switch (primitive) {
    case "negate": return algebra.negate(x);
    case "sqrt": return algebra.sqrt(x);
    case "exp": {
      const exponential = algebra.exp(x);
      const [argument] = x.kind === "sum" && exponential.kind === "power" && exponential.base.kind === "apply" ? exponential.base.args : [];
      if (argument?.kind === "sum" && argument !== x) noteTermsApart(argument);
      return exponential;
    }
    case "toFloat":
    case "fround": return x;
    case "log": return logarithm(algebra, x);
    case "gamma": {
      const product = x.kind === "number" ? factorial(q.toNumber(x.value) - 1) : undefined;
      return product === undefined ? algebra.apply(primitive, [x]) : algebra.number(product);
    }
    default:
  }
  const [coefficient, rest] = algebra.split(x);
  if (x === algebra.zero && odd.has(primitive)) return algebra.zero;
  if (x === algebra.zero && (primitive === "cos" || primitive === "cosh")) return algebra.one;
  if (q.isNegative(coefficient) && rest !== algebra.one) {
    const positive = algebra.scale(q.negate(coefficient), rest);
    if (odd.has(primitive)) return algebra.negate(algebra.apply(primitive, [positive]));
    if (even.has(primitive)) return algebra.apply(primitive, [positive]);
  }
  return algebra.apply(primitive, [x]);
}

function logarithm(algebra: Algebra, x: Node): Node {
  if (x === algebra.one) return algebra.zero;
  if (x.kind === "constant" && x.name === "e") return algebra.one;
  if (x.kind === "power" && x.exponent === algebra.minusOne) return algebra.negate(logarithm(algebra, x.base));
  if (x.kind === "power" && x.base.kind === "apply" && x.base.primitive === "exp") return algebra.product([x.exponent, x.base.args[0] ?? algebra.one]);
  if (x.kind === "apply" && x.primitive === "exp") return x.args[0] ?? algebra.one;
  return algebra.apply("log", [x]);
}
