import { read } from "../ir/build";
import type { Expression, IrFunction, Local } from "../ir/types";
import { operands } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import { fromIr } from "../print/fromIr";
import { printText } from "../print/text";
import { number, type Written } from "../print/written";
import { affineKey } from "./affine";
import { Algebra } from "./algebra";
import { Canonical, NoClosedForm } from "./canonical";
import { marksIn } from "./chooseNames";
import { Differentiator } from "./differentiate";
import { evaluateSums } from "./evaluateSums";
import type { Definition as Shown, Printable } from "./formula";
import { type Definition, Instances } from "./instances";
import { letterOrder } from "./letterOrder";
import type { Node } from "./node";
import type { LetterPlaces } from "./order";
import { boundTo } from "./ownNames";
import { printable } from "../print/printable";
import { present, type Style } from "./present";
import type { PutNames } from "./putNames";
import { slopeByItself } from "./slopeByItself";
import { Slopes } from "./slopes";
import { SumNodes } from "./sumNodes";
import { sumRules, unknownAt } from "./sumRules";
import type { Sums } from "./sums";
import { Tidy } from "./tidy";
import { NodeToIr } from "./toIr";
import { SumWriter } from "./writeSums";

/** What is known of the function with everything written out. */
export interface WrittenOut {
  readonly expression: Expression;
  readonly coordinates: readonly string[];
  coordinateOf(part: Expression): number | undefined;
  /** Numbers that the value does not notice, like the greatest before exponentials are taken. */
  readonly shifts: readonly Expression[];
  /** A derivative as an expression that can be differentiated again, and as numbers at the points where forms are compared. */
  partial(coordinate: number): Told;
  second(row: number, column: number): Told;
}

export interface Told {
  readonly expression: Expression;
  readonly values: readonly number[];
}

interface Around {
  readonly fn: IrFunction;
  readonly sums: Sums;
  readonly data: readonly Root[];
  /** Where both forms are computed. */
  readonly points: readonly ArrayLike<number>[];
}

const tolerance = 1e-8;
/** Letters that formulas may have beyond the unknowns. */
const mostLetters = 200;
/** Operations that may be spent on comparing one form. */
const mostWork = 100_000;

/**
 * The function differentiated as a person does who has given names to its parts: each name is an unknown of its own whose
 * slope is told by means of the name, s (1 − s) u′ of a sigmoid and x/r of a distance, and only what is left is tidied.
 * A name within a sum is one for each index, and its slope is too.
 */
export class ByNames {
  private readonly algebra = new Algebra();
  private readonly nodes: SumNodes;
  private readonly canonical: Canonical;
  private readonly tidy: Tidy;
  private readonly letterPlaces: LetterPlaces;
  private readonly toIr: NodeToIr;
  private readonly differentiators: readonly Differentiator[];
  private readonly definitions: readonly (Definition & { readonly expression: Expression })[];
  private readonly instances: Instances;
  private readonly writer: SumWriter;
  private readonly slopes = new Map<string, Node>();
  private readonly mentionedSlopes = new Map<string, Node>();
  private readonly chosen = new Map<string, Node | undefined>();
  private readonly expression: Expression;
  private readonly shifts: ReadonlySet<Node>;

