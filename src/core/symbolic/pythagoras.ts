import type { PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";

type Squared = "sin" | "cos" | "tan" | "cot" | "sinh" | "cosh" | "tanh" | "coth";
const squares: ReadonlySet<string> = new Set<Squared>(["sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "coth"]);

/** sin² + cos² = 1, cos² − sin² = cos 2x, 1 − tanh² = sech² and their relations, also behind other factors, where they shorten a sum. */
export function pythagoras(algebra: Algebra, terms: readonly Node[]): Node | undefined {
  for (const [i, term] of terms.entries()) {
    const [coefficient, rest] = algebra.split(term);
    const factors = rest.kind === "product" ? rest.factors : [rest];
    for (const factor of factors) {
      const square = squared(factor);
      const others = factors.filter((other) => other !== factor);
      // Of sin² x cos² x one sees more where sin x has been put before the brackets.
      if (!square || others.some((other) => isOf(other, square.of))) continue;
      const beside = algebra.product(others);
      const found = withPartner(algebra, terms.filter((_, j) => j !== i), { ...square, coefficient, beside });
      // One pair may leave another.
      if (found) return (found.kind === "sum" ? pythagoras(algebra, found.terms) : undefined) ?? found;
    }
  }
  return undefined;
}

/** coefficient · beside · primitive²(of) */
interface Square {
  readonly primitive: Squared;
  readonly of: Node;
  readonly coefficient: q.Rational;
  readonly beside: Node;
}

function withPartner(algebra: Algebra, others: readonly Node[], { primitive, of, coefficient, beside }: Square): Node | undefined {
  const opposite = q.negate(coefficient);
  const scaled = (by: q.Rational, node: Node): Node => algebra.scale(by, algebra.product([beside, node]));
  const alone = (by: q.Rational): Node => algebra.scale(by, beside);
  const square = (name: PrimitiveName, exponent = 2): Node => algebra.power(algebra.apply(name, [of]), algebra.number(exponent));
  const doubled = (name: PrimitiveName): Node => algebra.apply(name, [algebra.product([algebra.number(2), of])]);
  /** With its partner, a term becomes `by`. */
  const replace = (partner: Node, by: Node): Node | undefined =>
    (others.includes(partner) ? algebra.sum([...others.filter((other) => other !== partner), by]) : undefined);
  /** 2 cos² − sin² as 2 − 3 sin². */
  const unequal = (): Node | undefined => {
    const sine = algebra.product([beside, square("sin")]);
    const partner = others.find((other) => algebra.split(other)[1] === sine);
    if (!partner) return undefined;
    const left = q.add(algebra.split(partner)[0], opposite);
    return algebra.sum([...others.filter((other) => other !== partner), alone(coefficient), algebra.scale(left, sine)]);
  };
  switch (primitive) {
    case "tan": return replace(alone(coefficient), scaled(coefficient, square("cos", -2)));
    case "tanh": return replace(alone(opposite), scaled(opposite, square("sech")));
    case "coth": return replace(alone(opposite), scaled(coefficient, square("csch")));
    case "cot": return replace(alone(coefficient), scaled(coefficient, square("sin", -2)));
    case "sin": return replace(scaled(coefficient, square("cos")), alone(coefficient))
      ?? replace(alone(opposite), scaled(opposite, square("cos")));
    case "cos": return replace(scaled(opposite, square("sin")), scaled(coefficient, doubled("cos")))
      ?? replace(alone(opposite), scaled(opposite, square("sin")))
      ?? unequal();
    case "cosh": return replace(scaled(opposite, square("sinh")), alone(coefficient))
      ?? replace(scaled(coefficient, square("sinh")), scaled(coefficient, doubled("cosh")))
      ?? replace(alone(opposite), scaled(coefficient, square("sinh")));
    case "sinh": return replace(alone(coefficient), scaled(coefficient, square("cosh")));
  }
}

function isOf(factor: Node, argument: Node): boolean {
  const base = factor.kind === "power" ? factor.base : factor;
  return base.kind === "apply" && base.args.includes(argument);
}

function squared(node: Node): { primitive: Squared; of: Node } | undefined {
  if (node.kind !== "power" || node.base.kind !== "apply" || node.exponent.kind !== "number") return undefined;
  const { primitive, args } = node.base;
  const [of] = args;
  if (!of || node.exponent.value.numerator !== 2n || node.exponent.value.denominator !== 1n) return undefined;
  return isSquared(primitive) ? { primitive, of } : undefined;
}

const isSquared = (primitive: string): primitive is Squared => squares.has(primitive);
