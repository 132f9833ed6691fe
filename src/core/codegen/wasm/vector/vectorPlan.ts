import { linearForm, plus } from "../../../ir/linearForm";
import type { Ranges } from "../../../ir/ranges";
import { sameExpression } from "../../../ir/same";
import type { Accumulate, ArrayVariable, Expression, For, Local, PrimitiveName, Statement } from "../../../ir/types";
import { expressionsOf, walkExpression } from "../../../ir/visit";
import { slopeOf, strideOf } from "./affine";

/** An innermost loop whose turns can be taken two at a time, and how. */
export interface VectorPlan {
  readonly kind: "elements";
  /** The loop as it is taken. */
  readonly loop: For;
  /** What every turn adds to one and the same number: it goes into several sums, which are added up at the end. */
  readonly sums: ReadonlySet<Accumulate>;
  /** What a turn assigns before it reads it. */
  readonly own: ReadonlySet<Local>;
  readonly isUniform: (expression: Expression) => boolean;
  /** How many pairs of turns the loop takes at once. */
  readonly unroll: number;
}

export interface PlanningFor {
  readonly liveAfter: ReadonlySet<Local>;
  /** What is known of whole numbers where the loop stands; its index included. */
  readonly ranges: Ranges;
  /** Sums are to be added up in the order in which they are written. */
  readonly isStrict: boolean;
  readonly isOnPairs: (primitive: PrimitiveName) => boolean;
}

type Simple = Extract<Statement, { kind: "assign" | "store" | "accumulate" }>;
interface Access {
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
  readonly statement: Simple;
  readonly isWrite: boolean;
}

/** Undefined where turns depend on one another, or where two at a time gains nothing. */
export function planVector(loop: For, { liveAfter, ranges, isStrict, isOnPairs }: PlanningFor): VectorPlan | undefined {
  if (loop.exit || Math.abs(loop.step) !== 1) return undefined;
  const body = loop.body.filter(isSimple);
  if (body.length < loop.body.length || body.length === 0) return undefined;

  const assigned = new Set(body.flatMap((each) => (each.kind === "assign" ? [each.local] : [])));
  if ([...assigned].some((local) => liveAfter.has(local))) return undefined;
  const written = new Set(body.flatMap((each) => (each.kind === "store" ? [each.array] : each.kind === "accumulate" && each.target.kind === "array" ? [each.target] : [])));
  const isUniform = (expression: Expression): boolean => {
    let uniform = true;
    walkExpression(expression, (e) => {
      if (e.kind === "read" && (e.local === loop.index || assigned.has(e.local))) uniform = false;
      if (e.kind === "load" && written.has(e.array)) uniform = false;
    });
    return uniform;
  };

  const sums = new Set<Accumulate>();
  const targets = new Set<Local>();
  const known = new Set<Local>();
  for (const each of body) {
    let isReadTooSoon = false;
    for (const expression of expressionsOf(each)) {
      walkExpression(expression, (e) => {
        if (e.kind === "read" && (targets.has(e.local) || (assigned.has(e.local) && !known.has(e.local)))) isReadTooSoon = true;
      });
    }
    if (isReadTooSoon) return undefined;
    if (each.kind === "assign") known.add(each.local);
    if (each.kind === "accumulate" && each.target.kind === "local") {
      if (known.has(each.target)) continue;
      if (assigned.has(each.target)) return undefined;
      sums.add(each);
      targets.add(each.target);
    }
  }
  // A sum that is read before it is added to has been missed above.
  if (body.some((each) => expressionsOf(each).some((expression) => mentions(expression, targets)))) return undefined;

  const accesses = body.flatMap(accessesOf);
  for (const array of written) {
    const own = accesses.filter((access) => access.array === array);
    const only = own.length === 1 ? own[0] : undefined;
    if (only?.statement.kind === "accumulate" && only.indices.every(isUniform)) sums.add(only.statement);
    // Elements that data choose are added to one turn after the other, upwards.
    else if (only?.statement.kind === "accumulate" && (loop.step > 0 || !isStrict)) continue;
    else if (!areApart(own, loop, isUniform)) return undefined;
  }
  if (isStrict && sums.size > 0) return undefined;
  if (!isSafe(body, isUniform, ranges)) return undefined;
  const { together, apart } = effort(body, loop, isUniform, isOnPairs);
  if (apart > together) return undefined;
  return { kind: "elements", loop, sums, own: assigned, isUniform, unroll: unrollFor(sums.size, together) };
}

const isSimple = (statement: Statement): statement is Simple => statement.kind === "assign" || statement.kind === "store" || statement.kind === "accumulate";

