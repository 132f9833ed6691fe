import { call, float, int } from "../../ir/build";
import type { Expression, PrimitiveName } from "../../ir/types";
import type { Span } from "../positions";
import { refuse } from "./refuse";

/** What a mathematical expression stands for: a number, or a vector of such values (a matrix is a vector of its rows). */
export type Value = Expression | List;

export interface List {
  readonly kind: "list";
  readonly length: number;
  /** Counted from 0. Data answer any index, what is written out only a known one. */
  at(index: Expression): Value;
  /** Present where each element is an expression of its own. */
  readonly elements?: readonly Value[];
  /** A transposed vector: what follows it in a product is multiplied as by a row. */
  readonly isRow?: true;
}

/** What lists need of the function around them. */
export interface Workshop {
  /** The sum of `term` over 0 … length − 1, as a loop. */
  total(length: number, term: (index: Expression) => Expression, span: Span): Expression;
  /** An element of what is written out, chosen by an index that only the loop knows. */
  pick(elements: readonly Expression[], index: Expression): Expression;
}

const mostElements = 1000;

export function writtenOut(elements: readonly Value[], workshop: Workshop): List {
  return {
    kind: "list", length: elements.length, elements,
    at: (index) => (index.kind === "constant" ? elements[index.value] : undefined) ?? picked(elements, index, workshop),
  };
}

/** Of a matrix a whole row is picked, element by element. */
function picked(elements: readonly Value[], index: Expression, workshop: Workshop): Value {
  const numbers = elements.filter((element): element is Expression => element.kind !== "list");
  if (numbers.length === elements.length) return workshop.pick(numbers, index);
  const rows = elements.filter(isList);
  return { kind: "list", length: Math.min(...rows.map((row) => row.length)), at: (column) => picked(rows.map((row) => row.at(column)), index, workshop) };
}

/** Can a counter run through these? Not where some are numbers and some are rows, or rows differ in length. */
export function isEven({ elements = [] }: List): boolean {
  const [first] = elements;
  return elements.every((element) => (isList(element) && first && isList(first) ? element.length === first.length && isEven(element) : element.kind !== "list" && first?.kind !== "list"));
}

export function elementsOf(list: List, span: Span): readonly Value[] {
  if (list.elements) return list.elements;
  if (list.length > mostElements) refuse("E108", span, `This vector has ${list.length} elements; the most that can be written out is ${mostElements}.`, "Add them up with sum(…).");
  return Array.from({ length: list.length }, (_, i) => list.at(int(i)));
}

const isList = (value: Value): value is List => value.kind === "list";
const isMatrix = (value: Value): boolean => isList(value) && value.length > 0 && isList(value.at(int(0)));

/** `each` element by element, a number standing for as many of itself. */
export function zip(a: Value, b: Value, each: (a: Expression, b: Expression) => Expression, span: Span, workshop: Workshop): Value {
  if (!isList(a) && !isList(b)) return each(a, b);
  if (isList(a) && isList(b) && a.length !== b.length) {
    refuse("E105", span, `One of these vectors has ${a.length} elements, the other ${b.length}.`, "Give both as many.");
  }
  const length = isList(a) ? a.length : isList(b) ? b.length : 0;
  const of = (value: Value, index: Expression): Value => (isList(value) ? value.at(index) : value);
  const at = (index: Expression): Value => zip(of(a, index), of(b, index), each, span, workshop);
  if ((isList(a) && a.elements) || (isList(b) && b.elements)) return writtenOut(Array.from({ length }, (_, i) => at(int(i))), workshop);
  return { kind: "list", length, at };
}

export function each(value: Value, change: (element: Expression) => Expression, workshop: Workshop): Value {
  if (!isList(value)) return change(value);
  if (value.elements) return writtenOut(value.elements.map((element) => each(element, change, workshop)), workshop);
  return { ...value, at: (index) => each(value.at(index), change, workshop) };
}

const add = (a: Expression, b: Expression): Expression => call("add", [a, b]);
const multiply = (a: Expression, b: Expression): Expression => call("multiply", [a, b]);

