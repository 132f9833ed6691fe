import type { ExperimentName, ExperimentProgress, Experiments } from "../src/shared/experiments";
import { strings } from "./strings";
import type { Store } from "./store";

export type AskExperiment = <K extends ExperimentName>(
  name: K, request: Experiments[K]["request"], following: { signal: AbortSignal; onProgress: (progress: ExperimentProgress) => void },
) => Promise<Experiments[K]["response"]>;

export interface ExperimentRunner {
  /** An earlier one of the kind is given up. */
  run<K extends ExperimentName>(name: K, request: Experiments[K]["request"]): void;
  cancel(name: ExperimentName): void;
  stop(): void;
}

/** Has experiments made, and keeps the store told: how far each is, what came of it, or why nothing did. */
export function createExperimentRunner(store: Store, ask: AskExperiment): ExperimentRunner {
  const running = new Map<ExperimentName, AbortController>();

  function cancel(name: ExperimentName): void {
    running.get(name)?.abort();
    running.delete(name);
    if (store.state.experiments[name].progress) store.dispatch({ type: "experiment", name, change: { progress: null } });
  }

  // Nobody waits for what would be of another function; what there is stays, and says that it is old.
  store.subscribe(({ view }, { view: before }) => {
    if (view === before || running.size === 0) return;
    const [now, then] = [view, before].map((each) => (each.kind === "ready" ? each.objective.id : undefined));
    if (now !== then) for (const name of [...running.keys()]) cancel(name);
  });

  return {
    cancel,
    run(name, request) {
      cancel(name);
      const controller = new AbortController();
      running.set(name, controller);
      const isOld = (): boolean => running.get(name) !== controller;
      store.dispatch({ type: "experiment", name, change: { progress: { done: 0, total: 0 }, problem: null } });
      const end = (change: object): void => {
        if (isOld()) return;
        running.delete(name);
        store.dispatch({ type: "experiment", name, change: { ...change, progress: null } });
      };
      ask(name, request, {
        signal: controller.signal,
        onProgress: (progress) => { if (!isOld()) store.dispatch({ type: "experiment", name, change: { progress } }); },
      }).then(
        (result) => end({ asked: request, result }),
        (error: unknown) => {
          const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
          const isTakenBack = code === "superseded" || code === "cancelled";
          end(isTakenBack ? {} : { problem: strings.requestFailed(error instanceof Error ? error.message : String(error)) });
        },
      );
    },
    stop: () => [...running.keys()].forEach(cancel),
  };
}
