import type { IrFunction } from "../../../ir/types";
import { simplify } from "../../../simplify/simplify";
import type { GridKernel } from "../../kernel";
import { cut } from "../../pieces";
import { pointByPoint } from "../../pointByPoint";
import { KernelModule, type KernelOptions } from "../kernelModule";
import { type Layout, layOut } from "../layout";
import type { KernelMemory } from "../memory";
import { planPoints } from "../vector/pointPlan";
import { writtenOut } from "../vector/writeOut";
import { wasmKernel } from "../wasmKernel";
import { assignedOnce } from "./assignedOnce";
import { emitGridTables, emitGridRows, type Grid, pointsATurn } from "./emitGrid";
import { type Course, gridParts } from "./gridParts";
import type { PlanePlaces } from "./rowPoints";

type Columns = (tables: number, from: number, step: number, t: number, columns: number) => void;
type Rows = (to: number, tables: number, from: number, step: number, t0: number, dt: number, columns: number, first: number, last: number) => void;

/** What is made for planes that change the same unknowns. */
interface Made {
  readonly columns: Columns | undefined;
  readonly rows: Rows;
  readonly layout: Layout;
  /** Bytes of the tables, of so many columns. */
  readonly bytesOfTables: (columns: number) => number;
}

/** Points whose values are fetched at once: they are still in the nearest memory then. */
const MOST_POINTS = 8192;
/** Points behind the end of a row that are computed with it, at most. */
const BEHIND = 3;
/** Planes of other kinds than these may be asked for; the oldest are made again then. */
const MOST_KINDS = 16;

/** Rows at a call. What each row, or each column, has for itself is told apart by the plane: code is made for each kind of plane. */
export function wasmGridKernel(given: IrFunction, memory: KernelMemory, options: KernelOptions): GridKernel {
  const fn = opened(given, options);
  if (cut(fn)) return pointByPoint(wasmKernel(fn, memory, options), fn.dimension);
  const n = fn.dimension;
  const places: PlanePlaces = { origin: memory.reserve(8 * n), u: memory.reserve(8 * n), v: memory.reserve(8 * n), base: memory.reserve(8 * n), moving: memory.reserve(4 * (n + 1)) };
  const layouts = new Map<1 | 2, Layout>();
  const kinds = new Map<string, Made>();
  const [values, tables] = [new Room(memory), new Room(memory)];

  const make = (courseOf: (unknown: number) => Course): Made => {
    const module = new KernelModule(memory, options);
    const parts = gridParts(fn, courseOf);
    const along = fn.scalars.filter(({ offset }) => courseOf(offset).along).map(({ local }) => local);
    const points = module.planPoints(parts.rest, [...along, ...parts.tables]);
    const columns = planPoints({ ...parts.rest, body: parts.perColumn, arrays: [], result: { kind: "constant", type: "f64", value: 0 } }, along);
    const plans = points && columns && { points, columns };
    const width = plans ? 2 : 1;
    const layout = layouts.get(width) ?? layOut(fn, memory, width);
    layouts.set(width, layout);
    const grid: Grid = { parts, plans, courseOf, places, module, layout };
    if (parts.tables.length > 0) emitGridTables(grid);
    emitGridRows(grid);
    // The boundary between bytes and types: the module exports functions of exactly these shapes.
    const made = module.instantiate() as { columns?: Columns; rows: Rows };
    return { columns: made.columns, rows: made.rows, layout, bytesOfTables: (count) => 8 * parts.tables.length * (count + pointsATurn(grid)) };
  };

  return (origin, u, v, s0, ds, t0, dt, columns, first, last, grid) => {
    if (columns <= 0 || last <= first) return;
    // Of a single row nothing is worth a table.
    const courseOf = (k: number): Course => ({ along: u[k] !== 0, across: last - first > 1 ? v[k] !== 0 : u[k] !== 0 });
    const kind = fn.scalars.map(({ offset }) => { const { along, across } = courseOf(offset); return Number(along) + 2 * Number(across); }).join("");
    if (!kinds.has(kind) && kinds.size >= MOST_KINDS) kinds.clear();
    const made = kinds.get(kind) ?? make(courseOf);
    kinds.set(kind, made);
    for (const changed of made.layout.changing) memory.refresh(changed);
    const rows = Math.max(1, Math.floor(MOST_POINTS / columns));
    const [to, from] = [values.of(8 * (rows * columns + BEHIND)), tables.of(made.bytesOfTables(columns))];
    for (const [place, vector] of [[places.origin, origin], [places.u, u], [places.v, v]] as const) memory.floats(place, n).set(vector.subarray(0, n));
    const moving = [...u.subarray(0, n).keys()].filter((k) => u[k] !== 0);
    memory.wholes(places.moving, n + 1).set([4 * moving.length, ...moving.map((k) => 8 * k)]);
    made.columns?.(from, s0, ds, t0, columns);
    for (let row = first; row < last; row += rows) {
      const end = Math.min(row + rows, last);
      made.rows(to, from, s0, ds, t0, dt, columns, row, end);
      grid.set(memory.floats(to, columns * (end - row)), (row - first) * columns);
    }
  };
}

/**
 * The function with short loops written out, turn after turn: what of them changes along a row only, or down a column, can then be seen.
 * So can unstable spellings that a loop had hidden, but where the value overflows, its picture does too.
 */
function opened(fn: IrFunction, { isStrict }: KernelOptions): IrFunction {
  const hasLoops = fn.body.some(({ kind }) => kind === "for");
  return assignedOnce(hasLoops ? simplify({ ...fn, body: writtenOut(fn.body) }, { powers: !isStrict, unstable: false }) : fn);
}

/** Memory for what is needed during a call: more is reserved when more is asked for. */
class Room {
  private at = 0;
  private bytes = 0;

  constructor(private readonly memory: KernelMemory) {}

  of(bytes: number): number {
    if (bytes > this.bytes) [this.at, this.bytes] = [this.memory.reserve(bytes), bytes];
    return this.at;
  }
}
