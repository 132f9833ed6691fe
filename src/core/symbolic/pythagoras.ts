import type { PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";

type Squared = "sin" | "cos" | "tan" | "cot" | "sinh" | "cosh" | "tanh" | "coth";
const squares: ReadonlySet<string> = new Set<Squared>(["sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "coth"]);

/** sin² + cos² = 1, cos² − sin² = cos 2x, 1 − tanh² = sech² and their relations, where they shorten a sum. */
export function pythagoras(algebra: Algebra, terms: readonly Node[]): Node | undefined {
  for (const [i, term] of terms.entries()) {
    const [coefficient, rest] = algebra.split(term);
    const argument = squared(rest);
    if (!argument) continue;
    const { primitive, of } = argument;
    const others = terms.filter((_, j) => j !== i);
    const scaled = (factor: q.Rational, node: Node): Node => algebra.scale(factor, node);
    const square = (name: PrimitiveName, exponent = 2): Node => algebra.power(algebra.apply(name, [of]), algebra.number(exponent));
    const doubled = (name: PrimitiveName): Node => algebra.apply(name, [algebra.product([algebra.number(2), of])]);
    const opposite = q.negate(coefficient);
    /** With its partner, a term becomes `by`. */
    const replace = (partner: Node, by: Node): Node | undefined =>
      (others.includes(partner) ? algebra.sum([...others.filter((other) => other !== partner), by]) : undefined);
    const found = ((): Node | undefined => {
      switch (primitive) {
        case "tan": return replace(algebra.number(coefficient), scaled(coefficient, square("cos", -2)));
        case "tanh": return replace(algebra.number(opposite), scaled(opposite, square("sech")));
        case "coth": return replace(algebra.number(opposite), scaled(coefficient, square("csch")));
        case "cot": return replace(algebra.number(coefficient), scaled(coefficient, square("sin", -2)));
        case "sin": return replace(scaled(coefficient, square("cos")), algebra.number(coefficient))
          ?? replace(algebra.number(opposite), scaled(opposite, square("cos")));
        case "cos": return replace(scaled(opposite, square("sin")), scaled(coefficient, doubled("cos")))
          ?? replace(algebra.number(opposite), scaled(opposite, square("sin")))
          ?? unequal(square("sin"));
        case "cosh": return replace(scaled(opposite, square("sinh")), algebra.number(coefficient))
          ?? replace(scaled(coefficient, square("sinh")), scaled(coefficient, doubled("cosh")))
          ?? replace(algebra.number(opposite), scaled(coefficient, square("sinh")));
        case "sinh": return replace(algebra.number(coefficient), scaled(coefficient, square("cosh")));
      }
    })();
    if (found) return found;

    /** 2 cos² − sin² as 2 − 3 sin². */
    function unequal(sine: Node): Node | undefined {
      const partner = others.find((other) => algebra.split(other)[1] === sine);
      if (!partner) return undefined;
      const left = q.add(algebra.split(partner)[0], opposite);
      return algebra.sum([...others.filter((other) => other !== partner), algebra.number(coefficient), scaled(left, sine)]);
    }
  }
  return undefined;
}

function squared(node: Node): { primitive: Squared; of: Node } | undefined {
  if (node.kind !== "power" || node.base.kind !== "apply" || node.exponent.kind !== "number") return undefined;
  const { primitive, args } = node.base;
  const [of] = args;
  if (!of || node.exponent.value.numerator !== 2n || node.exponent.value.denominator !== 1n) return undefined;
  return isSquared(primitive) ? { primitive, of } : undefined;
}

const isSquared = (primitive: string): primitive is Squared => squares.has(primitive);
