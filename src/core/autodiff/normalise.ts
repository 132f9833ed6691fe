import { accumulate, assign, bool, branch, call, fill, float, int, type Names, read, select, store } from "../ir/build";
import type { Block, Constant, Expression, For, IrFunction, Local, Read, ScalarType, Statement, While } from "../ir/types";
import type { Span } from "../source/positions";
import { mapExpression, typeOf, walkExpression } from "../ir/visit";
import { type Liveness, livenessOf, onlyAccumulated, writtenLocals } from "./liveness";
import { recogniseSums } from "./recogniseSums";

type Atom = Constant | Read;

/**
 * A function in the form that differentiation reads. Every f64 operation stands in a statement of its own with atoms for
 * operands, and every local has one meaning:
 * - assigned once;
 * - or at the end of both arms of one `if` (a merge);
 * - or before a loop and at the end of its body (carried: within the body it holds the iteration's entry value);
 * - or before a loop and only accumulated into within (a sum: nothing in the loop reads it).
 */
export interface Normal {
  readonly body: Block;
  readonly result: Atom;
  /** The assignments at the end of loop bodies that hand carried values to the next iteration. */
  readonly carries: ReadonlySet<Statement>;
  /** For each loop its sums, and for each sum its loop. */
  readonly sums: ReadonlyMap<Local, For | While>;
  readonly carried: ReadonlyMap<Local, For | While>;
  /** The statement of the program that each came from; those that make up the result have none. */
  readonly origins: ReadonlyMap<Statement, Statement>;
  /** The program's own local that each stands for at some point; temporaries stand for none. */
  readonly standsFor: ReadonlyMap<Local, Local>;
}

/** With `keepCopies`, a variable of the user's that only holds another's value stays a variable: for reading. */
export function normalise(fn: IrFunction, names: Names, keepCopies = false): Normal {
  return new Normaliser(fn, names, keepCopies).run();
}

class Normaliser {
  private readonly carries = new Set<Statement>();
  private readonly sums = new Map<Local, For | While>();
  private readonly carried = new Map<Local, For | While>();
  private readonly origins = new Map<Statement, Statement>();
  private readonly standsFor = new Map<Local, Local>();
  private readonly source: Block;
  private readonly liveness: Liveness;

  constructor(private readonly fn: IrFunction, private readonly names: Names, private readonly keepCopies: boolean) {
    this.source = recogniseSums(fn.body);
    this.liveness = livenessOf(this.source, [fn.result]);
  }

  run(): Normal {
    const scope = new Scope();
    for (const { local } of this.fn.scalars) scope.set(local, read(local));
    const body = this.block(this.source, scope);
    const tail: Statement[] = [];
    const result = this.atom(this.fn.result, scope, tail);
    return { body: [...body, ...tail], result, carries: this.carries, sums: this.sums, carried: this.carried, origins: this.origins, standsFor: this.standsFor };
  }

  private block(block: Block, scope: Scope): Statement[] {
    const out: Statement[] = [];
    for (const statement of block) {
      const first = out.length;
      this.statement(statement, scope, out);
      for (let i = first; i < out.length; i++) this.cameFrom(out[i], statement);
    }
    return out;
  }

  private cameFrom(made: Statement | undefined, origin: Statement | undefined): void {
    if (made && origin && !this.origins.has(made)) this.origins.set(made, origin);
  }

