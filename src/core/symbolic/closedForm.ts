import { read } from "../ir/build";
import type { Expression, IrFunction, Local } from "../ir/types";
import { operands } from "../ir/visit";
import { findAccess, type Root } from "../print/code/elementAccess";
import { fromIr } from "../print/fromIr";
import { hoist, type Hoisted } from "../print/hoist";
import { printable } from "../print/printable";
import { printText } from "../print/text";
import { name, number, type Written } from "../print/written";
import { agreesWith, curvatureAgrees, type Reference } from "./agreesWith";
import { Algebra } from "./algebra";
import { ByNames } from "./byNames";
import { Canonical, NoClosedForm } from "./canonical";
import { quotientWritten } from "./differenceQuotients";
import { type Derivation, Differentiator } from "./differentiate";
import { execute, flat } from "./execute";
import { evaluateNode } from "./evaluateNode";
import { evaluateSums } from "./evaluateSums";
import { explain } from "./explain";
import type { DerivationStep, Formula, Printable, SetOut } from "./formula";
import { letterOrder } from "./letterOrder";
import type { Node } from "./node";
import type { LetterPlaces } from "./order";
import { chooseNames, isOwnName, marksIn, type OwnName, type OwnNames, ownNames, pathOf } from "./ownNames";
import { present, type Presentation, type Style } from "./present";
import { squareByName } from "./secants";
import { shiftsIn } from "./shifts";
import { countNodes } from "./indices";
import { SumNodes } from "./sumNodes";
import { sumRules } from "./sumRules";
import { type Labels, Sums } from "./sums";
import { Tidy } from "./tidy";
import { NodeToIr } from "./toIr";
import { type Inside, SumWriter } from "./writeSums";

/** Sums, elements and lengths that may stand as letters in formulas which are compared at sample points. */
const mostLetters = 200;
/** First derivatives this much longer than their shortest form lead to no shorter second ones. */
const worthTrying = 2;
const longestTried = 80;

/** Names that the user did not give must make it this much shorter than those that the user gave. */
const worthInventing = 0.75;

const shiftedAt = [0.3, 0.9, -0.4];

export type ClosedForm = { ok: true; formula: SymbolicFunction } | { ok: false; reason: string };

/** What lets loops become sums over an index: data under the names they have in the user's text, and something to check against. */
export interface SumsAllowed {
  readonly data: () => readonly Root[];
  readonly reference: Reference;
}

/**
 * The function as one formula of its coordinates, with its derivatives; or why it has none worth showing. Loops are
 * written out, unless sums over an index are allowed.
 */
export function closedForm(fn: IrFunction, coordinates: readonly string[], allowed?: SumsAllowed): ClosedForm {
  const withSums = allowed && attempt(() => summed(fn, coordinates, allowed));
  if (withSums?.ok) return { ok: true, formula: withSums.formula };
  const labels: Labels = new WeakMap();
  const plain = attempt(() => new SymbolicFunction(execute(fn, undefined, labels), fn, coordinates, { labels }));
  // What stands in the way of a sum says more than that there are many rows.
  if (!plain.ok && withSums && !withSums.ok && withSums.reason !== "") return withSums;
  return plain;
}

/** Marks that anybody reads, names put in; of what is shorter than this in parts, they are not counted. */
const mostMarks = 2000;
const mostPartsUncounted = 60;
const mostPartials = 12;

function refuseLong(formula: SymbolicFunction): void {
  if (formula.parts <= mostPartsUncounted) return;
  const set = formula.setOut();
  const { value, gradient } = set ?? formula;
  const length = (texts: readonly Printable[]): number => texts.reduce((sum, text) => sum + text.latex().length, 0);
  const longest = Math.max(length([value, ...(set?.where ?? []).map((definition) => definition.value)]), ...gradient.slice(0, mostPartials).map((partial) => length([partial])));
  if (longest > mostMarks) throw new NoClosedForm("it would be a page long");
}

function attempt(make: () => SymbolicFunction): ClosedForm {
  try {
    const formula = make();
    refuseLong(formula);
    return { ok: true, formula };
  } catch (error) {
    if (!(error instanceof NoClosedForm)) throw error;
    return { ok: false, reason: error.message === "" ? "" : `There is no short closed form: ${error.message}.` };
  }
}

