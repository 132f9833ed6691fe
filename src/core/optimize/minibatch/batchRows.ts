import { seeded } from "../seeded";

/** A dataset taken a few rows at a time, where it is shuffled in a new order each epoch that only the seed decides. */
export interface Order {
  readonly rows: number;
  readonly size: number;
  readonly seed: number;
  /** By default. */
  readonly shuffle?: boolean;
}

/** How many batches an epoch has; the last may be smaller. */
export const batchesAnEpoch = ({ rows, size }: Order): number => Math.ceil(rows / size);

export const epochOf = (order: Order, t: number): number => Math.floor((t - 1) / batchesAnEpoch(order));

/** The rows of step t = 1, 2, …, in ascending order: any step's can be told again, without those before it. */
export function batchRows(order: Order, t: number, epoch = shuffled(order, epochOf(order, t))): Int32Array {
  const begin = ((t - 1) % batchesAnEpoch(order)) * order.size;
  return epoch.slice(begin, Math.min(order.rows, begin + order.size)).sort();
}

/** Every row once, in the order of one epoch (Fisher and Yates), or as they stand. */
export function shuffled({ rows, seed, shuffle = true }: Omit<Order, "size">, epoch: number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, k) => k);
  if (!shuffle) return order;
  const random = seeded(Math.imul(seed, 0x9e3779b1) + epoch);
  for (let k = rows - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [order[k], order[other]] = [order[other] ?? 0, order[k] ?? 0];
  }
  return order;
}
