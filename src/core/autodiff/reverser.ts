import { accumulate, assign, branch, call, fill, float, int, load, type Names, read, store } from "../ir/build";
import type { ArrayVariable, Block, Expression, Fill, For, IrFunction, Local, Statement, Store, While } from "../ir/types";
import { ruleOf } from "../rules/ruleOf";
import { type Activity, activityOf, isVaried } from "./activity";
import { Adjoints } from "./adjoints";
import { mentionedArrays } from "../ir/mentioned";
import { checkpoint, type TapeUse } from "./checkpoints";
import { ForwardSweep } from "./forwardSweep";
import type { Normal } from "./normalise";
import { Restorer } from "./restorer";
import { type Piece, schedule } from "./schedule";
import { guardedProduct, passedBy, singular } from "./passedBy";
import { product } from "./seed";
import { type Region, Structure } from "./structure";
import { without } from "./without";

export interface Reverse {
  /** Returns f(x) and writes ∇f(x), `dimension` numbers, to its output. */
  readonly function: IrFunction;
  /** The adjoint of each variable of the program that has one. */
  readonly adjoints: ReadonlyMap<Local | ArrayVariable, Local | ArrayVariable>;
  /** No unknown reaches the result by a differentiable path. */
  readonly isZero: boolean;
}

/** What one try came to: a derivative, and what could be better about it; or the loops that cannot be fused. */
export type Made =
  | { readonly ok: true; readonly reverse: Reverse; readonly cheaperTaped: ReadonlySet<ArrayVariable>; readonly tapeUse: TapeUse }
  | { readonly ok: false; readonly unfusable: readonly Statement[] };

/** Writes the two sweeps of one function, given which loops are fused, which run again in segments, and which arrays are taped. */
export class Reverser {
  private readonly structure: Structure;
  private readonly activity: Activity;
  private readonly passed: ReadonlySet<Local>;
  private readonly restorer: Restorer;
  private readonly adjoints: Adjoints;
  private readonly forwardSweep: ForwardSweep;
  /** What the reverse sweep does for each statement, by itself: for those who tell it. */
  readonly reversed = new Map<Statement, readonly Statement[]>();

  constructor(
    private readonly fn: IrFunction, private readonly names: Names, private readonly normal: Normal, private readonly fused: ReadonlySet<Statement>,
    private readonly segmented: ReadonlySet<Statement>, taped: ReadonlySet<ArrayVariable>,
    /** For reading rather than running: slopes without their conventions at kinks and ends of domains. */
    private readonly textbook = false,
  ) {
    this.structure = new Structure(fn, normal, new Set([...fused, ...segmented]));
    const unknowns = [...fn.scalars.map(({ local }) => local), ...fn.arrays.filter((array) => array.role.kind === "parameter")];
    this.activity = activityOf(this.normal.body, unknowns, [this.normal.result]);
    this.adjoints = new Adjoints(names, this.structure, this.activity);
    this.passed = passedBy(this.normal.body);
    this.restorer = new Restorer(this.structure, this.names, taped);
    this.forwardSweep = new ForwardSweep(this.structure, this.restorer, normal);
  }

  run(): Made {
    const { result } = this.normal;
    const value = this.names.local("f64", "value");
    const seed = result.kind === "read" && this.adjoints.isActive(result.local) ? [accumulate(this.adjoints.of(result.local), float(1))] : [];
    const sweep = this.pieces(this.structure.root);
    const dropped = this.restorer.settle();
    for (const loop of this.segmented) if (loop.kind === "for") this.forwardSweep.checkpoints.set(loop, checkpoint(loop, this.structure, this.restorer.tapes));
    const gradient = this.fn.scalars.flatMap(({ local, offset }) => {
      const adjoint = this.adjoints.all.get(local);
      if (adjoint?.kind !== "local") return [];
      const slot = this.names.array("f64", [], { kind: "output", offset }, `gradient_${local.name}`);
      this.adjoints.outputs.push(slot);
      return [store(slot, [], read(adjoint))];
    });
    const zeros = this.adjoints.starts(this.structure.root);
    const body = this.assemble(assign(value, result), [...zeros, ...seed], sweep.map((code) => without(code, dropped)).map((code, backwards) => this.forwardSweep.again(code, backwards)), gradient);
    if (!Array.isArray(body)) return { ok: false, unfusable: body.unfusable };
    const scratch = [...this.adjoints.all.values()].filter((adjoint): adjoint is ArrayVariable => adjoint.kind === "array" && adjoint.role.kind === "scratch");
    const derivative: IrFunction = {
      name: this.fn.name, dimension: this.fn.dimension, outputs: this.fn.dimension, scalars: this.fn.scalars,
      arrays: mentionedArrays(body, [...this.fn.arrays, ...this.restorer.tapes.arrays, ...scratch, ...this.adjoints.outputs]),
      body,
      result: read(value),
    };
    const tapeUse = new Map<Statement, number>();
    for (const array of derivative.arrays) {
      const use = this.restorer.tapes.uses.get(array);
      if (use) tapeUse.set(use.loop, (tapeUse.get(use.loop) ?? 0) + use.bytes);
    }
    return { ok: true, cheaperTaped: this.restorer.cheaperTaped(), tapeUse, reverse: { function: derivative, adjoints: this.adjoints.all, isZero: this.adjoints.outputs.length === 0 } };
  }

