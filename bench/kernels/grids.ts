import type { Plane } from "../../src/core/index";
import { inTurn, ratio, time } from "../engine/measure";
import { read } from "../engine/source";
import { ackleyGridByHand, rosenbrockGridByHand } from "../programs/gradientsByHand";
import type { Table } from "../run";
import type { Compiled } from "./compiled";

const side = 256;
const plane: Plane = { origin: Float64Array.of(0, 0), u: Float64Array.of(1, 0), v: Float64Array.of(0, 1), s: [-2, 2], t: [-1, 3] };

/** A landscape: a row a call, two points at a time, against the loop over the points fused with the function. */
export function grids(compiled: Compiled | undefined): Table {
  const step = 4 / (side - 1);
  const rows = ([["Rosenbrock", "rosenbrock", rosenbrockGridByHand], ["Ackley", "ackley", ackleyGridByHand]] as const).map(([title, name, byHand]) => {
    const made = (["wasm", "javascript"] as const).map((backend) => read("smallFunctions", name, [-1.2, 1], undefined, { backend }));
    const [wasm = NaN, javascript = NaN, hand = NaN] = inTurn([
      ...made.map((objective) => (calls: number) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.grid(plane, side, side)[7] ?? NaN; return s; }),
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
    const c = compiled?.run(name, [], [], side * side, [side]);
    return {
      label: title,
      value: `${time(wasm)}; ${ratio(wasm, javascript)} our JavaScript, ${ratio(wasm, hand)} fused JavaScript by hand (${time(hand)})` + (c ? `, ${ratio(wasm, c.time)} C (${time(c.time)})` : ""),
    };
  });
  return { name: `Values on a ${side} × ${side} grid, a new array each`, rows };
}