  constructor(private readonly whole: WrittenOut, private readonly names: PutNames, private readonly around: Around) {
    const { coordinates } = whole;
    const { algebra } = this;
    const { sums, fn } = around;
    const own = coordinates.map((_, index): Local => ({ kind: "local", name: `#${index}`, type: "f64" }));
    const nodes = new SumNodes(algebra, coordinates, sums);
    this.nodes = nodes;
    const symbol = (index: number | undefined): Node => {
      if (index === undefined) throw new NoClosedForm("it reads a variable that has no value");
      return algebra.symbol(index, coordinates[index] ?? `x[${index}]`);
    };
    this.canonical = new Canonical(algebra, {
      ofLocal: (local) => nodes.ofLocal(local, this.canonical) ?? symbol(whole.coordinateOf(read(local))),
      ofElement: (array, part) => nodes.ofElement(array, part) ?? symbol(whole.coordinateOf(part)),
    });
    // The coordinates come first, then what the user made of them.
    coordinates.forEach((_, index) => symbol(index));
    const symbols = names.all.map((named) => this.canonical.of(names.mention(named)));
    this.toIr = new NodeToIr((index, of) => nodes.toIr(index, of) ?? read(own[index] ?? { kind: "local", name: "#", type: "f64" }), (made, node) => this.canonical.learn(made, node));
    this.definitions = names.all.map((named, k) => {
      const expression = names.defining(named);
      const node = this.canonical.of(expression);
      return { named, expression, node, symbol: symbols[k] ?? node };
    });
    this.instances = new Instances(algebra, nodes, this.definitions, (coordinate) => unknownAt(fn, coordinate));
    this.expression = names.into(whole.expression);
    this.canonical.of(this.expression);
    this.shifts = new Set(whole.shifts.flatMap((shift) => [this.canonical.of(names.into(shift)), ...this.definitions.flatMap(({ named, node }) => (named.expression === shift ? [node] : []))]));
    const written = [...this.canonical.all()];
    this.letterPlaces = nodes.inOrder(letterOrder(written));
    this.tidy = new Tidy(algebra, written, coordinates.length + mostLetters, nodes);
    nodes.coordinate = symbol;
    nodes.tidy = (node) => this.tidy.of(node);
    nodes.isOwn = (node) => this.tidy.isOwn(node);
    nodes.adopt = (made, from) => this.tidy.adopt(made, from);
    this.writer = new SumWriter(nodes, [...coordinates, ...names.all.map(({ label }) => label)], around.data, {
      meaning: (path) => nodes.meaningNamed(path)?.meaning,
      body: (path) => this.inside(path),
    });
    const slopes = new Slopes(this.canonical, (part) => this.isActive(part));
    this.differentiators = coordinates.map((_, coordinate) => {
      const rules = sumRules(algebra, nodes, fn, coordinate, (body) => this.canonical.of(body));
      // A name is to the differentiator what an element is whose index tells the coordinate: it has a slope of its own.
      const ofElement = (part: Expression): Node | undefined => this.slopeOfMention(part, coordinate) ?? rules.ofElement(part);
      return new Differentiator(algebra, this.canonical, slopes, (part) => whole.coordinateOf(part) === coordinate, (part) => this.isActive(part), { ...rules, ofElement });
    });
  }

  get value(): Printable {
    return this.shown(() => this.written(this.expression));
  }

  /** What the names stand for, in the order of computing. */
  get where(): readonly Shown[] {
    return this.definitions.map(({ named, expression }) => ({
      name: this.shown(() => this.written(this.names.mention(named)), named.indices), value: this.shown(() => this.written(expression), named.indices),
    }));
  }

  /** Lengths that formulas mention, by their letters; the length is told in full. */
  sizes(): readonly (readonly [string, Written])[] {
    return this.writer.definedSizes().map(([letter, size]) => [letter, number(String(size))] as const);
  }

  /** ∂f/∂x by means of the names; undefined where it would not have the values of the derivative written out. */
  partial(coordinate: number): Printable | undefined {
    return this.printed(this.partialNode(coordinate));
  }

  second(row: number, column: number): Printable | undefined {
    const first = this.partialNode(row);
    return this.printed(first && this.shortest(`${row},${column}`, () => this.derive(this.toIr.of(first), column), this.whole.second(row, column)));
  }

  private partialNode(coordinate: number): Node | undefined {
    return this.shortest(String(coordinate), () => this.derive(this.expression, coordinate), this.whole.partial(coordinate));
  }

  /** Differentiated by means of the names, or with the names put into what there is already, whichever is shorter. */
  private shortest(key: string, derive: () => Node, wanted: Told): Node | undefined {
    if (this.chosen.has(key)) return this.chosen.get(key);
    const candidates = [(): Node => this.tidy.of(derive()), (): Node => this.instances.named(this.canonical.of(wanted.expression))].flatMap((make) => {
      const node = withoutRefusal(make);
      return node && this.agrees(node, wanted.values) ? [{ node, length: marksIn(printText(this.finished(node, "plain"), "math")) }] : [];
    });
    const best = candidates.reduce<(typeof candidates)[number] | undefined>((shortest, candidate) => (shortest && shortest.length <= candidate.length ? shortest : candidate), undefined);
    this.chosen.set(key, best?.node);
    return best?.node;
  }

  private derive(expression: Expression, coordinate: number): Node {
    const differentiator = this.differentiators[coordinate];
    if (!differentiator) throw new Error(`There is no coordinate ${coordinate}`);
    return this.instances.named(differentiator.derive(expression).derivative);
  }

