import { accumulate, assign, call, float, int, load, loop, read, select, store, type Names } from "../../ir/build";
import { Ranges } from "../../ir/ranges";
import type { ArrayVariable, Expression, Local, PrimitiveName, Statement } from "../../ir/types";
import { typeOf } from "../../ir/visit";
import type { Span } from "../positions";
import { binderOf, indexesFromOne, standsAlone, type Binder } from "./binder";
import { constantNamed, didYouMean, listFunctions, plainFunction, specialArity } from "./functions";
import { applied, each, isEven, listFunction, product, squaredNorm, transpose, type List, type Value, type Workshop, writtenOut, zip } from "./lists";
import type { Definition, Definitions } from "./mathDocument";
import { refuse } from "./refuse";
import { factorial } from "./combinations";
import { constantArray } from "./constantArray";
import { specialFunction } from "./specialFunction";
import { shifted, wholeNumber, wholeOf } from "./wholeNumbers";
import type { BinaryOperator, MathTree } from "./tree";

export type Meaning = ReadonlyMap<string, Value>;
type CallTree = Extract<MathTree, { kind: "call" }>;

const arithmetic: Partial<Record<BinaryOperator, PrimitiveName>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", mod: "floorModulo", ".*": "multiply", "./": "divide" };
const comparisons: Partial<Record<BinaryOperator, PrimitiveName>> = {
  "<": "less", "<=": "lessEqual", ">": "greater", ">=": "greaterEqual", "==": "equal", "!=": "notEqual",
};

const maximalDepth = 64;

/** Lowers trees of one function to IR; statements that an expression needs before it collect in `body`. */
export class MathLowering implements Workshop {
  readonly body: Statement[] = [];
  readonly arrays: ArrayVariable[] = [];
  private block = this.body;
  private depth = 0;
  private parts = 0;
  /** How often what is lowered now is run. */
  private turns = 1;
  private readonly ranges = new Ranges();

  constructor(readonly names: Names) {}

  number(tree: MathTree, meaning: Meaning, around: Definitions): Expression {
    const value = this.any(tree, meaning, around);
    if (value.kind === "list") {
      return refuse("E105", tree.span, "A vector or matrix is not a number, and has no gradient.", "Write an expression with one number as its value, such as a sum of squares.");
    }
    return asNumber(value, tree.span);
  }

  private any(tree: MathTree, meaning: Meaning, around: Definitions): Value {
    // Helpers that call helpers twice each double at every step.
    if (++this.parts > mostParts) refuse("E108", tree.span, "Written out, this formula is too long.", "Write it as a program with a loop.");
    switch (tree.kind) {
      case "number": return float(tree.value, tree.span, tree.text);
      case "name": return this.name(tree.name, tree.span, meaning, around);
      case "call": return this.call(tree, meaning, around);
      case "choice": return this.choice(tree, meaning, around);
      case "unary": return this.unary(tree, meaning, around);
      case "binary": return this.binary(tree, meaning, around);
      case "list": return writtenOut(tree.items.map((item) => this.numeric(item, meaning, around)), this);
      case "element": return this.element(tree, meaning, around);
    }
  }

  /** A number or a list, but no truth. */
  private numeric(tree: MathTree, meaning: Meaning, around: Definitions): Value {
    const value = this.any(tree, meaning, around);
    return value.kind === "list" ? value : asNumber(value, tree.span);
  }

  private element(tree: Extract<MathTree, { kind: "element" }>, meaning: Meaning, around: Definitions): Value {
    const base = tree.fromZero ? 0 : 1;
    return tree.indices.reduce((value: Value, index) => {
      const name = tree.of.kind === "name" ? tree.of.name : "This";
      if (value.kind !== "list") return refuse("E105", tree.of.span, `${name} is a number, and has no elements.`, "Give it as a vector: x = [1, 2, 3].");
      const at = wholeOf(this.number(index, meaning, around));
      const range = at && this.ranges.of(at);
      if (!at || !range) return refuse("E108", index.span, "Which element this is depends on the unknowns.", "Index by a number or by what a sum counts with.");
      const first = this.firstIndex(tree, meaning) ?? base;
      if (range.low < first || range.high - first >= value.length) {
        const missing = range.low < first ? range.low : range.high;
        return refuse("E102", tree.span, `${name} has the elements ${first} to ${value.length - 1 + first}; there is no element ${missing}.`, "Change the bounds of the sum, or the data.");
      }
      if (at.kind !== "constant" && !isEven(value)) refuse("E105", tree.span, `The rows of ${name} differ in length.`, "Give each as many elements.");
      return value.at(shifted(at, -first));
    }, this.any(tree.of, meaning, around));
  }

