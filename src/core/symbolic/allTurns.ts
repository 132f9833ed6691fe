import { call, float, read } from "../ir/build";
import { sameExpression } from "../ir/same";
import { flatIndex } from "../ir/shape";
import type { Expression, Local } from "../ir/types";
import { type Affine, affineIndex, affineKey, affineNumber, affineOf, isNumber, minus, plus, toExpression } from "./affine";
import { gathered, grown, type Growth, type Recurrence, times } from "./carried";
import { added, isZero } from "./neutral";
import type { Sums } from "./sums";

/** The values an index takes, rising, and the one it has in the last turn. */
export interface IndexRange {
  readonly label: string | undefined;
  readonly from: Affine;
  readonly to: Affine;
  readonly last: Affine;
}

/** What grows in each turn of a loop, told for all of them together: as a sum or a product over the index, or without one. */
export class AllTurns {
  constructor(private readonly index: Local, private readonly range: IndexRange, private readonly sums: Sums) {}

  /** Do its turns follow the index upwards? */
  get rises(): boolean {
    return affineKey(this.range.last) !== affineKey(this.range.from);
  }

  /** s ← φ s + e, done for every index from `from` to before `to`: φⁿ s + Σ φ^(turns that follow) e. */
  recurred({ factor, by }: Recurrence, before: Expression, from: Affine, to: Affine): Expression {
    const turns = minus(to, from);
    const kept = isZero(before) ? before : times(before, raised(factor, turns));
    if (isZero(by)) return kept;
    const twin = this.sums.twin(this.index, from, to);
    const index = affineIndex(twin);
    const isSame = !this.sums.mentions(by, this.index.name);
    const following = this.rises && !isSame ? minus(minus(to, affineNumber(1)), index) : minus(index, from);
    const each = this.sums.substitute(by, new Map([[this.index.name, read(twin)]]));
    const [outside, inside] = apart(each, (part) => !this.sums.mentions(part, twin.name));
    const sum = this.sums.sum(twin, from, to, times(inside, raised(factor, following)));
    const { isNegative, size } = gathered(outside);
    const whole = times(size, sum);
    if (isZero(kept)) return isNegative ? call("negate", [whole]) : whole;
    return isNegative ? call("subtract", [kept, whole]) : added(kept, whole);
  }

  /** Every turn's growth together, upon what was there before. */
  over({ operator, by }: Growth, before: Expression): Expression {
    if (operator === "sum" && by.kind === "call" && by.primitive === "negate" && by.args[0]) return added(before, call("negate", [this.over({ operator, by: by.args[0] }, float(0))]));
    const { from, to } = this.range;
    if (by.kind === "constant" && isNumber(from) && isNumber(to)) {
      const turns = to.constant - from.constant;
      return grown(before, { operator, by: operator === "sum" ? float(turns * by.value) : call("power", [by, float(turns)]) });
    }
    if (operator === "sum" && isNumber(from) && isNumber(to) && !this.sums.mentions(by, this.index.name)) return added(before, times(this.sums.lengthOf(to.constant - from.constant), by));
    const whole = this.withBefore(by, before);
    const sum = this.sums.sum(this.index, whole?.from ?? from, whole?.to ?? to, by, operator);
    return whole ? sum : grown(before, { operator, by: sum });
  }

  /** Where what was there before is the term that comes before the first, or after the last, one more turn says the same. */
  private withBefore(by: Expression, before: Expression): { readonly from: Affine; readonly to: Affine } | undefined {
    const { from, to } = this.range;
    if (isZero(before) || !isNumber(from) || !isNumber(to) || !this.sums.mentions(by, this.index.name)) return undefined;
    const at = (index: Affine): Expression => this.sums.substitute(by, new Map([[this.index.name, toExpression(index)]]));
    const one = affineNumber(1);
    if (from.constant > 0 && sameTerm(at(minus(from, one)), before, this.sums)) return { from: minus(from, one), to };
    return sameTerm(at(to), before, this.sums) ? { from, to: plus(to, one) } : undefined;
  }
}

/** φⁿ, where n may depend on indices. */
function raised(factor: Expression, turns: Affine): Expression {
  if (factor.kind === "constant" && factor.value === 1) return factor;
  if (isNumber(turns)) return turns.constant === 0 ? float(1) : turns.constant === 1 ? factor : call("power", [factor, float(turns.constant)]);
  return call("power", [factor, call("toFloat", [toExpression(turns)])]);
}

/** A product as what is the same for all terms of a sum, and the rest. */
function apart(term: Expression, isOutside: (part: Expression) => boolean): readonly [Expression, Expression] {
  const [a, b] = term.kind === "call" && term.primitive === "multiply" ? term.args : [];
  if (isOutside(term)) return [term, float(1)];
  if (!a || !b) return [float(1), term];
  const [[out, rest], [further, left]] = [apart(a, isOutside), apart(b, isOutside)];
  return [times(out, further), times(rest, left)];
}

/** The same but for elements of data, which one side may know as numbers. */
function sameTerm(a: Expression, b: Expression, sums: Sums): boolean {
  const [first, second] = [numberOf(a), numberOf(b)];
  if (first !== undefined && second !== undefined) return first === second;
  if (sums.of(a) !== undefined || a.kind !== b.kind) return false;
  if (a.kind === "call" && b.kind === "call") return a.primitive === b.primitive && a.args.length === b.args.length && a.args.every((arg, i) => sameTerm(arg, b.args[i] ?? arg, sums));
  if (a.kind === "select" && b.kind === "select") return [[a.condition, b.condition], [a.whenTrue, b.whenTrue], [a.whenFalse, b.whenFalse]].every(([x, y]) => x !== undefined && y !== undefined && sameTerm(x, y, sums));
  return sameExpression(a, b);
}

function numberOf(expression: Expression): number | undefined {
  if (expression.kind === "constant") return expression.value;
  if (expression.kind !== "load" || expression.array.role.kind !== "data") return undefined;
  const at = expression.indices.map(affineOf);
  if (!at.every((index) => index !== undefined && isNumber(index))) return undefined;
  return expression.array.role.values[flatIndex(expression.array, at.map((index) => index?.constant ?? 0))];
}
