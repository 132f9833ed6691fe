import type { PrimitiveName } from "../ir/types";
import type { Written } from "../print/written";
import { call, name, negate, number, type WrittenCall } from "../print/written";
import { isBelow, isExponential, isHalf, isNegative } from "./cost";
import type { Node } from "./node";
import { byDegree, inWritingOrder, isPolynomial, type LetterPlaces, likePowers, positiveFirst } from "./order";
import * as q from "./rational";
import { areTermsApart } from "./termsApart";
import { type Instead, loneSecant, secantsOnPaper, squaresInCode } from "./secants";

/**
 * On paper 1/cos² x is sec² x and cos x/sin x is cot x; code has no secant; plain text, which code people read, says sec
 * where there would be nothing above the bar.
 */
export type Style = "code" | "paper" | "plain";

export interface Presentation {
  /** Nodes the user wrote keep their order. */
  isOwn(node: Node): boolean;
  /** Sums that have no order to keep are put in order of degree. */
  isFresh(node: Node): boolean;
  style: Style;
  letterPlaces?: LetterPlaces | undefined;
  /** What stays as the user spelt it, though the algebra has another form for it: (σ/r)¹². */
  asSpelt?(node: Node): Written | undefined;
  /** What has been written already, in this very way. */
  known?: Map<Node, Written>;
}

/** A canonical node as it is written: with minus signs, fraction bars and roots. */
export function present(node: Node, how: Presentation): Written {
  return write(node, how.known ? how : { ...how, known: new Map() });
}

/** Parts that occur over and over are written once. */
function write(node: Node, how: Presentation): Written {
  const known = how.known?.get(node);
  if (known) return known;
  const written = how.asSpelt?.(node) ?? compose(node, how);
  how.known?.set(node, written);
  return written;
}

function compose(node: Node, how: Presentation): Written {
  switch (node.kind) {
    case "number": return writeNumber(node.value);
    case "symbol": return name(node.name);
    case "constant": return { kind: "constant", name: node.name };
    case "sum": return writeSum(how.isOwn(node) ? node.terms : positiveFirst(likePowers(how.isFresh(node) || isPolynomial(node.terms) ? byDegree(node.terms) : node.terms)), how);
    case "product":
    case "power": return writeProduct(node, how);
    case "apply": return writeCall(node.primitive, node.args.map((arg) => write(arg, how)));
    case "cases": return {
      kind: "cases",
      branches: node.branches.map(({ condition, value }) => ({ condition: writeCondition(condition, how), value: write(value, how) })),
      otherwise: write(node.otherwise, how),
    };
  }
}

/** −x > 0 as x < 0, where the question is not the user's. */
function writeCondition(condition: Node, how: Presentation): Written {
  const [inside, bound] = condition.kind === "apply" && (condition.primitive === "greater" || condition.primitive === "less") ? condition.args : [];
  if (condition.kind !== "apply" || !inside || bound?.kind !== "number" || !q.isZero(bound.value) || how.isOwn(condition)) return write(condition, how);
  const written = write(inside, how);
  if (written.kind !== "call" || written.primitive !== "negate" || !written.args[0]) return write(condition, how);
  return call(condition.primitive === "greater" ? "less" : "greater", [written.args[0], number("0")]);
}

function writeNumber(value: q.Rational): Written {
  if (q.isNegative(value)) return negate(writeNumber(q.negate(value)));
  const whole = q.isInteger(value) ? q.decimalText(value) : undefined;
  if (whole !== undefined) return number(whole);
  const { above, below } = q.fractionText(value);
  return below === "1" ? number(above) : call("divide", [number(above), number(below)]);
}

const writeCall = (primitive: PrimitiveName, args: readonly Written[]): WrittenCall => call(primitive, args);

function writeSum(terms: readonly Node[], how: Presentation): Written {
  let sum: Written | undefined;
  for (const term of terms) {
    const written = how.style === "plain" && isBelow(term) ? writeProduct(term, how, true) : write(term, how);
    if (!sum) sum = written;
    else if (isNegative(term) && written.kind === "call" && written.primitive === "negate") sum = call("subtract", [sum, written.args[0] ?? written]);
    else sum = call("add", [sum, written]);
  }
  return sum ?? number("0");
}