  private statement(statement: Statement, scope: Scope, out: Statement[]): void {
    switch (statement.kind) {
      case "assign":
        scope.set(statement.local, this.copied(statement.local, this.atom(statement.value, scope, out, statement.local), out), statement);
        return;
      case "store": {
        const indices = statement.indices.map((index) => this.tree(index, scope, out));
        const value = statement.array.element === "f64" ? this.atom(statement.value, scope, out) : this.tree(statement.value, scope, out);
        out.push(store(statement.array, indices, value, statement.span));
        return;
      }
      case "accumulate": {
        const { target, span } = statement;
        if (target.kind === "array") {
          const indices = (statement.indices ?? []).map((index) => this.tree(index, scope, out));
          out.push(accumulate(target, this.atom(statement.value, scope, out), indices, span));
          return;
        }
        const value = this.atom(statement.value, scope, out);
        const current = scope.get(target);
        if (current.kind === "read" && this.sums.has(current.local) && scope.sums.has(target)) {
          out.push(accumulate(current.local, value, undefined, span));
        } else {
          scope.set(target, this.define(call("add", [current, value], span), target, out), statement);
        }
        return;
      }
      case "fill":
        out.push(fill(statement.array, this.atom(statement.value, scope, out), statement.span));
        return;
      case "if": {
        const condition = this.decision(statement.condition, scope, out);
        const live = this.liveness.after.get(statement) ?? new Set();
        out.push(this.branch(condition, scope, (arm) => this.block(statement.then, arm), (arm) => this.block(statement.else, arm), live, statement.span));
        return;
      }
      case "for": this.for(statement, scope, out); return;
      case "while": this.while(statement, scope, out); return;
      case "trap": out.push(statement); return;
      case "push":
      case "pop": throw new Error("Stacks belong to derivatives; a program to be differentiated has none.");
    }
  }

  /** An `if` whose arms may change the scope: what differs after them is merged into locals of its own. */
  private branch(
    condition: Atom, scope: Scope, makeThen: (arm: Scope) => Statement[], makeElse: (arm: Scope) => Statement[],
    live: ReadonlySet<Local>, span: Span | undefined,
  ): Statement {
    const inThen = scope.fork();
    const inElse = scope.fork();
    const thenBlock = makeThen(inThen);
    const elseBlock = makeElse(inElse);
    for (const local of new Set([...inThen.changed, ...inElse.changed])) {
      if (!live.has(local)) continue;
      const a = inThen.get(local);
      const b = inElse.get(local);
      if (sameAtom(a, b)) {
        scope.set(local, a);
        continue;
      }
      const merged = this.local(local);
      for (const [block, value, arm] of [[thenBlock, a, inThen], [elseBlock, b, inElse]] as const) {
        const made = assign(merged, value);
        this.cameFrom(made, arm.setBy.get(local));
        block.push(made);
      }
      scope.set(local, read(merged));
    }
    return branch(condition, thenBlock, elseBlock, span);
  }

  private for(loop: For, scope: Scope, out: Statement[]): void {
    const from = this.bound(loop.from, scope, out);
    const to = this.bound(loop.to, scope, out);
    const index = this.names.local("i32", loop.index.name, loop.index.label);
    const carriedLocals = this.enter(loop, scope, out);
    const inner = scope.fork();
    for (const local of carriedLocals.sums.keys()) inner.sums.add(local);
    inner.set(loop.index, read(index));
    const body = this.block(loop.body, inner);
    this.handOver(carriedLocals.carried, inner, body);
    const exit = loop.exit ? carriedLocals.carried.get(loop.exit) : undefined;
    const result: For = {
      kind: "for", index, from, to, step: loop.step, body, ...(exit ? { exit } : {}), ...(loop.span ? { span: loop.span } : {}),
    };
    this.leave(result, carriedLocals);
    out.push(result);
  }

  private while(loop: While, scope: Scope, out: Statement[]): void {
    const carriedLocals = this.enter(loop, scope, out);
    const inner = scope.fork();
    for (const local of carriedLocals.sums.keys()) inner.sums.add(local);
    // The condition is evaluated at the head of each iteration, where carried locals hold its entry values.
    const condition = this.rename(loop.condition, inner);
    const body = this.block(loop.body, inner);
    this.handOver(carriedLocals.carried, inner, body);
    const result: While = { kind: "while", condition, body, cap: loop.cap, ...(loop.span ? { span: loop.span } : {}) };
    this.leave(result, carriedLocals);
    out.push(result);
  }

