import { sizeOf } from "../../ir/shape";
import type { ArrayVariable, IrFunction, Numbers } from "../../ir/types";
import type { FunctionBuilder } from "./assembler/functionBuilder";
import { bytesOfElement, type KernelMemory } from "./memory";
import { makeStack, stackCell } from "./stacks";

/** Where in the linear memory a kernel finds what it works on. All of it is known when the kernel is made, and stands in its code. */
export interface Layout {
  /** The unknowns, and what is written for the caller. */
  readonly x: number;
  readonly output: number;
  readonly address: (array: ArrayVariable) => number;
  /** From here to there everything is zero when an evaluation begins: outputs and scratch. */
  readonly cleared: { readonly from: number; readonly bytes: number };
  /** Where stacks keep their addresses. */
  readonly stacks: ReadonlyMap<ArrayVariable, number>;
  /** Data that may be others at the next evaluation. */
  readonly changing: readonly Numbers[];
}

/** `points`: at how many points the function is evaluated at once; what differs between them then stands side by side. */
export function layOut(fn: IrFunction, memory: KernelMemory, points: 1 | 2 = 1): Layout {
  const x = memory.reserve(8 * points * fn.dimension);
  const outputBytes = 8 * (fn.outputs ?? 0);
  const clean = fn.arrays.filter(({ role }) => role.kind === "scratch" && !role.uninitialised);
  // One after the other, so that they are cleared at one go.
  const places = new Map<ArrayVariable, number>();
  let bytes = outputBytes;
  for (const array of clean) {
    places.set(array, bytes);
    bytes += roundedUp(points * sizeOf(array) * bytesOfElement(array));
  }
  const output = memory.reserve(bytes);
  for (const [array, offset] of places) places.set(array, output + offset);
  const stacks = new Map<ArrayVariable, number>();
  const changing: Numbers[] = [];
  for (const array of fn.arrays) {
    const { role } = array;
    switch (role.kind) {
      case "parameter": places.set(array, x + 8 * points * role.offset); break;
      case "output": places.set(array, output + 8 * (role.offset ?? 0)); break;
      case "data":
        places.set(array, memory.place(role.values));
        if (role.changes) changing.push(role.values);
        break;
      case "scratch":
        if (role.uninitialised) places.set(array, memory.reserve(points * sizeOf(array) * bytesOfElement(array)));
        break;
      case "stack": stacks.set(array, makeStack(memory)); break;
    }
  }
  return {
    x, output, stacks, changing, cleared: { from: output, bytes },
    address: (array) => {
      const place = places.get(array);
      if (place === undefined) throw new Error(`"${array.name}" is not among the arrays of "${fn.name}".`);
      return place;
    },
  };
}

const roundedUp = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Up to here single stores are quicker than a fill. */
const FEW = 16;

/** Brings memory into the state every evaluation starts from. */
export function clear(f: FunctionBuilder, { cleared: { from, bytes }, stacks }: Layout): void {
  if (bytes > 8 * FEW) f.i32(from).i32(0).i32(bytes).op("memory.fill");
  else for (let at = 0; at < bytes; at += 8) f.i32(0).f64(0).memory("f64.store", from + at);
  for (const cell of stacks.values()) f.i32(0).i32(0).memory("i32.load", cell + stackCell.base).memory("i32.store", cell + stackCell.top);
}
