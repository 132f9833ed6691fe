import type { PrimitiveName } from "../ir/types";
import { divided, dividesByDecimal } from "./decimalDivisors";
import { KnownNodes } from "./knownNodes";
import type { ConstantName, Node, NumberNode } from "./node";
import * as q from "./rational";
import type { Rational } from "./rational";

/**
 * Makes nodes, applying what is never worth writing otherwise: 0, 1, numbers among numbers, like terms, equal bases.
 * Nothing is expanded or factored here; that is a matter of taste, and is decided where a result is chosen.
 */
export class Algebra {
  private readonly known = new KnownNodes();
  private readonly splits = new Map<Node, readonly [Rational, Node]>();
  private readonly products = new Map<number, Node>();
  private readonly powers = new Map<number, Node>();
  private readonly fractions = new Map<number, NumberNode>();
  private readonly ways = new Map<Node, number>();
  readonly zero = this.number(q.integer(0));
  readonly one = this.number(q.integer(1));
  readonly minusOne = this.number(q.integer(-1));

  /** How many nodes have been made: the measure of what has been tried. */
  get size(): number {
    return this.known.size;
  }

  number(value: Rational | number): NumberNode {
    const exact = typeof value === "number" ? q.integer(value) : value;
    const key = q.smallKey(exact);
    if (key === undefined) return this.exact(exact);
    const known = this.fractions.get(key);
    if (known) return known;
    const node = this.exact(exact);
    this.fractions.set(key, node);
    return node;
  }

  private exact(exact: Rational): NumberNode {
    // 2.0 and 2 are one number; which spelling wins does not matter for whole ones.
    const decimal = exact.decimal && !q.isInteger(exact);
    const node = this.known.of(`#${exact.numerator}/${exact.denominator}${decimal ? "d" : ""}`, { kind: "number", value: { ...exact, decimal } });
    if (node.kind !== "number") throw new Error("A number's key belongs to numbers");
    return node;
  }

  symbol(index: number, name: string): Node {
    return this.known.of(`$${index}`, { kind: "symbol", index, name });
  }

  constant(name: ConstantName): Node {
    return this.known.of(`@${name}`, { kind: "constant", name });
  }

  sum(terms: readonly Node[]): Node {
    const order: Node[] = [];
    const coefficients = new Map<Node, Rational>();
    // (x + 1) + (x + 1) is 2(x + 1), and (x + 1) − (x + 1) nothing: a sum that occurs twice stays one.
    const repeated = this.repeatedSums(terms);
    for (const term of terms.flatMap((node) => (node.kind === "sum" && !repeated.has(node) ? node.terms : [node]))) {
      const [coefficient, rest] = this.split(term);
      const known = coefficients.get(rest);
      if (known === undefined) order.push(rest);
      coefficients.set(rest, known === undefined ? coefficient : q.add(known, coefficient));
    }
    const collected = order.map((rest) => this.scale(coefficients.get(rest) ?? q.integer(0), rest)).filter((node) => node !== this.zero);
    const merged = this.mergeCases(collected);
    if (merged.length <= 1) return merged[0] ?? this.zero;
    if (merged.some((node) => node.kind === "sum")) return this.sum(merged);
    return this.known.chain("sum", merged);
  }

  /** The sums of which more than one of the terms is a multiple. */
  private repeatedSums(terms: readonly Node[]): ReadonlySet<Node> {
    const [once, again] = [new Set<Node>(), new Set<Node>()];
    for (const term of terms) {
      const sum = term.kind === "product" && term.factors.length === 2 ? this.split(term)[1] : term;
      if (sum.kind === "sum") (once.has(sum) ? again : once).add(sum);
    }
    return again;
  }

  product(factors: readonly Node[]): Node {
    const [a, b] = factors;
    if (factors.length !== 2 || !a || !b) return this.multiply(factors);
    if (a.id >= fewNodes || b.id >= fewNodes) return this.multiply(factors);
    const key = a.id * fewNodes + b.id;
    const known = this.products.get(key);
    if (known) return known;
    const product = this.multiply(factors);
    this.products.set(key, product);
    return product;
  }

