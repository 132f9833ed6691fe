import type { PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import type { Node } from "./node";

type Undone = (algebra: Algebra, inner: Node) => Node;

const same: Undone = (_, inner) => inner;
const square = (algebra: Algebra, inner: Node): Node => algebra.power(inner, algebra.number(2));
/** √(1 − u²): the other leg of a right triangle. */
const leg: Undone = (algebra, inner) => algebra.sqrt(algebra.sum([algebra.one, algebra.negate(square(algebra, inner))]));
/** √(1 + u²). */
const hypotenuse: Undone = (algebra, inner) => algebra.sqrt(algebra.sum([algebra.one, square(algebra, inner)]));

/** A function of the inverse of one, wherever that has a value. */
const undone: Partial<Record<PrimitiveName, Partial<Record<PrimitiveName, Undone>>>> = {
  exp: { log: same },
  sin: { asin: same, acos: leg },
  cos: { acos: same, asin: leg, atan: (algebra, inner) => algebra.power(hypotenuse(algebra, inner), algebra.minusOne) },
  tan: { atan: same },
  sec: { atan: hypotenuse },
  sinh: { asinh: same },
  cosh: { acosh: same, asinh: hypotenuse },
  tanh: { atanh: same },
};

/** e^(2 ln x) as x², and cos(arcsin x) as √(1 − x²): functions that undo each other, among the factors of a product. */
export function undoFunctions(algebra: Algebra, node: Node): Node {
  const factors = node.kind === "product" ? node.factors : [node];
  const plain = factors.map((factor) => {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    const inside = base.kind === "apply" ? base.args[0] : undefined;
    if (base.kind !== "apply" || inside?.kind !== "apply" || !inside.args[0]) return factor;
    const rule = undone[base.primitive]?.[inside.primitive];
    return rule ? algebra.power(rule(algebra, inside.args[0]), exponent) : factor;
  });
  return plain.some((factor, i) => factor !== factors[i]) ? algebra.product(plain) : node;
}
