import type { Expression, For, Local } from "./types";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Bounds of i32 expressions, as far as constants and loop bounds tell. What has none is `undefined`. */
export class Ranges {
  private readonly known = new Map<Local, Interval>();

  /** Call on loops outermost first, and on i32 assignments in program order. */
  enterLoop(loop: For): void {
    const from = this.of(loop.from);
    const to = this.of(loop.to);
    // Another loop may have had the same index.
    this.known.delete(loop.index);
    if (!from || !to) return;
    const interval = loop.step > 0 ? { low: from.low, high: Math.max(from.low, to.high - 1) } : { low: Math.min(from.high, to.low + 1), high: from.high };
    this.known.set(loop.index, interval);
  }

  assigned(local: Local, value: Expression): void {
    if (local.type !== "i32") return;
    const interval = this.of(value);
    if (interval) this.known.set(local, interval);
  }

  /** The local's range is known no longer. */
  forget(local: Local): void {
    this.known.delete(local);
  }

  of(expression: Expression): Interval | undefined {
    const interval = this.unwrapped(expression);
    // Beyond 32 bits the numbers start again from the other end.
    return interval && interval.low >= -(2 ** 31) && interval.high < 2 ** 31 ? interval : undefined;
  }

  private unwrapped(expression: Expression): Interval | undefined {
    switch (expression.kind) {
      case "constant": return { low: expression.value, high: expression.value };
      case "read": return this.known.get(expression.local);
      case "call": {
        const [x, y] = expression.args.map((arg) => this.of(arg));
        if (!x || !y) return undefined;
        switch (expression.primitive) {
          case "addInt": return { low: x.low + y.low, high: x.high + y.high };
          case "subtractInt": return { low: x.low - y.high, high: x.high - y.low };
          case "multiplyInt": {
            const corners = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
            return { low: Math.min(...corners), high: Math.max(...corners) };
          }
          // By what cannot be 0: then it keeps the order, or turns it round.
          case "divideInt": {
            if (y.low !== y.high || y.low === 0) return undefined;
            const ends = [Math.trunc(x.low / y.low), Math.trunc(x.high / y.low)];
            return { low: Math.min(...ends), high: Math.max(...ends) };
          }
          case "minInt": return { low: Math.min(x.low, y.low), high: Math.min(x.high, y.high) };
          case "remainderInt": {
            // Takes the sign of the first; less than the second in size.
            if (y.low !== y.high || y.low <= 0) return undefined;
            return { low: x.low >= 0 ? 0 : 1 - y.low, high: x.high <= 0 ? 0 : y.low - 1 };
          }
          case "maxInt": return { low: Math.max(x.low, y.low), high: Math.max(x.high, y.high) };
          default: return undefined;
        }
      }
      default: return undefined;
    }
  }
}