export function total(value: Value, span: Span, workshop: Workshop): Expression {
  if (!isList(value)) return value;
  if (value.elements) {
    const [first = float(0), ...rest] = value.elements.map((element) => total(element, span, workshop));
    return rest.reduce(add, first);
  }
  return workshop.total(value.length, (index) => total(value.at(index), span, workshop), span);
}

export const dot = (a: Value, b: Value, span: Span, workshop: Workshop): Expression => total(zip(a, b, multiply, span, workshop), span, workshop);

/** The product of vectors is their dot product, that of matrices the usual one. */
export function product(a: Value, b: Value, span: Span, workshop: Workshop): Value {
  if (!isList(a) || !isList(b)) return zip(a, b, multiply, span, workshop);
  const rowsOf = (matrix: List): readonly Value[] => elementsOf(matrix, span);
  if (isMatrix(a)) return writtenOut(rowsOf(a).map((row) => product(asRow(row), b, span, workshop)), workshop);
  if (isMatrix(b)) return { ...writtenOut(rowsOf(transpose(b, span, workshop)).map((column) => dot(a, column, span, workshop)), workshop), isRow: true };
  if (b.isRow && !a.isRow) return writtenOut(elementsOf(a, span).map((factor) => each(b, (element) => (isList(factor) ? element : multiply(factor, element)), workshop)), workshop);
  return dot(a, b, span, workshop);
}

const asRow = (value: Value): Value => (isList(value) ? { ...value, isRow: true } : value);

export function transpose(list: List, span: Span, workshop: Workshop): List {
  if (!isMatrix(list)) {
    const { isRow, ...column } = list;
    return isRow ? column : { ...list, isRow: true };
  }
  const rows = elementsOf(list, span).filter(isList);
  return writtenOut(Array.from({ length: rows[0]?.length ?? 0 }, (_, j) => writtenOut(rows.map((row) => row.at(int(j))), workshop)), workshop);
}

/** Elements that are numbers, for min and max and the like. */
export function numbersIn(values: readonly Value[], span: Span): Expression[] {
  return values.flatMap((value) => (isList(value) ? numbersIn(elementsOf(value, span), span) : [value]));
}

export function determinant(list: List, span: Span): Expression {
  const rows = elementsOf(list, span).map((row) => (isList(row) ? numbersIn([row], span) : []));
  const bad = rows.length > 4 || rows.some((row) => row.length !== rows.length);
  if (bad) return refuse("E105", span, "A determinant is of a square matrix of at most four rows.", "Write it out.");
  return minor(rows);
}

function minor(rows: readonly (readonly Expression[])[]): Expression {
  const [first = [], ...rest] = rows;
  if (first.length === 1) return first[0] ?? float(0);
  const terms = first.map((factor, k) => multiply(factor, minor(rest.map((row) => row.filter((_, j) => j !== k)))));
  return terms.reduce((sum, term, k) => call(k % 2 === 0 ? "add" : "subtract", [sum, term] satisfies [Expression, Expression]));
}

/** Numbers are put in order by formulas only where they are few. */
function median(numbers: readonly Expression[], span: Span): Expression {
  const [a, b, c] = numbers;
  const known = numbers.flatMap((each) => (each.kind === "constant" ? [each.value] : [])).sort((one, other) => one - other);
  const middle = (known[Math.floor((known.length - 1) / 2)] ?? NaN) / 2 + (known[Math.floor(known.length / 2)] ?? NaN) / 2;
  if (known.length === numbers.length) return float(middle, span);
  if (!a || numbers.length > 3) return refuse("E101", span, "A median of more than three numbers cannot be read.", "The median of x is where sum(abs(x - m)) is least: minimise that by m.");
  if (!b) return a;
  if (!c) return call("divide", [add(a, b), float(2)]);
  return call("max", [call("min", [a, b]), call("min", [call("max", [a, b]), c])]);
}

