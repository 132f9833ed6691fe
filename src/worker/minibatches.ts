import { sampleLandscape } from "../core/landscape/sample";
import type { Objective } from "../core/objective";
import { Batches } from "../core/optimize/minibatch/batches";
import type { BatchOptions } from "../core/optimize/types";
import type { Questions } from "../shared/questions";
import type { Handlers } from "../shared/rpc";
import { landscapeSnapshot } from "./landscapeSnapshot";
import { plainly } from "./plainly";

/** What one step of a run by minibatches sees. The batches of the run looked at last stay made: one goes through its steps. */
export function minibatches(find: (id: number) => Objective): Handlers<Pick<Questions, "minibatch">> {
  let made: { objective: Objective; of: string; batches: Batches } | undefined;

  function batchesOf(objective: Objective, options: BatchOptions): Batches {
    const of = JSON.stringify(options);
    if (made?.objective !== objective || made.of !== of) made = { objective, of, batches: plainly(() => new Batches(objective, options)) };
    return made.batches;
  }

  return {
    minibatch({ objective: id, batch, step, window, columns, rows }, { transfer }) {
      const whole = find(id);
      const batches = batchesOf(whole, batch);
      const sees = batches.rowsAt(step).slice();
      if (whole.dimension > 2) return { step, sees, landscape: null };
      const sampled = sampleLandscape(batches.at(step), { window, columns, rows, start: whole.start });
      return { step, sees, landscape: sampled && landscapeSnapshot(id, sampled, transfer) };
    },
  };
}
