import type { PrimitiveName } from "../ir/types";
import { call, number, type Written } from "../print/written";
import { isBelow } from "./cost";
import type { Node } from "./node";
import * as q from "./rational";

/** A factor that is written by another function: what stands above the fraction bar for it, and what below. */
export interface Instead {
  readonly above: readonly Written[];
  readonly below: readonly Written[];
}

/** On paper: 1/cos² x as sec² x, sin x/cos² x as sec x tan x. */
export function secantsOnPaper(factors: readonly Node[], write: (node: Node) => Written): Map<Node, Instead> {
  const found = new Map<Node, Instead>();
  for (const factor of factors) {
    const under = circlePower(factor);
    if (!under || under.exponent >= 0) continue;
    const partnerName = under.primitive === "sin" ? "cos" : "sin";
    const partner = factors.find((other) => {
      const above = circlePower(other);
      return above !== undefined && above.primitive === partnerName && above.of === under.of && above.exponent > 0;
    });
    const times = partner ? circlePower(partner)?.exponent ?? 0 : 0;
    const shared = Math.min(times, -under.exponent);
    const argument = write(under.of);
    const ratio = raised(under.primitive === "cos" ? "tan" : "cot", argument, shared);
    found.set(factor, { above: [...raised(secantOf(under.primitive), argument, -under.exponent - shared), ...ratio], below: [] });
    if (partner) found.set(partner, { above: raised(partnerName, argument, times - shared), below: [] });
  }
  return found;
}

/** In plain text: sec² x where 1/cos² x would leave nothing above the bar. */
export function loneSecant(factors: readonly Node[], write: (node: Node) => Written): Map<Node, Instead> {
  const found = new Map<Node, Instead>();
  const [only, another] = factors.filter((factor) => circlePower(factor));
  const under = only && circlePower(only);
  if (under && !another && under.exponent < 0 && factors.every(isBelow)) found.set(only, { above: raised(secantOf(under.primitive), write(under.of), -under.exponent), below: [] });
  return found;
}

/** In code, which has no hyperbolic secant: sech² x as 1 − tanh² x, csch² x as 1/sinh² x. */
export function squaresInCode(factors: readonly Node[], write: (node: Node) => Written, isOwn: (node: Node) => boolean): Map<Node, Instead> {
  const found = new Map<Node, Instead>();
  for (const factor of factors) {
    if (factor.kind !== "power" || factor.base.kind !== "apply" || factor.exponent.kind !== "number" || isOwn(factor.base)) continue;
    const [of] = factor.base.args;
    const times = q.toNumber(factor.exponent.value) / 2;
    if (!of || !Number.isInteger(times) || times < 1) continue;
    if (factor.base.primitive === "sech") {
      const square = oneMinusSquare(call("tanh", [write(of)]));
      found.set(factor, { above: [times === 1 ? square : call("power", [square, number(String(times))])], below: [] });
    }
    if (factor.base.primitive === "csch") found.set(factor, { above: [], below: raised("sinh", write(of), 2 * times) });
  }
  return found;
}

const oneMinusSquare = (of: Written): Written => call("subtract", [number("1"), call("power", [of, number("2")])]);
const secantOf = (primitive: "sin" | "cos"): PrimitiveName => (primitive === "cos" ? "sec" : "csc");

function raised(primitive: PrimitiveName, argument: Written, exponent: number): Written[] {
  if (exponent === 0) return [];
  const base = call(primitive, [argument]);
  return [exponent === 1 ? base : call("power", [base, number(String(exponent))])];
}

function circlePower(node: Node): { primitive: "sin" | "cos"; of: Node; exponent: number } | undefined {
  const [base, exponent] = node.kind === "power" && node.exponent.kind === "number" ? [node.base, q.toNumber(node.exponent.value)] : [node, 1];
  if (base.kind !== "apply" || (base.primitive !== "sin" && base.primitive !== "cos") || !Number.isInteger(exponent)) return undefined;
  const [of] = base.args;
  return of && { primitive: base.primitive, of, exponent };
}
