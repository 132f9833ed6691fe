import type { KernelMemory } from "./memory";

/** What a stack keeps in memory about itself: three addresses. Elements take a slot each, whatever their type. */
export const stackCell = { base: 0, top: 4, limit: 8, bytes: 12, slot: 8 } as const;

const FIRST = 1024 * stackCell.slot;

export function makeStack(memory: KernelMemory): number {
  const cell = memory.reserve(stackCell.bytes);
  const base = memory.reserve(FIRST);
  new Int32Array(memory.memory.buffer, cell, 3).set([base, base, base + FIRST]);
  return cell;
}

/** A stack that is full moves to twice the room. */
export function growStack(memory: KernelMemory, cell: number): void {
  const [base = 0, top = 0] = new Uint32Array(memory.memory.buffer, cell, 3);
  const used = top - base;
  const moved = memory.reserve(2 * used);
  const { buffer } = memory.memory;
  new Uint8Array(buffer).copyWithin(moved, base, top);
  new Uint32Array(buffer, cell, 3).set([moved, moved + used, moved + 2 * used]);
}
