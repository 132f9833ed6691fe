import { read } from "../ir/build";
import { flatIndex } from "../ir/shape";
import type { Expression, IrFunction, Local } from "../ir/types";
import { operands } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import { helpersFor, importsFor } from "../print/code/helpers";
import { printable } from "../print/printable";
import type { Written } from "../print/written";
import { curvatureAgrees, pointsAround, type Reference } from "./agreesWith";
import { Algebra } from "./algebra";
import { ByNames, type Told } from "./byNames";
import { Canonical, NoClosedForm } from "./canonical";
import { quotientWritten } from "./differenceQuotients";
import { type Derivation, Differentiator } from "./differentiate";
import { evaluateNode } from "./evaluateNode";
import { evaluateSums } from "./evaluateSums";
import { explain } from "./explain";
import type { DerivationStep, Formula, Printable, SetOut } from "./formula";
import type { Labels } from "./labels";
import { letterOrder } from "./letterOrder";
import type { Node } from "./node";
import { type OwnName, ownNames } from "./ownNames";
import { PutNames } from "./putNames";
import { setOut } from "./setOut";
import { shiftsIn } from "./shifts";
import { countNodes, writtenLength } from "./indices";
import { Slopes } from "./slopes";
import { SumNodes } from "./sumNodes";
import { sumRules } from "./sumRules";
import { Sums } from "./sums";
import { Tidy } from "./tidy";
import { NodeToIr } from "./toIr";
import { Writing } from "./writing";

/** Sums, elements and lengths that may stand as letters in formulas which are compared at sample points. */
const mostLetters = 200;
/** First derivatives this much longer than their shortest form lead to no shorter second ones. */
const worthTrying = 2;
const longestTried = 80;

/** Where forms by names are held against others: away from zeros and from each other. */
const pointsApart = [0.35, 0.8, -0.45, 1.7];
const shiftedAt = [0.3, 0.9, -0.4];

interface Extras {
  readonly labels?: Labels;
  readonly sums?: Sums;
  readonly data?: readonly Root[];
  readonly reference?: Reference;
}

/** A formula with its derivatives, each worked out when it is first asked for. */
export class SymbolicFunction implements Formula {
  readonly value: Printable;
  readonly gradient: Printable[];
  private readonly algebra = new Algebra();
  private readonly canonical: Canonical;
  private readonly tidy: Tidy;
  private readonly differentiators: Differentiator[];
  private readonly activity = new Map<Expression, boolean>();
  readonly coordinateOf: (expression: Expression) => number | undefined;
  private readonly toIr: NodeToIr;
  private readonly hasCurvature: () => boolean;
  private isCurvedAlike: boolean | undefined;
  readonly valueNode: Node;
  /** What its sums over an index stand for, where it has some. */
  readonly nodes: SumNodes | undefined;
  private readonly writing: Writing;
  readonly setOut: () => SetOut | undefined;

