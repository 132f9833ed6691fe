import { compiling } from "./kernels/compiling";
import { epochs } from "./kernels/epochs";
import { grids } from "./kernels/grids";
import { networkInShares } from "./kernels/inShares";
import { lanes } from "./kernels/lanes";
import { losses } from "./kernels/losses";
import { Peers } from "./peers/peers";
import type { Table } from "./run";

/**
 * Kernels in WebAssembly, beside our JavaScript, JavaScript as one writes it, C as one derives it by hand, and libraries of tensors: those that there
 * are. Each computes in a process of its own; that its gradient is the same is checked.
 */
export async function run(): Promise<Table[]> {
  const peers = await Peers.gather();
  try {
    return [compiling(), peers.table(), ...(await losses(peers)), await networkInShares(), await epochs(peers), ...(await grids(peers)), lanes()];
  } finally {
    peers.end();
  }
}
