import { assign, call, int, type Names, read } from "../ir/build";
import { type LinearForm, linearExpression, linearForm, plus, times } from "../ir/linearForm";
import { isRead } from "../ir/isRead";
import { rewriteBlocks, rewriteStatement } from "../ir/rewriteBlock";
import type { Block, Expression, For, Local, Statement } from "../ir/types";
import { mapExpression, walkBlock } from "../ir/visit";

/**
 * Counters (`l[t++]`, in loops in loops too) in closed form. What a loop raises by the same amount each turn is known from the turn alone, `t = t₀ + c·(i - from)`, and is read as that:
 * it is carried from no turn to the next, the reverse sweep has it without a tape, and one sees which elements it chooses.
 */
export function countersInClosedForm(block: Block, names: Names): Block {
  const changing = changingIn(block);
  return changing.size > 0 ? new Counting(changing, names).block(block, new Map()) : block;
}

/** What whole numbers are at a place, in terms of what stays as it is for as long as that is asked. */
type Known = Map<Local, LinearForm>;

/** Whole numbers that are given a value in several places. */
function changingIn(block: Block): ReadonlySet<Local> {
  const [once, several] = [new Set<Local>(), new Set<Local>()];
  walkBlock(block, (statement) => {
    const local = wholeWrittenBy(statement);
    if (local) (once.has(local) ? several : once).add(local);
  });
  return several;
}

const wholeWrittenBy = (statement: Statement): Local | undefined =>
  ((statement.kind === "assign" || statement.kind === "pop") && statement.local.type === "i32" ? statement.local : undefined);

class Counting {
  /** They stand for what a counter is when a turn begins. */
  private readonly symbols = new Map<Local, Local>();

  constructor(private readonly changing: ReadonlySet<Local>, private readonly names: Names) {}

  /** The block with its counters read in closed form. `known` becomes what is known behind it. */
  block(block: Block, known: Known): Statement[] {
    return block.flatMap((statement): Statement[] => {
      switch (statement.kind) {
        case "if": {
          const branches = [new Map(known), new Map(known)] as const;
          const changed = { ...statement, condition: this.put(statement.condition, known), then: this.block(statement.then, branches[0]), else: this.block(statement.else, branches[1]) };
          keepWhatAgrees(known, branches);
          return [changed];
        }
        case "while": {
          forget(known, statement.body);
          return [{ ...statement, condition: this.put(statement.condition, known), body: this.block(statement.body, new Map(known)) }];
        }
        case "for": return this.loop({ ...statement, from: this.put(statement.from, known), to: this.put(statement.to, known) }, known);
        default: {
          const changed = rewriteStatement(statement, (e) => this.readAt(e, known));
          this.write(statement, known);
          return [changed];
        }
      }
    });
  }

  private loop(loop: For, known: Known): Statement[] {
    const raised = this.raised(loop);
    const starts = new Map(known);
    forget(known, loop.body);
    if (raised.size === 0) return [{ ...loop, body: this.block(loop.body, new Map(known)) }];
    const before: Statement[] = [];
    const fixed = (e: Expression, name: string): Expression => {
      if (e.kind === "constant") return e;
      const local = this.names.local("i32", name);
      before.push(assign(local, e));
      return read(local);
    };
    const [from, to] = [fixed(loop.from, "bound"), fixed(loop.to, "bound")];
    const turnsUpTo = (end: Expression): LinearForm => (loop.step > 0 ? plus(formOf(end), formOf(from), -1) : plus(formOf(from), formOf(end), -1));
    const counters = [...raised].map(([local, by]) => {
      const start = starts.get(local) ?? formOf(fixed(read(local), local.name));
      return { local, after: (turns: LinearForm) => plus(start, times(turns, by), 1) };
    });
    const inside = new Map(known);
    const head = counters.map(({ local, after }) => {
      const here = this.names.local("i32", local.name, local.label);
      inside.set(local, formOf(read(here)));
      return assign(here, linearExpression(after(turnsUpTo(read(loop.index)))));
    });
    const counted = this.block(loop.body, inside);
    const body = counters.reduce((inner: Block, { local }, k) => {
      const [here] = head.slice(k);
      // Behind what one cannot follow, it is still asked for by its name.
      return here && isRead(inner, local) ? [assign(local, read(here.local)), ...inner] : withoutWrites(inner, local);
    }, counted);
    const all = turnsUpTo(to);
    const behind = counters.map(({ local, after }) => {
      if (all.terms.length > 0) return assign(local, linearExpression(after(formOf(call("maxInt", [linearExpression(all), int(0)])))));
      const form = after({ constant: Math.max(all.constant, 0), terms: [] });
      known.set(local, form);
      return assign(local, linearExpression(form));
    });
    return [...before, { ...loop, from, to, body: [...head, ...body] }, ...behind];
  }

