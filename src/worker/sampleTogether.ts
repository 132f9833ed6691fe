import { chooseWindow, contourPlane, sampleLandscape } from "../core/landscape/sample";
import type { SampleOptions } from "../core/landscape/sample";
import type { Objective } from "../core/objective";
import type { CallContext } from "../shared/rpc";
import type { CarryOut } from "./crew/crew";
import { planGrid } from "./gridRows";

/** The landscape, the rows of its grid shared with the crew. */
export async function sampleTogether(
  id: number, objective: Objective, options: SampleOptions, carryOut: CarryOut, context: CallContext,
): Promise<ReturnType<typeof sampleLandscape>> {
  if (objective.dimension !== 2) return sampleLandscape(objective, options);
  const window = options.window ?? chooseWindow(objective, options);
  const grid = planGrid(contourPlane(objective, window), options.columns, options.rows);
  const values = await carryOut(id, objective, "rows", grid, { ...context, tell: () => undefined });
  return sampleLandscape(objective, { ...options, window, values });
}
