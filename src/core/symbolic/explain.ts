import { call } from "../ir/build";
import { printText } from "../print/text";
import { name, type Written } from "../print/written";
import type { Expression } from "../ir/types";
import type { Algebra } from "./algebra";
import type { Derivation } from "./differentiate";
import type { DerivationStep, InnerFunction, Printable, Simplification } from "./formula";
import type { Node } from "./node";
import { openSteps } from "./openSteps";
import type { Style } from "./present";
import { additive, type NodeWriting, ruleResult, type SignedPart } from "./ruleResult";
import { quotientNames, simplificationNames } from "./simplificationNames";

export interface StepWriting {
  readonly algebra: Algebra;
  /** The form in which a derivative is shown. */
  tidied(node: Node): Node;
  /** In marks on paper. */
  lengthOf(node: Node): number;
  own(expression: Expression): Written;
  node(expression: Expression): Node;
  present(node: Node, style: Style): Written;
  printable(written: () => Written, typeset?: () => Written, plain?: () => Written): Printable;
  /** Is this name an unknown's? */
  isTaken(name: string): boolean;
}

/** Steps that say nothing: the derivative of a number, and of the unknown itself. */
const trivial: ReadonlySet<string> = new Set(["constant", "identity"]);
/** Rules of structure; what is inside their arguments is not a chain. */
const structural: ReadonlySet<string> = new Set([
  "sum", "difference", "sum over an index", "product", "quotient", "constant multiple", "piecewise", "maximum", "minimum", "logarithmic differentiation", "norm",
]);
/** A sum of more different terms is told in two. */
const mostTerms = 9;
/** So few lines are no burden, even where they say the same. */
const bearable = 4;
/** In marks: what was done to half a page nobody follows. */
const longestSimplified = 400;
const letters = ["u", "v", "w", "s", "t", "p", "q", "r", "z"];

/**
 * The derivation told as steps: a sum of many terms as one step, terms that go alike told once, trivial steps merged into
 * the one that needs them. What was told before is not told again in full.
 */
export function explain(derivation: Derivation, writing: StepWriting): DerivationStep {
  return openSteps(new Teller(writing).step(derivation, 0));
}

class Teller {
  private readonly told = new Set<Derivation>();
  private readonly shapes = new Map<Derivation, { key: number; lines: number }>();
  private readonly keys = new Map<string, number>();
  private readonly letters: readonly string[];

  constructor(private readonly writing: StepWriting) {
    this.letters = letters.filter((letter) => !writing.isTaken(letter));
  }

  step(derivation: Derivation, depth: number): DerivationStep {
    const { writing } = this;
    const parts = this.parts(derivation);
    const inner = this.innerFunction(derivation, depth);
    const below = inner ? depth + 1 : depth;
    const step: DerivationStep = {
      rule: isChain(derivation) ? `${derivation.rule}, chain` : derivation.rule,
      before: this.before(derivation),
      after: this.after(derivation.derivative),
      children: this.told.has(derivation) ? [] : this.children(derivation, parts, below),
      open: false,
      ...(inner ? { inner } : {}),
    };
    this.told.add(derivation);
    // Worked out when it is looked at: few of the steps are.
    let simplification: { known: Simplification | undefined } | undefined;
    return Object.defineProperty(step, "simplification", {
      enumerable: true, get: () => (simplification ??= { known: simplify(derivation, parts, writing) }).known,
    });
  }

  private children(derivation: Derivation, parts: readonly SignedPart[], depth: number): DerivationStep[] {
    const worthTelling = parts.filter(({ part }) => !trivial.has(part.rule) && !(isChain(derivation) && isEvident(part)) && !isShift(part));
    const groups = this.grouped(worthTelling);
    if (additive.has(derivation.rule) && groups.length > mostTerms) {
      const rest = this.sumOf(groups.slice(mostTerms - 1).flat());
      return [...groups.slice(0, mostTerms - 1).map((group) => this.group(group, depth)), this.step(rest, depth)];
    }
    return groups.map((group) => this.group(group, depth));
  }

  private group([first, ...others]: readonly [SignedPart, ...SignedPart[]], depth: number): DerivationStep {
    const step = this.step(first.part, depth);
    if (others.length > 0) step.alike = others.map(({ part }) => ({ before: this.before(part), after: this.after(part.derivative) }));
    return step;
  }

  /** Terms that go by the same rules, where telling each would be long. */
  private grouped(parts: readonly SignedPart[]): [SignedPart, ...SignedPart[]][] {
    const groups = new Map<number, [SignedPart, ...SignedPart[]]>();
    for (const part of parts) {
      const { key } = this.shape(part.part);
      const group = groups.get(key);
      if (group) group.push(part);
      else groups.set(key, [part]);
    }
    const together = new Map<SignedPart, [SignedPart, ...SignedPart[]]>();
    for (const group of groups.values()) {
      if (group.length * this.shape(group[0].part).lines > bearable) together.set(group[0], group);
      else for (const part of group) together.set(part, [part]);
    }
    return parts.flatMap((part) => {
      const group = together.get(part);
      return group ? [group] : [];
    });
  }

