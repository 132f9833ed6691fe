import { read } from "../ir/build";
import type { Normal } from "../autodiff/normalise";
import type { ArrayVariable, Block, Expression, IrFunction, Load, Local, Read } from "../ir/types";
import { blocksOf } from "../ir/visit";
import { fromIr } from "../print/fromIr";
import { printLatex } from "../print/latex";
import { printText } from "../print/text";
import { name, type Written } from "../print/written";
import { Algebra } from "../symbolic/algebra";
import { Canonical, NoClosedForm } from "../symbolic/canonical";
import type { Printable } from "../symbolic/formula";
import type { Node } from "../symbolic/node";
import { present } from "../symbolic/present";
import type { Contribution } from "./contributions";

type Variable = Local | ArrayVariable;
/** How an adjoint is written: h̄ on paper, d_h in code, dloss/dh in plain mathematics. */
type Style = "paper" | "code" | "plain";

/** Writes what is added to an adjoint, in the user's names. */
export class SweepPrinter {
  private readonly offsets: ReadonlyMap<Local, number>;
  private readonly counters: ReadonlyMap<Local, string>;
  private readonly title: string;

  constructor(
    fn: IrFunction, private readonly normal: Normal, private readonly coordinates: readonly string[],
    private readonly primalOf: (adjoint: Variable) => Variable | undefined,
  ) {
    this.offsets = new Map(fn.scalars.map(({ local, offset }) => [local, offset]));
    this.counters = nameCounters(normal.body);
    this.title = /[\p{L}\p{N}_$]+$/u.exec(fn.name)?.[0] ?? "f";
  }

  print(update: Contribution): Printable {
    const sides = (style: Style): [Written, Written] => [name(this.adjoint(update.target, update.indices, style, true)), this.value(update.value, style)];
    const text = (style: Style, dialect: "typescript" | "python" | "math"): string => {
      const [left, right] = sides(style).map((side) => printText(side, dialect).replace(/⟦/g, "[").replace(/⟧/g, "]"));
      return `${left} ${update.replaces ? "=" : "+="} ${right}`;
    };
    return {
      latex: () => sides("paper").map(printLatex).join(update.replaces ? " = " : " \\mathrel{+}= "),
      typescript: () => text("code", "typescript"),
      python: () => text("code", "python"),
      math: () => text("plain", "math"),
    };
  }

  /** In canonical form, where it has one: 2 · e rather than e · 2 · 1. */
  private value(value: Expression, style: Style): Written {
    const alone = value.kind === "read" || value.kind === "load";
    const algebra = new Algebra();
    const symbols = new Map<string, Node>();
    // What the program computed comes first in a product, the adjoint last.
    const symbol = (part: Read | Load): Node => {
      const path = this.path(part, style, alone);
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
      return fromIr(value, (part) => (part.kind === "read" || part.kind === "load" ? this.path(part, style, alone) : "?"));
    }
  }

  private path(part: Read | Load, style: Style, alone: boolean): string {
    const [variable, indices] = part.kind === "read" ? [part.local, []] : [part.array, part.indices];
    const primal = this.primalOf(variable);
    return primal ? this.adjoint(primal, indices, style, alone) : `${this.nameOf(variable)}${this.indices(indices, style)}`;
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
    return indices.map((index) => {
      const text = printText(fromIr(index, (part) => (part.kind === "read" || part.kind === "load" ? this.path(part, style, true) : "?")), "typescript");
      // An element of an element: on paper, one index cannot stand below another's brackets.
      return `${open}${style === "paper" ? text.replace(/\[/g, "(").replace(/\]/g, ")") : text}${close}`;
    }).join("");
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
    return variable.label ?? this.counters.get(variable) ?? withoutNumber((this.normal.standsFor.get(variable) ?? variable).name);
  }
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
