import type { ArrayVariable, Expression, IrFunction } from "../ir/types";
import { affineNumber, affineOf } from "./affine";
import type { Algebra } from "./algebra";
import { Deltas } from "./deltas";
import type { SumRules } from "./differentiate";
import type { Element } from "./meaning";
import type { Node } from "./node";
import type { SumNodes } from "./sumNodes";

/** How sums and elements at an index are differentiated by one coordinate. */
export function sumRules(algebra: Algebra, nodes: SumNodes, fn: IrFunction, coordinate: number, bodyNode: (body: Expression) => Node): SumRules {
  const { sums } = nodes;
  const deltas = new Deltas(algebra, nodes);
  return {
    bodyOf: (expression) => sums.of(expression)?.body,
    isProduct: (expression) => sums.of(expression)?.operator === "product",
    differentiated: (expression, derivative, isLogarithm) => {
      const sum = sums.of(expression);
      if (!sum) throw new Error("Only a sum is differentiated as one");
      const whole = { kind: "sum" as const, ...sum, body: bodyNode(sum.body) };
      if (sum.operator === "sum") return deltas.sum(whole, derivative);
      return isLogarithm ? deltas.logarithm(whole, derivative) : deltas.product(whole, derivative);
    },
    ofElement: (expression) => {
      if (expression.kind !== "load" || expression.array.role.kind !== "parameter" || !fn.arrays.includes(expression.array)) return undefined;
      const at = expression.indices.map(affineOf);
      const place = placeIn(expression.array, coordinate - expression.array.role.offset);
      const whole = at.flatMap((index) => index ?? []);
      return place && whole.length === at.length ? deltas.of(whole, place) : undefined;
    },
  };
}

/** Of which array of unknowns the coordinate is an element; undefined for one that stands alone. */
export function unknownAt(fn: IrFunction, coordinate: number): Element | undefined {
  for (const array of fn.arrays) {
    const at = array.role.kind === "parameter" ? placeIn(array, coordinate - array.role.offset) : undefined;
    if (at) return { kind: "element", array, at: at.map(affineNumber) };
  }
  return undefined;
}

/** The indices of the element that stands there; undefined outside the array. */
function placeIn({ shape }: ArrayVariable, flatIndex: number): number[] | undefined {
  const size = shape.reduce((product, length) => product * length, 1);
  if (flatIndex < 0 || flatIndex >= size) return undefined;
  const place: number[] = [];
  let rest = flatIndex;
  for (const length of [...shape].reverse()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
}
