/** A time limit that can be begun anew, and made to rest. 0 milliseconds: there is none. */
export class Deadline {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly milliseconds: number, private readonly expire: () => void) {
    this.begin();
  }

  begin(): void {
    this.rest();
    this.timer = this.milliseconds > 0 ? setTimeout(this.expire, this.milliseconds) : undefined;
  }

  /** Begins anew where it does not rest. */
  renew(): void {
    if (this.timer !== undefined) this.begin();
  }

  rest(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
  }
}
