import { javascriptBackend } from "../codegen/javascript/javascriptBackend";
import { assign, branch, call, float, int, load, read, store } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import type { Block, Expression, IrFunction, Local, Statement } from "../ir/types";

/** Something to look out for, right after a statement has run (in a loop: each time). */
export interface Watch {
  readonly statement: Statement;
  /** A bool. */
  readonly happened: Expression;
  /** Numbers worth keeping of the first time. */
  readonly record: readonly Expression[];
}

export interface Event {
  readonly watch: Watch;
  /** Events come first, second … in the order in which they first happened. */
  readonly order: number;
  readonly recorded: readonly number[];
  /** The loops around it, outermost first, and the turn each was in. */
  readonly turns: readonly Turn[];
}

export interface Turn {
  /** The user's name for the loop's index, if it has one. */
  readonly label: string | undefined;
  readonly index: number;
}

/**
 * Runs a function once and tells which watches saw what they watch for. The watches are compiled into the function, so a
 * loss over a million rows is looked through as fast as it is evaluated.
 */
export function probe(fn: IrFunction, x: Float64Array, watches: readonly Watch[]): Event[] {
  if (watches.length === 0) return [];
  const { probed, slots } = new Instrumenter(fn, watches).run();
  const output = new Float64Array(probed.outputs ?? 0);
  javascriptBackend.kernel(probed)(x, output);
  const seen = output.subarray(fn.outputs ?? 0);
  const events = slots.flatMap(({ watch, from, indices }): Event[] => {
    const order = seen[from] ?? 0;
    if (order === 0) return [];
    const at = (k: number): number => seen[from + 1 + k] ?? NaN;
    return [{
      watch, order, recorded: watch.record.map((_, k) => at(k)),
      turns: indices.map((index, k) => ({ label: index.label, index: at(watch.record.length + k) })),
    }];
  });
  return events.sort((a, b) => a.order - b.order);
}

interface Slot {
  readonly watch: Watch;
  /** Where in the output its order stands; what it recorded, and the indices around it, follow. */
  readonly from: number;
  readonly indices: readonly Local[];
}

class Instrumenter {
  private readonly names;
  private readonly count: Local;
  private readonly byStatement = new Map<Statement, Watch[]>();
  private readonly slots: Slot[] = [];
  private length = 0;
  private readonly pending: { slot: Slot; block: Statement[]; position: number }[] = [];

  constructor(private readonly fn: IrFunction, watches: readonly Watch[]) {
    this.names = namesOf(fn);
    this.count = this.names.local("f64", "count");
    for (const watch of watches) {
      const here = this.byStatement.get(watch.statement);
      if (here) here.push(watch);
      else this.byStatement.set(watch.statement, [watch]);
    }
  }

  run(): { probed: IrFunction; slots: readonly Slot[] } {
    const { fn } = this;
    const body = this.block(fn.body, []);
    // What the function itself writes for its caller comes first, and is wanted by nobody here.
    const written = fn.outputs ?? 0;
    const output = this.names.array("f64", [this.length], { kind: "output", offset: written }, "seen");
    for (const { slot, block, position } of this.pending) {
      const { watch, from, indices } = slot;
      const cell = (k: number): readonly Expression[] => [int(from + k)];
      const kept = [...watch.record, ...indices.map((index) => call("toFloat", [read(index)]))];
      block[position] = branch(call("and", [watch.happened, call("equal", [load(output, cell(0)), float(0)])]), [
        assign(this.count, call("add", [read(this.count), float(1)])),
        store(output, cell(0), read(this.count)),
        ...kept.map((value, k) => store(output, cell(1 + k), value)),
      ]);
    }
    return {
      probed: { ...fn, arrays: [...fn.arrays, output], outputs: written + this.length, body: [assign(this.count, float(0)), ...body], result: float(0) },
      slots: this.slots,
    };
  }

  private block(block: Block, indices: readonly Local[]): Statement[] {
    const out: Statement[] = [];
    for (const statement of block) {
      out.push(this.inside(statement, indices));
      for (const watch of this.byStatement.get(statement) ?? []) {
        const slot: Slot = { watch, from: this.length, indices };
        this.length += 1 + watch.record.length + indices.length;
        this.slots.push(slot);
        this.pending.push({ slot, block: out, position: out.length });
        out.push(branch(watch.happened, []));
      }
    }
    return out;
  }

  private inside(statement: Statement, indices: readonly Local[]): Statement {
    switch (statement.kind) {
      case "if": return { ...statement, then: this.block(statement.then, indices), else: this.block(statement.else, indices) };
      case "for": return { ...statement, body: this.block(statement.body, [...indices, statement.index]) };
      case "while": return { ...statement, body: this.block(statement.body, indices) };
      default: return statement;
    }
  }
}