  /** Gives the locals that iterations hand on, or sum into, a name for the duration of the loop and after it. */
  private enter(loop: For | While, scope: Scope, out: Statement[]): { carried: Map<Local, Local>; sums: Map<Local, Local> } {
    const atHead = this.liveness.atHead.get(loop) ?? new Set();
    const liveAfter = this.liveness.after.get(loop) ?? new Set();
    const written = writtenLocals(loop.body);
    const handed = new Set([...written].filter((local) => atHead.has(local) || liveAfter.has(local) || (loop.kind === "for" && loop.exit === local)));
    const condition = loop.kind === "while" ? loop.condition : undefined;
    if (loop.kind === "for" && loop.exit && !written.has(loop.exit)) handed.add(loop.exit);
    const summed = onlyAccumulated(loop.body, handed);
    if (condition) walkExpression(condition, (e) => { if (e.kind === "read") summed.delete(e.local); });
    const carried = new Map<Local, Local>();
    const sums = new Map<Local, Local>();
    for (const local of handed) {
      const current = scope.get(local);
      // Already a sum of an enclosing loop: it goes on being that one.
      if (summed.has(local) && scope.sums.has(local)) continue;
      const own = this.local(local);
      const made = assign(own, current);
      this.cameFrom(made, scope.setBy.get(local));
      out.push(made);
      scope.set(local, read(own));
      (summed.has(local) ? sums : carried).set(local, own);
    }
    for (const own of sums.values()) this.sums.set(own, loop);
    return { carried, sums };
  }

  private leave(loop: For | While, { carried, sums }: { carried: Map<Local, Local>; sums: Map<Local, Local> }): void {
    for (const own of carried.values()) this.carried.set(own, loop);
    for (const own of sums.values()) this.sums.set(own, loop);
  }

  /** `a, b = b, a`: values read from other carried locals are copied before any of them is overwritten. */
  private handOver(carried: ReadonlyMap<Local, Local>, inner: Scope, body: Statement[]): void {
    const own = new Set(carried.values());
    const updates: [Local, Atom][] = [];
    for (const [local, target] of carried) {
      let next = inner.get(local);
      if (next.kind === "read" && next.local === target) continue;
      if (next.kind === "read" && own.has(next.local)) {
        const copy = this.names.local(target.type, target.name);
        body.push(assign(copy, next));
        next = read(copy);
      }
      updates.push([target, next]);
    }
    for (const [target, next] of updates) {
      const statement = assign(target, next);
      this.carries.add(statement);
      body.push(statement);
    }
  }

  private bound(expression: Expression, scope: Scope, out: Statement[]): Expression {
    const tree = this.tree(expression, scope, out);
    return tree.kind === "constant" || tree.kind === "read" ? tree : this.define(tree, undefined, out);
  }

  private decision(expression: Expression, scope: Scope, out: Statement[]): Atom {
    const tree = this.tree(expression, scope, out);
    return tree.kind === "constant" || tree.kind === "read" ? tree : this.define(tree, undefined, out);
  }

  private copied(local: Local, value: Atom, out: Statement[]): Atom {
    if (!this.keepCopies || local.label === undefined || local.type !== "f64" || value.kind !== "read") return value;
    return this.standsFor.get(value.local) === local ? value : this.define(value, local, out);
  }

  /** A name for what one of the program's locals is at some point. */
  private local(of: Local): Local {
    const own = this.names.local(of.type, of.name, of.label);
    this.standsFor.set(own, of);
    return own;
  }

  private define(value: Expression, local: Local | undefined, out: Statement[]): Read {
    const own = this.names.local(typeOf(value), local?.name ?? "t", local?.label);
    if (local) this.standsFor.set(own, local);
    out.push(assign(own, value, value.span));
    return read(own);
  }

  private rename(expression: Expression, scope: Scope): Expression {
    return mapExpression(expression, (e) => (e.kind === "read" ? scope.get(e.local) : e));
  }

  /** Reduces an expression to an atom, with every operation it takes in a statement before. */
  private atom(expression: Expression, scope: Scope, out: Statement[], into?: Local): Atom {
    const tree = this.tree(expression, scope, out, into);
    return tree.kind === "constant" || tree.kind === "read" ? tree : this.define(tree, into, out);
  }