  private multiply(factors: readonly Node[]): Node {
    let coefficient = one;
    const order: Node[] = [];
    const exponents = new Map<Node, Node>();
    const all = factors.some((node) => node.kind === "product") ? factors.flatMap((node) => (node.kind === "product" ? node.factors : [node])) : factors;
    for (const factor of all) {
      if (factor.kind === "number") {
        coefficient = q.multiply(coefficient, factor.value);
        continue;
      }
      const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, this.one];
      const known = exponents.get(base);
      if (known === undefined) order.push(base);
      exponents.set(base, known === undefined ? exponent : this.addExponents(known, exponent));
    }
    if (q.isZero(coefficient)) return this.zero;
    const powers: Node[] = [];
    for (const base of order) {
      const exponent = exponents.get(base) ?? this.one;
      const power = exponent === this.one && base.kind !== "power" ? base : this.power(base, exponent);
      for (const part of power.kind === "product" ? power.factors : [power]) {
        if (part.kind === "number") coefficient = q.multiply(coefficient, part.value);
        else powers.push(part);
      }
    }
    for (const [at, part] of powers.entries()) {
      if (!dividesByDecimal(part)) continue;
      const left = divided(coefficient, part.base.value, part.exponent.value);
      if (!left) continue;
      coefficient = left.quotient;
      powers[at] = this.power(part.base, this.number(left.exponent));
    }
    const choices = powers.filter((part) => part.kind === "cases");
    const [choice] = choices;
    if (choice?.kind === "cases" && (choices.length === 1 || choices.reduce((all, part) => all * this.leaves(part), 1) <= mostLeaves)) {
      const others = [this.number(coefficient), ...powers.filter((part) => part !== choice)];
      return this.cases(choice.branches.map(({ condition, value }) => ({ condition, value: this.product([...others, value]) })), this.product([...others, choice.otherwise]));
    }
    return this.assemble(coefficient, powers.filter((part) => part !== this.one));
  }

  /** How many ways a choice can go. */
  private leaves(node: Node): number {
    if (node.kind !== "cases") return 1;
    const known = this.ways.get(node);
    if (known !== undefined) return known;
    const count = node.branches.reduce((sum, { value }) => sum + this.leaves(value), this.leaves(node.otherwise));
    this.ways.set(node, count);
    return count;
  }

  /** n − (n − 1) is 1, which a sum that keeps its brackets would not see. */
  private addExponents(a: Node, b: Node): Node {
    if (a.kind === "number" && b.kind === "number") return this.number(q.add(a.value, b.value));
    const open = (node: Node): Node[] => {
      const [coefficient, rest] = this.split(node);
      return rest.kind === "sum" ? rest.terms.map((term) => this.scale(coefficient, term)) : [node];
    };
    const terms = [...open(a), ...open(b)];
    // x·x^(x²) is x^(x² + 1).
    return this.sum([...terms.filter((term) => term.kind !== "number"), ...terms.filter((term) => term.kind === "number")]);
  }

  private assemble(coefficient: Rational, powers: readonly Node[]): Node {
    if (powers.length === 0) return this.number(coefficient);
    const all = q.isOne(coefficient) ? powers : [this.number(coefficient), ...powers];
    if (all.length === 1 && all[0]) return all[0];
    return this.known.chain("product", all);
  }

  power(base: Node, exponent: Node): Node {
    if (base.id >= fewNodes || exponent.id >= fewNodes) return this.raise(base, exponent);
    const key = base.id * fewNodes + exponent.id;
    const known = this.powers.get(key);
    if (known) return known;
    const power = this.raise(base, exponent);
    this.powers.set(key, power);
    return power;
  }

  private raise(base: Node, exponent: Node): Node {
    if (exponent === this.zero) return this.one;
    if (exponent === this.one || base === this.one) return base;
    const n = exponent.kind === "number" ? exponent.value : undefined;
    // 0^u is 0 wherever it is defined and u is not 0.
    if (base === this.zero && !(n && q.isNegative(n))) return this.zero;
    if (base.kind === "number" && n && q.isInteger(n)) {
      const value = q.raise(base.value, n.numerator);
      // 1/0.7 is not 10/7: who types decimals reads them.
      if (value && (!base.value.decimal || q.terminates(value))) return this.number(value);
    }
    if (base.kind === "power" && this.mayMultiplyExponents(base, n)) return this.power(base.base, this.product([base.exponent, exponent]));
    if (base.kind === "product" && n && q.isInteger(n)) return this.product(base.factors.map((factor) => this.power(factor, exponent)));
    return this.known.of(`^${base.id},${exponent.id}`, { kind: "power", base, exponent });
  }

  /** (u^a)^n is u^(a·n) for whole n, for reciprocals, and where u is positive; √(x⁴) is x², √(x²) is not x. */
  private mayMultiplyExponents(base: Extract<Node, { kind: "power" }>, n: Rational | undefined): boolean {
    if (base.base.kind === "apply" && base.base.primitive === "exp") return true;
    if (n === undefined) return false;
    return q.isInteger(n) || base.exponent === this.minusOne || (base.exponent.kind === "number" && isEven(base.exponent.value) && isEven(q.multiply(base.exponent.value, n)));
  }

  negate(node: Node): Node {
    return this.scale(q.integer(-1), node);
  }

  divide(numerator: Node, denominator: Node): Node {
    return this.product([numerator, this.power(denominator, this.minusOne)]);
  }

  sqrt(node: Node): Node {
    return this.power(node, this.number(q.rational(1n, 2n)));
  }

  /** e^u as a power of e^(u without its number), so that e^x and e^(-x) know each other. */
  exp(argument: Node): Node {
    const [coefficient, rest] = this.split(this.withoutSign(argument));
    if (rest === this.one) return this.power(this.constant("e"), this.number(coefficient));
    return this.power(this.known.of(`exp(${rest.id}`, { kind: "apply", primitive: "exp", args: [rest] }), this.number(coefficient));
  }

  /** −x − y as −(x + y). */
  private withoutSign(node: Node): Node {
    if (node.kind !== "sum" || !node.terms.every((term) => q.isNegative(this.split(term)[0]))) return node;
    return this.known.chain("product", [this.minusOne, this.negateTerms(node.terms)]);
  }

  private negateTerms(terms: readonly Node[]): Node {
    return this.sum(terms.map((term) => this.negate(term)));
  }

  apply(primitive: PrimitiveName, args: readonly Node[]): Node {
    return this.known.of(`${primitive}(${args.map((arg) => arg.id).join(",")}`, { kind: "apply", primitive, args });
  }

  cases(branches: readonly { readonly condition: Node; readonly value: Node }[], otherwise: Node): Node {
    const flat = otherwise.kind === "cases" ? { branches: [...branches, ...otherwise.branches], otherwise: otherwise.otherwise } : { branches, otherwise };
    if (flat.branches.every(({ value }) => value === flat.otherwise)) return flat.otherwise;
    const key = flat.branches.map(({ condition, value }) => `${condition.id}:${value.id}`).join(",");
    return this.known.of(`?${key},${flat.otherwise.id}`, { kind: "cases", ...flat });
  }

  /** Cases on the same conditions add up case by case. */
  private mergeCases(terms: readonly Node[]): readonly Node[] {
    const first = terms.find((term) => term.kind === "cases");
    if (first?.kind !== "cases") return terms;
    const same = terms.filter((term) => term.kind === "cases" && term.branches.length === first.branches.length
      && term.branches.every(({ condition }, i) => condition === first.branches[i]?.condition));
    if (same.length < 2) return terms;
    const at = (i: number): Node => this.sum(same.map((term) => (term.kind === "cases" ? term.branches[i]?.value ?? term.otherwise : term)));
    const merged = this.cases(first.branches.map(({ condition }, i) => ({ condition, value: at(i) })), at(first.branches.length));
    return terms.flatMap((term) => (term === first ? [merged] : same.includes(term) ? [] : [term])).filter((term) => term !== this.zero);
  }

  /** A node as number × rest; the rest of a number is 1. */
  split(node: Node): readonly [Rational, Node] {
    if (node.kind === "number") return [node.value, this.one];
    if (node.kind !== "product" || node.factors[0]?.kind !== "number") return [one, node];
    const known = this.splits.get(node);
    if (known) return known;
    const parts = [node.factors[0].value, this.assemble(one, node.factors.slice(1))] as const;
    this.splits.set(node, parts);
    return parts;
  }

  scale(by: Rational, node: Node): Node {
    const [coefficient, rest] = this.split(node);
    const value = q.multiply(by, coefficient);
    if (rest === this.one || q.isZero(value)) return this.number(value);
    if (rest.kind === "cases") return this.cases(rest.branches.map(({ condition, value: inner }) => ({ condition, value: this.scale(value, inner) })), this.scale(value, rest.otherwise));
    return this.assemble(value, rest.kind === "product" ? rest.factors : [rest]);
  }
}

const one = q.integer(1);

const isEven = (value: Rational): boolean => q.isInteger(value) && value.numerator % 2n === 0n;
/** Choices multiplied by choices, each put into every branch of the others, are more than anybody reads. */
const mostLeaves = 8;
/** Numbers of two nodes make one key as long as it is a small integer, which maps are fastest with. */
const fewNodes = 2 ** 15;
