import { accumulate, assign, call, float, int, loop, read, select, type Names } from "../../ir/build";
import type { Expression, PrimitiveName, Statement } from "../../ir/types";
import { typeOf } from "../../ir/visit";
import type { Span } from "../positions";
import { constantNamed, didYouMean, plainFunction, specialArity } from "./functions";
import { binderOf, type Binder, type Definition, type Definitions } from "./mathDocument";
import { refuse } from "./refuse";
import type { BinaryOperator, MathTree } from "./tree";

type Meaning = ReadonlyMap<string, Expression>;
type CallTree = Extract<MathTree, { kind: "call" }>;

const arithmetic: Partial<Record<BinaryOperator, PrimitiveName>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", mod: "floorModulo" };
const comparisons: Partial<Record<BinaryOperator, PrimitiveName>> = {
  "<": "less", "<=": "lessEqual", ">": "greater", ">=": "greaterEqual", "==": "equal", "!=": "notEqual",
};

const maximalDepth = 64;
const one = float(1);

/** Lowers trees of one function to IR; statements that an expression needs before it collect in `body`. */
export class MathLowering {
  readonly body: Statement[] = [];
  private block = this.body;
  private depth = 0;

  constructor(readonly names: Names) {}

  number(tree: MathTree, meaning: Meaning, around: Definitions): Expression {
    const value = this.any(tree, meaning, around);
    return typeOf(value) === "bool" ? call("boolToFloat", [value], tree.span) : value;
  }

  private any(tree: MathTree, meaning: Meaning, around: Definitions): Expression {
    switch (tree.kind) {
      case "number": return float(tree.value, tree.span, tree.text);
      case "name": return this.name(tree.name, tree.span, meaning, around);
      case "call": return this.call(tree, meaning, around);
      case "choice": return this.choice(tree, meaning, around);
      case "unary": return this.unary(tree, meaning, around);
      case "binary": return this.binary(tree, meaning, around);
    }
  }

  private truth(tree: MathTree, meaning: Meaning, around: Definitions): Expression {
    const value = this.any(tree, meaning, around);
    return typeOf(value) === "bool" ? value : call("notEqual", [value, float(0)], tree.span);
  }

  private name(name: string, span: Span, meaning: Meaning, around: Definitions): Expression {
    const known = meaning.get(name);
    if (known) return known.kind === "read" || known.kind === "constant" ? { ...known, span } : known;
    const definition = around.definition(name);
    if (definition && !definition.params) return this.value(definition, meaning, around);
    const constant = constantNamed(name);
    if (constant) return float(constant.value, span, constant.text);
    const close = didYouMean(name, [...meaning.keys()]);
    const hint = close === undefined ? `Make it a parameter, or give it a value on a line of its own: ${name} = 1.` : `Did you mean ${close}?`;
    return refuse("E102", span, `${name} has no value here.`, hint);
  }

  private readonly values = new Map<Definition, Expression>();

  /** `u = x - 1` is lowered once, and keeps its name. */
  private value(definition: Definition, meaning: Meaning, around: Definitions): Expression {
    const known = this.values.get(definition);
    if (known) return known;
    const inner = around.inner(definition.statement);
    const value = this.number(definition.tree, meaning, inner);
    if (value.kind === "constant" || this.block !== this.body) return value;
    const local = this.names.local("f64", definition.name, definition.name);
    this.block.push(assign(local, value, definition.statement.span));
    const result = read(local);
    this.values.set(definition, result);
    return result;
  }

  private unary(tree: Extract<MathTree, { kind: "unary" }>, meaning: Meaning, around: Definitions): Expression {
    if (tree.operator === "not") return call("not", [this.truth(tree.operand, meaning, around)], tree.span);
    const operand = this.number(tree.operand, meaning, around);
    if (tree.operator === "-") return call("negate", [operand], tree.span);
    return this.factorial(operand, tree.span);
  }