  /**
   * An expression over atoms. i32 and bool arithmetic stays a tree (it is never differentiated); f64 operations and
   * loads from memory that may change are given statements of their own, except the outermost operation.
   */
  private tree(expression: Expression, scope: Scope, out: Statement[], into?: Local): Expression {
    switch (expression.kind) {
      case "constant": return expression;
      case "read": return scope.get(expression.local);
      case "load": {
        const indices = expression.indices.map((index) => this.tree(index, scope, out));
        const loaded: Expression = { ...expression, indices };
        return expression.array.role.kind === "data" && expression.array.element === "i32" ? loaded : this.define(loaded, into, out);
      }
      case "select": return this.choose(expression.condition, expression.whenTrue, expression.whenFalse, scope, out, into);
      case "call": {
        const [first, second] = expression.args;
        if ((expression.primitive === "and" || expression.primitive === "or") && first && second && needsStatements(second)) {
          return expression.primitive === "and" ? this.choose(first, second, bool(false), scope, out) : this.choose(first, bool(true), second, scope, out);
        }
        const args = expression.args.map((arg) => (typeOf(arg) === "f64" ? this.atom(arg, scope, out) : this.tree(arg, scope, out)));
        return { ...expression, args };
      }
    }
  }

  /** A `select` stays one where its arms are at hand; otherwise only the chosen arm may be evaluated, so it becomes an `if`. */
  private choose(condition: Expression, whenTrue: Expression, whenFalse: Expression, scope: Scope, out: Statement[], into?: Local): Expression {
    const decided = this.decision(condition, scope, out);
    // An element is as good as a local: the arm is evaluated only when chosen, and costs nothing to evaluate again.
    const atomic = (e: Expression): boolean => e.kind === "constant" || e.kind === "read" || (e.kind === "load" && !e.indices.some(needsStatements));
    const plain = typeOf(whenTrue) === "f64" ? atomic(whenTrue) && atomic(whenFalse) : !needsStatements(whenTrue) && !needsStatements(whenFalse);
    const atHand = (e: Expression): Expression => (e.kind === "load" ? { ...e, indices: e.indices.map((index) => this.tree(index, scope, out)) } : this.tree(e, scope, out));
    if (plain) return select(decided, atHand(whenTrue), atHand(whenFalse));
    const merged = this.names.local(typeOf(whenTrue), into?.name ?? "t", into?.label);
    if (into) this.standsFor.set(merged, into);
    const arm = (value: Expression): Statement[] => {
      const block: Statement[] = [];
      block.push(assign(merged, this.atom(value, scope, block)));
      return block;
    };
    out.push(branch(decided, arm(whenTrue), arm(whenFalse)));
    return read(merged);
  }
}

function needsStatements(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (e) => {
    if (e.kind === "load" && !(e.array.role.kind === "data" && e.array.element === "i32")) found = true;
    if (e.kind === "call" && typeOf(e) === "f64") found = true;
    if (e.kind === "select" && typeOf(e) === "f64") found = true;
  });
  return found;
}

const sameAtom = (a: Atom, b: Atom): boolean =>
  a.kind === "read" ? b.kind === "read" && a.local === b.local : b.kind === "constant" && Object.is(a.value, b.value) && a.type === b.type;

const zeroOf = (type: ScalarType): Constant => (type === "f64" ? float(0) : type === "i32" ? int(0) : bool(false));

/** What each of the program's locals means at a point. */
class Scope {
  readonly changed = new Set<Local>();

  constructor(
    private readonly meanings = new Map<Local, Atom>(), readonly sums = new Set<Local>(),
    /** The statement that last gave each local its value. */
    readonly setBy = new Map<Local, Statement>(),
  ) {}

  get(local: Local): Atom {
    return this.meanings.get(local) ?? zeroOf(local.type);
  }

  set(local: Local, atom: Atom, by?: Statement): void {
    this.meanings.set(local, atom);
    this.changed.add(local);
    if (by) this.setBy.set(local, by);
  }

  fork(): Scope {
    return new Scope(new Map(this.meanings), new Set(this.sums), new Map(this.setBy));
  }
}

