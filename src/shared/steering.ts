/** How whoever asked for a long computation wants it to go on: to the end, not just now, or no further, with what there is. */
export type Wish = "go" | "pause" | "finish";

/** A wish that may change while the computation is under way. The asker sets it; the other end has one that follows. */
export class Steering {
  private current: Wish = "go";
  private readonly listeners = new Set<(wish: Wish) => void>();

  get wish(): Wish {
    return this.current;
  }

  set(wish: Wish): void {
    if (wish === this.current) return;
    this.current = wish;
    for (const listener of [...this.listeners]) listener(wish);
  }

  /** Returns how to stop listening. */
  onChange(listener: (wish: Wish) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves once it is not to pause, or nobody waits for it any more. */
  async whilePaused(signal: AbortSignal): Promise<void> {
    if (this.current !== "pause" || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        stopListening();
        signal.removeEventListener("abort", end);
        resolve();
      };
      const stopListening = this.onChange(end);
      signal.addEventListener("abort", end, { once: true });
    });
  }
}

export function isWish(value: unknown): value is Wish {
  return value === "go" || value === "pause" || value === "finish";
}
