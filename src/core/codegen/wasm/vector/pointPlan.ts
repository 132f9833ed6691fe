import { Ranges } from "../../../ir/ranges";
import type { Block, Expression, IrFunction, Load, Local, Statement } from "../../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../../ir/visit";

/** A function that can be evaluated at two points at once. */
export interface PointPlan {
  /** Whether it is the same at both points. */
  readonly isUniform: (expression: Expression) => boolean;
}

/**
 * Undefined where the points would take different ways that cannot be taken together: loops that end for one before the other, traps,
 * and elements that only one of them may ask for.
 */
export function planPoints(fn: IrFunction): PointPlan | undefined {
  const different = new Set<Local>(fn.scalars.map(({ local }) => local));
  const isUniform = (expression: Expression): boolean => {
    let uniform = true;
    walkExpression(expression, (e) => {
      if (e.kind === "read" && different.has(e.local)) uniform = false;
      if (e.kind === "load" && e.array.role.kind !== "data") uniform = false;
    });
    return uniform;
  };
  // What differs makes other things differ, until no more are found.
  for (let before = -1; before < different.size;) {
    before = different.size;
    spread(fn.body, false, different, isUniform);
  }
  if (fn.arrays.some(({ element, role }) => role.kind === "stack" || role.kind === "output" || (element === "i32" && role.kind !== "data"))) return undefined;
  return new Checker(isUniform).allows(fn) ? { isUniform } : undefined;
}

function spread(block: Block, isApart: boolean, different: Set<Local>, isUniform: (expression: Expression) => boolean): void {
  for (const statement of block) {
    if (statement.kind === "assign" && (isApart || !isUniform(statement.value))) different.add(statement.local);
    if (statement.kind === "accumulate" && statement.target.kind === "local" && (isApart || !isUniform(statement.value))) different.add(statement.target);
    const apart = isApart || (statement.kind === "if" && !isUniform(statement.condition));
    for (const inner of blocksOf(statement)) spread(inner, apart, different, isUniform);
  }
}

class Checker {
  private readonly ranges = new Ranges();

  constructor(private readonly isUniform: (expression: Expression) => boolean) {}

  allows(fn: IrFunction): boolean {
    return this.block(fn.body, false) && this.isReadable(fn.result, false);
  }

  private block(block: Block, isApart: boolean): boolean {
    return block.every((statement) => this.statement(statement, isApart));
  }

  private statement(statement: Statement, isApart: boolean): boolean {
    if (!expressionsOf(statement).every((expression) => this.isReadable(expression, isApart))) return false;
    switch (statement.kind) {
      case "push": case "pop": return false;
      case "trap": return !isApart;
      case "assign":
        this.ranges.forget(statement.local);
        if (!isApart) this.ranges.assigned(statement.local, statement.value);
        return !(isApart && statement.local.type === "i32");
      case "store": return statement.indices.every((index) => this.isUniform(index));
      case "accumulate": return (statement.indices ?? []).every((index) => this.isUniform(index));
      case "fill": return !isApart;
      case "if": return this.inside(statement, isApart || !this.isUniform(statement.condition));
      case "while": return !isApart && this.isUniform(statement.condition) && this.inside(statement, isApart);
      case "for":
        if (isApart || !this.isUniform(statement.from) || !this.isUniform(statement.to)) return false;
        if (statement.exit && !this.isUniform({ kind: "read", local: statement.exit })) return false;
        return this.inside(statement, isApart);
    }
  }

  private inside(statement: Statement, isApart: boolean): boolean {
    const inner = blocksOf(statement);
    // What a later turn writes, an earlier line of the next one reads.
    for (const block of inner) this.forgetWritten(block);
    if (statement.kind === "for") this.ranges.enterLoop(statement);
    const allowed = inner.every((block) => this.block(block, isApart));
    for (const block of inner) this.forgetWritten(block);
    return allowed;
  }

  private forgetWritten(block: Block): void {
    walkBlock(block, (statement) => { if (statement.kind === "assign") this.ranges.forget(statement.local); });
  }

  /** Both sides of a choice are computed: what is read there must be there whichever is taken. */
  private isReadable(expression: Expression, isApart: boolean): boolean {
    let readable = true;
    const check = (e: Expression): void => walkExpression(e, (inner) => { if (inner.kind === "load" && !this.isWithin(inner)) readable = false; });
    walkExpression(expression, (e) => {
      if (this.isUniform(e)) return;
      // The branch is entered where either point takes it: an index of both is right for one of them.
      if (isApart && e.kind === "load" && !e.indices.every((index) => this.isUniform(index))) check(e);
      if (e.kind === "select") [e.whenTrue, e.whenFalse].forEach(check);
      if (e.kind === "call" && (e.primitive === "and" || e.primitive === "or")) e.args.slice(1).forEach(check);
    });
    return readable;
  }

  private isWithin({ array, indices }: Load): boolean {
    return indices.every((index, d) => {
      const range = this.ranges.of(index);
      return range !== undefined && range.low >= 0 && range.high < (array.shape[d] ?? 1);
    });
  }
}
