import type { Ranges } from "../../../../ir/ranges";
import type { Accumulate, ArrayVariable, Block, Expression, For, Load, Local, Statement, Store } from "../../../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../../../ir/visit";
import { readsOf, writesOf } from "../../../../loops/effects";
import { accessesOf } from "../../../../loops/ownArrays";

/** What is known of statements that are done for two at once: at two points, or in two turns of a loop. */
export interface PairPlan {
  /** Whether it is the same for both. */
  readonly isUniform: (expression: Expression) => boolean;
  /** Whether each has an array of its own: elements stand side by side. */
  readonly isPaired: (array: ArrayVariable) => boolean;
  /** In a branch that one may not take: elements that may not be there for that one. */
  readonly guarded: ReadonlySet<Load | Store | Accumulate>;
  /** Choices whose arms make sense only where they are chosen: each computes them for itself. */
  readonly apart: ReadonlySet<Expression>;
  /** What a loop adds to one and the same element in each of its turns: that element is held in a register meanwhile. */
  readonly held: ReadonlyMap<For, readonly AddsToElement[]>;
}

const addsToElement = (statement: Statement): statement is AddsToElement =>
  statement.kind === "accumulate" && statement.target.kind === "array" && statement.indices !== undefined;

export type AddsToElement = Accumulate & { readonly target: ArrayVariable; readonly indices: readonly Expression[] };

/** What differs between the two. */
export interface Differences {
  readonly locals: Set<Local>;
  readonly arrays: Set<ArrayVariable>;
}

/** What there is to be planned. */
export interface PairsOf {
  readonly body: Block;
  /** What is evaluated after the body. */
  readonly result?: Expression;
  /** What differs from the start. */
  readonly differences: Differences;
  /** Whether each may have an array of its own. */
  readonly mayBePaired: (array: ArrayVariable) => boolean;
  readonly ranges: Ranges;
}

/** Undefined where the two would take different ways that cannot be taken together: loops that end for one before the other, and traps. */
export function planPairs({ body, result, differences: { locals, arrays }, mayBePaired, ranges }: PairsOf): PairPlan | undefined {
  const differs = (expression: Expression): boolean => {
    let found = false;
    walkExpression(expression, (e) => {
      if ((e.kind === "read" && locals.has(e.local)) || (e.kind === "load" && arrays.has(e.array))) found = true;
    });
    return found;
  };
  // What differs makes other things differ, until no more are found.
  for (let before = -1; before < locals.size + arrays.size;) {
    before = locals.size + arrays.size;
    spread(body, false, { locals, arrays }, differs, mayBePaired);
  }
  const known = new WeakMap<Expression, boolean>();
  const isUniform = (expression: Expression): boolean => {
    const found = known.get(expression) ?? !differs(expression);
    known.set(expression, found);
    return found;
  };
  const checker = new Checker({ isUniform, isPaired: (array) => arrays.has(array) }, ranges);
  return checker.allows(body, result) ? checker.plan : undefined;
}

function spread(block: Block, isApart: boolean, { locals, arrays }: Differences, differs: (e: Expression) => boolean, mayBePaired: (array: ArrayVariable) => boolean): void {
  for (const statement of block) {
    const apart = isApart || (statement.kind === "if" && differs(statement.condition));
    if (apart || expressionsOf(statement).some(differs)) {
      if (statement.kind === "assign") locals.add(statement.local);
      if (statement.kind === "accumulate" && statement.target.kind === "local") locals.add(statement.target);
      const array = statement.kind === "store" || statement.kind === "fill" ? statement.array : statement.kind === "accumulate" && statement.target.kind === "array" ? statement.target : undefined;
      if (array && mayBePaired(array)) arrays.add(array);
    }
    for (const inner of blocksOf(statement)) spread(inner, apart, { locals, arrays }, differs, mayBePaired);
  }
}

class Checker {
  private readonly guarded = new Set<Load | Store | Accumulate>();
  private readonly apart = new Set<Expression>();
  private readonly held = new Map<For, readonly AddsToElement[]>();
  readonly plan: PairPlan;

