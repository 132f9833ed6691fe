import { childrenOf, type Node } from "./node";
import { isNegative } from "./cost";
import * as q from "./rational";

/** The degree of a term as a polynomial; functions of the unknowns count as nothing, and so come after. */
export function degree(node: Node): number {
  const known = degrees.get(node);
  if (known !== undefined) return known;
  const answer = computeDegree(node);
  degrees.set(node, answer);
  return answer;
}

const degrees = new WeakMap<Node, number>();

function computeDegree(node: Node): number {
  switch (node.kind) {
    case "symbol": return 1;
    case "product": return node.factors.reduce((sum, factor) => sum + degree(factor), 0);
    case "power": return node.exponent.kind === "number" ? degree(node.base) * q.toNumber(node.exponent.value) : 0;
    case "sum": return Math.max(...node.terms.map(degree));
    default: return 0;
  }
}

/** New sums: by falling degree, at one degree by letters as in a dictionary (x², x y, y²), functions next, fractions, plain numbers last. */
export function byDegree(terms: readonly Node[]): Node[] {
  const rank = (node: Node): number => (node.kind === "number" ? -2 : hasFunction(node) ? -0.5 : Math.max(-1.9, degree(node)));
  return terms.map((term, place) => ({ term, place, rank: rank(term), letters: hasFunction(term) ? [] : lettersOf(term) }))
    .sort((a, b) => b.rank - a.rank || byLetters(a.letters, b.letters) || a.place - b.place).map(({ term }) => term);
}

/** The exponents of the letters, as far as they are powers of letters. */
function lettersOf(term: Node): { index: number; exponent: number }[] {
  return (term.kind === "product" ? term.factors : [term]).flatMap((factor) => {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, undefined];
    if (base.kind !== "symbol") return [];
    return [{ index: base.index, exponent: exponent === undefined ? 1 : exponent.kind === "number" ? q.toNumber(exponent.value) : 0 }];
  }).sort((a, b) => a.index - b.index);
}

function byLetters(a: readonly { index: number; exponent: number }[], b: readonly { index: number; exponent: number }[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i];
    if (!other) return -1;
    if (one.index !== other.index) return one.index - other.index;
    if (one.exponent !== other.exponent) return other.exponent - one.exponent;
  }
  return b.length - a.length;
}

/** Three or more products of letters and a number, whose order nobody chose. */
export function isPolynomial(terms: readonly Node[]): boolean {
  const isLetter = (node: Node): boolean => node.kind === "symbol" || node.kind === "number" || (node.kind === "power" && node.base.kind === "symbol" && node.exponent.kind === "number");
  return terms.length > 2 && terms.every((term) => isLetter(term) || (term.kind === "product" && term.factors.every(isLetter)));
}

/** x² + y² rather than y² + x², where the terms are powers of single letters and differ in nothing else. */
export function likePowers(terms: readonly Node[]): readonly Node[] {
  const letters = terms.map((term) => {
    const [base, exponent] = term.kind === "power" ? [term.base, term.exponent] : [term, undefined];
    return base.kind === "symbol" ? { term, index: base.index, exponent } : undefined;
  });
  const known = letters.flatMap((letter) => letter ?? []);
  if (known.length < terms.length || known.some(({ exponent }) => exponent !== known[0]?.exponent)) return terms;
  return known.sort((a, b) => a.index - b.index).map(({ term }) => term);
}

/** Does the degree go one way, up or down? */
function areInStep(terms: readonly Node[]): boolean {
  if (terms.some(hasFunction)) return false;
  const degrees = terms.map(degree);
  const steps = degrees.slice(1).map((value, i) => Math.sign(value - (degrees[i] ?? value)));
  return steps.every((step) => step < 0) || steps.every((step) => step > 0);
}

