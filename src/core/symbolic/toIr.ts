import { call, float, select } from "../ir/build";
import type { Expression } from "../ir/types";
import type { Node } from "./node";
import * as q from "./rational";

/** Nodes as IR expressions, so that a derivative can be differentiated again by the same rules. */
export class NodeToIr {
  private readonly known = new Map<Node, Expression>();

  /** `made` is told which node each expression stands for, so that it need not be read back. */
  constructor(private readonly symbol: (index: number, of: (node: Node) => Expression) => Expression, private readonly made: (expression: Expression, node: Node) => void = () => {}) {}

  of(node: Node): Expression {
    const known = this.known.get(node);
    if (known) return known;
    const expression = this.convert(node);
    this.known.set(node, expression);
    this.made(expression, node);
    return expression;
  }

  private convert(node: Node): Expression {
    switch (node.kind) {
      case "number": return numberToIr(node.value);
      case "symbol": return this.symbol(node.index, (inside) => this.of(inside));
      case "constant": return float(node.name === "pi" ? Math.PI : Math.E);
      case "sum": return this.halves(node.terms);
      case "product": return node.factors.map((factor) => this.of(factor)).reduce((left, right) => call("multiply", [left, right]));
      case "power": return this.power(node.base, node.exponent);
      case "apply": return call(node.primitive, node.args.map((arg) => this.of(arg)));
      case "cases": return node.branches.reduceRight((rest, { condition, value }) => select(this.of(condition), this.of(value), rest), this.of(node.otherwise));
    }
  }

  /** Long sums in halves of halves: a chain would be differentiated again with each term that is added to it. */
  private halves(terms: readonly Node[]): Expression {
    const middle = Math.ceil(terms.length / 2);
    const [only] = terms;
    if (only && terms.length === 1) return this.of(only);
    return call("add", [this.halves(terms.slice(0, middle)), this.halves(terms.slice(middle))]);
  }

  private power(base: Node, exponent: Node): Expression {
    if (base.kind === "apply" && base.primitive === "exp" && base.args[0]) return call("exp", [call("multiply", [this.of(exponent), this.of(base.args[0])])]);
    if (base.kind === "constant" && base.name === "e") return call("exp", [this.of(exponent)]);
    return call("power", [this.of(base), this.of(exponent)]);
  }
}

function numberToIr(value: q.Rational): Expression {
  const decimal = q.isInteger(value) || value.decimal ? q.decimalText(value) : undefined;
  if (decimal !== undefined) return q.isNegative(value) ? call("negate", [float(-Number(decimal), undefined, decimal.slice(1))]) : float(Number(decimal), undefined, decimal);
  return call("divide", [numberToIr(q.rational(value.numerator)), numberToIr(q.rational(value.denominator))]);
}
