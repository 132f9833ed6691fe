export interface LatestOnly<Requests extends object> {
  send<Kind extends keyof Requests & string>(kind: Kind, value: Requests[Kind]): void;
  /** True while something is under way or waiting. */
  readonly busy: boolean;
  /** True while something has not been sent yet. */
  readonly waiting: boolean;
}

/**
 * One request in flight, and of each kind the latest wins: a dragged slider makes a request a frame, and only the one
 * that is current when the wire is free again is worth sending. Kinds take turns in the order they were asked.
 */
export function latestOnly<Requests extends object>(
  perform: { readonly [Kind in keyof Requests]: (value: Requests[Kind]) => Promise<unknown> },
  options: { onIdle: () => void; onError: (error: unknown) => void },
): LatestOnly<Requests> {
  const waiting = new Map<string, () => Promise<unknown>>();
  let inFlight = false;

  async function drain(): Promise<void> {
    inFlight = true;
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [kind, request] = next.value;
      waiting.delete(kind);
      try {
        await request();
      } catch (error) {
        options.onError(error);
      }
    }
    inFlight = false;
    options.onIdle();
  }

  return {
    send(kind, value) {
      waiting.set(kind, () => perform[kind](value));
      if (!inFlight) void drain();
    },
    get busy() {
      return inFlight;
    },
    get waiting() {
      return waiting.size > 0;
    },
  };
}
