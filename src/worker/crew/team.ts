import type { Helpers } from "../../core/optimize/shares/inShares";
import type { Evaluated } from "../../core/optimize/shares/shareKernels";
import type { CommonMemory } from "./commonMemory";
import { Pays } from "./pays";

/** Milliseconds at least that one who has claimed a share may take, and how many times as long as the first share took. */
const patience = 2000;
const timesAsLong = 20;

/**
 * The others who compute shares of one run's evaluations, as the first thread sees them. They come when the run has taken a while (`look`: milliseconds),
 * and are asked as long as that pays.
 */
export class Team implements Helpers {
  private readonly began = performance.now();
  private readonly pays = new Pays();
  private asked = 0;
  private isAsked = false;
  private doesPay = false;
  private state: "not called" | "called" | "left" = "not called";

  constructor(private readonly memory: CommonMemory, private readonly look: number, private readonly call: () => void) {}

  begin(evaluated: Evaluated, shares: number, wantsGradient: boolean): void {
    this.asked = performance.now();
    if (this.state === "not called" && this.asked - this.began >= this.look) {
      this.state = "called";
      this.call();
    }
    this.isAsked = this.state === "called" && this.doesPay;
    if (this.isAsked) this.memory.ask(evaluated, shares, wantsGradient);
  }

  take(part: number): { value: number; gradient: Float64Array } | undefined {
    const { memory } = this;
    if (!this.isAsked || memory.claim(part, memory.newest)) return undefined;
    const value = memory.valueOf(part, Math.max(patience, timesAsLong * (performance.now() - this.asked)));
    if (value !== undefined) return { value, gradient: memory.gradientOf(part) };
    // One that fell over, or sleeps: nobody is relied upon again, for it may wake up and write where another counts on his own.
    this.leave();
    return undefined;
  }

  end(): void {
    if (this.memory.others > 0) this.doesPay = this.pays.next(performance.now() - this.asked);
  }

  leave(): void {
    this.isAsked = false;
    this.state = "left";
    this.memory.end();
  }
}