  constructor(readonly expression: Expression, fn: IrFunction, readonly coordinates: readonly string[], { labels, sums, data = [], reference }: Extras = {}) {
    const offsets = new Map(fn.scalars.map(({ local, offset }) => [local.name, offset]));
    // Names of our own for the coordinates, whether they are scalars or elements; "#" keeps them apart from the program's.
    const own = coordinates.map((_, index): Local => ({ kind: "local", name: `#${index}`, type: "f64" }));
    own.forEach((local, index) => offsets.set(local.name, index));
    const nodes = sums && new SumNodes(this.algebra, coordinates, sums);
    this.nodes = nodes;
    this.hasCurvature = () => !nodes || !reference || curvatureAgrees(this, nodes, coordinates.length, reference);
    this.toIr = new NodeToIr((index, of) => nodes?.toIr(index, of) ?? read(own[index] ?? { kind: "local", name: "#", type: "f64" }), (made, node) => this.canonical.learn(made, node));
    this.coordinateOf = (part) => coordinateIn(offsets, part);
    const symbol = (index: number | undefined): Node => {
      if (index === undefined) throw new NoClosedForm("it reads a variable that has no value");
      return this.algebra.symbol(index, coordinates[index] ?? `x[${index}]`);
    };
    this.canonical = new Canonical(this.algebra, {
      ofLocal: (local: Local) => nodes?.ofLocal(local, this.canonical) ?? symbol(offsets.get(local.name)),
      ofElement: (array, part) => nodes?.ofElement(array, part) ?? symbol(this.coordinateOf(part)),
    });
    // The coordinates come first, so that their order is the order of their names wherever it matters.
    coordinates.forEach((_, index) => symbol(index));
    this.valueNode = this.canonical.of(expression);
    const written = [...this.canonical.all()];
    // Of sums over an index the terms that are picked out are written by the algebra, and so is all beside them.
    const quotients = new Map((nodes && !nodes.sums.isEmpty ? [] : [...this.canonical.entries()]).flatMap(([part, node]) => (isPowerOfQuotient(part) && node.kind === "product" ? [[node, part] as const] : [])));
    const letterPlaces = nodes?.inOrder(letterOrder(written)) ?? letterOrder(written);
    this.tidy = new Tidy(this.algebra, written, coordinates.length + (nodes ? mostLetters : 0), nodes);
    if (nodes) {
      nodes.coordinate = symbol;
      nodes.tidy = (node) => this.tidy.of(node);
      nodes.isOwn = (node) => this.tidy.isOwn(node);
      nodes.adopt = (made, from) => this.tidy.adopt(made, from);
    }
    this.writing = new Writing({ algebra: this.algebra, canonical: this.canonical, tidy: this.tidy, nodes, quotients, letterPlaces }, coordinates, data);
    const isActive = (part: Expression): boolean => this.isActive(part) && !this.isShift(part);
    const slopes = new Slopes(this.canonical, isActive);
    this.differentiators = coordinates.map((_, index) => new Differentiator(
      this.algebra, this.canonical, slopes, (part) => this.coordinateOf(part) === index, isActive, nodes && sumRules(this.algebra, nodes, fn, index, (body) => this.canonical.of(body)),
    ));
    this.value = this.writing.printable(() => this.writing.own(expression));
    this.gradient = coordinates.map((_, index) => this.writing.ofNode(() => this.partialNode(index)));
    const named = labels && ownNames(expression, labels, {
      nodeOf: (part) => this.canonical.of(part), sums,
      substitute: nodes && ((node, values) => nodes.substitute(node, values)),
    }, [...coordinates, ...data.map((root) => root.name)]);
    const points = (nodes && reference ? pointsAround(reference.start).slice(0, 3) : pointsApart).map((at) => (typeof at === "number" ? coordinates.map((_, k) => at + 0.13 * ((k * 7) % 6)) : at));
    const byNames = (names: readonly OwnName[]): ByNames | undefined => (labels && names.length > 0 ? new ByNames({
      expression, coordinates, shifts: this.shifts,
      coordinateOf: (part) => this.coordinateOf(part),
      partial: (k) => this.told(this.partialNode(k), points),
      second: (row, column) => this.told(this.secondNode(row, column), points),
    }, new PutNames(names, labels, (part) => this.canonical.of(part), sums), { fn, sums: sums ?? new Sums(), data, points }) : undefined);
    let made: { readonly setOut: SetOut | undefined } | undefined;
    this.setOut = () => (made ??= { setOut: setOut(this, this.writing, named ?? [], byNames) }).setOut;
  }

  private told(node: Node, points: readonly ArrayLike<number>[]): Told {
    const evaluated = this.nodes ? evaluateSums(node, this.nodes) : { at: (x: ArrayLike<number>) => evaluateNode(node, x) };
    return { expression: this.toIr.of(node), values: points.map((x) => evaluated.at(x)) };
  }

  /** ∂f/∂x as a node, as it is shown. */
  partialNode(coordinate: number): Node {
    return this.tidy.of(this.derivationOf(coordinate).derivative);
  }

  /** ∂f/∂x as it is written in code, for printers that put several together. */
  writtenPartial(coordinate: number): Written {
    return this.writing.inCode(this.partialNode(coordinate));
  }

  /** The function itself in the form that its derivatives are written in. */
  writtenValue(): Written {
    return this.writing.inCode(this.tidy.of(this.valueNode));
  }

  /** A part of the function in that form. */
  writtenPart(expression: Expression): Written {
    return this.writing.inCode(this.tidy.of(this.canonical.of(expression)));
  }

  /** `told`: where a second derivative has another form than its own. */
  hessian(told?: (row: number, column: number) => Printable | undefined): Printable[][] {
    this.isCurvedAlike ??= this.hasCurvature();
    if (!this.isCurvedAlike) return [];
    const entry = (row: number, column: number): Printable => told?.(row, column) ?? this.writing.ofNode(() => this.secondNode(row, column));
    // Both halves are the same, differentiated once and printed once.
    const upper = this.coordinates.map((_, row) => this.coordinates.slice(row).map((__, off) => entry(row, row + off)));
    return this.coordinates.map((_, row) => this.coordinates.flatMap((__, column) => upper[Math.min(row, column)]?.[Math.abs(row - column)] ?? []));
  }

  helpers(dialect: "typescript" | "python"): string[] {
    const code = [this.value, ...this.gradient, ...this.hessian().flat()].map((entry) => entry[dialect]()).join("\n");
    return dialect === "python" ? importsFor(code) : helpersFor(code, dialect);
  }

  /** Of how many different parts it is. */
  get parts(): number {
    return countNodes(this.expression, this.nodes?.sums);
  }

  /** How many parts it has on paper. */
  get written(): number {
    return writtenLength(this.expression, this.nodes?.sums);
  }

