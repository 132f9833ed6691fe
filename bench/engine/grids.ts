import type { Plane } from "../../src/core/index";
import type { Table } from "../run";
import { ackleyGridByHand, rosenbrockGridByHand } from "../programs/gradientsByHand";
import { inTurn, ratio, time } from "./measure";
import { read } from "./source";

const side = 256;
const plane: Plane = { origin: Float64Array.of(0, 0), u: Float64Array.of(1, 0), v: Float64Array.of(0, 1), s: [-2, 2], t: [-1, 3] };

/** A landscape: the loop over the points stands in the generated code. */
export function grids(): Table {
  const step = 4 / (side - 1);
  const rows = ([["Rosenbrock", "rosenbrock", rosenbrockGridByHand], ["Ackley", "ackley", ackleyGridByHand]] as const).map(([title, name, byHand]) => {
    const objective = read("smallFunctions", name, [-1.2, 1]);
    const [ours = NaN, hand = NaN] = inTurn([
      (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.grid(plane, side, side)[7] ?? NaN; return s; },
      (calls) => {
        let s = 0;
        for (let k = 0; k < calls; k++) {
          const grid = new Float64Array(side * side);
          byHand(-2, step, -1, step, side, side, grid);
          s += grid[7] ?? NaN;
        }
        return s;
      },
    ]);
    return { label: title, value: `${time(ours)}, ${ratio(ours, hand)} by hand (${time(hand)})` };
  });
  return { name: `Values on a ${side} × ${side} grid`, rows };
}
