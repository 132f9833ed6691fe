import type { MinibatchQuestion } from "../src/shared/questions";
import { iterationAt } from "./frames";
import type { State, Store } from "./store";
import type { Actions } from "./views/actions";
import { windowOf } from "./views/plotScenes";

/**
 * While the panel shows what the steps of a run by minibatches see: has that of the step at the player's cursor sampled. One at a
 * time, then whatever is current: a run that is played moves on faster than pictures are made, and each that is made is shown.
 */
export function watchMinibatches(store: Store, actions: Pick<Actions, "ask">): () => void {
  let asked = "";
  let asking = false;
  const stopped = new AbortController();

  async function look(): Promise<void> {
    const question = questionOf(store.state);
    if (!question) {
      asked = "";
      if (store.state.minibatch) store.dispatch({ type: "minibatch", minibatch: null });
      return;
    }
    const key = JSON.stringify(question);
    if (asking || key === asked) return;
    asking = true;
    asked = key;
    try {
      const minibatch = await actions.ask("minibatch", question, stopped.signal);
      if (!stopped.signal.aborted) store.dispatch({ type: "minibatch", minibatch });
    } catch (error) {
      // The picture of the whole stays; what is wrong with the function or the run is said where they are.
      if (!isWireError(error)) throw error;
      store.dispatch({ type: "minibatch", minibatch: null });
    } finally {
      asking = false;
    }
    if (!stopped.signal.aborted) void look();
  }

  store.subscribe(() => void look());
  return () => stopped.abort();
}

/** What the step sees that is taken from where the player stands. */
function questionOf(state: State): MinibatchQuestion | undefined {
  const { view, display, player } = state;
  if (display.batches !== true || view.kind !== "ready" || !view.run?.batch || view.run.objective !== view.objective.id) return undefined;
  const { landscape, run: { batch }, objective: { id } } = view;
  if (!landscape) return undefined;
  const { dataset, size, seed, shuffle } = batch;
  return {
    objective: id, batch: { dataset, size, seed, ...(shuffle === undefined ? {} : { shuffle }) },
    step: iterationAt(view.run, player.cursor) + 1, window: windowOf(state),
    columns: landscape.kind === "curve" ? landscape.values.length : landscape.columns, rows: landscape.kind === "curve" ? 1 : landscape.rows,
  };
}

function isWireError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error;
}
