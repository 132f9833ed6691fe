import { assign, load, type Names, read } from "../ir/build";
import { sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, Expression, For, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { costOf, EXPENSIVE } from "./cost";
import type { Definition, Loop, Region, Structure } from "./structure";
import { type Tape, Tapes } from "./tapes";

/** A place in the reverse sweep that reads an array of the forward sweep again. */
interface Reload {
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
  /** It sees the array as it was when this statement of the forward sweep was done. */
  readonly after: Statement;
}

interface Overwriting {
  readonly statement: Statement;
  readonly region: Region;
  readonly array: ArrayVariable;
  /** Undefined: all of it. */
  readonly indices: readonly Expression[] | undefined;
  readonly tape: Tape;
}

/**
 * Brings values of the forward sweep back for the reverse sweep. In order of preference: still there; recomputed, when
 * that is cheap; read again from an array it was stored in; taped. Arrays that are read again are rolled back in step
 * with the reverse sweep: what was overwritten is saved before, and restored after, the statement that overwrote it.
 */
export class Restorer {
  readonly tapes: Tapes;
  /** What the forward sweep does in addition: before and after its statements, and at the head of its blocks. */
  readonly before = new Map<Statement, Statement[]>();
  readonly after = new Map<Statement, Statement[]>();
  readonly atHead = new Map<Block, Statement[]>();
  private readonly reloads: Reload[] = [];
  private readonly overwritings: Overwriting[] = [];
  private readonly saved: Overwriting[] = [];

  /** Elements of arrays in `taped` are saved when they are read; those of others, when they are overwritten. */
  constructor(private readonly structure: Structure, names: Names, private readonly taped: ReadonlySet<ArrayVariable>) {
    this.tapes = new Tapes(structure, names);
  }

  /**
   * The statements that must stand before `code`, the reverse of the region's statement number `index`, so that what it
   * reads of the region's own locals is what the forward sweep saw. `restored` remembers over one pass of the region.
   */
  bringBack(region: Region, index: number, code: readonly Statement[], restored: Set<Local>): Statement[] {
    if (region.loops.length === 0) return [];
    const statement = region.block[index];
    if (!statement) return [];
    const out: Statement[] = [];
    for (const local of readsOf(code)) this.restore(local, region, index, statement, restored, out);
    return out;
  }

  /** The loop is run again in the reverse sweep. */
  runsAgain(loop: For): void {
    const own = this.structure.writes(loop);
    // What the loop itself writes it finds in its checkpoints; the rest must be as it was.
    walkBlock(loop.body, (statement) => {
      for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load" && !own.has(e.array)) this.noteReload(e.array, e.indices, loop); });
    });
  }

  /** Called for each overwriting of an array; returns what undoes it, provided that turns out to be needed. */
  undo(statement: Statement, array: ArrayVariable, indices: readonly Expression[] | undefined): readonly Statement[] {
    if (array.role.kind !== "scratch") return [];
    const { region } = this.structure.place(statement);
    const tape = indices ? this.tapes.element(array, indices, region) : this.tapes.whole(array, region);
    this.overwritings.push({ statement, region, array, indices, tape });
    return tape.restore;
  }

  /** Decides which overwritings are saved. Returns the restoring statements that are not needed after all. */
  settle(): Set<Statement> {
    const dropped = new Set<Statement>();
    for (const overwriting of this.overwritings) {
      if (this.reloads.some((reload) => reload.array === overwriting.array && this.mayFollow(reload, overwriting))) {
        push(this.before, overwriting.statement, overwriting.tape.save);
        this.saved.push(overwriting);
      } else {
        for (const statement of overwriting.tape.restore) dropped.add(statement);
      }
    }
    return dropped;
  }

  /** After `settle`: arrays that are rolled back, though fewer of their elements are read again than are overwritten. */
  cheaperTaped(): Set<ArrayVariable> {
    const overwritten = new Map<ArrayVariable, number>();
    for (const { array, statement, indices } of this.saved) {
      overwritten.set(array, (overwritten.get(array) ?? 0) + this.tapes.timesRun(statement) * (indices ? 1 : sizeOf(array)));
    }
    const readAgain = new Map<ArrayVariable, number>();
    for (const { array, after } of this.reloads) readAgain.set(array, (readAgain.get(array) ?? 0) + this.tapes.timesRun(after));
    return new Set([...overwritten].flatMap(([array, times]) => (2 * (readAgain.get(array) ?? 0) <= times ? [array] : [])));
  }

  private restore(local: Local, region: Region, index: number, at: Statement, restored: Set<Local>, out: Statement[]): void {
    if (restored.has(local)) return;
    const definition = this.definitionIn(local, region, index);
    if (!definition || definition.kind === "index") return;
    restored.add(local);
    const again = this.recompute(local, definition, region, index);
    if (again) {
      for (const operand of readsOfExpression(again)) this.restore(operand, region, index, at, restored, out);
      walkExpression(again, (e) => { if (e.kind === "load") this.noteReload(e.array, e.indices, at); });
      out.push(assign(local, again));
      return;
    }
    const tape = this.tapes.scalar(read(local), local, region, local.name);
    const defining = region.block[definition.index];
    if (definition.kind === "entry") push(this.atHead, region.block, tape.save);
    else if (defining) push(this.after, defining, tape.save);
    out.push(...tape.restore);
  }

  /** The definition that a read by the reverse of statement `index` of `region` refers to, if it is of this very region. */
  private definitionIn(local: Local, region: Region, index: number): Definition | undefined {
    const entry = this.structure.entry(local);
    if (entry?.region === region) return entry;
    const definition = this.structure.definition(local);
    if (definition?.region !== region) return undefined;
    // Within the reverse of the defining loop or `if` itself, the name stands for another value.
    return definition.kind === "after" && definition.index === index ? undefined : definition;
  }

  /** An expression for the value that costs little and reads only what can be had at this point of the reverse sweep. */
  private recompute(local: Local, definition: Definition, region: Region, index: number): Expression | undefined {
    if (definition.kind !== "assigned") return undefined;
    const statement = region.block[definition.index];
    if (statement?.kind !== "assign") return undefined;
    if (this.cost(statement.value, region, definition.index, index, 0) < EXPENSIVE) return statement.value;
    return this.stored(local, definition, region, index);
  }

  private cost(expression: Expression, region: Region, from: number, to: number, depth: number, counted = new Set<Local>()): number {
    let total = costOf(expression);
    if (total >= EXPENSIVE || depth > 8) return EXPENSIVE;
    walkExpression(expression, (e) => {
      if (e.kind === "load" && (this.taped.has(e.array) || this.structure.writtenBetween(e.array, region, from, to))) total = EXPENSIVE;
      if (e.kind !== "read" || counted.has(e.local)) return;
      counted.add(e.local);
      const definition = this.structure.definition(e.local);
      // Operands of the same iteration may have to be recomputed in turn; those of outer ones are there once for many.
      if (definition?.region !== region || definition.kind !== "assigned") return;
      const operand = region.block[definition.index];
      if (operand?.kind === "assign") total += Math.min(TAPED, this.cost(operand.value, region, definition.index, to, depth + 1, counted));
    });
    return total;
  }

  /** Where the value was stored right after it was computed, and still is. */
  private stored(local: Local, definition: Definition, region: Region, index: number): Expression | undefined {
    for (let i = definition.index + 1; i <= index; i++) {
      const statement = region.block[i];
      if (statement?.kind !== "store" || statement.value.kind !== "read" || statement.value.local !== local) continue;
      if (statement.array.role.kind !== "scratch" || this.taped.has(statement.array) || this.structure.writtenBetween(statement.array, region, i, index)) continue;
      if (statement.indices.some((e) => costOf(e) >= EXPENSIVE)) continue;
      return load(statement.array, statement.indices);
    }
    return undefined;
  }

  private noteReload(array: ArrayVariable, indices: readonly Expression[], after: Statement): void {
    if (array.role.kind === "scratch") this.reloads.push({ array, indices, after });
  }

  /** Whether the forward sweep may overwrite, after the point a reload looks back to, the element it looks at. */
  private mayFollow(reload: Reload, overwriting: Overwriting): boolean {
    const from = this.structure.place(reload.after);
    const to = this.structure.place(overwriting.statement);
    if (from.last < to.first) return true;
    return from.region.loops.some((loop) => to.region.loops.includes(loop) && !this.disjoint(loop, reload.indices, overwriting.indices));
  }

  /** Whether different iterations of the loop touch different elements: both indices run with it in the same dimension. */
  private disjoint(loop: Loop, a: readonly Expression[], b: readonly Expression[] | undefined): boolean {
    if (loop.kind === "while" || !b) return false;
    const isIndex = (e: Expression | undefined): boolean => e?.kind === "read" && e.local === loop.index;
    return a.some((index, dimension) => isIndex(index) && isIndex(b[dimension]));
  }
}

/** What bringing one value back from a tape costs, in additions: two trips to memory. */
const TAPED = 4;

function push<Key>(map: Map<Key, Statement[]>, key: Key, statements: readonly Statement[]): void {
  const list = map.get(key);
  if (list) list.push(...statements);
  else map.set(key, [...statements]);
}

function readsOfExpression(expression: Expression): Local[] {
  const locals: Local[] = [];
  walkExpression(expression, (e) => { if (e.kind === "read") locals.push(e.local); });
  return locals;
}

/** Locals read by the code, nested blocks included, in order of first reading. */
function readsOf(code: readonly Statement[]): Set<Local> {
  const locals = new Set<Local>();
  const visit = (statement: Statement): void => {
    for (const expression of expressionsOf(statement)) for (const local of readsOfExpression(expression)) locals.add(local);
    for (const block of blocksOf(statement)) block.forEach(visit);
  };
  code.forEach(visit);
  return locals;
}
