import { defaultResolution } from "../../shared/defaults";
import type { PanelIntent, ViewWindow } from "../../shared/intent";
import type { HostEvents, ObjectiveSnapshot, RunSnapshot } from "../../shared/protocol";
import { Steering } from "../../shared/steering";
import type { Wish } from "../../shared/steering";
import { WireError } from "../../shared/wire";
import type { Engine } from "../engine/engineClient";

/** In a window of many times its size (after a run that went astray) a path is a dot. */
const smallestShare = 0.15;

type Snapshots = Pick<HostEvents, "run" | "landscape">;

export type ShowPicture = <K extends keyof Snapshots>(name: K, snapshot: HostEvents[K]) => void;

/**
 * The run and the landscape of one objective. Whatever is asked last counts: earlier work is abandoned, and what it would have
 * shown is not shown. Requests that fail reject with the engine's error.
 */
export class Picture {
  /** How finely to sample. */
  resolution = defaultResolution;
  private snapshots: Snapshots = { run: null, landscape: null };
  private descending = new AbortController();
  private sampling = new AbortController();
  private isDescending = false;
  private isSampling = false;
  private steering = new Steering();

  constructor(private readonly engine: Engine, private readonly show: ShowPicture) {}

  /**
   * For an objective that is new, or to be descended anew. Resolves when it is shown, or when something newer took over. `onLong`: the
   * run takes its time, and has shown what it has been so far.
   */
  async draw(objective: ObjectiveSnapshot, intent: () => PanelIntent, onLong: () => void = () => undefined): Promise<void> {
    this.cancel();
    const { signal } = (this.descending = new AbortController());
    const isOld = (): boolean => signal.aborted;
    this.isDescending = true;
    try {
      const run = await this.descend(objective, intent(), signal, (soFar) => {
        if (isOld()) return;
        this.showRun(soFar);
        onLong();
        // There is time to draw what it runs over; and what went wrong with that is told when it is over.
        if (!this.stillFits(objective, intent())) void this.sampleMeanwhile(objective, intent());
      });
      if (isOld()) return;
      this.showRun(run);
    } finally {
      if (!isOld()) this.isDescending = false;
    }
    if (!this.stillFits(objective, intent())) await this.sample(objective, intent());
  }

  /** For another window or resolution. While a run is being computed that nobody sees yet, the landscape comes after it anyway. */
  async view(objective: ObjectiveSnapshot, intent: PanelIntent): Promise<void> {
    if (!this.isDescending || this.isLong) await this.sample(objective, intent);
  }

  /** What a run that takes its time is to do. Whether there is one. */
  steer(wish: Wish): boolean {
    const { run } = this.snapshots;
    if (!this.isLong || !run?.progress) return false;
    this.steering.set(wish);
    this.showRun({ ...run, progress: { ...run.progress, paused: wish === "pause" } });
    return true;
  }

  private get isLong(): boolean {
    return this.isDescending && this.snapshots.run?.progress !== undefined;
  }

  /** The run of an objective that cannot be descended any more must not stay beside it. */
  clear(): void {
    this.cancel();
    this.snapshots = { run: null, landscape: null };
    this.showAll();
  }

  showAll(): void {
    this.show("run", this.snapshots.run);
    this.show("landscape", this.snapshots.landscape);
  }

  cancel(): void {
    this.descending.abort();
    this.sampling.abort();
    this.isDescending = false;
    const { run } = this.snapshots;
    if (!run?.progress) return;
    const { progress: _given, ...soFar } = run;
    this.showRun(soFar);
  }

  private async descend(
    { id }: ObjectiveSnapshot, { mode, descent }: PanelIntent, signal: AbortSignal, onProgress: (soFar: RunSnapshot) => void,
  ): Promise<RunSnapshot | null> {
    if (mode !== "descend") return null;
    this.steering = new Steering();
    return this.engine.request("descend", { objective: id, descent }, signal, { steering: this.steering, onProgress });
  }

  private showRun(run: RunSnapshot | null): void {
    this.snapshots = { ...this.snapshots, run };
    this.show("run", run);
  }

  /** One at a time: a run tells its progress more often than a landscape is drawn. */
  private async sampleMeanwhile(objective: ObjectiveSnapshot, intent: PanelIntent): Promise<void> {
    if (this.isSampling) return;
    this.isSampling = true;
    try {
      await this.sample(objective, intent);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    } finally {
      this.isSampling = false;
    }
  }

  private async sample({ id, dimension }: ObjectiveSnapshot, { window, descent }: PanelIntent): Promise<void> {
    this.sampling.abort();
    const { signal } = (this.sampling = new AbortController());
    const { run } = this.snapshots;
    const landscape = dimension > 2 ? null : await this.engine.request("landscape", {
      objective: id,
      ...this.resolution,
      maximize: descent.maximize,
      ...(window ? { window } : {}),
      ...(descent.start ? { start: descent.start } : {}),
      ...(run ? { path: run.iterates } : {}),
    }, signal);
    if (signal.aborted) return;
    this.snapshots = { ...this.snapshots, landscape };
    this.show("landscape", landscape);
  }

  /**
   * A window that jumps with every change is hard to look at: the landscape stays as long as it is one of this very objective,
   * shows what the person asked to see, and the whole of the path, large enough to be followed.
   */
  private stillFits(objective: ObjectiveSnapshot, { window }: PanelIntent): boolean {
    const { run, landscape } = this.snapshots;
    if (!run || landscape?.objective !== objective.id) return false;
    const isCurve = landscape.kind === "curve";
    if ((isCurve ? landscape.values.length : landscape.columns) !== this.resolution.columns) return false;
    if (!isCurve && landscape.rows !== this.resolution.rows) return false;
    const shown: Partial<ViewWindow> = isCurve ? { x: landscape.x } : landscape.window;
    if (window) return same(window.x, shown.x) && (isCurve || same(window.y, shown.y));
    const shares = [shown.x, shown.y].flatMap((interval, axis) => (interval ? [shareOfPath(interval, run, axis)] : []));
    return shares.every((share) => share !== undefined) && Math.max(...shares.map((share) => share ?? 0)) >= smallestShare;
  }
}

/** What part of an interval a path takes up; undefined: it leaves it. */
function shareOfPath([low, high]: readonly [number, number], { iterates, dimension }: RunSnapshot, axis: number): number | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (let i = axis; i < iterates.length; i += dimension) {
    const x = iterates[i] ?? NaN;
    if (!Number.isFinite(x)) continue;
    if (x < low || x > high) return undefined;
    least = Math.min(least, x);
    most = Math.max(most, x);
  }
  return Math.max(0, most - least) / (high - low);
}

function same(a: readonly [number, number], b: readonly [number, number] | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1];
}
