import type { Objective } from "../../core/objective";
import { ShareKernels } from "../../core/optimize/shares/shareKernels";

/** The kernels of the shares that were computed last stay made: one descends again and again, with this setting and that. */
export class LatestKernels {
  private latest: ShareKernels | undefined;

  of(objective: Objective, dataset: string | undefined): ShareKernels {
    if (this.latest?.objective !== objective || this.latest.dataset !== dataset) this.latest = new ShareKernels(objective, dataset);
    return this.latest;
  }
}