  /** Vectors of unknowns begin with the first element that is spoken of. */
  private readonly firstIndices = new Map<Value, number>();
  private firstIndex(tree: Extract<MathTree, { kind: "element" }>, meaning: Meaning): number | undefined {
    const value = tree.of.kind === "name" ? meaning.get(tree.of.name) : undefined;
    return value && this.firstIndices.get(value);
  }

  /** Unknowns that are the elements of a vector: one array where they lie side by side, and written out where not. */
  unknownVector(name: string, low: number, elements: readonly Expression[], offset: number | undefined): List {
    const shape = [elements.length];
    const plain = offset === undefined ? undefined : this.names.array("f64", shape, { kind: "parameter", offset }, name, name);
    const array: ArrayVariable | undefined = plain && low === 1 ? { ...plain, countedFrom: 1 } : plain;
    if (array) this.arrays.push(array);
    const list: List = array ? { kind: "list", length: elements.length, at: (index) => load(array, [index]) } : writtenOut(elements, this);
    this.firstIndices.set(list, low);
    return list;
  }

  pick(elements: readonly Expression[], index: Expression): Expression {
    const array = this.names.array("f64", [elements.length], { kind: "scratch" }, "elements");
    this.arrays.push(array);
    elements.forEach((element, i) => this.block.push(store(array, [int(i)], element)));
    return load(array, [index]);
  }

  total(length: number, term: (index: Expression) => Expression, span: Span): Expression {
    const index = this.names.local("i32", "i", "i");
    return this.loop(index, 0, length - 1, () => term(read(index)), true, span);
  }

  private truth(tree: MathTree, meaning: Meaning, around: Definitions): Expression {
    const value = this.any(tree, meaning, around);
    if (value.kind === "list") return this.number(tree, meaning, around);
    return typeOf(value) === "bool" ? value : call("notEqual", [value, float(0)], tree.span);
  }

