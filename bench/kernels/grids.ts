import type { Plane } from "../../src/core/index";
import { inTurn, time } from "../engine/measure";
import { read } from "../engine/source";
import { beside, row } from "../peers/beside";
import { checksumOf } from "../peers/peer";
import type { Peers } from "../peers/peers";
import { ackleyGridByHand, rosenbrockGridByHand } from "../programs/gradientsByHand";
import type { Table } from "../run";

const side = 256;
const plane: Plane = { origin: Float64Array.of(0, 0), u: Float64Array.of(1, 0), v: Float64Array.of(0, 1), s: [-2, 2], t: [-1, 3] };
const step = 4 / (side - 1);

/** A landscape: what rows and columns have to themselves once, the rest two points at a time, against the loop over the points fused with the function. */
export async function grids(peers: Peers): Promise<Table[]> {
  return [
    await grid("Rosenbrock", "rosenbrock", rosenbrockGridByHand, peers),
    await grid("Ackley", "ackley", ackleyGridByHand, peers),
  ];
}

async function grid(title: string, name: string, byHand: typeof rosenbrockGridByHand, peers: Peers): Promise<Table> {
  const [ours, inJavaScript] = (["wasm", "javascript"] as const).map((backend) => {
    const objective = read("smallFunctions", name, [-1.2, 1], undefined, { backend });
    const fill = (into?: Float64Array): Float64Array => objective.grid(plane, side, side, undefined, into);
    return { checksum: checksumOf(fill()), fill };
  });
  if (!ours || !inJavaScript) throw new Error("There are two backends.");
  const hand = (into = new Float64Array(side * side)): Float64Array => {
    byHand(-2, step, -1, step, side, side, into);
    return into;
  };
  const one = new Float64Array(side * side);
  const [wasm = NaN, javascript = NaN, fused = NaN, anew = NaN, fusedAnew = NaN] = inTurn([
    ...[ours.fill, inJavaScript.fill, hand].map((fill) => summed(() => fill(one))), summed(() => ours.fill()), summed(() => hand()),
  ]);
  return {
    name: `${title} on a ${side} × ${side} grid: ${time(wasm)}, in a new array each ${time(anew)}`,
    rows: [
      row("our JavaScript", javascript, wasm), row("fused JavaScript by hand", fused, wasm), row("the same, in a new array each", fusedAnew, anew),
      ...(await beside(peers, peers.question(name, [], [], side * side, [side]), summed(() => ours.fill(one)), ours.checksum)),
    ],
  };
}

function summed(values: () => Float64Array): (calls: number) => number {
  return (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += values()[7] ?? NaN; return s; };
}