/** With sums, if there are any; compared with the function itself before anybody sees it. */
function summed(fn: IrFunction, coordinates: readonly string[], { data, reference }: SumsAllowed): SymbolicFunction {
  const labels: Labels = new WeakMap();
  const sums = new Sums(labels);
  let known: readonly Root[] | undefined;
  const roots = (): readonly Root[] => (known ??= data());
  const expression = execute(fn, sums, labels, ({ role, shape }) => role.kind === "data" && findAccess(role.values, shape, roots()) !== undefined);
  // Nothing to add up: the plain form is as good, and needs no check.
  if (sums.isEmpty) throw new NoClosedForm("");
  const formula = new SymbolicFunction(expression, fn, coordinates, { labels, sums, data: roots(), reference });
  if (formula.nodes && !agreesWith(formula, formula.nodes, coordinates.length, reference)) throw new NoClosedForm("its sums would not agree with it");
  return formula;
}

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
  private readonly letterPlaces: LetterPlaces | undefined;
  private readonly differentiators: Differentiator[];
  private readonly activity = new Map<Expression, boolean>();
  readonly coordinateOf: (expression: Expression) => number | undefined;
  private readonly toIr: NodeToIr;
  private readonly hasCurvature: () => boolean;
  private isCurvedAlike: boolean | undefined;
  readonly valueNode: Node;
  /** What its sums over an index stand for, where it has some. */
  readonly nodes: SumNodes | undefined;
  private known: { readonly freshSums: number } & Record<Style, Map<Node, Written>> = { freshSums: 0, ...nothingWritten() };
  private readonly writtenParts = new Map<Expression, Written>();
  private readonly writer: SumWriter | undefined;
  private readonly writerWith: ((names?: OwnNames) => SumWriter) | undefined;
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
    this.letterPlaces = letterOrder(written);
    this.tidy = new Tidy(this.algebra, written, coordinates.length + (nodes ? mostLetters : 0));
    if (nodes) {
      nodes.coordinate = symbol;
      nodes.tidy = (node) => this.tidy.of(node);
      nodes.isOwn = (node) => this.tidy.isOwn(node);
      nodes.adopt = (made, from) => this.tidy.adopt(made, from);
      this.writerWith = (names) => new SumWriter(nodes, coordinates, data, {
        meaning: (path) => nodes.meaningNamed(path)?.meaning,
        body: (path) => this.inside(nodes, path, names),
        label: (path) => names?.labelled(path),
      });
      this.writer = this.writerWith();
    }
    this.differentiators = coordinates.map((_, index) => new Differentiator(
      this.algebra, this.canonical, (part) => this.coordinateOf(part) === index, (part) => this.isActive(part) && !this.isShift(part), nodes && sumRules(this.algebra, nodes, fn, index, (body) => this.canonical.of(body)),
    ));
    this.value = this.printable(() => this.write(expression));
    this.gradient = coordinates.map((_, index) => this.printableNode(() => this.partialNode(index)));
    const named = labels && ownNames(expression, labels, (part) => this.canonical.of(part), { sums, nodes }, [...coordinates, ...data.map((root) => root.name)]);
    let made: { readonly setOut: SetOut | undefined } | undefined;
    const setOut = (): SetOut | undefined => {
      const withOwn = nodes || (named && named.length > 0) ? this.setOutWith(named ?? []) : undefined;
      if (nodes) return withOwn && withOwn.where.length > 0 ? withOwn : undefined;
      return this.hoisted(named ?? [], withOwn);
    };
    this.setOut = () => (made ??= { setOut: setOut() }).setOut;
  }

  /** The user's own names where they help, for these are known; else made-up ones for what occurs often; undefined where neither helps. */
  private hoisted(own: readonly OwnName[], withOwn: SetOut | undefined): SetOut | undefined {
    const ofOwn = withOwn && withOwn.where.length > 0 ? withOwn : undefined;
    const gradient = this.coordinates.map((_, index) => this.writtenPartial(index));
    // However it stands there, as the user wrote it or as derivatives are written.
    const names = new Map(own.flatMap((named) => [[this.write(named.expression), named.label], [this.inCode(this.tidy.of(this.canonical.of(named.expression))), named.label]] as const));
    // The function as the user wrote it, or in the form of its derivatives where only that has something in common with them.
    const found = [this.write(this.expression), this.writtenValue()]
      .flatMap((value) => hoist(value, gradient, (letter) => this.isTaken(letter), names) ?? [])
      .reduce<Hoisted | undefined>((best, candidate) => (best && best.length <= candidate.length ? best : candidate), undefined);
    const lengthOfOwn = [ofOwn?.value, ...ofOwn?.gradient ?? [], ...(ofOwn?.where ?? []).map((one) => one.value)].reduce((sum, text) => sum + (text?.math().length ?? 0), 0);
    if (!found || (ofOwn && found.length > worthInventing * lengthOfOwn)) return ofOwn;
    return {
      value: printable(() => found.value), gradient: found.gradient.map((partial) => printable(() => partial)),
      where: found.where.map((one) => ({ name: printable(() => name(one.name)), value: printable(() => one.value) })),
    };
  }

  /** With the user's names where these make it shorter, and the lengths of data in any case. */
  private setOutWith(own: readonly OwnName[]): SetOut {
    const chosen = chooseNames(own, (part) => this.canonical.of(part), this.nodes?.sums, (names) => {
      const writer = this.writerWith?.(names);
      const finish = (written: Written, onPaper: boolean): Written => writer?.finish(written, onPaper) ?? written;
      const both = (written: (style: Style) => Written): Printable => printable(() => finish(written("code"), false), () => finish(written("paper"), true), () => finish(written("plain"), false));
      const expression = (part: Expression): Printable => both(() => this.write(names.put(part)));
      return {
        value: expression(this.expression),
        gradient: this.partialsBy(names).map(both),
        where: names.defined.map((named) => ({ name: both(() => names.written(named)), value: both(() => this.write(names.defining(named))) })),
        sizes: () => writer?.definedSizes() ?? [],
      };
    });
    const sizes = chosen.sizes().map(([letter, size]) => ({ name: printable(() => name(letter)), value: printable(() => number(String(size))) }));
    return { value: chosen.value, gradient: chosen.gradient, where: [...sizes, ...chosen.where] };
  }

  /** The partial derivatives with names put in; differentiated by means of the names, wherever that is as short. */
  private partialsBy(names: OwnNames): ((style: Style) => Written)[] {
    const byNames = this.nodes || names.all.length === 0 ? undefined : new ByNames(this, names);
    return this.coordinates.map((_, k) => {
      const putIn = (style: Style): Written => present(this.partialNode(k), { ...this.tidied, style, named: (node) => this.byName(node, names) });
      const named = (style: Style): Written => byNames?.partial(k, style) ?? putIn(style);
      let chosen: typeof named | undefined;
      const length = (of: typeof named): number => marksIn(printText(of("plain"), "math"));
      return (style) => (chosen ??= byNames && length(putIn) < length(named) ? putIn : named)(style);
    });
  }

  /** ∂f/∂x as a node, as it is shown. */
  partialNode(coordinate: number): Node {
    return this.tidy.of(this.derivationOf(coordinate).derivative);
  }

  /** ∂f/∂x as it is written in code, for printers that put several together. */
  writtenPartial(coordinate: number): Written {
    return this.inCode(this.partialNode(coordinate));
  }

  /** The function itself in the form that its derivatives are written in. */
  writtenValue(): Written {
    return this.inCode(this.tidy.of(this.valueNode));
  }

  hessian(): Printable[][] {
    this.isCurvedAlike ??= this.hasCurvature();
    if (!this.isCurvedAlike) return [];
    // Both halves are the same, differentiated once and printed once.
    const upper = this.coordinates.map((_, row) => this.coordinates.slice(row).map((__, off) => this.printableNode(() => this.secondNode(row, row + off))));
    return this.coordinates.map((_, row) => this.coordinates.flatMap((__, column) => upper[Math.min(row, column)]?.[Math.abs(row - column)] ?? []));
  }

  /** Of how many different parts it is. */
  get parts(): number {
    return countNodes(this.expression, this.nodes?.sums);
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
      own: (expression) => this.write(expression),
      node: (expression) => this.canonical.of(expression),
      present: (node, style) => this.presented(node, style),
      printable: (written, typeset, plain) => this.printable(written, typeset, plain),
      isTaken: (letter) => this.isTaken(letter),
    });
  }

  /** (f(x + h) − f(x))/h with the formula put in; undefined where the unknown hides behind an index. */
  differenceQuotient(coordinate: number): Printable | undefined {
    if (this.nodes?.elements().some(({ array }) => array.role.kind === "parameter")) return undefined;
    // Sums must have their insides before x + h can be put in there.
    const quotient = (forPaper: boolean): Written => {
      const written = this.write(this.expression);
      return quotientWritten(this.writer?.finish(written, forPaper) ?? written, this.coordinates[coordinate] ?? "", (letter) => this.isTaken(letter));
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

  private isTaken(letter: string): boolean {
    return this.coordinates.some((path) => path === letter || path.startsWith(`${letter}[`) || path.startsWith(`${letter}.`));
  }

  private derivationOf(coordinate: number): Derivation {
    return this.differentiator(coordinate).derive(this.expression);
  }

  private differentiator(coordinate: number): Differentiator {
    const differentiator = this.differentiators[coordinate];
    if (!differentiator) throw new Error(`There is no coordinate ${coordinate}`);
    return differentiator;
  }

  private printableNode(node: () => Node): Printable {
    return this.printable(() => this.inCode(node()), () => this.presented(node(), "paper"), () => this.presented(node(), "plain"));
  }

  /** With its sums, elements and lengths in it, for which names stood so far. */
  private printable(written: () => Written, typeset: () => Written = written, plain: () => Written = written): Printable {
    const { writer } = this;
    return writer ? printable(() => writer.finish(written(), false), () => writer.finish(typeset(), true), () => writer.finish(plain(), false)) : printable(written, typeset, plain);
  }

  /** A sum by the name it was given: that of the user's own, or that of one among the nodes. */
  private inside(nodes: SumNodes, path: string, names?: OwnNames): ReturnType<Inside["body"]> {
    const own = nodes.sums.of(read({ kind: "local", name: path, type: "f64" }));
    if (own) return { sum: own, written: this.write(own.body) };
    const meaning = nodes.meaningNamed(path)?.meaning;
    return meaning?.kind === "sum" ? { sum: meaning, written: names ? present(meaning.body, { ...this.tidied, style: "code", named: (node) => this.byName(node, names) }) : this.inCode(meaning.body) } : undefined;
  }

  private byName(node: Node, names: OwnNames): Written | undefined {
    return names.of(node) ?? squareByName(node, (argument) => names.of(this.algebra.apply("tanh", [argument])));
  }

  private inCode(node: Node): Written {
    return this.presented(node, "code");
  }

  private presented(node: Node, style: Style): Written {
    const { freshSums } = this.tidy;
    // What has been written holds until another sum turns out to have no order of the user's to keep.
    if (this.known.freshSums !== freshSums) this.known = { freshSums, ...nothingWritten() };
    return present(node, { ...this.tidied, style, known: this.known[style] });
  }

  private get tidied(): Omit<Presentation, "style"> {
    return { letterPlaces: this.letterPlaces, isOwn: (part) => this.tidy.isOwn(part), isFresh: (part) => this.tidy.isFresh(part) };
  }

  private write(expression: Expression): Written {
    return fromIr(expression, (part) => {
      if (part.kind === "read" && (this.nodes?.sums.of(part) || isOwnName(part.local))) return pathOf(part.local);
      const node = this.canonical.of(part);
      return node.kind === "symbol" ? node.name : "?";
    }, this.writtenParts);
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

const nothingWritten = (): Record<Style, Map<Node, Written>> => ({ code: new Map(), paper: new Map(), plain: new Map() });

function coordinateIn(offsets: ReadonlyMap<string, number>, expression: Expression): number | undefined {
  if (expression.kind === "read") return offsets.get(expression.local.name);
  if (expression.kind !== "load" || expression.array.role.kind !== "parameter") return undefined;
  const indices = expression.indices.map((index) => (index.kind === "constant" ? index.value : NaN));
  return expression.array.role.offset + flat(expression.array, indices);
}
