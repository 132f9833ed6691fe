import type { Objective } from "../core/objective";
import { inShares } from "../core/optimize/shares/inShares";
import type { BatchOptions } from "../core/optimize/types";
import type { OpenRequest } from "../shared/protocol";
import type { CallContext } from "../shared/rpc";
import { type Crew, mostData } from "./crew/crew";
import { LatestKernels } from "./crew/latestKernels";

/** Operations of a run that may take a second or longer. */
const long = 3e9;

interface Length {
  readonly maxIterations: number;
  readonly batch?: BatchOptions;
}

export type Together = <Result>(id: number, objective: Objective, length: Length, context: Pick<CallContext, "steering">, run: (objective: Objective) => Promise<Result>) => Promise<Result>;

/**
 * Has a long run evaluate its objective in shares, as far as the objective is a sum over rows, and the crew compute some of them. Whether it is done in
 * shares is decided before the run and by its settings, so that a run is the same again, on one core and on many.
 */
export function descendTogether(requestOf: (id: number) => OpenRequest, crew: Crew | undefined): Together {
  const latest = new LatestKernels();

  return async (id, objective, { maxIterations, batch }, context, run) => {
    const kernels = latest.of(objective, batch?.dataset);
    const operations = kernels.division(batch?.size)?.operations ?? 0;
    // Each share of a batch has all the data beside it.
    if (!(operations * maxIterations >= long) || (objective.dataBytes ?? 0) > mostData) return run(objective);
    if (!crew) return run(inShares(objective, kernels));
    return crew.together(requestOf(id), kernels, batch?.size ?? 0, context, (helpers) => run(inShares(objective, kernels, helpers)));
  };
}
