import { bool } from "../ir/build";
import { type Interval, Ranges } from "../ir/ranges";
import type { Block, Expression, For, Local } from "../ir/types";
import { walkBlock } from "../ir/visit";

/**
 * Decides comparisons of whole numbers that can only come out one way: the check that an index is inside its array, where
 * the bounds of the loop say so already. What is left of `a[j] = (j < 0 ? NaN : a[j]) + e` is then a sum like any other.
 */
export class Bounds {
  private readonly ranges = new Ranges();
  /** Locals with more than one assignment may hold anything between. */
  private readonly several = new Set<Local>();

  constructor(body: Block) {
    const seen = new Set<Local>();
    walkBlock(body, (statement) => {
      if (statement.kind === "pop") this.several.add(statement.local);
      if (statement.kind !== "assign" || statement.local.type !== "i32") return;
      if (seen.has(statement.local)) this.several.add(statement.local);
      seen.add(statement.local);
    });
  }

  enterLoop(loop: For): void {
    this.ranges.enterLoop(loop);
  }

  assigned(local: Local, value: Expression): void {
    if (local.type === "i32" && !this.several.has(local)) this.ranges.assigned(local, value);
  }

  /** After a block that may not have run: what it assigned holds perhaps still what it held before. */
  leave(block: Block): void {
    for (const statement of block) if (statement.kind === "assign") this.ranges.forget(statement.local);
  }

  of(expression: Expression): Interval | undefined {
    return this.ranges.of(expression);
  }

  decide(expression: Expression): Expression {
    if (expression.kind !== "call") return expression;
    const [a, b] = expression.args;
    const answer = a && b ? this.answer(expression.primitive, a, b) : undefined;
    return answer === undefined ? expression : bool(answer, expression.span);
  }

  private answer(primitive: string, a: Expression, b: Expression): boolean | undefined {
    switch (primitive) {
      case "lessInt": return this.less(a, b);
      case "greaterInt": return this.less(b, a);
      case "lessEqualInt": return not(this.less(b, a));
      case "greaterEqualInt": return not(this.less(a, b));
      default: return undefined;
    }
  }

  private less(a: Expression, b: Expression): boolean | undefined {
    const [x, y] = [this.ranges.of(a), this.ranges.of(b)];
    if (!x || !y) return undefined;
    return x.high < y.low ? true : x.low >= y.high ? false : undefined;
  }
}

const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer);
