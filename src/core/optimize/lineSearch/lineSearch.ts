import type { Problem } from "../problem";
import type { Sample } from "../sample";
import type { LineSearchName } from "../types";
import type { Wolfe } from "./acceptance";
import { armijo } from "./armijo";
import { Line } from "./line";
import { strongWolfe } from "./strongWolfe";

/** How a run looks along lines: `Means.search`, for one choice of search. */
export function lineSearchOf(problem: Problem, name: LineSearchName, wolfe: Wolfe) {
  const line = new Line(problem);
  return (here: Sample, direction: Float64Array, length: number): number => {
    line.aim(here, direction);
    if (name === "none") {
      line.keep(line.look(length));
      return line.settle();
    }
    if (!(line.start.slope < 0)) return 0;
    return name === "armijo" ? armijo(line, length, wolfe) : strongWolfe(line, length, wolfe);
  };
}
