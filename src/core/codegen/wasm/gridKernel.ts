import type { IrFunction } from "../../ir/types";
import type { GridKernel } from "../kernel";
import { cut } from "../pieces";
import { pointByPoint } from "../pointByPoint";
import { emitRow, emitRowOfPairs } from "./emitGrid";
import { KernelModule, type KernelOptions } from "./kernelModule";
import { layOut } from "./layout";
import type { KernelMemory } from "./memory";
import { wasmKernel } from "./wasmKernel";

type Row = (to: number, from: number, step: number, columns: number) => void;

/** A whole row a call. */
export function wasmGridKernel(fn: IrFunction, memory: KernelMemory, options: KernelOptions): GridKernel {
  if (cut(fn)) return pointByPoint(wasmKernel(fn, memory, options), fn.dimension);
  const n = fn.dimension;
  const module = new KernelModule(memory, options);
  const plan = module.planPoints(fn);
  const layout = layOut(fn, memory, plan ? 2 : 1);
  const places = { base: memory.reserve(8 * n), along: memory.reserve(8 * n) };
  if (plan) emitRowOfPairs(fn, plan, module, layout, places);
  else emitRow(fn, module, layout, places);
  // The boundary between bytes and types: the module exports a function of exactly this shape.
  const runRow = module.instantiate()["row"] as Row;
  let values = { at: 0, room: 0 };
  return (origin, u, v, s0, ds, t0, dt, columns, rows, grid) => {
    if (columns <= 0) return;
    if (columns > values.room) values = { at: memory.reserve(8 * (columns + 1)), room: columns };
    for (const changed of layout.changing) memory.refresh(changed);
    memory.floats(places.along, n).set(u.subarray(0, n));
    for (let row = 0; row < rows; row++) {
      const t = t0 + row * dt;
      const base = memory.floats(places.base, n);
      for (let k = 0; k < n; k++) base[k] = (origin[k] ?? NaN) + t * (v[k] ?? NaN);
      runRow(values.at, s0, ds, columns);
      grid.set(memory.floats(values.at, columns), row * columns);
    }
  };
}