  private slopeOfMention(part: Expression, coordinate: number): Node | undefined {
    const mentioned = part.kind === "load" && part.array.role.kind === "scratch" ? this.nodes.meaningOf(this.canonical.of(part)) : undefined;
    if (mentioned?.kind !== "element") return undefined;
    const key = `${coordinate}${mentioned.array.name}${mentioned.at.map(affineKey).join()}`;
    const known = this.mentionedSlopes.get(key);
    if (known) return known;
    for (const definition of this.definitions) {
      const values = definition.named.array === mentioned.array ? boundTo(definition.named, mentioned.at) : undefined;
      if (!values) continue;
      const slope = this.nodes.substitute(this.slopeOf(definition, coordinate), values);
      this.mentionedSlopes.set(key, slope);
      return slope;
    }
    throw new NoClosedForm("a name stands for nothing there");
  }

  private slopeOf(definition: Definition & { readonly expression: Expression }, coordinate: number): Node {
    const key = `${this.definitions.indexOf(definition)},${coordinate}`;
    const known = this.slopes.get(key);
    if (known) return known;
    const { node, symbol, expression } = definition;
    const slope = this.shifts.has(node) ? this.algebra.zero : slopeByItself(node, symbol, {
      algebra: this.algebra,
      slope: (of) => this.derive(this.toIr.of(of), coordinate),
      named: (of) => this.instances.named(of),
      tidied: (of) => this.tidy.of(of),
      lengthOf: (of) => this.tidy.lengthOf(of),
    }) ?? this.derive(expression, coordinate);
    const tidied = this.tidy.of(slope);
    this.slopes.set(key, tidied);
    return tidied;
  }

  private isActive(part: Expression): boolean {
    if (part.kind === "call" && (part.primitive === "max" || part.primitive === "min") && this.shifts.has(this.canonical.of(part))) return false;
    if (part.kind === "load" && part.array.role.kind === "parameter") return true;
    const made = part.kind === "load" ? this.definitionsOf(part) : [];
    if (made.length > 0) return made.some((definition) => !this.shifts.has(definition.node) && this.isActive(definition.expression));
    const body = this.around.sums.of(part)?.body;
    return this.whole.coordinateOf(part) !== undefined || (body !== undefined && this.isActive(body)) || operands(part).some((operand) => this.isActive(operand));
  }

  private definitionsOf({ array }: Expression & { kind: "load" }): readonly (Definition & { readonly expression: Expression })[] {
    return this.definitions.filter(({ named }) => named.array === array);
  }

  private agrees(node: Node, wanted: readonly number[]): boolean {
    const told = evaluateSums(node, this.nodes, (array) => this.definitions.flatMap((made) => (made.named.array === array ? [{ at: made.named.at, node: made.node }] : [])));
    let [met, work] = [0, 0];
    for (const [k, x] of this.around.points.entries()) {
      const expected = wanted[k] ?? NaN;
      if (!Number.isFinite(expected)) continue;
      if (met > 0 && (work += told.work) > mostWork) break;
      if (!(Math.abs(told.at(x) - expected) <= tolerance * Math.max(1, Math.abs(expected)))) return false;
      met++;
    }
    return met > 0;
  }

  private printed(node: Node | undefined): Printable | undefined {
    return node && printable(() => this.finished(node, "code"), () => this.finished(node, "paper"), () => this.finished(node, "plain"));
  }

  private finished(node: Node, style: Style): Written {
    return this.writer.finish(this.presented(node, style), style === "paper");
  }

  /** `open`: indices that no sum in it goes over, in the order in which they have letters. */
  private shown(written: () => Written, open: readonly Local[] = []): Printable {
    return printable(() => this.writer.finish(written(), false, open), () => this.writer.finish(written(), true, open));
  }

  private presented(node: Node, style: Style): Written {
    return present(node, { letterPlaces: this.letterPlaces, isOwn: (part) => this.tidy.isOwn(part), isFresh: (part) => this.tidy.isFresh(part), style });
  }

  private inside(path: string): ReturnType<ConstructorParameters<typeof SumWriter>[3]["body"]> {
    const own = this.around.sums.of(read({ kind: "local", name: path, type: "f64" }));
    if (own) return { sum: own, written: this.written(own.body) };
    const meaning = this.nodes.meaningNamed(path)?.meaning;
    return meaning?.kind === "sum" ? { sum: meaning, written: this.presented(meaning.body, "code") } : undefined;
  }

  private readonly writtenParts = new Map<Expression, Written>();

  private written(expression: Expression): Written {
    return fromIr(expression, (part) => {
      if (part.kind === "read" && this.around.sums.of(part)) return part.local.name;
      const node = this.canonical.of(part);
      return node.kind === "symbol" ? node.name : "?";
    }, this.writtenParts);
  }
}

function withoutRefusal(make: () => Node): Node | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoClosedForm)) throw error;
    return undefined;
  }
}