  /** The counters of a loop, with what each turn raises them by. */
  private raised({ body, exit, step }: For): ReadonlyMap<Local, number> {
    const found = new Map<Local, number>();
    if (exit || Math.abs(step) !== 1) return found;
    const known: Known = new Map();
    walkBlock(body, (statement) => {
      const local = wholeWrittenBy(statement);
      if (local && this.changing.has(local)) known.set(local, formOf(read(this.symbol(local))));
    });
    const locals = [...known.keys()];
    this.follow(body, known);
    for (const local of locals) {
      const form = known.get(local);
      const by = form && plus(form, formOf(read(this.symbol(local))), -1);
      if (by?.terms.length === 0 && by.constant !== 0) found.set(local, by.constant);
    }
    return found;
  }

  /** What the block does to what is known. */
  private follow(block: Block, known: Known): void {
    for (const statement of block) {
      switch (statement.kind) {
        case "if": {
          const branches = [new Map(known), new Map(known)] as const;
          this.follow(statement.then, branches[0]);
          this.follow(statement.else, branches[1]);
          keepWhatAgrees(known, branches);
          break;
        }
        case "while": forget(known, statement.body); break;
        case "for": {
          const before = new Map(known);
          forget(known, statement.body);
          const { from, to, step } = statement;
          if (from.kind !== "constant" || to.kind !== "constant") break;
          const turns = Math.max(0, step > 0 ? to.value - from.value : from.value - to.value);
          for (const [local, by] of this.raised(statement)) {
            const start = before.get(local);
            if (start) known.set(local, plus(start, { constant: by * turns, terms: [] }, 1));
          }
          break;
        }
        default: this.write(statement, known);
      }
    }
  }

  private write(statement: Statement, known: Known): void {
    const local = wholeWrittenBy(statement);
    if (!local) return;
    const form = statement.kind === "assign" ? linearForm(statement.value, (read) => known.get(read)) : undefined;
    if (form?.terms.every(({ atom }) => atom.kind === "read" && !this.changing.has(atom.local))) known.set(local, form);
    else known.delete(local);
  }

  private symbol(local: Local): Local {
    const symbol = this.symbols.get(local) ?? { ...local };
    this.symbols.set(local, symbol);
    return symbol;
  }

  private put(expression: Expression, known: Known): Expression {
    return mapExpression(expression, (e) => this.readAt(e, known));
  }

  private readAt(e: Expression, known: Known): Expression {
    const form = e.kind === "read" && this.changing.has(e.local) ? known.get(e.local) : undefined;
    return form ? linearExpression(form) : e;
  }
}

const formOf = (e: Expression): LinearForm => linearForm(e, () => undefined);

function forget(known: Known, block: Block): void {
  walkBlock(block, (statement) => {
    const local = wholeWrittenBy(statement);
    if (local) known.delete(local);
  });
}

function keepWhatAgrees(known: Known, [a, b]: readonly [Known, Known]): void {
  for (const local of new Set([...known.keys(), ...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(local), b.get(local)];
    const difference = x && y && plus(x, y, -1);
    if (x && difference?.terms.length === 0 && difference.constant === 0) known.set(local, x);
    else known.delete(local);
  }
}

const withoutWrites = (block: Block, local: Local): Block => rewriteBlocks(block, (inner) => inner.filter((statement) => wholeWrittenBy(statement) !== local));
