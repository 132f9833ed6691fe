import { accumulate, assign, branch, call, fill, type Names, read, store } from "../ir/build";
import type { Block, For, IrFunction, Local, Statement, While } from "../ir/types";
import type { Span } from "../source/positions";
import { mapExpression, walkExpression } from "../ir/visit";
import { type Atom, Atoms } from "./atoms";
import { type Liveness, livenessOf, onlyAccumulated, writtenLocals } from "./liveness";
import { recogniseSums } from "./recogniseSums";
import { Scope } from "./scope";

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
  private readonly atoms: Atoms;
  private readonly source: Block;
  private readonly liveness: Liveness;

  constructor(private readonly fn: IrFunction, private readonly names: Names, private readonly keepCopies: boolean) {
    this.atoms = new Atoms(names, this.standsFor);
    this.source = recogniseSums(fn.body);
    this.liveness = livenessOf(this.source, [fn.result]);
  }

  run(): Normal {
    const scope = new Scope();
    for (const { local } of this.fn.scalars) scope.set(local, read(local));
    const body = this.block(this.source, scope);
    const tail: Statement[] = [];
    const result = this.atoms.of(this.fn.result, scope, tail);
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
        scope.set(statement.local, this.copied(statement.local, this.atoms.of(statement.value, scope, out, statement.local), out), statement);
        return;
      case "store": {
        const indices = statement.indices.map((index) => this.atoms.tree(index, scope, out));
        const value = statement.array.element === "f64" ? this.atoms.of(statement.value, scope, out) : this.atoms.tree(statement.value, scope, out);
        out.push(store(statement.array, indices, value, statement.span));
        return;
      }
      case "accumulate": {
        const { target, span } = statement;
        if (target.kind === "array") {
          const indices = (statement.indices ?? []).map((index) => this.atoms.tree(index, scope, out));
          out.push(accumulate(target, this.atoms.of(statement.value, scope, out), indices, span));
          return;
        }
        const value = this.atoms.of(statement.value, scope, out);
        const current = scope.get(target);
        if (current.kind === "read" && this.sums.has(current.local) && scope.sums.has(target)) {
          out.push(accumulate(current.local, value, undefined, span));
        } else {
          scope.set(target, this.atoms.define(call("add", [current, value], span), target, out), statement);
        }
        return;
      }
      case "fill":
        out.push(fill(statement.array, this.atoms.of(statement.value, scope, out), statement.span));
        return;
      case "if": {
        const condition = this.atoms.of(statement.condition, scope, out);
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
    const from = this.atoms.of(loop.from, scope, out);
    const to = this.atoms.of(loop.to, scope, out);
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
    const condition = mapExpression(loop.condition, (e) => (e.kind === "read" ? inner.get(e.local) : e));
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

  private copied(local: Local, value: Atom, out: Statement[]): Atom {
    if (!this.keepCopies || local.label === undefined || local.type !== "f64" || value.kind !== "read") return value;
    return this.standsFor.get(value.local) === local ? value : this.atoms.define(value, local, out);
  }

  /** A name for what one of the program's locals is at some point. */
  private local(of: Local): Local {
    const own = this.names.local(of.type, of.name, of.label);
    this.standsFor.set(own, of);
    return own;
  }
}

const sameAtom = (a: Atom, b: Atom): boolean =>
  a.kind === "read" ? b.kind === "read" && a.local === b.local : b.kind === "constant" && Object.is(a.value, b.value) && a.type === b.type;
