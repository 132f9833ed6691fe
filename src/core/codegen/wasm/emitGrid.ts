import type { IrFunction } from "../../ir/types";
import { functionType } from "./assembler/valueTypes";
import { emitWhole } from "./emitKernel";
import type { KernelModule } from "./kernelModule";
import { clear, type Layout } from "./layout";

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
  const [column, s, k] = [f.local("i32"), f.local("f64"), f.local("i32")];
  const result = f.local("f64");
  const usesArray = fn.arrays.some(({ role }) => role.kind === "parameter");
  const lines = fn.scalars.map(({ local, offset }) => ({ local, start: f.local("f64"), slope: f.local("f64"), at: 8 * offset }));
  for (const { start, slope, at } of lines) f.i32(0).memory("f64.load", base + at).set(start).i32(0).memory("f64.load", along + at).set(slope);
  f.loop((next) => {
    f.get(from).get(column).op("f64.convert_i32_s").get(step).op("f64.mul").op("f64.add").set(s);
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
      emitWhole(fn, { f, left, module, layout }, (locals) => {
        for (const { local, start, slope } of lines) f.get(start).get(s).get(slope).op("f64.mul").op("f64.add").set(locals.of(local));
      });
      f.set(result);
    });
    f.get(to).get(result).memory("f64.store").get(to).i32(8).op("i32.add").set(to);
    f.get(column).i32(1).op("i32.add").tee(column).get(columns).op("i32.lt_s").branchIf(next);
  });
}