  /**
   * Puts the sweeps together. Without fused loops: forward, then backward. With them, the reverse of what follows a fused
   * loop has to run before it, and what follows it forward, after: the order is found from who reads what.
   */
  private assemble(value: Statement, start: readonly Statement[], sweep: readonly Block[], end: readonly Statement[]): Statement[] | { unfusable: readonly Statement[] } {
    const { block } = this.structure.root;
    const forwards = block.map((statement) => this.forwardSweep.of([statement]));
    // The value is kept aside: the reverse sweep takes carried locals back to what they were.
    if (this.fused.size === 0) return [...forwards.flat(), value, ...start, ...sweep.flat(), ...end];
    const bodies: Block[] = [];
    const pieces: Piece[] = [];
    const add = (code: Block, node = bodies.length): void => {
      if (node === bodies.length) bodies.push(code);
      pieces.push({ node, code });
    };
    forwards.forEach((code) => { add(code); });
    for (const statement of [value, ...start]) add([statement]);
    for (const [backwards, code] of sweep.entries()) {
      const index = block.length - 1 - backwards;
      const statement = block[index];
      if (!statement || !this.fused.has(statement)) {
        if (code.length > 0) add(code);
        continue;
      }
      const [loop] = forwards[index] ?? [];
      const body = code.length === 0 ? undefined : code[0];
      if (loop?.kind !== "for" || body?.kind !== "for") continue;
      bodies[index] = [{ ...loop, body: [...loop.body, ...body.body] }];
      pieces.push({ node: index, code });
    }
    for (const statement of end) add([statement]);
    const scheduled = schedule(pieces);
    if (scheduled.ok) return scheduled.order.flatMap((node) => bodies[node] ?? []);
    return { unfusable: block.filter((statement, index) => this.fused.has(statement) && scheduled.knots.has(index)) };
  }

  /** The reverse of a block. */
  private region(region: Region): Statement[] {
    const out = this.pieces(region).flat();
    return [...this.adjoints.starts(region), ...out];
  }

  /** The reverse of each statement of a block, last first. */
  private pieces(region: Region): Statement[][] {
    const out: Statement[][] = [];
    const restored = new Set<Local>();
    for (let index = region.block.length - 1; index >= 0; index--) {
      const statement = region.block[index];
      if (!statement) continue;
      const code = this.statement(statement);
      this.reversed.set(statement, code);
      out.push(code.length > 0 ? [...this.restorer.bringBack(region, index, code, restored), ...code] : code);
    }
    return out;
  }

  private statement(statement: Statement): Statement[] {
    switch (statement.kind) {
      case "assign": return this.assign(statement);
      case "store": return this.store(statement.array, statement.indices, statement.value, statement);
      case "accumulate": {
        const { target, value, indices } = statement;
        if (target.kind === "local") return this.adjoints.isActive(target) ? this.adjoints.contribute(value, read(this.adjoints.of(target))) : [];
        const adjoint = this.adjoints.isActive(target) ? this.adjoints.contribute(value, load(this.adjoints.ofArray(target), indices ?? [])) : [];
        return [...adjoint, ...this.restorer.undo(statement, target, indices)];
      }
      case "fill": return this.fill(statement.array, statement.value, statement);
      case "if": {
        const inThen = this.region(this.structure.region(statement.then));
        const inElse = this.region(this.structure.region(statement.else));
        return inThen.length + inElse.length > 0 ? [branch(statement.condition, inThen, inElse, statement.span)] : [];
      }
      case "for": return this.for(statement);
      case "while": return this.while(statement);
      case "push":
      case "pop":
      case "trap": return [];
    }
  }

  private assign(statement: Statement & { kind: "assign" }): Statement[] {
    const { local, value } = statement;
    if (!this.adjoints.isActive(local)) return [];
    const adjoint = this.adjoints.of(local);
    const seed = read(adjoint);
    switch (value.kind) {
      case "constant": return this.afterHandOver(statement, adjoint);
      case "read": return [...this.adjoints.contribute(value, seed), ...this.afterHandOver(statement, adjoint)];
      case "load": return this.adjoints.contribute(value, seed, statement.span);
      case "select": {
        const whenTrue = this.adjoints.contribute(value.whenTrue, seed);
        const whenFalse = this.adjoints.contribute(value.whenFalse, seed);
        // A branch, not a product with 0 and 1: what the arm not taken would contribute may be NaN.
        return whenTrue.length + whenFalse.length > 0 ? [branch(value.condition, whenTrue, whenFalse)] : [];
      }
      case "call": return this.call(value, local, seed);
    }
  }

  /** A carried local's new value replaces the old one: its adjoint goes over to the new, and starts again from 0. */
  private afterHandOver(statement: Statement, adjoint: Local): Statement[] {
    return this.normal.carries.has(statement) ? [assign(adjoint, float(0))] : [];
  }