function mentions(expression: Expression, locals: ReadonlySet<Local>): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "read" && locals.has(e.local)) found = true; });
  return found;
}

function accessesOf(statement: Simple): Access[] {
  const accesses: Access[] = [];
  for (const expression of expressionsOf(statement)) {
    walkExpression(expression, (e) => { if (e.kind === "load") accesses.push({ array: e.array, indices: e.indices, statement, isWrite: false }); });
  }
  if (statement.kind === "store") accesses.push({ array: statement.array, indices: statement.indices, statement, isWrite: true });
  if (statement.kind === "accumulate" && statement.target.kind === "array") accesses.push({ array: statement.target, indices: statement.indices ?? [], statement, isWrite: true });
  return accesses;
}

/** Whether no turn touches what another one writes. */
function areApart(accesses: readonly Access[], loop: For, isUniform: (e: Expression) => boolean): boolean {
  return accesses.every((a, k) => !a.isWrite || accesses.every((b, j) => {
    if (differsAlways(a, b, isUniform)) return true;
    // Each turn keeps to elements of its own: some subscript is the same in both, and another one at each turn.
    const isOwn = a.indices.some((index, d) => sameExpression(index, b.indices[d]) && (slopeOf(index, loop.index, isUniform) ?? 0) !== 0);
    return isOwn || (k === j && (strideOf(a.array, a.indices, loop.index, isUniform) ?? 0) !== 0);
  }));
}

/** Two rows a known number apart. */
function differsAlways(a: Access, b: Access, isUniform: (e: Expression) => boolean): boolean {
  return a.indices.some((index, d) => {
    const other = b.indices[d];
    if (!other || !isUniform(index) || !isUniform(other)) return false;
    const { constant, terms } = plus(linearForm(index, () => undefined), linearForm(other, () => undefined), -1);
    return terms.length === 0 && constant !== 0;
  });
}

/** Both sides of a choice are computed: what is read there must be there whichever is taken. */
function isSafe(body: readonly Simple[], isUniform: (e: Expression) => boolean, ranges: Ranges): boolean {
  let safe = true;
  const check = (expression: Expression): void => walkExpression(expression, (e) => {
    if (e.kind === "load" && !e.indices.every((index, d) => {
      const range = ranges.of(index);
      return range !== undefined && range.low >= 0 && range.high < (e.array.shape[d] ?? 1);
    })) safe = false;
  });
  const visit = (expression: Expression): void => walkExpression(expression, (e) => {
    if (isUniform(e)) return;
    if (e.kind === "select") [e.whenTrue, e.whenFalse].forEach(check);
    if (e.kind === "call" && (e.primitive === "and" || e.primitive === "or")) e.args.slice(1).forEach(check);
  });
  for (const each of body) expressionsOf(each).forEach(visit);
  return safe;
}

/** Operations of a turn: those on pairs, and those that each lane does for itself. */
function effort(body: readonly Simple[], loop: For, isUniform: (e: Expression) => boolean, isOnPairs: (primitive: PrimitiveName) => boolean): { together: number; apart: number } {
  let [together, apart] = [0, 0];
  const stride = (array: ArrayVariable, indices: readonly Expression[]): void => {
    const by = strideOf(array, indices, loop.index, isUniform);
    if (by === 0 || by === 1) together++;
    else apart++;
  };
  const visit = (expression: Expression): void => {
    if (isUniform(expression)) return;
    if (expression.kind === "load") {
      stride(expression.array, expression.indices);
      return;
    }
    if (expression.kind === "call") {
      if (isOnPairs(expression.primitive)) together += expression.primitive === "divide" ? 4 : 1;
      else apart++;
    }
    if (expression.kind === "select") together++;
    for (const operand of expression.kind === "call" ? expression.args : expression.kind === "select" ? [expression.condition, expression.whenTrue, expression.whenFalse] : []) visit(operand);
  };
  for (const each of body) {
    visit(each.value);
    if (each.kind === "accumulate") together++;
    if (each.kind === "store") stride(each.array, each.indices);
    if (each.kind === "accumulate" && each.target.kind === "array") stride(each.target, each.indices ?? []);
  }
  return { together, apart };
}

/** A processor has sixteen registers for vectors, and an addition takes four cycles: so many sums keep it busy. */
function unrollFor(sums: number, operations: number): number {
  if (sums > 0) return sums >= 4 ? 1 : sums >= 2 ? 2 : operations > 24 ? 2 : 4;
  return operations > 12 ? 1 : 2;
}