  secondNode(row: number, column: number): Node {
    const [tidied, raw] = [this.partialNode(row), this.derivationOf(row).derivative];
    const second = (first: Node): Node => this.tidy.of(this.differentiator(column).derive(this.toIr.of(first)).derivative);
    const known = second(tidied);
    // What is shorter on one line need not stay so: y/p − (1 − y)/(1 − p) has the shorter derivative, (p − y)/(p(1 − p)) is the shorter.
    if (tidied.kind === "sum" || raw.kind !== "sum" || this.tidy.lengthOf(raw) > Math.min(longestTried, worthTrying * this.tidy.lengthOf(tidied))) return known;
    const other = second(raw);
    return this.tidy.lengthOf(other) < this.tidy.lengthOf(known) ? other : known;
  }

  steps(coordinate: number): DerivationStep {
    return explain(this.derivationOf(coordinate), {
      algebra: this.algebra,
      tidied: (node) => this.tidy.of(node),
      lengthOf: (node) => this.tidy.lengthOf(node),
      own: (expression) => this.writing.own(expression),
      node: (expression) => this.canonical.of(expression),
      present: (node, style) => this.writing.presented(node, style),
      printable: (written, typeset, plain) => this.writing.printable(written, typeset, plain),
      isTaken: (letter) => this.writing.isTaken(letter),
    });
  }

  /** (f(x + h) − f(x))/h with the formula put in; undefined where the unknown hides behind an index. */
  differenceQuotient(coordinate: number): Printable | undefined {
    if (this.nodes?.elements().some(({ array }) => array.role.kind === "parameter")) return undefined;
    // Sums must have their insides before x + h can be put in there.
    const quotient = (forPaper: boolean): Written => {
      const written = this.writing.own(this.expression);
      return quotientWritten(this.writing.sums?.finish(written, forPaper) ?? written, this.coordinates[coordinate] ?? "", (letter) => this.writing.isTaken(letter));
    };
    return printable(() => quotient(false), () => quotient(true));
  }

  private foundShifts: readonly Expression[] | undefined;
  private shiftNodes: ReadonlySet<Node> | undefined;

  /** Numbers that the value does not notice, like the greatest before exponentials are taken. */
  get shifts(): readonly Expression[] {
    return (this.foundShifts ??= shiftsIn(this.expression, this.nodes?.sums, (arg) => this.isActive(arg), (moved) => this.isSameAs(moved)));
  }

  private isShift(part: Expression): boolean {
    if (part.kind !== "call" || (part.primitive !== "max" && part.primitive !== "min")) return false;
    this.shiftNodes ??= new Set(this.shifts.map((shift) => this.canonical.of(shift)));
    return this.shiftNodes.has(this.canonical.of(part));
  }

  private isSameAs(other: Expression): boolean {
    const { nodes } = this;
    const value = (node: Node, x: readonly number[]): number => (nodes ? evaluateSums(node, nodes).at(x) : evaluateNode(node, x));
    const moved = this.canonical.of(other);
    return shiftedAt.every((from) => {
      const x = this.coordinates.map((_, k) => from + 0.17 * ((k * 7) % 5));
      const own = value(this.valueNode, x);
      return Math.abs(own - value(moved, x)) <= 1e-9 * Math.max(1, Math.abs(own));
    });
  }

  private derivationOf(coordinate: number): Derivation {
    return this.differentiator(coordinate).derive(this.expression);
  }

  private differentiator(coordinate: number): Differentiator {
    const differentiator = this.differentiators[coordinate];
    if (!differentiator) throw new Error(`There is no coordinate ${coordinate}`);
    return differentiator;
  }

  private isActive(expression: Expression): boolean {
    const known = this.activity.get(expression);
    if (known !== undefined) return known;
    const body = this.nodes?.sums.of(expression)?.body;
    const isCoordinate = expression.kind === "load" ? expression.array.role.kind === "parameter" : this.coordinateOf(expression) !== undefined;
    const answer = isCoordinate || (body !== undefined && this.isActive(body)) || operands(expression).some((operand) => this.isActive(operand));
    this.activity.set(expression, answer);
    return answer;
  }
}

function isPowerOfQuotient(part: Expression): boolean {
  const [base, exponent] = part.kind === "call" && part.primitive === "power" ? part.args : [];
  return base?.kind === "call" && base.primitive === "divide" && exponent?.kind === "constant" && Number.isInteger(exponent.value) && exponent.value > 1;
}

function coordinateIn(offsets: ReadonlyMap<string, number>, expression: Expression): number | undefined {
  if (expression.kind === "read") return offsets.get(expression.local.name);
  if (expression.kind !== "load" || expression.array.role.kind !== "parameter") return undefined;
  const indices = expression.indices.map((index) => (index.kind === "constant" ? index.value : NaN));
  return expression.array.role.offset + flatIndex(expression.array, indices);
}
