import type { IrFunction } from "../../ir/types";
import { functionType } from "./assembler/valueTypes";
import { emitWhole, wholeEmission } from "./emitKernel";
import type { KernelModule } from "./kernelModule";
import { clear, type Layout } from "./layout";
import { PairEmitter } from "./vector/emitPairs";
import { emitVector } from "./vector/emitVector";
import type { PairPlan } from "./vector/pairPlan";

/** The line on which the points of a row lie: its unknowns at s = 0, and by how much they change with s. */
export interface RowPlaces {
  readonly base: number;
  readonly along: number;
}

/**
 * The exported function `row(to, from, step, columns)`: the values at base + s·along, s = from + column·step, one after the other from
 * the address `to` on.
 */
export function emitRow(fn: IrFunction, module: KernelModule, layout: Layout, { base, along }: RowPlaces): void {
  const f = module.builder.function(functionType(["i32", "f64", "f64", "i32"]), "row");
  const [to, from, step, columns] = f.parameters;
  if (!to || !from || !step || !columns) throw new Error("A row has four parameters.");
  const [column, s, k] = [f.local("f64"), f.local("f64"), f.local("i32")];
  const result = f.local("f64");
  const usesArray = fn.arrays.some(({ role }) => role.kind === "parameter");
  const lines = fn.scalars.map(({ local, offset }) => ({ local, start: f.local("f64"), slope: f.local("f64"), at: 8 * offset }));
  for (const { start, slope, at } of lines) f.i32(0).memory("f64.load", base + at).set(start).i32(0).memory("f64.load", along + at).set(slope);
  const vectors = module.planVectors(fn);
  f.loop((next) => {
    f.get(from).get(column).get(step).op("f64.mul").op("f64.add").set(s);
    if (usesArray) {
      f.i32(0).set(k);
      f.loop((again) => {
        f.get(k).get(k).memory("f64.load", base).get(s).get(k).memory("f64.load", along).op("f64.mul").op("f64.add").memory("f64.store", layout.x);
        f.get(k).i32(8).op("i32.add").tee(k).i32(8 * fn.dimension).op("i32.lt_u").branchIf(again);
      });
    }
    clear(f, layout);
    f.f64(NaN).set(result);
    f.block((left) => {
      emitWhole(fn, { f, left, module, layout, vectors }, (locals) => {
        for (const { local, start, slope } of lines) f.get(start).get(s).get(slope).op("f64.mul").op("f64.add").set(locals.of(local));
      });
      f.set(result);
    });
    f.get(to).get(result).memory("f64.store").get(to).i32(8).op("i32.add").set(to);
    f.get(column).f64(1).op("f64.add").set(column);
    f.get(columns).i32(1).op("i32.sub").tee(columns).i32(0).op("i32.gt_s").branchIf(next);
  });
}

/** The same, two points at a time. Of an odd number the last is computed twice, so `to` has room for one more. */
export function emitRowOfPairs(fn: IrFunction, plan: PairPlan, module: KernelModule, layout: Layout, { base, along }: RowPlaces): void {
  const f = module.builder.function(functionType(["i32", "f64", "f64", "i32"]), "row");
  const [to, from, step, columns] = f.parameters;
  if (!to || !from || !step || !columns) throw new Error("A row has four parameters.");
  const k = f.local("i32");
  const [column, s, result] = [f.local("v128"), f.local("v128"), f.local("v128")];
  const usesArray = fn.arrays.some(({ role }) => role.kind === "parameter");
  const lines = fn.scalars.map(({ local, offset }) => ({ local, start: f.local("v128"), slope: f.local("v128"), at: 8 * offset }));
  for (const { start, slope, at } of lines) f.i32(0).memory("v128.load64_splat", base + at).set(start).i32(0).memory("v128.load64_splat", along + at).set(slope);
  // Counted in doubles: made from whole numbers at each turn, they would wait for what the turn before left in the same register.
  f.f64x2(0, 1).set(column);
  f.loop((next) => {
    f.get(from).op("f64x2.splat").get(column).get(step).op("f64x2.splat").op("f64x2.mul").op("f64x2.add").set(s);
    if (usesArray) {
      f.i32(0).set(k);
      f.loop((again) => {
        f.get(k).i32(1).op("i32.shl").get(k).memory("v128.load64_splat", base).get(s).get(k).memory("v128.load64_splat", along).op("f64x2.mul").op("f64x2.add");
        f.memory("v128.store", layout.x);
        f.get(k).i32(8).op("i32.add").tee(k).i32(8 * fn.dimension).op("i32.lt_u").branchIf(again);
      });
    }
    clear(f, layout);
    f.f64x2(NaN).set(result);
    f.block((left) => {
      const { emission } = wholeEmission(fn, { f, left, module, layout, vectors: new Map() });
      const points = new PairEmitter(emission, plan);
      for (const { local, start, slope } of lines) f.get(start).get(s).get(slope).op("f64x2.mul").op("f64x2.add").set(points.pair(local));
      points.block(fn.body);
      emitVector(fn.result, points.scope);
      f.set(result);
    });
    f.get(to).get(result).memory("v128.store").get(to).i32(16).op("i32.add").set(to);
    f.get(column).f64x2(2).op("f64x2.add").set(column);
    f.get(columns).i32(2).op("i32.sub").tee(columns).i32(0).op("i32.gt_s").branchIf(next);
  });
}
