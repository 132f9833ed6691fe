import type { ArrayVariable, Block, For, IrFunction, Local, Statement, While } from "../ir/types";
import { blocksOf } from "../ir/visit";
import type { Normal } from "./normalise";

export type Loop = For | While;

/** A block with its place in the program. */
export interface Region {
  readonly block: Block;
  readonly parent: Region | undefined;
  /** The statement this block belongs to; undefined for the function's body. */
  readonly owner: Statement | undefined;
  /**
   * Enclosing loops whose iterations are reversed only after all of them have run, outermost first, the owner included.
   * An iteration of a fused loop is reversed right away, with everything it computed still at hand: that one is not listed;
   * nor is a loop over segments, whose turn is run again just before it is reversed.
   */
  readonly loops: readonly Loop[];
}

/** Where a local gets the value that reads of it see. */
export interface Definition {
  readonly region: Region;
  /** Index of the statement in the region; -1: at the head (the entry value of an iteration, a loop index). */
  readonly index: number;
  /** `after`: there once the whole statement (a loop, an `if`) is done; `counted`: the same, and read by its very reverse. */
  readonly kind: "assigned" | "after" | "counted" | "entry" | "index";
}

/** Program order, regions, definitions and writes of one normalised function. */
export class Structure {
  readonly root: Region;
  private readonly regions = new Map<Block, Region>();
  private readonly definitions = new Map<Local, Definition>();
  private readonly entries = new Map<Local, Definition>();
  private readonly orders = new Map<Statement, { first: number; last: number; region: Region; index: number }>();
  private readonly written = new Map<Statement, ReadonlySet<ArrayVariable>>();
  private clock = 0;

  constructor(readonly fn: IrFunction, readonly normal: Normal, private readonly atHand: ReadonlySet<Statement>) {
    this.root = this.enter(normal.body, undefined, undefined, []);
  }

  region(block: Block): Region {
    const region = this.regions.get(block);
    if (!region) throw new Error("A block of unknown place.");
    return region;
  }

  /** Undefined for the unknowns and for locals that are no part of the program (adjoints). */
  definition(local: Local): Definition | undefined {
    return this.definitions.get(local);
  }

  /** Of a carried local: the value it has while an iteration runs. */
  entry(local: Local): Definition | undefined {
    return this.entries.get(local);
  }

  place(statement: Statement): { first: number; last: number; region: Region; index: number } {
    const place = this.orders.get(statement);
    if (!place) throw new Error("A statement of unknown place.");
    return place;
  }

  /** Arrays the statement writes, nested statements included. */
  writes(statement: Statement): ReadonlySet<ArrayVariable> {
    return this.written.get(statement) ?? new Set();
  }

  /** Whether any statement of `region` with index in (from, to] writes the array. */
  writtenBetween(array: ArrayVariable, region: Region, from: number, to: number): boolean {
    for (let i = from + 1; i <= to; i++) {
      const statement = region.block[i];
      if (statement && this.writes(statement).has(array)) return true;
    }
    return false;
  }

  /** For values that only the derivative computes in the forward sweep (trip counts). */
  define(local: Local, statement: Statement): void {
    const { region, index } = this.place(statement);
    this.definitions.set(local, { region, index, kind: "counted" });
  }

  private enter(block: Block, parent: Region | undefined, owner: Statement | undefined, loops: readonly Loop[]): Region {
    const region: Region = { block, parent, owner, loops };
    this.regions.set(block, region);
    for (const [index, statement] of block.entries()) this.visit(statement, region, index);
    return region;
  }

  private visit(statement: Statement, region: Region, index: number): void {
    const first = this.clock++;
    const writes = new Set<ArrayVariable>();
    if (statement.kind === "store" || statement.kind === "fill") writes.add(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array") writes.add(statement.target);
    if (statement.kind === "assign") this.assigned(statement.local, region, index);
    const isLoop = statement.kind === "for" || statement.kind === "while";
    for (const inner of blocksOf(statement)) {
      const nested = this.enter(inner, region, statement, isLoop && !this.atHand.has(statement) ? [...region.loops, statement] : region.loops);
      if (statement.kind === "for") this.definitions.set(statement.index, { region: nested, index: -1, kind: "index" });
      for (const child of inner) for (const array of this.writes(child)) writes.add(array);
    }
    if (isLoop) {
      for (const [local, loop] of this.normal.carried) {
        if (loop !== statement) continue;
        this.definitions.set(local, { region, index, kind: "after" });
        this.entries.set(local, { region: this.region(statement.body), index: -1, kind: "entry" });
      }
      for (const [local, loop] of this.normal.sums) {
        if (loop === statement) this.definitions.set(local, { region, index, kind: "after" });
      }
    }
    this.written.set(statement, writes);
    this.orders.set(statement, { first, last: this.clock++, region, index });
  }

  private assigned(local: Local, region: Region, index: number): void {
    if (this.normal.carried.has(local) || this.normal.sums.has(local)) return;
    const earlier = this.definitions.get(local);
    if (!earlier) {
      this.definitions.set(local, { region, index, kind: "assigned" });
      return;
    }
    // Assigned in both arms of an `if`: its value is there after the `if`.
    const owner = region.parent;
    const branch = region.owner;
    if (!owner || branch?.kind !== "if") throw new Error(`"${local.name}" is assigned twice.`);
    this.definitions.set(local, { region: owner, index: owner.block.indexOf(branch), kind: "after" });
  }
}
