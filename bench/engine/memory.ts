import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { reverse } from "../../src/core/autodiff/reverse";
import { sizeOf } from "../../src/core/ir/shape";
import { simplify } from "../../src/core/simplify/simplify";
import type { Table } from "../run";
import { lower, read } from "./source";

const variables = ["W1", "b1", "W2", "b2"];

/** What the network's gradient takes beyond its data: as the kernel is laid out, and as the process sees it. */
export function networkMemory(batch: unknown[]): Table["rows"] {
  const derivative = simplify(reverse(simplify(lower("network", "network", batch, variables))).function);
  const scratch = derivative.arrays.filter(({ role }) => role.kind === "scratch" || role.kind === "stack");
  const bytes = scratch.reduce((sum, array) => sum + sizeOf(array) * (array.element === "f64" ? 8 : 4), 0) + 8 * derivative.dimension;

  const before = used();
  const objective = read("network", "network", batch, variables);
  const gradient = objective.gradient(objective.start);
  const after = used();
  const data = 8 * derivative.arrays.reduce((sum, array) => sum + (array.role.kind === "data" ? sizeOf(array) : 0), 0);
  const megabytes = (count: number): string => `${(count / 2 ** 20).toFixed(2)} MB`;
  return [
    { label: "  the network's gradient, scratch, tapes and output", value: `${megabytes(bytes)} (wanted: under 20 MB)` },
    {
      label: "  the process, from text to first gradient",
      value: `typed arrays +${megabytes(after.arrays - before.arrays - data)} beyond ${megabytes(data)} of data, heap +${megabytes(after.heap - before.heap)} (names of ${gradient.length} coordinates, code)`,
    },
  ];
}

function used(): { arrays: number; heap: number } {
  collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return { arrays: arrayBuffers, heap: heapUsed };
}

/** Node hands out its collector only when asked to. */
const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();
