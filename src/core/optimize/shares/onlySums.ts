import { accumulate, assign, call, fill, float, select, store } from "../../ir/build";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../ir/visit";
import { type RowLoops, writtenIn } from "../minibatch/rowLoops";

type Variable = Local | ArrayVariable;

/**
 * The function without all that is no sum over rows: penalties, constants. Where the rest is linear in those sums, the function is this one over some
 * rows, and over the others, and what was left out once. Undefined where it is not: the root of a mean is no sum of the rows' roots.
 */
export function onlySums(fn: IrFunction, found: RowLoops): IrFunction | undefined {
  const sums = sumsIn(fn, found);
  const mentions = (expression: Expression): boolean => mentionsAny(expression, sums);
  if (!mentions(fn.result) || !isApart(fn, found, sums, mentions)) return undefined;
  try {
    const linear = new Linear(mentions);
    const body = without(fn.body, found, sums, linear);
    return { ...fn, body, result: linear.of(fn.result) };
  } catch (error) {
    if (error instanceof NotLinear) return undefined;
    throw error;
  }
}

/** What rows add to, and all that is made of it afterwards. */
function sumsIn(fn: IrFunction, { loops, rowwise }: RowLoops): ReadonlySet<Variable> {
  const sums = new Set<Variable>();
  for (const loop of loops) {
    for (const target of writtenIn(loop.body).added) if (!(target.kind === "array" && rowwise.has(target))) sums.add(target);
  }
  for (let before = -1; before !== sums.size;) {
    before = sums.size;
    walkBlock(fn.body, (statement) => {
      const target = targetOf(statement);
      if (target && expressionsOf(statement).some((expression) => mentionsAny(expression, sums))) sums.add(target);
    });
  }
  return sums;
}

function targetOf(statement: Statement): Variable | undefined {
  switch (statement.kind) {
    case "assign": return statement.local;
    case "store":
    case "fill": return statement.array;
    case "accumulate": return statement.target;
    default: return undefined;
  }
}

function mentionsAny(expression: Expression, variables: ReadonlySet<Variable>): boolean {
  let found = false;
  walkExpression(expression, (e) => { found ||= (e.kind === "read" && variables.has(e.local)) || (e.kind === "load" && variables.has(e.array)); });
  return found;
}

/** Whether sums decide nothing: not what rows add to them, nor where the program goes, nor which element is meant. */
function isApart(fn: IrFunction, { loops }: RowLoops, sums: ReadonlySet<Variable>, mentions: (expression: Expression) => boolean): boolean {
  if (fn.scalars.some(({ local }) => sums.has(local))) return false;
  if ([...sums].some((sum) => (sum.kind === "local" ? sum.type : sum.element) !== "f64")) return false;
  const visit = (block: Block, isOfRow: boolean): boolean => block.every((statement) => {
    const isLoop = statement.kind === "for" && loops.has(statement);
    const deciding = isOfRow ? expressionsOf(statement) : decidingIn(statement);
    const target = targetOf(statement);
    const isOverwritten = isOfRow && statement.kind !== "accumulate" && target !== undefined && sums.has(target);
    return !deciding.some(mentions) && !isOverwritten && blocksOf(statement).every((inner) => visit(inner, isOfRow || isLoop));
  });
  return visit(fn.body, false);
}

function decidingIn(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign":
    case "fill": return [];
    case "store": return statement.indices;
    case "accumulate": return statement.indices ?? [];
    default: return expressionsOf(statement);
  }
}

class NotLinear extends Error {}

/** What is left of an expression when everything that is no sum over rows is zero. */
class Linear {
  constructor(private readonly mentions: (expression: Expression) => boolean) {}

  of(expression: Expression): Expression {
    if (!this.mentions(expression)) return float(0);
    if (expression.kind === "read" || expression.kind === "load") return expression;
    if (expression.kind === "select" && !this.mentions(expression.condition)) {
      return select(expression.condition, this.of(expression.whenTrue), this.of(expression.whenFalse), expression.span);
    }
    const [a, b] = expression.kind === "call" ? expression.args : [];
    if (expression.kind !== "call" || !a) throw new NotLinear();
    const again = (...args: Expression[]): Expression => call(expression.primitive, args, expression.span);
    switch (expression.primitive) {
      case "negate": return again(this.of(a));
      case "add":
      case "subtract": if (b) return again(this.of(a), this.of(b)); break;
      case "multiply": if (b && !(this.mentions(a) && this.mentions(b))) return this.mentions(a) ? again(this.of(a), b) : again(a, this.of(b)); break;
      case "divide": if (b && !this.mentions(b)) return again(this.of(a), b); break;
      default:
    }
    throw new NotLinear();
  }
}

/** Loops over rows stay the very same: they only add. */
function without(block: Block, found: RowLoops, sums: ReadonlySet<Variable>, linear: Linear): Block {
  return block.map((statement): Statement => {
    if (statement.kind === "for" && found.loops.has(statement)) return statement;
    const target = targetOf(statement);
    if (target && sums.has(target)) return linearly(statement, linear);
    if (statement.kind === "if") return { ...statement, then: without(statement.then, found, sums, linear), else: without(statement.else, found, sums, linear) };
    if (statement.kind === "for" || statement.kind === "while") return { ...statement, body: without(statement.body, found, sums, linear) };
    return statement;
  });
}

function linearly(statement: Statement, linear: Linear): Statement {
  switch (statement.kind) {
    case "assign": return assign(statement.local, linear.of(statement.value), statement.span);
    case "store": return store(statement.array, statement.indices, linear.of(statement.value), statement.span);
    case "fill": return fill(statement.array, linear.of(statement.value), statement.span);
    case "accumulate": return accumulate(statement.target, linear.of(statement.value), statement.indices, statement.span);
    default: return statement;
  }
}
