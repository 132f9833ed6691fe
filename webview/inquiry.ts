export interface Inquiry<Answer> {
  /** Asks, unless this was the last question already. An earlier one that is not answered yet is given up. */
  want(key: string, ask: (signal: AbortSignal) => Promise<Answer>): void;
  /** Gives up what is not answered yet; what was asked last may be asked again. */
  drop(): void;
}

/** Keeps what is shown the answer to the latest question. */
export function inquiry<Answer>(show: (answer: Answer) => void, fail: (message: string) => void): Inquiry<Answer> {
  let asked: string | undefined;
  let asking = new AbortController();

  function drop(): void {
    asking.abort();
    asked = undefined;
  }

  return {
    drop,
    want(key, ask) {
      if (key === asked) return;
      drop();
      asked = key;
      const { signal } = (asking = new AbortController());
      ask(signal).then(
        (answer) => { if (!signal.aborted) show(answer); },
        (error: unknown) => {
          // Of what was taken back elsewhere there is nothing to say: something newer is on its way.
          const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
          if (!signal.aborted && code !== "superseded" && code !== "cancelled") fail(error instanceof Error ? error.message : String(error));
        },
      );
    },
  };
}