  constructor(of: Pick<PairPlan, "isUniform" | "isPaired">, private readonly ranges: Ranges) {
    this.plan = { ...of, guarded: this.guarded, apart: this.apart, held: this.held };
  }

  allows(body: Block, result: Expression | undefined): boolean {
    return this.block(body, false) && (!result || this.isReadable(result, false));
  }

  /** `isApart`: only one of them may be there. */
  private block(block: Block, isApart: boolean): boolean {
    return block.every((statement) => this.statement(statement, isApart));
  }

  private statement(statement: Statement, isApart: boolean): boolean {
    const { isUniform } = this.plan;
    if (!expressionsOf(statement).every((expression) => this.isReadable(expression, isApart))) return false;
    switch (statement.kind) {
      case "push": case "pop": return false;
      case "trap": return !isApart;
      case "assign":
        this.ranges.forget(statement.local);
        if (!isApart) this.ranges.assigned(statement.local, statement.value);
        return true;
      case "store":
        if (isApart && !statement.indices.every(isUniform)) this.guarded.add(statement);
        return true;
      case "accumulate":
        if (isApart && !(statement.indices ?? []).every(isUniform)) this.guarded.add(statement);
        return true;
      case "fill": return !isApart && (statement.array.element === "f64" || !this.plan.isPaired(statement.array));
      case "if": return this.inside(statement, isApart || !isUniform(statement.condition));
      case "while": return !isApart && isUniform(statement.condition) && this.inside(statement, isApart);
      case "for":
        if (!isUniform(statement.from) || !isUniform(statement.to)) return false;
        if (statement.exit && !isUniform({ kind: "read", local: statement.exit })) return false;
        this.hold(statement);
        return this.inside(statement, isApart);
    }
  }

  /** A loop of no turns does not ask for the element: it must be there all the same. */
  private hold(loop: For): void {
    const changed = new Set([loop.index, ...loop.body.flatMap((statement) => [...writesOf(statement)])]);
    const isFixed = (index: Expression): boolean => this.plan.isUniform(index) && [...readsOf(index)].every((variable) => !changed.has(variable));
    const held = loop.body.filter(addsToElement).filter(({ target, indices }) =>
      indices.every(isFixed) && accessesOf(loop.body, target).length === 1 && !loop.body.some((other) => isFilled(other, target)) && this.isWithin({ array: target, indices }));
    if (held.length > 0) this.held.set(loop, held);
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

  /** Both sides of a choice are computed, and a branch is entered where either takes it: what is read must be there, or be asked for by each alone. */
  private isReadable(expression: Expression, isApart: boolean): boolean {
    let readable = true;
    const isThere = (e: Expression): boolean => {
      let there = true;
      walkExpression(e, (inner) => { if (inner.kind === "load" && !this.isWithin(inner)) there = false; });
      return there;
    };
    const choice = (e: Expression, arms: readonly Expression[]): void => {
      if (arms.every(isThere)) return;
      this.apart.add(e);
      if (isApart) readable = false;
    };
    walkExpression(expression, (e) => {
      if (this.plan.isUniform(e)) return;
      if (isApart && e.kind === "load" && !e.indices.every(this.plan.isUniform) && !this.isWithin(e)) {
        this.guarded.add(e);
        if (e.array.element === "i32") readable = false;
      }
      if (e.kind === "select") choice(e, [e.whenTrue, e.whenFalse]);
      if (e.kind === "call" && (e.primitive === "and" || e.primitive === "or")) choice(e, e.args.slice(1));
    });
    return readable;
  }

  private isWithin({ array, indices }: Pick<Load, "array" | "indices">): boolean {
    return indices.every((index, d) => {
      const range = this.ranges.of(index);
      return range !== undefined && range.low >= 0 && range.high < (array.shape[d] ?? 1);
    });
  }
}

function isFilled(statement: Statement, array: ArrayVariable): boolean {
  let found = false;
  walkBlock([statement], (inner) => { if (inner.kind === "fill" && inner.array === array) found = true; });
  return found;
}
