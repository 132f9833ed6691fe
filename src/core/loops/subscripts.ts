import { type LinearForm, linearForm, plus } from "../ir/linearForm";
import { type Interval, Ranges } from "../ir/ranges";
import type { ArrayVariable, Assign, Block, Expression, For, IrFunction, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** One subscript of one access to an array. */
export interface Subscript {
  readonly expression: Expression;
  readonly form: LinearForm;
  /** What each term's atom can be, where that is known. */
  readonly ranges: readonly (Interval | undefined)[];
  /** The loop whose index it is, all by itself. */
  readonly through: For | undefined;
}

/** By array and dimension, every subscript with which a function asks for f64. Arrays one of whose subscripts means two things are left out. */
export function subscriptsOf(fn: IrFunction): ReadonlyMap<ArrayVariable, readonly (readonly Subscript[])[]> {
  return new Reader(fn).found;
}

/** What the terms come to, `constant` included. */
export function rangeOf({ constant, terms }: LinearForm, { form, ranges }: Subscript): Interval | undefined {
  let [low, high] = [constant, constant];
  for (const { atom, factor } of terms) {
    const range = ranges[form.terms.findIndex((term) => term.atom === atom)];
    if (!range) return undefined;
    low += Math.min(factor * range.low, factor * range.high);
    high += Math.max(factor * range.low, factor * range.high);
  }
  return { low, high };
}

class Reader {
  readonly found = new Map<ArrayVariable, Subscript[][]>();
  private readonly ambiguous = new Set<ArrayVariable>();
  private readonly seen = new Map<Expression, LinearForm>();
  private readonly ranges = new Ranges();
  private readonly loops = new Map<Local, For>();
  /** What whole numbers are where one stands, in terms of loop indices. */
  private known = new Map<Local, LinearForm>();

  constructor(fn: IrFunction) {
    this.block(fn.body);
    this.loads(fn.result);
    for (const array of this.ambiguous) this.found.delete(array);
  }

  private block(block: Block): void {
    for (const statement of block) {
      expressionsOf(statement).forEach((e) => { this.loads(e); });
      switch (statement.kind) {
        case "store": this.access(statement.array, statement.indices); break;
        case "accumulate": if (statement.target.kind === "array") this.access(statement.target, statement.indices ?? []); break;
        case "assign": this.assigned(statement); break;
        case "pop": this.known.delete(statement.local); break;
        case "for":
          this.ranges.enterLoop(statement);
          this.loops.set(statement.index, statement);
          this.inside(statement);
          this.loops.delete(statement.index);
          this.ranges.forget(statement.index);
          break;
        default: this.inside(statement);
      }
    }
  }

  /** What is written in a block is known there, and neither when its turn comes again nor behind it. */
  private inside(statement: Statement): void {
    const blocks = blocksOf(statement);
    for (const block of blocks) {
      walkBlock(block, (inner) => { if (inner.kind === "assign" || inner.kind === "pop") this.known.delete(inner.local); });
    }
    const before = this.known;
    for (const block of blocks) {
      this.known = new Map(before);
      this.block(block);
    }
    this.known = before;
  }

  private assigned({ local, value }: Assign): void {
    const form = local.type === "i32" ? this.form(value) : undefined;
    // What it is made of must stay what it is for as long as that is asked.
    if (form?.terms.every(({ atom }) => atom.kind === "read" && this.loops.has(atom.local))) this.known.set(local, form);
    else this.known.delete(local);
  }

  private loads(expression: Expression): void {
    walkExpression(expression, (e) => { if (e.kind === "load") this.access(e.array, e.indices); });
  }

  private form(e: Expression): LinearForm {
    return linearForm(e, (local) => this.known.get(local));
  }

  private access(array: ArrayVariable, indices: readonly Expression[]): void {
    if (array.element !== "f64") return;
    const dimensions = this.found.get(array) ?? array.shape.map((): Subscript[] => []);
    this.found.set(array, dimensions);
    for (const [dimension, expression] of indices.entries()) {
      const form = this.form(expression);
      const before = this.seen.get(expression);
      if (before && !isSame(before, form)) this.ambiguous.add(array);
      this.seen.set(expression, form);
      const [only] = form.terms;
      const isIndex = only?.factor === 1 && form.terms.length === 1 && form.constant === 0 && only.atom.kind === "read";
      const through = isIndex && only.atom.kind === "read" ? this.loops.get(only.atom.local) : undefined;
      dimensions[dimension]?.push({ expression, form, ranges: form.terms.map(({ atom }) => this.ranges.of(atom)), through });
    }
  }
}

function isSame(a: LinearForm, b: LinearForm): boolean {
  const difference = plus(a, b, -1);
  return difference.terms.length === 0 && difference.constant === 0;
}
