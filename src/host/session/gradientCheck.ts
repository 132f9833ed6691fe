import type { CheckSnapshot, ObjectiveSnapshot } from "../../shared/protocol";
import { WireError } from "../../shared/wire";
import type { Engine } from "../engine/engineClient";

/** Milliseconds in which nothing else was asked: nobody has asked for the check, so nobody is to wait for it. */
const quiet = 300;

/** Has the engine compare an objective's gradient with other ways to it, once the picture is there and nothing else is to do. */
export class GradientCheck {
  private snapshot: CheckSnapshot | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();

  constructor(private readonly engine: Engine, private readonly show: (snapshot: CheckSnapshot | null) => void) {}

  /** Begins anew with each request of the person's; an objective that was checked is not checked again. */
  later(objective: ObjectiveSnapshot): void {
    this.postpone();
    if (this.snapshot?.objective === objective.id) return;
    this.timer = setTimeout(() => void this.ask(objective), quiet);
  }

  /** Something else is to be computed first. */
  postpone(): void {
    clearTimeout(this.timer);
    this.asking.abort();
  }

  showAll(): void {
    this.show(this.snapshot);
  }

  private async ask({ id }: ObjectiveSnapshot): Promise<void> {
    const { signal } = (this.asking = new AbortController());
    const isOld = (): boolean => signal.aborted;
    try {
      const snapshot = await this.engine.request("check", { objective: id }, signal);
      if (isOld()) return;
      this.snapshot = snapshot;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (isOld() || error.code === "cancelled") return;
      // That it could not be checked is what there is to say about it; the picture is none the worse.
      this.snapshot = { objective: id, verdict: "unchecked", reverseForward: NaN, reverseDifference: NaN, directions: 0, detail: error.message, ...(error.code === "timeout" ? { reason: "time" } : {}) };
    }
    this.showAll();
  }
}
