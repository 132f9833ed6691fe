import type { Call, Expression } from "../ir/types";
import { operands } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";
import type { Algebra } from "./algebra";
import type { Canonical } from "./canonical";
import type { Node } from "./node";
import type { Slopes } from "./slopes";

/** One application of a rule: what was differentiated, by which rule, from which inner derivatives, to what. */
export interface Derivation {
  readonly rule: string;
  readonly expression: Expression;
  readonly derivative: Node;
  /** Those of the arguments that depend on the unknown. */
  readonly inner: readonly Derivation[];
  /** What each of them was multiplied by: the derivative is the sum of these products. */
  readonly slopes: readonly Node[];
}

const isAdditive = ({ primitive }: Call): boolean => primitive === "add" || primitive === "subtract";

/** The terms of a long sum come one by one; their derivatives are added up once, when somebody asks. */
class SumDerivation implements Derivation {
  private known: Node | undefined;

  constructor(
    private readonly algebra: Algebra, readonly rule: string, readonly expression: Expression, readonly inner: readonly Derivation[], readonly slopes: readonly Node[],
  ) {}

  get derivative(): Node {
    return (this.known ??= this.algebra.sum(this.terms()));
  }

  private terms(): Node[] {
    const { algebra, slopes } = this;
    return this.inner.flatMap((part, i) => {
      const slope = slopes[i] ?? algebra.zero;
      return part instanceof SumDerivation && slope === algebra.one ? part.terms() : [algebra.product([slope, part.derivative])];
    });
  }
}

/** What a differentiator must know of sums over an index; none of them is in the IR. */
export interface SumRules {
  /** The inside of the sum that the expression stands for. */
  bodyOf(expression: Expression): Expression | undefined;
  /** Is it a product over an index? */
  isProduct(expression: Expression): boolean;
  /** The derivative of the sum, or of the logarithm of the product, from that of its inside. */
  differentiated(expression: Expression, derivative: Node, isLogarithm: boolean): Node;
  /** The derivative of an element of which an index tells the coordinate; undefined where the expression is none. */
  ofElement(expression: Expression): Node | undefined;
}

/**
 * Differentiates an expression by one unknown with the partial derivatives of the rule table: the same entries that
 * forward and reverse mode read. The derivation is the computation itself, so the two cannot disagree.
 */
export class Differentiator {
  private readonly known = new Map<Expression, Derivation>();
  private readonly dependence = new Map<Expression, boolean>();

  constructor(
    private readonly algebra: Algebra, private readonly canonical: Canonical, private readonly slopes: Slopes,
    private readonly isUnknown: (expression: Expression) => boolean, private readonly isActive: (expression: Expression) => boolean,
    private readonly sums?: SumRules,
  ) {}

  derive(expression: Expression): Derivation {
    const known = this.known.get(expression);
    if (known) return known;
    const derivation = this.rule(expression);
    this.known.set(expression, derivation);
    return derivation;
  }

  private rule(expression: Expression): Derivation {
    const { algebra } = this;
    const done = (rule: string, derivative: Node, inner: readonly Derivation[] = [], slopes: readonly Node[] = []): Derivation =>
      ({ rule, expression, derivative, inner, slopes });
    if (this.isUnknown(expression)) return done("identity", algebra.one);
    if (!this.depends(expression)) return done("constant", algebra.zero);
    if (expression.kind === "select") {
      const [then, otherwise] = [this.derive(expression.whenTrue), this.derive(expression.whenFalse)];
      const condition = this.canonical.of(expression.condition);
      return done("piecewise", algebra.cases([{ condition, value: then.derivative }], otherwise.derivative), [then, otherwise]);
    }
    const body = this.sums?.bodyOf(expression);
    if (this.sums && body) {
      const inside = this.derive(body);
      return done(this.sums.isProduct(expression) ? "product over an index" : "sum over an index", this.sums.differentiated(expression, inside.derivative, false), [inside]);
    }
    if (expression.kind !== "call") return done("identity", this.sums?.ofElement(expression) ?? algebra.zero);
    const [first, second] = expression.args;
    // Conversions that change no number are no step.
    if (first && (expression.primitive === "toFloat" || expression.primitive === "fround")) return this.derive(first);
    const factors = first && this.sums?.isProduct(first) ? this.sums.bodyOf(first) : undefined;
    if (this.sums && factors && expression.primitive === "log") {
      // The sum of the logarithms.
      const inside = this.derive(factors);
      return done("logarithm of a product", this.sums.differentiated(first ?? factors, inside.derivative, true), [inside]);
    }
    const inner: Derivation[] = [];
    const slopes: Node[] = [];
    expression.args.forEach((arg, index) => {
      const slope = this.depends(arg) ? this.slopes.of(expression, index) : undefined;
      if (!slope) return;
      inner.push(this.derive(arg));
      slopes.push(slope);
    });
    const rule = ruleOf(expression.primitive);
    if (isAdditive(expression)) return new SumDerivation(algebra, rule.ruleName, expression, inner, slopes);
    const derivative = algebra.sum(inner.map((part, i) => algebra.product([slopes[i] ?? algebra.zero, part.derivative])));
    const [only] = inner;
    // u · u, as programs write a square.
    if (expression.primitive === "multiply" && only && first && first === second) {
      return done("power", derivative, [only], [algebra.product([algebra.number(2), this.canonical.of(first)])]);
    }
    return done(nameOf(expression, rule.ruleName, expression.args.map((arg) => this.depends(arg))), derivative, inner, slopes);
  }

  private depends(expression: Expression): boolean {
    const known = this.dependence.get(expression);
    if (known !== undefined) return known;
    const body = this.sums?.bodyOf(expression);
    const isMinMax = expression.kind === "call" && (expression.primitive === "max" || expression.primitive === "min");
    const answer = !(isMinMax && !this.isActive(expression)) && (this.isUnknown(expression) || (this.sums?.ofElement(expression) ?? this.algebra.zero) !== this.algebra.zero
      || (body !== undefined && this.depends(body)) || operands(expression).some((operand) => this.depends(operand)));
    this.dependence.set(expression, answer);
    return answer;
  }
}

/** A product with one varying factor is a constant multiple, and so on: the name a teacher would say. */
function nameOf({ primitive, args }: Call, ruleName: string, varying: readonly boolean[]): string {
  const [first = false, second = false] = varying;
  switch (primitive) {
    case "multiply": return first && second ? "product" : "constant multiple";
    case "divide": return first && second ? "quotient" : first ? "constant multiple" : "reciprocal";
    case "power": {
      if (second) return first ? "logarithmic differentiation" : "exponential";
      return args[1]?.kind === "constant" && args[1].value === 0.5 ? "square root" : "power";
    }
    default: return ruleName;
  }
}