  private factorial(operand: Expression, span: Span): Expression {
    if (operand.kind === "constant" && Number.isInteger(operand.value) && operand.value >= 0 && operand.value <= 170) {
      let product = 1;
      for (let n = 2; n <= operand.value; n++) product *= n;
      return float(product, span);
    }
    return call("gamma", [call("add", [operand, one], span)], span);
  }

  private binary(tree: Extract<MathTree, { kind: "binary" }>, meaning: Meaning, around: Definitions): Expression {
    const { operator, span } = tree;
    if (operator === "and" || operator === "or" || operator === "xor") {
      const sides = [this.truth(tree.left, meaning, around), this.truth(tree.right, meaning, around)] as const;
      if (operator !== "xor") return call(operator, sides, span);
      return select(sides[0], call("not", [sides[1]]), sides[1], span);
    }
    const left = this.number(tree.left, meaning, around);
    if (operator === "^") return this.power(left, this.number(tree.right, meaning, around), span);
    const primitive = arithmetic[operator] ?? comparisons[operator];
    if (!primitive) throw new Error(`No primitive for ${operator}`);
    return call(primitive, [left, this.number(tree.right, meaning, around)], span);
  }

  /** e^x is the exponential function, whatever base e stands for in arithmetic. */
  private power(base: Expression, exponent: Expression, span: Span): Expression {
    if (base.kind === "constant" && base.value === Math.E) return call("exp", [exponent], span);
    return call("power", [base, exponent], span);
  }

  private choice(tree: Extract<MathTree, { kind: "choice" }>, meaning: Meaning, around: Definitions): Expression {
    const condition = this.truth(tree.condition, meaning, around);
    return select(condition, this.number(tree.whenTrue, meaning, around), this.number(tree.whenFalse, meaning, around), tree.span);
  }

  private call(tree: CallTree, meaning: Meaning, around: Definitions): Expression {
    const definition = around.statementOf(tree.name)?.params ? around.definition(tree.name) : undefined;
    if (definition?.params) return this.inline(tree, definition, definition.params, meaning, around);
    const plain = plainFunction(tree.name);
    const arity = plain?.arity ?? specialArity(tree.name);
    if (!arity) return refuse("E102", tree.nameSpan, `There is no function called ${tree.name}.`);
    checkCount(tree, arity);
    if (plain) return call(plain.primitive, tree.args.map((arg) => this.number(arg, meaning, around)), tree.span);
    const binder = binderOf(tree);
    if (tree.name === "sum" || tree.name === "prod") {
      return binder ? this.sum(binder, tree.span, meaning, around) : refuse("E100", tree.span, `The index of this ${tree.name} cannot be read.`, `Write ${tree.name}((x - i)^2, i = 1..4).`);
    }
    return this.special(tree, tree.args.map((arg) => this.number(arg, meaning, around)));
  }

  private special(tree: CallTree, args: readonly Expression[]): Expression {
    const { span } = tree;
    const [x, second, third] = args;
    if (!x) return refuse("E100", span, `${tree.name} needs an argument.`);
    switch (tree.name) {
      case "log": return second ? logarithm(x, second, span) : call("log", [x], span);
      case "square": return call("power", [x, float(2)], span);
      case "cube": return call("power", [x, float(3)], span);
      case "root":
      case "nthRoot": return this.root(x, second, span);
      case "relu":
      case "ReLU": return call("max", [float(0), x], span);
      case "factorial": return this.factorial(x, span);
      case "norm": return call("hypot", args, span);
      case "σ": return call("sigmoid", [x], span);
      case "Γ": return call("gamma", [x], span);
      case "clamp":
      case "clip": return call("min", [call("max", [x, second ?? one], span), third ?? one], span);
      default: throw new Error(`No lowering for ${tree.name}`);
    }
  }

