import type { ViewWindow } from "../src/shared/intent";
import { sameWindow } from "./chart/viewWindow";
import { inquiry } from "./inquiry";
import type { State, Stationary, Store } from "./store";
import type { Actions } from "./views/actions";
import { windowOf } from "./views/plotScenes";

export interface StationaryWatch {
  list(listed: boolean): void;
  stop(): void;
}

/** Milliseconds for which the picture has kept still: nobody waits for the marks, and nothing waits because of them. */
const rest = 250;

/** Has the stationary points in sight looked for while they are marked or listed: after the picture, and only while nothing else is asked. */
export function watchStationary(store: Store, actions: Pick<Actions, "ask">): StationaryWatch {
  let listed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string | undefined;
  const search = inquiry<Stationary>((stationary) => store.dispatch({ type: "stationary", stationary }), () => store.dispatch({ type: "stationary", stationary: null }));

  function consider(): void {
    const wanted = listed || store.state.display.marks ? wantedOf(store.state) : undefined;
    const known = store.state.stationary;
    const isKnown = wanted && known?.objective === wanted.objective && sameWindow(known.window, wanted.window);
    const key = wanted && !isKnown ? `${wanted.objective} ${wanted.window.x.join()} ${wanted.window.y.join()}` : undefined;
    if (key === waiting) return;
    waiting = key;
    clearTimeout(timer);
    search.drop();
    if (!wanted || key === undefined) return;
    const { objective, window, dimension } = wanted;
    timer = setTimeout(() => search.want(key, async (signal) =>
      ({ objective, window, found: await actions.ask("stationary", { objective, window: dimension === 1 ? [window.x] : [window.x, window.y] }, signal) })), rest);
  }

  store.subscribe((state, before) => {
    // A run that is played changes nothing of this, many times a second.
    if (state.view !== before.view || state.intent !== before.intent || state.working !== before.working ||
      state.display !== before.display || state.stationary !== before.stationary) consider();
  });
  return {
    list(next) {
      listed = next;
      consider();
    },
    stop() {
      clearTimeout(timer);
      search.drop();
    },
  };
}

/** What to look for; nothing while a picture is on its way, or while the function on screen is not the one it shows. */
function wantedOf(state: State): { objective: number; dimension: number; window: ViewWindow } | undefined {
  const { view, working } = state;
  if (view.kind !== "ready" || working || view.source.busy || view.stale) return undefined;
  const { objective: { id, dimension, offers }, landscape } = view;
  if (landscape?.objective !== id || offers?.includes("stationary") !== true) return undefined;
  return { objective: id, dimension, window: windowOf(state) };
}