  private shape(derivation: Derivation): { key: number; lines: number } {
    const known = this.shapes.get(derivation);
    if (known) return known;
    const inner = this.parts(derivation).map(({ part }) => part).filter((part) => !trivial.has(part.rule));
    const shapes = inner.map((part) => this.shape(part));
    // Shared parts are many, and their spelling out without end: a number for each shape instead.
    const text = `${derivation.rule}(${shapes.map((shape) => shape.key).join(",")})`;
    const key = this.keys.get(text) ?? this.keys.size;
    this.keys.set(text, key);
    const shape = { key, lines: 1 + (isChain(derivation) && inner.every(isEvident) ? 0 : shapes.reduce((sum, { lines }) => sum + lines, 0)) };
    this.shapes.set(derivation, shape);
    return shape;
  }

  /** What a step rests on: the terms of a sum within a sum, the branches of a choice within a choice, what a multiple of a multiple is of. */
  private parts(derivation: Derivation): SignedPart[] {
    const { rule, inner, slopes } = derivation;
    if (additive.has(rule)) {
      return inner.flatMap((part, i) => {
        const negative = slopes[i] === this.writing.algebra.minusOne;
        if (!additive.has(part.rule)) return [{ part, negative }];
        return this.parts(part).map((term) => ({ part: term.part, negative: term.negative !== negative }));
      });
    }
    if (rule === "constant multiple" || rule === "piecewise") {
      return inner.flatMap((part, i) => (part.rule === rule && (rule !== "piecewise" || i > 0) ? this.parts(part) : [{ part, negative: false }]));
    }
    return inner.map((part) => ({ part, negative: false }));
  }

  private sumOf(parts: readonly SignedPart[]): Derivation {
    const { algebra } = this.writing;
    const expression = parts.map(({ part, negative }) => ({ expression: part.expression, negative })).reduce<Expression | undefined>((sum, term) => {
      if (!sum) return term.negative ? call("negate", [term.expression]) : term.expression;
      return call(term.negative ? "subtract" : "add", [sum, term.expression]);
    }, undefined);
    if (!expression) throw new Error("A sum of nothing is told by nobody.");
    return {
      rule: "sum", expression, inner: parts.map(({ part }) => part), slopes: parts.map(({ negative }) => (negative ? algebra.minusOne : algebra.one)),
      derivative: algebra.sum(parts.map(({ part, negative }) => (negative ? algebra.negate(part.derivative) : part.derivative))),
    };
  }

  private innerFunction(derivation: Derivation, depth: number): InnerFunction | undefined {
    const [only] = derivation.inner;
    if (!isChain(derivation) || !only || derivation.inner.length > 1) return undefined;
    const letter = this.letters[depth % this.letters.length] ?? "u";
    return { name: this.writing.printable(() => name(letter)), value: this.before(only), derivative: this.after(only.derivative) };
  }

  private before(derivation: Derivation): Printable {
    return this.writing.printable(() => this.writing.own(derivation.expression));
  }

  private after(node: Node): Printable {
    const { writing } = this;
    const presented = (style: Style): Written => writing.present(writing.tidied(node), style);
    return writing.printable(() => presented("code"), () => presented("paper"), () => presented("plain"));
  }
}

const isChain = (derivation: Derivation): boolean => !structural.has(derivation.rule) && derivation.inner.some((part) => !trivial.has(part.rule));

/** 2x + 1, whose derivative one sees. */
function isEvident(derivation: Derivation): boolean {
  if (trivial.has(derivation.rule)) return true;
  return (derivation.rule === "constant multiple" || additive.has(derivation.rule)) && derivation.inner.every(isEvident);
}

/** x + 1, 3 − x: nobody writes down that these have the slopes 1 and −1. */
const isShift = (derivation: Derivation): boolean => additive.has(derivation.rule) && derivation.inner.every((part) => trivial.has(part.rule));

function simplify(derivation: Derivation, parts: readonly SignedPart[], writing: StepWriting): Simplification | undefined {
  const result = (style: Style): Written | undefined => {
    const write: NodeWriting = {
      derivative: (node) => writing.present(writing.tidied(node), style), plain: (node) => writing.present(node, style), own: (part) => writing.own(part.expression),
    };
    return ruleResult(derivation, parts, write);
  };
  if (writing.lengthOf(derivation.derivative) > longestSimplified) return undefined;
  const plain = result("plain");
  if (!plain) return undefined;
  const tidied = writing.tidied(derivation.derivative);
  if (marks(plain) === marks(writing.present(tidied, "plain"))) return undefined;
  const by = namesOf(derivation, parts, tidied, writing);
  return by.length === 0 ? undefined : { from: writing.printable(() => result("code") ?? plain, () => result("paper") ?? plain, () => plain), by };
}

function namesOf({ rule, inner, slopes, expression }: Derivation, parts: readonly SignedPart[], tidied: Node, writing: StepWriting): string[] {
  const { algebra } = writing;
  if (additive.has(rule)) {
    return simplificationNames(algebra, parts.map(({ part, negative }) => [negative ? algebra.minusOne : algebra.one, writing.tidied(part.derivative)]), tidied);
  }
  const [u, v] = inner;
  if (rule === "quotient" && u && v && expression.kind === "call") {
    const [above, below] = [writing.node(u.expression), writing.node(v.expression)];
    const products = [[writing.tidied(u.derivative), below], [algebra.minusOne, above, writing.tidied(v.derivative)]];
    return quotientNames(algebra, products, below, tidied);
  }
  return simplificationNames(algebra, inner.map((part, i) => [slopes[i] ?? algebra.one, writing.tidied(part.derivative)]), tidied);
}

/** What is written, whatever its order: terms and factors that only changed places are no simplification. */
function marks(written: Written): string {
  return [...printText(written, "math").replace(/[\s*()]/g, "")].sort().join("");
}
