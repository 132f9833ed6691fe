import { read } from "../ir/build";
import type { Normal } from "../autodiff/normalise";
import type { ArrayVariable, Block, Expression, IrFunction, Load, Local, Read } from "../ir/types";
import { blocksOf, mapExpression } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import { fromIr } from "../print/fromIr";
import { printLatex } from "../print/latex";
import { printText } from "../print/text";
import { name, type Written } from "../print/written";
import { affineNumber } from "../symbolic/affine";
import { Algebra } from "../symbolic/algebra";
import { Canonical, NoClosedForm } from "../symbolic/canonical";
import type { Printable } from "../symbolic/formula";
import type { Node } from "../symbolic/node";
import { present } from "../symbolic/present";
import { fieldAt, Ways } from "../symbolic/ways";
import type { Contribution } from "./contributions";

type Variable = Local | ArrayVariable;
/** How an adjoint is written: h̄ on paper, d_h in code, dloss/dh in plain mathematics. */
type Style = "paper" | "code" | "plain";

/** Writes what is added to an adjoint, in the user's names. */
export class SweepPrinter {
  private readonly offsets: ReadonlyMap<Local, number>;
  private readonly counters: ReadonlyMap<Local, string>;
  private readonly title: string;
  private readonly ways: Ways;

  /** `roots`: data under the names they have in the user's text. `resolve` puts in what stands for parts of expressions. */
  constructor(
    fn: IrFunction, private readonly normal: Normal, private readonly coordinates: readonly string[], roots: readonly Root[],
    private readonly primalOf: (adjoint: Variable) => Variable | undefined, private readonly resolve: (expression: Expression) => Expression,
  ) {
    this.ways = new Ways(coordinates, roots);
    this.offsets = new Map(fn.scalars.map(({ local, offset }) => [local, offset]));
    this.counters = nameCounters(normal.body);
    this.title = /[\p{L}\p{N}_$]+$/u.exec(fn.name)?.[0] ?? "f";
  }

  /** One update, or several that are made at once: [d_x, d_y] = [y * d_y, d_x]. */
  print(updates: readonly Contribution[]): Printable {
    const isOne = updates.length === 1;
    const replaces = updates.every((update) => update.replaces);
    const sides = (style: Style): [Written[], Written[]] => [updates.map((update) => name(this.adjoint(update.target, update.indices, style, true))), updates.map((update) => this.value(update, style))];
    const text = (style: Style, dialect: "typescript" | "python" | "math", [open, close]: readonly [string, string]): string => {
      const [left, right] = sides(style).map((side) => {
        const all = side.map((part) => printText(part, dialect).replace(/⟦/g, "[").replace(/⟧/g, "]")).join(", ");
        return isOne ? all : `${open}${all}${close}`;
      });
      return `${left} ${replaces ? "=" : "+="} ${right}`;
    };
    return {
      latex: () => sides("paper").map((side) => (isOne ? side.map(printLatex).join() : `(${side.map(printLatex).join(",\\; ")})`)).join(replaces ? " = " : " \\mathrel{+}= "),
      typescript: () => text("code", "typescript", ["[", "]"]),
      python: () => text("code", "python", ["", ""]),
      math: () => text("plain", "math", ["(", ")"]),
    };
  }

  /** In canonical form, where it has one: 2 · e rather than e · 2 · 1. */
  private value(update: Contribution, style: Style): Written {
    const value = mapExpression(update.value, withoutGuard);
    const alone = value.kind === "read" || value.kind === "load";
    const algebra = new Algebra();
    const symbols = new Map<string, Node>();
    // In h = tanh(w h), h is the value before the line, as on its right; the one it gives is another.
    const pathOf = (part: Read | Load): string => this.path(part, style, alone) + (part.kind === "read" && update.given?.has(part.local) ? "_new" : "");
    // What the program computed comes first in a product, the adjoint last.
    const symbol = (part: Read | Load): Node => {
      const path = pathOf(part);
      const known = symbols.get(path);
      if (known) return known;
      const isAdjoint = this.primalOf(part.kind === "read" ? part.local : part.array) !== undefined;
      const made = algebra.symbol(symbols.size + (isAdjoint ? 1e6 : 0), path);
      symbols.set(path, made);
      return made;
    };
    const canonical = new Canonical(algebra, { ofLocal: (local) => symbol(read(local)), ofElement: (_array, part) => symbol(asLoad(part)) });
    try {
      return present(canonical.of(value), { isOwn: () => false, isFresh: () => false, style: style === "paper" ? "paper" : "code" });
    } catch (problem) {
      // Numbers of too many digits have no canonical form; they are printed as they are.
      if (!(problem instanceof NoClosedForm)) throw problem;
      return fromIr(value, (part) => (part.kind === "read" || part.kind === "load" ? pathOf(part) : "?"));
    }
  }

  private path(part: Read | Load, style: Style, alone: boolean): string {
    const [variable, indices] = part.kind === "read" ? [part.local, []] : [part.array, part.indices];
    const primal = this.primalOf(variable);
    if (primal) return this.adjoint(primal, indices, style, alone);
    return (variable.kind === "array" && this.field(variable, indices, style)) || `${this.nameOf(variable)}${this.indices(indices, style)}`;
  }