  private call(value: Expression & { kind: "call" }, local: Local, seed: Expression): Statement[] {
    const rule = ruleOf(value.primitive);
    const partial = this.textbook ? rule.textbook ?? rule.partial : rule.partial;
    if (!partial) return [];
    const varies = value.args.map((arg) => isVaried(arg, this.activity.varied));
    const [first, second] = value.args;
    if (value.primitive === "multiply" && first?.kind === "read" && second?.kind === "read" && first.local === second.local) {
      return this.adjoints.contribute(first, product(seed, call("multiply", [float(2), first])), value.span);
    }
    const times = !this.textbook && singular.has(value.primitive) && this.passed.has(local) ? guardedProduct : product;
    const common = partial === rule.partial ? rule.common?.(value.args, read(local), varies) : undefined;
    const share = common && this.names.local("f64", "share");
    const contributions = value.args.flatMap((arg, index) => {
      if (arg.kind !== "read" || !this.adjoints.isActive(arg.local)) return [];
      return this.adjoints.contribute(arg, times(seed, partial(index, value.args, read(local), varies, share && read(share))), value.span);
    });
    return common && share && contributions.length > 0 ? [assign(share, common), ...contributions] : contributions;
  }

  private store(array: ArrayVariable, indices: readonly Expression[], value: Expression, statement: Store): Statement[] {
    const undo = this.restorer.undo(statement, array, indices);
    if (!this.adjoints.isActive(array)) return [...undo];
    const adjoint = this.adjoints.ofArray(array);
    const forget = store(adjoint, indices, float(0), statement.span);
    if (value.kind !== "read" || !this.adjoints.isActive(value.local)) return [forget, ...undo];
    const seed = this.names.local("f64", `d_${value.local.name}`);
    return [assign(seed, load(adjoint, indices)), forget, ...this.adjoints.contribute(value, read(seed), statement.span), ...undo];
  }

  private fill(array: ArrayVariable, value: Expression, statement: Fill): Statement[] {
    const undo = this.restorer.undo(statement, array, undefined);
    if (!this.adjoints.isActive(array)) return [...undo];
    const adjoint = this.adjoints.ofArray(array);
    const forget = fill(adjoint, float(0), statement.span);
    if (value.kind !== "read" || !this.adjoints.isActive(value.local)) return [forget, ...undo];
    const indices = array.shape.map((_, dimension) => this.names.local("i32", `k${dimension}`));
    let sum: Statement[] = this.adjoints.contribute(value, load(adjoint, indices.map((index) => read(index))), statement.span);
    for (const [dimension, index] of [...indices.entries()].reverse()) {
      sum = [{ kind: "for", index, from: int(0), to: int(array.shape[dimension] ?? 1), step: 1, body: sum }];
    }
    return [...sum, forget, ...undo];
  }

  private for(loop: For): Statement[] {
    const body = this.region(this.structure.region(loop.body));
    if (body.length === 0) return [];
    if (this.segmented.has(loop)) this.restorer.runsAgain(loop);
    // Run in the order of the forward loop, of which it becomes the second half.
    if (this.fused.has(loop)) return [{ ...loop, body }];
    const { index, from, to, step } = loop;
    const plus = (e: Expression, n: number): Expression => (e.kind === "constant" ? int(e.value + n) : call("addInt", [e, int(n)]));
    const span = loop.span ? { span: loop.span } : {};
    // One step before the first: where the reverse loop ends.
    const end = plus(from, -step);
    if (!loop.exit && from.kind === "constant" && to.kind === "constant") {
      const trips = Math.max(0, Math.ceil((to.value - from.value) / step));
      return [{ kind: "for", index, from: int(from.value + (trips - 1) * step), to: end, step: -step, body, ...span }];
    }
    if (!loop.exit && Math.abs(step) === 1) {
      return [{ kind: "for", index, from: plus(to, -step), to: end, step: -step, body, ...span }];
    }
    const trips = this.countTrips(loop);
    const last = call("addInt", [from, call("multiplyInt", [call("subtractInt", [read(trips), int(1)]), int(step)])]);
    return [{ kind: "for", index, from: last, to: end, step: -step, body, ...span }];
  }

  private while(loop: While): Statement[] {
    const body = this.region(this.structure.region(loop.body));
    if (body.length === 0) return [];
    const trips = this.countTrips(loop);
    const index = this.names.local("i32", "trip");
    return [{ kind: "for", index, from: call("subtractInt", [read(trips), int(1)]), to: int(-1), step: -1, body, ...(loop.span ? { span: loop.span } : {}) }];
  }

  private countTrips(loop: For | While): Local {
    const trips = this.names.local("i32", "trips");
    const { before, atHead } = this.restorer;
    before.set(loop, [...(before.get(loop) ?? []), assign(trips, int(0))]);
    atHead.set(loop.body, [...(atHead.get(loop.body) ?? []), assign(trips, call("addInt", [read(trips), int(1)]))]);
    this.structure.define(trips, loop);
    return trips;
  }
}
