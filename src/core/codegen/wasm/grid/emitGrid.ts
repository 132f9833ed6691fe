import type { Block, IrFunction, Local } from "../../../ir/types";
import { operationsOf } from "../../effort";
import type { FunctionBuilder, WasmLocal } from "../assembler/functionBuilder";
import { functionType } from "../assembler/valueTypes";
import { emitBlock } from "../emitBlock";
import { Locals, wholeEmission } from "../emitKernel";
import { emitExpression } from "../emitExpression";
import type { KernelModule } from "../kernelModule";
import { clear, type Layout } from "../layout";
import { PairEmitter } from "../vector/pairs/emitPairs";
import { emitVector } from "../vector/emitVector";
import type { PairPlan } from "../vector/pairs/pairPlan";
import type { Course, GridParts } from "./gridParts";
import { type PlanePlaces, RowPoints } from "./rowPoints";

/** What is emitted: a grid's parts, one point at a time, or two where there is a plan for that. */
export interface Grid {
  readonly parts: GridParts;
  readonly plans: { readonly points: PairPlan; readonly columns: PairPlan } | undefined;
  readonly courseOf: (unknown: number) => Course;
  readonly places: PlanePlaces;
  readonly module: KernelModule;
  readonly layout: Layout;
}

/** Short functions are done for two pairs a turn: what a turn costs by itself would be much of it. */
const SHORT = 40;

/** How many points a turn does: of a row whose end lies within, some are behind it, and there must be room for them. */
export function pointsATurn({ parts: { rest }, plans }: Pick<Grid, "parts" | "plans">): number {
  if (!plans) return 1;
  const isShort = rest.body.every(({ kind }) => kind === "assign") && rest.arrays.every(({ role }) => role.kind === "data") && operationsOf(rest.body) < SHORT;
  return isShort ? 4 : 2;
}

/** Bytes of what all tables have for a turn's points, or fewer. */
const entry = ({ parts: { tables }, plans }: Grid): number => 8 * tables.length * (plans ? 2 : 1);

/** The exported function `columns(tables, from, step, t, columns)`: fills the tables, what a point needs side by side. */
export function emitGridTables(grid: Grid): void {
  const { parts: { perColumn, tables, rest }, plans, layout, module } = grid;
  const f = module.builder.function(functionType(["i32", "f64", "f64", "f64", "i32"]), "columns");
  const [at, from, step, t, columns] = f.parameters;
  if (!at || !from || !step || !t || !columns) throw new Error("Columns have five parameters.");
  const points = new RowPoints(f, grid, plans !== undefined, from, step);
  points.beginRow(t);
  const fn: IrFunction = { ...rest, body: perColumn };
  f.loop((next) => {
    f.block((left) => {
      const { emission, locals } = wholeEmission(fn, { f, left, module, layout, vectors: new Map() });
      const pairs = plans && new PairEmitter(emission, plans.columns);
      const of = (local: Local): WasmLocal => (pairs ? pairs.pair(local) : locals.of(local));
      for (const { local, offset } of fn.scalars) {
        if (grid.courseOf(offset).along) {
          points.pushUnknown(offset, 0);
          f.set(of(local));
        } else {
          points.pushStart(offset);
          f.set(locals.of(local));
        }
      }
      if (pairs) pairs.block(fn.body);
      else emitBlock(fn.body, emission);
      for (const [k, local] of tables.entries()) f.get(at).get(of(local)).memory(plans ? "v128.store" : "f64.store", k * points.bytes);
    });
    f.get(at).i32(entry(grid)).op("i32.add").set(at);
    points.goOn(1);
    f.get(columns).i32(points.bytes / 8).op("i32.sub").tee(columns).i32(0).op("i32.gt_s").branchIf(next);
  });
}

/** The exported function `rows(to, tables, from, step, t0, dt, columns, first, last)`: the values of rows, one after the other from the address `to` on. */
export function emitGridRows(grid: Grid): void {
  const { parts: { perRow, tables, rest }, plans, layout, module } = grid;
  const f = module.builder.function(functionType(["i32", "i32", "f64", "f64", "f64", "f64", "i32", "i32", "i32"]), "rows");
  const [to, firstEntry, from, step, t0, dt, columns, row, last] = f.parameters;
  if (!to || !firstEntry || !from || !step || !t0 || !dt || !columns || !row || !last) throw new Error("Rows have nine parameters.");
  const [t, at, value, end] = [f.local("f64"), f.local("i32"), f.local("i32"), f.local("i32")];
  const result = f.local(plans ? "v128" : "f64");
  const points = new RowPoints(f, grid, plans !== undefined, from, step);
  const copies = plans ? pointsATurn(grid) / 2 : 1;
  const vectors = plans ? new Map<never, never>() : module.planVectors(rest);
  const locals = new Locals(f);
  /** Leaves the value of a point, or of two, in `result`. */
  const evaluate = (copy: number): void => {
    points.writeArray(copy);
    clear(f, layout);
    if (plans) f.f64x2(NaN).set(result);
    else f.f64(NaN).set(result);
    f.block((left) => {
      const { emission } = wholeEmission(rest, { f, left, module, layout, vectors }, locals);
      const pairs = plans && new PairEmitter(emission, plans.points);
      const of = (local: Local): WasmLocal => (pairs && !plans.points.isUniform({ kind: "read", local }) ? pairs.pair(local) : locals.of(local));
      for (const { local, offset } of rest.scalars) {
        if (tables.includes(local)) continue;
        if (of(local).type === "f64" && !grid.courseOf(offset).along) points.pushStart(offset);
        else points.pushUnknown(offset, copy);
        f.set(of(local));
      }
      for (const [k, local] of tables.entries()) f.get(at).memory(plans ? "v128.load" : "f64.load", copy * entry(grid) + k * points.bytes).set(of(local));
      if (pairs) {
        pairs.block(rest.body);
        emitVector(rest.result, pairs.scope);
      } else {
        emitBlock(rest.body, emission);
        emitExpression(rest.result, emission);
      }
      f.set(result);
    });
    f.get(value).get(result).memory(plans ? "v128.store" : "f64.store", copy * points.bytes);
  };
  f.loop((nextRow) => {
    f.get(t0).get(row).op("f64.convert_i32_s").get(dt).op("f64.mul").op("f64.add").set(t);
    points.beginRow(t);
    emitOnce(perRow, f, grid, points, locals);
    f.get(firstEntry).set(at).get(to).set(value).get(to).get(columns).i32(3).op("i32.shl").op("i32.add").set(end);
    f.loop((next) => {
      for (let copy = 0; copy < copies; copy++) evaluate(copy);
      if (tables.length > 0) f.get(at).i32(copies * entry(grid)).op("i32.add").set(at);
      points.goOn(copies);
      f.get(value).i32(copies * points.bytes).op("i32.add").tee(value).get(end).op("i32.lt_u").branchIf(next);
    });
    f.get(end).set(to).get(row).i32(1).op("i32.add").tee(row).get(last).op("i32.lt_s").branchIf(nextRow);
  });
}

/** What is assigned once a row. */
function emitOnce(perRow: Block, f: FunctionBuilder, { parts: { rest }, layout, module, courseOf }: Grid, points: RowPoints, locals: Locals): void {
  f.block((left) => {
    const { emission } = wholeEmission({ ...rest, body: perRow }, { f, left, module, layout, vectors: new Map() }, locals);
    for (const { local, offset } of rest.scalars) {
      if (courseOf(offset).along) continue;
      points.pushStart(offset);
      f.set(locals.of(local));
    }
    emitBlock(perRow, emission);
  });
}
