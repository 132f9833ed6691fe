import { assign, call, int, type Names, read } from "../ir/build";
import type { Block, Constant, Expression, For, Local, Statement } from "../ir/types";
import { mapExpression, walkExpression, expressionsOf } from "../ir/visit";
import { Bounds } from "./bounds";

/**
 * Counters that index (`let t = 0; … l[t++]`) are numbers like any other in the user's language; here they become whole
 * numbers, which need no conversion at each use and carry no derivative. Only where every value is a constant or a sum of
 * constants that cannot leave 32 bits, so that nothing about the program changes.
 */
export function wholeNumbers(block: Block, result: Expression, names: Names): { body: Block; result: Expression } {
  const counters = new Counters(new Bounds(block));
  counters.visit(block, 1);
  walkExpression(result, (e) => { counters.look(e); });
  const chosen = new Map<Local, Local>();
  for (const local of counters.found()) chosen.set(local, names.local("i32", local.name, local.label));
  if (chosen.size === 0) return { body: block, result };
  const change = (expression: Expression): Expression => mapExpression(expression, (e) => {
    const whole = e.kind === "read" ? chosen.get(e.local) : undefined;
    return whole ? call("toFloat", [read(whole, e.span)], e.span) : e;
  });
  return { body: rewrite(block, chosen, change), result: change(result) };
}

class Counters {
  /** How large each local can get; Infinity: it is no counter. */
  private readonly largest = new Map<Local, number>();
  private readonly indexing = new Set<Local>();

  constructor(private readonly bounds: Bounds) {}

  found(): Local[] {
    return [...this.largest].flatMap(([local, size]) => (size < 2 ** 31 && this.indexing.has(local) ? [local] : []));
  }

  visit(block: Block, times: number): void {
    for (const statement of block) {
      for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { this.look(e); });
      switch (statement.kind) {
        case "assign":
          this.bounds.assigned(statement.local, statement.value);
          this.grow(statement.local, wholeConstant(statement.value), 1);
          break;
        case "accumulate": if (statement.target.kind === "local") this.grow(statement.target, wholeConstant(statement.value), times); break;
        case "pop": this.grow(statement.local, undefined, 1); break;
        case "if":
          this.nested(statement.then, times);
          this.nested(statement.else, times);
          break;
        case "for": this.nested(statement.body, times * this.trips(statement)); break;
        case "while": this.nested(statement.body, times * statement.cap); break;
        default: break;
      }
    }
  }

  private nested(block: Block, times: number): void {
    this.visit(block, times);
    this.bounds.leave(block);
  }

  look(expression: Expression): void {
    if (expression.kind !== "call" || expression.primitive !== "toInt") return;
    const [value] = expression.args;
    if (value?.kind === "read") this.indexing.add(value.local);
  }

  private grow(local: Local, by: Constant | undefined, times: number): void {
    if (local.type !== "f64") return;
    this.largest.set(local, (this.largest.get(local) ?? 0) + (by ? Math.abs(by.value) * times : Infinity));
  }

  private trips(loop: For): number {
    this.bounds.enterLoop(loop);
    const interval = this.bounds.of(read(loop.index));
    return interval ? interval.high - interval.low + 1 : Infinity;
  }
}

function wholeConstant(expression: Expression): Constant | undefined {
  return expression.kind === "constant" && Number.isInteger(expression.value) && !Object.is(expression.value, -0) ? expression : undefined;
}

function rewrite(block: Block, chosen: ReadonlyMap<Local, Local>, change: (expression: Expression) => Expression): Block {
  return block.map((statement): Statement => {
    switch (statement.kind) {
      case "assign": {
        const whole = chosen.get(statement.local);
        const constant = wholeConstant(statement.value);
        return whole && constant ? assign(whole, int(constant.value, constant.span), statement.span) : { ...statement, value: change(statement.value) };
      }
      case "accumulate": {
        const whole = statement.target.kind === "local" ? chosen.get(statement.target) : undefined;
        const constant = wholeConstant(statement.value);
        if (whole && constant) return assign(whole, call("addInt", [read(whole), int(constant.value)]), statement.span);
        return { ...statement, value: change(statement.value), ...(statement.indices ? { indices: statement.indices.map(change) } : {}) };
      }
      case "store": return { ...statement, indices: statement.indices.map(change), value: change(statement.value) };
      case "fill":
      case "push": return { ...statement, value: change(statement.value) };
      case "pop":
      case "trap": return statement;
      case "if": return { ...statement, condition: change(statement.condition), then: rewrite(statement.then, chosen, change), else: rewrite(statement.else, chosen, change) };
      case "for": return { ...statement, from: change(statement.from), to: change(statement.to), body: rewrite(statement.body, chosen, change) };
      case "while": return { ...statement, condition: change(statement.condition), body: rewrite(statement.body, chosen, change) };
    }
  });
}