  private name(name: string, span: Span, meaning: Meaning, around: Definitions): Value {
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

  private readonly values = new Map<Definition, Value>();

  /** `u = x - 1` is lowered once, and keeps its name. */
  private value(definition: Definition, meaning: Meaning, around: Definitions): Value {
    const known = this.values.get(definition);
    if (known) return known;
    const inner = around.inner(definition.statement);
    const data = constantArray(definition, this.names);
    if (data) {
      this.arrays.push(data.array);
      this.values.set(definition, data.list);
      return data.list;
    }
    const value = this.numeric(definition.tree, meaning, inner);
    if (value.kind === "list") return value;
    if (value.kind === "constant" || this.block !== this.body) return value;
    const local = this.names.local("f64", definition.name, definition.name);
    this.block.push(assign(local, value, definition.statement.span));
    const result = read(local);
    this.values.set(definition, result);
    return result;
  }

  private unary(tree: Extract<MathTree, { kind: "unary" }>, meaning: Meaning, around: Definitions): Value {
    if (tree.operator === "not") return call("not", [this.truth(tree.operand, meaning, around)], tree.span);
    const operand = this.numeric(tree.operand, meaning, around);
    if (tree.operator === "'") {
      return operand.kind === "list" ? transpose(operand, tree.span, this)
        : refuse("E101", tree.span, "A derivative cannot stand in a formula, and only vectors can be transposed.", "Highlight the function itself: Downhill derives it.");
    }
    if (tree.operator === "-") return each(operand, (element) => call("negate", [element], tree.span), this);
    return each(operand, (element) => factorial(element, tree.span), this);
  }

  private binary(tree: Extract<MathTree, { kind: "binary" }>, meaning: Meaning, around: Definitions): Value {
    const { operator, span } = tree;
    if (operator === "and" || operator === "or" || operator === "xor") {
      const sides = [this.truth(tree.left, meaning, around), this.truth(tree.right, meaning, around)] as const;
      if (operator !== "xor") return call(operator, sides, span);
      return select(sides[0], call("not", [sides[1]]), sides[1], span);
    }
    if (operator === "^") return this.raised(tree, meaning, around);
    const [left, right] = [this.numeric(tree.left, meaning, around), this.numeric(tree.right, meaning, around)];
    if (operator === "*" && left.kind === "list" && right.kind === "list") return product(left, right, span, this);
    const primitive = arithmetic[operator] ?? comparisons[operator];
    if (!primitive) throw new Error(`No primitive for ${operator}`);
    return zip(left, right, (a, b) => call(primitive, [a, b], span), span, this);
  }

  private raised(tree: Extract<MathTree, { kind: "binary" }>, meaning: Meaning, around: Definitions): Value {
    const { left: base, span } = tree;
    const exponent = this.number(tree.right, meaning, around);
    // ‖v‖² is a sum of squares, smooth at the origin.
    if (base.kind === "call" && base.name === "norm" && base.args[0] && exponent.kind === "constant" && exponent.value === 2) {
      const [kind] = base.args.slice(1);
      const vector = this.numeric(base.args[0], meaning, around);
      if (vector.kind === "list" && (!kind || (kind.kind === "number" && kind.value === 2))) return squaredNorm(vector, span, this);
    }
    return each(this.numeric(base, meaning, around), (element) => this.power(element, exponent, span), this);
  }

  /** e^x is the exponential function, whatever base e stands for in arithmetic. */
  private power(base: Expression, exponent: Expression, span: Span): Expression {
    if (base.kind === "constant" && base.value === Math.E) return call("exp", [exponent], span);
    return call("power", [base, exponent], span);
  }

  private choice(tree: Extract<MathTree, { kind: "choice" }>, meaning: Meaning, around: Definitions): Value {
    const condition = this.truth(tree.condition, meaning, around);
    return select(condition, this.number(tree.whenTrue, meaning, around), this.number(tree.whenFalse, meaning, around), tree.span);
  }

  private call(tree: CallTree, meaning: Meaning, around: Definitions): Value {
    const definition = around.statementOf(tree.name)?.params ? around.definition(tree.name) : undefined;
    if (definition?.params) return this.inline(tree, definition, definition.params, meaning, around);
    const plain = plainFunction(tree.name);
    const arity = plain?.arity ?? specialArity(tree.name);
    if (!arity) return refuse("E102", tree.nameSpan, `There is no function called ${tree.name}.`);
    checkCount(tree, arity);
    const binder = binderOf(tree);
    if (binder) return this.sum(binder, tree.span, meaning, around);
    const args = tree.args.map((arg) => this.numeric(arg, meaning, around));
    const ofLists = listFunctions.has(tree.name) && (!plain || args.some((arg) => arg.kind === "list")) ? listFunction(tree.name, args, tree.span, this) : undefined;
    if (ofLists) return ofLists;
    if (plain) return applied(plain.primitive, args, tree.span, this);
    const [first, ...rest] = args;
    const parameters = rest.filter((arg): arg is Expression => arg.kind !== "list");
    if (!first || parameters.length < rest.length) return refuse("E105", tree.span, `${tree.name} is of numbers here.`, "Write out the elements.");
    return each(first, (element) => specialFunction(tree, [element, ...parameters], (value) => this.shared(value, "t")), this);
  }

  private inline(tree: CallTree, definition: Definition, params: readonly string[], meaning: Meaning, around: Definitions): Value {
    checkCount(tree, [params.length, params.length]);
    if (++this.depth > maximalDepth) refuse("E106", tree.span, `${tree.name} is used inside itself without an end.`);
    const bound = new Map(meaning);
    params.forEach((param, i) => {
      const arg = tree.args[i];
      if (!arg) return;
      const value = this.numeric(arg, meaning, around);
      bound.set(param, value.kind === "list" ? value : this.shared(value, param));
    });
    const value = this.numeric(definition.tree, bound, around.inner(definition.statement));
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
    // Vectors are counted from 1, arrays from 0: a sum over nothing but elements counts as its arrays do.
    const shift = indexesFromOne(binder.body, binder.index) && !standsAlone(binder.body, binder.index) ? 1 : 0;
    const counted = call("toFloat", [read(index)]);
    const inside = new Map(meaning).set(binder.index, shift === 0 ? counted : call("add", [counted, float(shift)]));
    return this.loop(index, from - shift, to - shift, () => this.number(binder.body, inside, around), binder.operator === "sum", span);
  }

  private loop(index: Local, first: number, last: number, term: () => Expression, isSum: boolean, span: Span): Expression {
    const terms = this.turns * Math.max(1, last - first + 1);
    if (terms > mostTerms) refuse("E108", span, `This adds up ${terms} terms; the most that can be is ${mostTerms}.`, "Sum over fewer.");
    const outside = this.turns;
    this.turns = terms;
    const total = this.names.local("f64", "total");
    const outer = this.block;
    this.block = [];
    const turns = loop(index, int(first), int(last + 1), this.block, { span });
    this.ranges.enterLoop(turns);
    const value = term();
    this.turns = outside;
    this.block.push(isSum ? accumulate(total, value, undefined, span) : assign(total, call("multiply", [read(total), value], span), span));
    this.block = outer;
    this.block.push(assign(total, float(isSum ? 0 : 1)), turns);
    return read(total, span);
  }
}

const mostTerms = 100_000;
const mostParts = 30_000;

const asNumber = (value: Expression, span: Span): Expression => (typeOf(value) === "bool" ? call("boolToFloat", [value], span) : value);

function checkCount(tree: CallTree, [least, most]: readonly [number, number]): void {
  const count = tree.args.length;
  if (count >= least && count <= most) return;
  const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  refuse("E100", tree.span, `${tree.name} takes ${wanted} ${wanted === "1" ? "argument" : "arguments"}, not ${count}.`);
}
