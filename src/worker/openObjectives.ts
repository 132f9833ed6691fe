import type { LowPoint } from "../core/landscape/sample";
import type { Objective } from "../core/objective";
import { explore } from "../core/optimize/explore";
import type { OpenRequest } from "../shared/protocol";
import { WireError } from "../shared/wire";
import { Latest } from "./latest";
import type { PrintCode } from "./openObjective";

/** The panel shows one; and while a text is being mended, the one before. */
export const mostObjectives = 4;
/** Of those before the newest, their data and all that is made of them may take some times this much. */
const mostBytes = 2 ** 28;
const explorationSteps = 300;

interface Entry {
  readonly objective: Objective;
  readonly print: PrintCode;
  readonly request: OpenRequest;
  explored?: { from: string; found: LowPoint };
}

/** The objectives opened last, by the host's numbers for them. */
export class OpenObjectives {
  private readonly entries = new Latest<Entry>(mostObjectives, ({ objective }) => (objective.dataBytes ?? 0) / mostBytes);

  keep(request: OpenRequest, objective: Objective, print: PrintCode): void {
    this.entries.keep(request.id, { objective, print, request });
  }

  find(id: number): Objective {
    return this.entry(id).objective;
  }

  /** How to write its gradient as source. */
  printer(id: number): PrintCode {
    return this.entry(id).print;
  }

  /** What it was opened by, for others to open it too. */
  request(id: number): OpenRequest {
    return this.entry(id).request;
  }

  /** What lies downhill of a start (uphill, of a climb). Remembered, since zooming about asks for the same one each time. */
  explore(id: number, start: Float64Array, maximize: boolean): LowPoint {
    const entry = this.entry(id);
    const from = `${start.join()} ${maximize}`;
    if (entry.explored?.from !== from) {
      entry.explored = { from, found: explore(entry.objective, start, explorationSteps, maximize ? -1 : 1) };
    }
    return entry.explored.found;
  }

  private entry(id: number): Entry {
    const entry = this.entries.get(id);
    if (!entry) throw new WireError("invalid", `Objective ${id} is not open.`);
    return entry;
  }
}