/** The functions of vectors. */
export function listFunction(name: string, args: readonly Value[], span: Span, workshop: Workshop): Value | undefined {
  const [first, second] = args;
  if (!first) return undefined;
  const all: Value = args.length === 1 ? first : writtenOut(args, workshop);
  const count = float(isList(all) ? all.length : 1);
  const mean = (): Expression => call("divide", [total(all, span, workshop), count]);
  switch (name) {
    case "sum": return total(all, span, workshop);
    case "prod": return numbersIn([all], span).reduce(multiply);
    case "mean":
    case "average":
    case "avg": return mean();
    case "var":
    case "variance":
    case "std": {
      // As mathjs has it: of a sample, over n − 1.
      const middle = mean();
      const deviations = each(all, (element) => call("subtract", [element, middle]), workshop);
      const variance = call("divide", [dot(deviations, deviations, span, workshop), float((isList(all) ? all.length : 1) - 1)]);
      return name === "std" ? call("sqrt", [variance]) : variance;
    }
    case "dot": return second && dot(first, second, span, workshop);
    case "norm": return isList(first) ? norm(first, second, span, workshop) : undefined;
    case "hypot": return call("hypot", numbersIn(args, span));
    case "min":
    case "minimum": return call("min", numbersIn(args, span));
    case "max":
    case "maximum": return call("max", numbersIn(args, span));
    case "median": return median(numbersIn([all], span), span);
    case "softmax": {
      const powers = each(all, (element) => call("exp", [element]), workshop);
      const sum = total(powers, span, workshop);
      return each(powers, (element) => call("divide", [element, sum]), workshop);
    }
    case "logsumexp": {
      const [a, b, ...rest] = isList(all) && all.elements ? numbersIn([all], span) : [];
      // For two there is a primitive, which does not overflow.
      if (a && b && rest.length === 0) return call("logAddExp", [a, b], span);
      return call("log", [total(each(all, (element) => call("exp", [element]), workshop), span, workshop)], span);
    }
    case "transpose": return isList(first) ? transpose(first, span, workshop) : first;
    case "length":
    case "len": return count;
    case "det": return isList(first) ? determinant(first, span) : first;
    case "trace": return isList(first) ? elementsOf(first, span).flatMap((row, i) => (isList(row) ? numbersIn([row.at(int(i))], span) : [row])).reduce(add) : first;
    case "cross": {
      const [[a, b, c], [x, y, z]] = [numbersIn([first], span), numbersIn(second ? [second] : [], span)];
      if (!a || !b || !c || !x || !y || !z) return refuse("E105", span, "A cross product is of two vectors of three elements.", "Write cross([x, y, z], [1, 2, 3]).");
      const component = (p: Expression, q: Expression, r: Expression, s: Expression): Expression => call("subtract", [multiply(p, q), multiply(r, s)]);
      return writtenOut([component(b, z, c, y), component(c, x, a, z), component(a, y, b, x)], workshop);
    }
    default: return undefined;
  }
}

export function norm(list: List, kind: Expression | Value | undefined, span: Span, workshop: Workshop): Expression {
  const power = kind?.kind === "constant" ? kind.value : kind === undefined ? 2 : undefined;
  const sizes = (): Value => each(list, (element) => call("abs", [element]), workshop);
  if (power === 1) return total(sizes(), span, workshop);
  if (power === Infinity) return call("max", numbersIn([sizes()], span));
  if (power === 2) return list.elements && !isMatrix(list) ? call("hypot", numbersIn([list], span)) : call("sqrt", [squaredNorm(list, span, workshop)]);
  if (power === undefined || power <= 0) return refuse("E101", span, "The kind of a norm is a number: 1, 2, Infinity.", "Write norm([x, y], 1).");
  const powers = each(sizes(), (size) => call("power", [size, float(power)]), workshop);
  return call("power", [total(powers, span, workshop), call("divide", [float(1), float(power)])]);
}

export const squaredNorm = (list: List, span: Span, workshop: Workshop): Expression =>
  total(each(list, (element) => call("power", [element, float(2)]), workshop), span, workshop);

/** The primitive's value of lists element by element. */
export function applied(primitive: PrimitiveName, args: readonly Value[], span: Span, workshop: Workshop): Value {
  const [a, b] = args;
  if (a && b && args.length === 2) return zip(a, b, (x, y) => call(primitive, [x, y], span), span, workshop);
  if (a && args.length === 1) return each(a, (x) => call(primitive, [x], span), workshop);
  return call(primitive, args.filter((arg): arg is Expression => !isList(arg)), span);
}
