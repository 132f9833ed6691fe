import { call, negate, number, type Written } from "../print/written";
import type { Derivation } from "./differentiate";
import type { Node } from "./node";

export interface NodeWriting {
  /** A derivative as it is shown. */
  derivative(node: Node): Written;
  /** A node as it stands, with nothing done to it. */
  plain(node: Node): Written;
  own(derivation: Derivation): Written;
}

export const additive: ReadonlySet<string> = new Set(["sum", "difference"]);

/** What a rule gives before anything is made shorter: u′v + uv′, cos(u) · u′. Undefined for rules that give just that. */
export function ruleResult(derivation: Derivation, parts: readonly SignedPart[], write: NodeWriting): Written | undefined {
  const { rule, inner, expression } = derivation;
  const [u, v] = inner;
  if (rule === "piecewise" || rule === "sum over an index" || expression.kind !== "call" || inner.length === 0) return undefined;
  if (additive.has(rule)) return sum(parts.map(({ part, negative }) => signed(write.derivative(part.derivative), negative)));
  if (rule === "quotient" && u && v) {
    const [du, dv] = [write.derivative(u.derivative), write.derivative(v.derivative)];
    const above = sum([product([du, write.own(v)]), negate(product([write.own(u), dv]))]);
    return call("divide", [above, call("power", [write.own(v), number("2")])]);
  }
  if (rule === "logarithmic differentiation" && u && v) {
    const [du, dv] = [write.derivative(u.derivative), write.derivative(v.derivative)];
    const logarithm = product([dv, call("log", [write.own(u)])]);
    return product([write.own(derivation), sum([logarithm, call("divide", [product([write.own(v), du]), write.own(u)])])]);
  }
  const terms = inner.map((part, i) => {
    const slope = derivation.slopes[i];
    const factors = slope ? [write.plain(slope), write.derivative(part.derivative)] : [];
    return rule === "product" ? factors.reverse() : factors;
  });
  const [alone, more] = terms;
  return alone && !more ? productAsItComes(alone) : sum(terms.map(product));
}

/** A term of a sum, however deep in brackets. */
export interface SignedPart {
  part: Derivation;
  negative: boolean;
}

const isNumber = (written: Written, text: string): boolean => written.kind === "number" && written.text === text;
const isNegation = (written: Written): written is Extract<Written, { kind: "call" }> => written.kind === "call" && written.primitive === "negate";
const signed = (written: Written, negative: boolean): Written => {
  if (!negative) return written;
  return isNegation(written) ? written.args[0] ?? written : negate(written);
};

function product(factors: readonly Written[]): Written {
  let negative = false;
  const kept: Written[] = [];
  for (const factor of factors) {
    const of = isNegation(factor) ? factor.args[0] : undefined;
    if (of) negative = !negative;
    const bare = of ?? factor;
    if (isNumber(bare, "0")) return bare;
    if (!isNumber(bare, "1")) kept.push(bare);
  }
  const [first, ...rest] = kept;
  const whole = first ? rest.reduce((left, right) => call("multiply", [left, right]), first) : number("1");
  return negative ? negate(whole) : whole;
}

/** 100 · (−4x (y − x²)): a minus stays with the factor it belongs to, as long as it is the only one. */
function productAsItComes(factors: readonly Written[]): Written {
  const kept = factors.filter((factor) => !isNumber(factor, "1"));
  const [first, second] = kept;
  if (!first || !second || kept.filter(isNegation).length !== 1 || isNegation(first) || kept.some((factor) => isNumber(factor, "0"))) return product(factors);
  const of = isNegation(second) ? second.args[0] : undefined;
  return of && isNumber(of, "1") ? product(factors) : call("multiply", [first, second]);
}

function sum(terms: readonly Written[]): Written {
  const kept = terms.filter((term) => !isNumber(term, "0"));
  const [first, ...rest] = kept;
  if (!first) return number("0");
  return rest.reduce((left, right) => {
    const of = isNegation(right) ? right.args[0] : undefined;
    return of ? call("subtract", [left, of]) : call("add", [left, right]);
  }, first);
}