  private root(x: Expression, n: Expression | undefined, span: Span): Expression {
    if (!n || (n.kind === "constant" && n.value === 2)) return call("sqrt", [x], span);
    if (n.kind === "constant" && n.value === 3) return call("cbrt", [x], span);
    const power = (base: Expression): Expression => call("power", [base, call("divide", [one, n], span)], span);
    if (n.kind !== "constant" || Math.abs(n.value % 2) !== 1) return power(x);
    // Odd roots of negative numbers are negative.
    const shared = this.shared(x, "t");
    return call("multiply", [call("sign", [shared], span), power(call("abs", [shared], span))], span);
  }

  private inline(tree: CallTree, definition: Definition, params: readonly string[], meaning: Meaning, around: Definitions): Expression {
    checkCount(tree, [params.length, params.length]);
    if (++this.depth > maximalDepth) refuse("E106", tree.span, `${tree.name} is used inside itself without an end.`);
    const bound = new Map(meaning);
    params.forEach((param, i) => {
      const arg = tree.args[i];
      if (arg) bound.set(param, this.shared(this.number(arg, meaning, around), param));
    });
    const value = this.number(definition.tree, bound, around.inner(definition.statement));
    this.depth--;
    return value;
  }

  /** An expression used more than once is computed once. */
  private shared(value: Expression, hint: string): Expression {
    if (value.kind === "constant" || value.kind === "read") return value;
    const local = this.names.local("f64", hint, hint === "t" ? undefined : hint);
    this.block.push(assign(local, value, value.span));
    return read(local);
  }

  private sum(binder: Binder, span: Span, meaning: Meaning, around: Definitions): Expression {
    const [from, to] = [binder.from, binder.to].map((bound) => {
      const value = this.number(bound, meaning, around);
      const limit = wholeNumber(value);
      return limit ?? refuse("E108", bound.span, "The bounds of a sum must be whole numbers that are known here.", "Write them as numbers, or define them on a line of their own: n = 10.");
    });
    if (from === undefined || to === undefined) throw new Error("A sum has two bounds");
    const index = this.names.local("i32", binder.index, binder.index);
    const total = this.names.local("f64", "total");
    const isSum = binder.operator === "sum";
    const outer = this.block;
    this.block = [];
    const inside = new Map(meaning).set(binder.index, call("toFloat", [read(index)]));
    const value = this.number(binder.body, inside, around);
    this.block.push(isSum ? accumulate(total, value, undefined, binder.body.span) : assign(total, call("multiply", [read(total), value], span), span));
    const body = this.block;
    this.block = outer;
    this.block.push(assign(total, float(isSum ? 0 : 1)), loop(index, int(from), int(to + 1), body, { span }));
    return read(total, span);
  }
}

function logarithm(x: Expression, base: Expression, span: Span): Expression {
  if (base.kind === "constant" && base.value === 10) return call("log10", [x], span);
  if (base.kind === "constant" && base.value === 2) return call("log2", [x], span);
  if (base.kind === "constant" && base.value === Math.E) return call("log", [x], span);
  return call("divide", [call("log", [x], span), call("log", [base], base.span)], span);
}

function wholeNumber(value: Expression): number | undefined {
  if (value.kind === "constant") return Number.isInteger(value.value) ? value.value : undefined;
  if (value.kind !== "call") return undefined;
  const args = value.args.map(wholeNumber);
  const [a, b] = args;
  if (a === undefined || args.some((arg) => arg === undefined)) return undefined;
  if (value.primitive === "negate") return -a;
  if (b === undefined) return undefined;
  if (value.primitive === "add") return a + b;
  if (value.primitive === "subtract") return a - b;
  return value.primitive === "multiply" ? a * b : undefined;
}

function checkCount(tree: CallTree, [least, most]: readonly [number, number]): void {
  const count = tree.args.length;
  if (count >= least && count <= most) return;
  const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  refuse("E100", tree.span, `${tree.name} takes ${wanted} ${wanted === "1" ? "argument" : "arguments"}, not ${count}.`);
}
