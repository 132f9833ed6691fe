import { defaultResolution } from "../../shared/defaults";
import type { HostEvents, LandscapeSnapshot, ObjectiveSnapshot, PanelIntent, RunSnapshot, ViewWindow } from "../../shared/protocol";
import type { Engine } from "../engine/engineClient";

type Snapshots = Pick<HostEvents, "run" | "landscape">;

export type ShowPicture = <K extends keyof Snapshots>(name: K, snapshot: HostEvents[K]) => void;

/**
 * The run and the landscape of one objective. Whatever is asked last counts: earlier work is abandoned, and what it would have
 * shown is not shown. Requests that fail reject with the engine's error.
 */
export class Picture {
  private snapshots: Snapshots = { run: null, landscape: null };
  private resolution = defaultResolution;
  private work = new AbortController();

  constructor(private readonly engine: Engine, private readonly show: ShowPicture) {}

  /** For an objective that is new, or to be descended anew. Resolves when it is shown, or when something newer took over. */
  async draw(objective: ObjectiveSnapshot, intent: PanelIntent): Promise<void> {
    const { signal, isOld } = this.begin();
    const run = intent.mode === "descend"
      ? await this.engine.request("descend", { objective: objective.id, descent: intent.descent }, signal)
      : null;
    if (isOld()) return;
    const before = this.snapshots.landscape;
    const keeps = before !== null && stillFits(before, objective, run, intent);
    const landscape = keeps ? before : await this.sample(objective, intent, run, signal);
    if (isOld()) return;
    this.snapshots = { run, landscape };
    this.show("run", run);
    if (!keeps) this.show("landscape", landscape);
  }

  async view(objective: ObjectiveSnapshot, intent: PanelIntent, resolution: { columns: number; rows: number }): Promise<void> {
    this.resolution = resolution;
    const { signal, isOld } = this.begin();
    const landscape = await this.sample(objective, intent, this.snapshots.run, signal);
    if (isOld()) return;
    this.snapshots = { ...this.snapshots, landscape };
    this.show("landscape", landscape);
  }

  /** The run of an objective that cannot be descended any more must not stay beside it. */
  clear(): void {
    this.begin();
    this.snapshots = { run: null, landscape: null };
    this.showAll();
  }

  showAll(): void {
    this.show("run", this.snapshots.run);
    this.show("landscape", this.snapshots.landscape);
  }

  cancel(): void {
    this.begin();
  }

  private begin(): { signal: AbortSignal; isOld: () => boolean } {
    this.work.abort();
    this.work = new AbortController();
    const { signal } = this.work;
    return { signal, isOld: () => signal.aborted };
  }

  private sample(
    objective: ObjectiveSnapshot, { window, descent }: PanelIntent, run: RunSnapshot | null, signal: AbortSignal,
  ): Promise<LandscapeSnapshot | null> {
    if (objective.dimension > 2) return Promise.resolve(null);
    return this.engine.request("landscape", {
      objective: objective.id,
      ...this.resolution,
      maximize: descent.maximize,
      ...(window ? { window } : {}),
      ...(descent.start ? { start: descent.start } : {}),
      ...(run ? { path: run.iterates } : {}),
    }, signal);
  }
}

/**
 * While a start is dragged about the window must not jump under the pointer: the landscape stays as long as it is one of this
 * very objective, shows what the person asked to see, and the whole of the path.
 */
function stillFits(landscape: LandscapeSnapshot, objective: ObjectiveSnapshot, run: RunSnapshot | null, intent: PanelIntent): boolean {
  if (landscape.objective !== objective.id || !run) return false;
  const shown: Partial<ViewWindow> = landscape.kind === "curve" ? { x: landscape.x } : landscape.window;
  if (intent.window) return same(intent.window.x, shown.x) && (landscape.kind === "curve" || same(intent.window.y, shown.y));
  return [shown.x, shown.y].every((interval, axis) => interval === undefined || holdsPath(interval, run, axis));
}

function holdsPath([low, high]: readonly [number, number], { iterates, dimension }: RunSnapshot, axis: number): boolean {
  for (let i = axis; i < iterates.length; i += dimension) {
    const x = iterates[i] ?? NaN;
    if (Number.isFinite(x) && (x < low || x > high)) return false;
  }
  return true;
}

function same(a: readonly [number, number], b: readonly [number, number] | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1];
}