/** `among`: a term among others. */
function writeProduct(node: Node, how: Presentation, among = false): Written {
  const all = node.kind === "product" ? node.factors : [node];
  const [first] = all;
  const coefficient = first?.kind === "number" ? first.value : q.integer(1);
  const factors = first?.kind === "number" ? all.slice(1) : all;
  const ordered = how.isOwn(node) ? factors : inWritingOrder(factors, how.letterPlaces);
  const size = q.isNegative(coefficient) ? q.negate(coefficient) : coefficient;
  const { above: top, below: bottom } = q.fractionText(size);
  const writing = (part: Node): Written => write(part, how);
  const instead = ((): ReadonlyMap<Node, Instead> => {
    switch (how.style) {
      case "paper": return secantsOnPaper(ordered, writing);
      case "code": return squaresInCode(ordered, writing, (part) => how.isOwn(part));
      // Alone, 1/cos² x is a number that one can see; among others, and with a minus, sec² x is the shorter word.
      case "plain": return top === "1" && (node.kind === "product" || among) ? loneSecant(ordered, writing) : new Map();
    }
  })();
  const [above, below] = split(ordered, how, instead);
  if (top !== "1" || above.length === 0) above.unshift(number(top));
  if (bottom !== "1") below.unshift(number(bottom));
  const numerator = chain(above);
  const whole = below.length === 0 ? numerator : call("divide", [numerator, chain(below)]);
  return q.isNegative(coefficient) ? negate(whole) : whole;
}

function split(factors: readonly Node[], how: Presentation, instead: ReadonlyMap<Node, Instead>): [Written[], Written[]] {
  const [above, below]: [Written[], Written[]] = [[], []];
  for (const factor of factors) {
    const special = instead.get(factor);
    if (special) {
      above.push(...special.above);
      below.push(...special.below);
    } else if (isBelow(factor)) below.push(writePower(factor, true, how));
    else above.push(writePower(factor, false, how));
  }
  return [above, below];
}

function writePower(factor: Node, below: boolean, how: Presentation): Written {
  if (factor.kind !== "power") return write(factor, how);
  const { base, exponent } = factor;
  if (isExponential(base)) return writeExponential(base, exponent, how);
  const value = exponent.kind === "number" ? (below ? q.negate(exponent.value) : exponent.value) : undefined;
  const written = write(base, how);
  if (value && q.isOne(value)) return written;
  if (value && isHalf(value)) return call("sqrt", [written]);
  return call("power", [written, value ? writeNumber(value) : write(exponent, how)]);
}

/** (e^r)^c as e^(c·r), the number where the user had it. */
function writeExponential(base: Node, exponent: Node, how: Presentation): Written {
  if (base.kind === "constant") return call("exp", [write(exponent, how)]);
  const argument = base.kind === "apply" ? base.args[0] : undefined;
  if (!argument) throw new Error("exp lacks its argument");
  const inner = write(argument, how);
  if (exponent.kind === "number" && q.isOne(q.negate(exponent.value)) && argument.kind === "sum" && areTermsApart(argument)) {
    return call("exp", [argument.terms.map((term) => write(term, how)).reduce((sum, term, i) => (i === 0 ? negate(term) : call("subtract", [sum, term])), number("0"))]);
  }
  if (exponent.kind !== "number") return call("exp", [call("multiply", [write(exponent, how), inner])]);
  const negative = q.isNegative(exponent.value);
  const size = negative ? q.negate(exponent.value) : exponent.value;
  const { above: top, below: bottom } = q.fractionText(size);
  // 2·(x/y) is written 2x/y, and half of it x/(2y).
  const fraction = inner.kind === "call" && inner.primitive === "divide" ? inner : undefined;
  const under = fraction?.args[0] ?? inner;
  const below = [...(bottom === "1" ? [] : [number(bottom)]), ...(fraction?.args[1] ? [fraction.args[1]] : [])];
  const scaled = top === "1" ? under : call("multiply", [number(top), under]);
  const divided = below.length > 0 ? call("divide", [scaled, chain(below)]) : scaled;
  return call("exp", [negative ? negate(divided) : divided]);
}

function chain(factors: readonly Written[]): Written {
  return factors.reduce((product, factor) => call("multiply", [product, factor]));
}