  /** points[i].x: of data that are records, the field. */
  private field(array: ArrayVariable, indices: readonly Expression[], style: Style): string | undefined {
    if (array.role.kind !== "data") return undefined;
    const way = this.ways.of(array);
    const index = (dimension: number): string => this.indices(indices.slice(dimension, dimension + 1), style);
    const isRecord = way.some((step, i) => i > 0 && (typeof step === "string" ? typeof way[i - 1] !== "string" : "fields" in step));
    if (!isRecord) return undefined;
    /** Where the index counts through the fields, none of them is meant. */
    const fixed = (fields: readonly string[], dimension: number): string | undefined => {
      const at = indices[dimension];
      return at?.kind === "constant" ? fieldAt(fields, affineNumber(at.value)) : undefined;
    };
    const spelt = way.map((step) => {
      if (typeof step === "string") return step;
      if ("constant" in step) return `[${step.constant}]`;
      return (step.fields && fixed(step.fields, step.dimension)) ?? index(step.dimension);
    });
    // Plain mathematics has no fields: y[i].
    if (style !== "plain") return spelt.join("");
    const isField = (part: string): boolean => /^[.]/.test(part);
    return [spelt.filter(isField).at(-1)?.slice(1) ?? "", ...spelt.slice(1).filter((part) => !isField(part))].join("");
  }

  private adjoint(primal: Variable, indices: readonly Expression[], style: Style, alone: boolean): string {
    const below = this.indices(indices, style);
    if (style === "paper") return withBar(this.nameOf(primal)) + below;
    // Of params.layers[0].w the last part says enough.
    const own = this.nameOf(primal).replace(/^.*\./, "");
    if (style === "code") return `d_${own}${below}`;
    const quotient = `d${this.title}/d${own}${below}`.replace(/\[/g, "⟦").replace(/\]/g, "⟧");
    return alone ? quotient : `(${quotient})`;
  }

  private indices(indices: readonly Expression[], style: Style): string {
    const [open, close] = style === "plain" ? ["⟦", "⟧"] : ["[", "]"];
    return indices.map((given) => {
      const index = mapExpression(this.resolve(given), withoutRounding);
      const text = printText(fromIr(index, (part) => (part.kind === "read" || part.kind === "load" ? this.path(part, style, true) : "?")), "typescript");
      // An element of an element: on paper, one index cannot stand below another's brackets.
      return `${open}${style === "paper" ? text.replace(/\[/g, "(").replace(/\]/g, ")") : text}${close}`;
    }).join("");
  }

  private readonly called = new Map<string, Local[]>();

  /** A helper's s is another than the function's own. */
  private apart(label: string, variable: Local): string {
    const known = this.called.get(label) ?? [];
    if (!known.includes(variable)) this.called.set(label, [...known, variable]);
    const at = (this.called.get(label) ?? []).indexOf(variable);
    return at === 0 ? label : `${label}_${at + 1}`;
  }

  private nameOf(variable: Variable): string {
    if (variable.kind === "array") {
      const { role } = variable;
      const path = role.kind === "parameter" ? this.coordinates[role.offset] : undefined;
      if (path !== undefined) return variable.shape.reduce((stem) => stem.replace(/\[\d+\]$/, ""), path);
      return variable.label ?? withoutNumber(variable.name);
    }
    const offset = this.offsets.get(variable);
    if (offset !== undefined) return this.coordinates[offset] ?? variable.name;
    // Counters have names of their own.
    if (variable.label !== undefined) return variable.type === "f64" ? this.apart(variable.label, this.normal.standsFor.get(variable) ?? variable) : variable.label;
    return this.counters.get(variable) ?? withoutNumber((this.normal.standsFor.get(variable) ?? variable).name);
  }
}

/** A whole number looked up in data needs no rounding: c[labels[i]]. */
const withoutRounding = (part: Expression): Expression => (part.kind === "call" && part.primitive === "toInt" && part.args[0] ? part.args[0] : part);

/** The user's own text has no check that the index is inside. */
function withoutGuard(part: Expression): Expression {
  if (part.kind !== "select") return part;
  const { condition, whenTrue, whenFalse } = part;
  return whenTrue.kind === "constant" && Number.isNaN(whenTrue.value) && condition.kind === "call" && condition.primitive.endsWith("Int") ? whenFalse : part;
}

/** Counters and lists of our own making are numbered apart; the user's letter is what stands before. */
const withoutNumber = (own: string): string => own.replace(/(?:_\d+)+$/, "");

const spare = ["i", "j", "k", "l", "m", "n", "p", "q"];

/** Counters of loops within loops must not share a letter; those of loops one after the other may. */
function nameCounters(block: Block, around: readonly string[] = [], names = new Map<Local, string>()): Map<Local, string> {
  for (const statement of block) {
    let inside = around;
    if (statement.kind === "for") {
      const { index } = statement;
      const own = index.label ?? withoutNumber(index.name);
      const free = around.includes(own) ? spare.find((letter) => !around.includes(letter)) ?? index.name : own;
      names.set(index, free);
      inside = [...around, free];
    }
    for (const inner of blocksOf(statement)) nameCounters(inner, inside, names);
  }
  return names;
}

/** w[2] as w̄[2], params.w as params.w̄. */
function withBar(path: string): string {
  const indices = /(?:\[[^\]]*\])*$/.exec(path)?.[0] ?? "";
  return `${path.slice(0, path.length - indices.length)}_bar${indices}`;
}

function asLoad(part: Expression): Load {
  if (part.kind !== "load") throw new Error("An element is read by a load.");
  return part;
}