/** a − b rather than −b + a; 1 − x − x² and x³ − 7x² + 14x − 8 rather than what begins with a minus. */
export function positiveFirst(terms: readonly Node[]): readonly Node[] {
  const [opening, closing] = [terms[0], terms.at(-1)];
  if (opening && isNegative(opening) && closing && !isNegative(closing) && areInStep(terms)) return [...terms].reverse();
  const at = terms.findIndex((term) => !isNegative(term));
  const first = terms[at];
  return at > 0 && first ? [first, ...terms.slice(0, at), ...terms.slice(at + 1)] : terms;
}

/** Does a node of this kind occur? Each node is asked once. */
function finder(is: (node: Node) => boolean): (node: Node) => boolean {
  const known = new WeakMap<Node, boolean>();
  const has = (node: Node): boolean => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const answer = is(node) || childrenOf(node).some(has);
    known.set(node, answer);
    return answer;
  };
  return has;
}

export const hasFunction = finder((node) => node.kind === "apply" || node.kind === "cases");
export const hasCases = finder((node) => node.kind === "cases");

const functionOrder = ["sigmoid", "sin", "cos", "sec", "csc", "sinh", "cosh", "sech", "csch", "tan", "cot", "tanh", "coth", "log"];

/** Where letters stand among factors, if not as they first appear. */
export interface LetterPlaces {
  get(letter: number): number | undefined;
}

/** As on paper: 2 x² (1 − x) e^(−x) sin x (…): letters, polynomials, exponentials, functions, sums of functions. */
function factorRank(node: Node, letterPlaces: LetterPlaces | undefined): number {
  const base = node.kind === "power" ? node.base : node;
  const plain = node.kind !== "power" || node.exponent.kind === "number";
  const letter = firstLetter(base) / 1e6;
  if (base.kind === "apply" && base.primitive === "exp") return 4 + (base.args.some(hasFunction) ? 0.5 : 0) + letter;
  if (base.kind === "symbol") return 2 + (plain ? 0 : 1.5) + (letterPlaces?.get(base.index) ?? base.index) / 1e6;
  if (!plain) return 4;
  if (base.kind === "number" || base.kind === "constant") return node.kind === "power" ? 1.5 : 1;
  if (base.kind === "product" && !isNegative(node.kind === "power" ? node.exponent : node) && base.factors.every((factor) => factor.kind === "number" || factor.kind === "constant" || (factor.kind === "power" && factor.base.kind === "constant"))) return 1.5;
  if (base.kind === "sum") return hasFunction(base) ? 7 : 3;
  // Functions of x before functions of y.
  if (base.kind === "apply") return 5 + (base.args.some(hasFunction) ? 0.5 : 0) + letter + Math.max(0, functionOrder.indexOf(base.primitive) + 1) / 1e8 + scaleOf(base.args[0]) / 1e12;
  return 6;
}

/** cos 2x before cos 3x. */
function scaleOf(argument: Node | undefined): number {
  const [first] = argument?.kind === "product" ? argument.factors : [];
  return first?.kind === "number" ? Math.min(1e3, Math.abs(q.toNumber(first.value))) : 1;
}

const letters = new WeakMap<Node, number>();

/** The first unknown that occurs. */
function firstLetter(node: Node): number {
  const known = letters.get(node);
  if (known !== undefined) return known;
  const answer = node.kind === "symbol" ? node.index : Math.min(1e5, ...childrenOf(node).map(firstLetter));
  letters.set(node, answer);
  return answer;
}

/** What the user wrote was made first, in that order. */
const baseId = (factor: Node): number => (factor.kind === "power" ? factor.base.id : factor.id);

export function inWritingOrder(factors: readonly Node[], letterPlaces?: LetterPlaces): Node[] {
  return factors.map((factor, place) => ({ factor, place, rank: factorRank(factor, letterPlaces) })).sort((a, b) => a.rank - b.rank || baseId(a.factor) - baseId(b.factor) || a.place - b.place).map(({ factor }) => factor);
}
