import { read } from "../ir/build";
import type { Expression, IrFunction, Local } from "../ir/types";
import { operands } from "../ir/visit";
import { fromIr } from "../print/fromIr";
import { printable } from "../print/printable";
import type { Written } from "../print/written";
import { Algebra } from "./algebra";
import { Canonical, NoClosedForm } from "./canonical";
import { quotientWritten } from "./differenceQuotients";
import { type Derivation, Differentiator } from "./differentiate";
import { execute, flat } from "./execute";
import { explain } from "./explain";
import type { DerivationStep, Formula, Printable } from "./formula";
import type { Node } from "./node";
import { present } from "./present";
import { Tidy } from "./tidy";
import { NodeToIr } from "./toIr";

export type ClosedForm = { ok: true; formula: SymbolicFunction } | { ok: false; reason: string };

/** The function as one formula of its coordinates, with its derivatives; or why it has none worth showing. */
export function closedForm(fn: IrFunction, coordinates: readonly string[]): ClosedForm {
  try {
    return { ok: true, formula: new SymbolicFunction(execute(fn), fn, coordinates) };
  } catch (error) {
    if (error instanceof NoClosedForm) return { ok: false, reason: `There is no short closed form: ${error.message}.` };
    throw error;
  }
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
  private readonly coordinateOf: (expression: Expression) => number | undefined;
  private readonly toIr: NodeToIr;
  readonly valueNode: Node;

  constructor(private readonly expression: Expression, fn: IrFunction, private readonly coordinates: readonly string[]) {
    const offsets = new Map(fn.scalars.map(({ local, offset }) => [local.name, offset]));
    // Names of our own for the coordinates, whether they are scalars or elements; "#" keeps them apart from the program's.
    const own = coordinates.map((_, index): Local => ({ kind: "local", name: `#${index}`, type: "f64" }));
    own.forEach((local, index) => offsets.set(local.name, index));
    this.toIr = new NodeToIr((index) => read(own[index] ?? { kind: "local", name: "#", type: "f64" }));
    this.coordinateOf = (part) => coordinateIn(offsets, part);
    const symbol = (index: number | undefined): Node => {
      if (index === undefined) throw new NoClosedForm("it reads a variable that has no value");
      return this.algebra.symbol(index, coordinates[index] ?? `x[${index}]`);
    };
    this.canonical = new Canonical(this.algebra, {
      ofLocal: (local: Local) => symbol(offsets.get(local.name)),
      ofElement: (_array, part) => symbol(this.coordinateOf(part)),
    });
    // The coordinates come first, so that their order is the order of their names wherever it matters.
    coordinates.forEach((_, index) => symbol(index));
    this.valueNode = this.canonical.of(expression);
    this.tidy = new Tidy(this.algebra, [...this.canonical.all()], coordinates.length);
    this.differentiators = coordinates.map((_, index) => new Differentiator(
      this.algebra, this.canonical, (part) => this.coordinateOf(part) === index, (part) => this.isActive(part),
    ));
    this.value = printable(() => this.write(expression));
    this.gradient = coordinates.map((_, index) => this.printableNode(() => this.partialNode(index)));
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
    return this.coordinates.map((_, row) => this.coordinates.map((__, column) => {
      // Differentiated from the shorter of the two, so that both halves read alike.
      const [i, j] = [Math.min(row, column), Math.max(row, column)];
      return this.printableNode(() => this.secondNode(i, j));
    }));
  }

  secondNode(row: number, column: number): Node {
    return this.tidy.of(this.differentiator(column).derive(this.toIr.of(this.partialNode(row))).derivative);
  }

  steps(coordinate: number): DerivationStep {
    return explain(this.derivationOf(coordinate), {
      algebra: this.algebra,
      tidied: (node) => this.tidy.of(node),
      own: (expression) => this.write(expression),
      node: (expression) => this.canonical.of(expression),
      present: (node, forPaper) => present(node, { ...this.tidied, reciprocalTrigonometry: forPaper }),
      printable,
      isTaken: (letter) => this.isTaken(letter),
    });
  }

  /** (f(x + h) − f(x))/h with the formula put in. */
  differenceQuotient(coordinate: number): Printable {
    return printable(() => quotientWritten(this.write(this.expression), this.coordinates[coordinate] ?? "", (letter) => this.isTaken(letter)));
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
    return printable(() => this.inCode(node()), () => present(node(), { ...this.tidied, reciprocalTrigonometry: true }));
  }

  private inCode(node: Node): Written {
    return present(node, { ...this.tidied, reciprocalTrigonometry: false });
  }

  private get tidied(): { isOwn(part: Node): boolean; isFresh(part: Node): boolean } {
    return { isOwn: (part) => this.tidy.isOwn(part), isFresh: (part) => this.tidy.isFresh(part) };
  }

  private write(expression: Expression): Written {
    return fromIr(expression, (part) => {
      const index = this.coordinateOf(part);
      return (index === undefined ? undefined : this.coordinates[index]) ?? "?";
    });
  }

  private isActive(expression: Expression): boolean {
    const known = this.activity.get(expression);
    if (known !== undefined) return known;
    const answer = this.coordinateOf(expression) !== undefined || operands(expression).some((operand) => this.isActive(operand));
    this.activity.set(expression, answer);
    return answer;
  }
}

function coordinateIn(offsets: ReadonlyMap<string, number>, expression: Expression): number | undefined {
  if (expression.kind === "read") return offsets.get(expression.local.name);
  if (expression.kind !== "load" || expression.array.role.kind !== "parameter") return undefined;
  const indices = expression.indices.map((index) => (index.kind === "constant" ? index.value : NaN));
  return expression.array.role.offset + flat(expression.array, indices);
}
