import type { ChoiceIntent, DescentIntent, PanelIntent, ViewWindow } from "../src/shared/intent";
import type { SourceSnapshot } from "../src/shared/protocol";
import { createExperimentRunner } from "./experimentRunner";
import { connectHost } from "./hostLink";
import { latestOnly } from "./latestOnly";
import { mountPanel } from "./panel";
import { watchMinibatches } from "./minibatchWatch";
import { createPlayer } from "./player";
import type { FrameClock } from "./player";
import { frameOf, iterationAt, lastFrame } from "./frames";
import { resolutionFor } from "./resolution";
import { watchStationary } from "./stationaryWatch";
import { createStore, startOf } from "./store";
import type { Overlaid } from "./store";
import type { Actions } from "./views/actions";
import { windowOf } from "./views/plotScenes";
import type { VsCodeApi } from "./vscodeApi";

export interface Surroundings {
  readonly root: HTMLElement;
  readonly api: VsCodeApi;
  readonly clock: FrameClock;
  readonly reducedMotion: () => boolean;
}

/** What the person asks for faster than it can be computed. */
interface Asked {
  choose: ChoiceIntent;
  descend: DescentIntent;
  view: { readonly window: ViewWindow | undefined; readonly resting: boolean };
}

/** How long after the last movement the view is computed again in full detail. */
const restDelay = 180;

/** Wires the store to the host, the player and the panel. Returns how to end it: a page does not need to, a test does. */
export function startApp({ root, api, clock, reducedMotion }: Surroundings): () => void {
  const store = createStore();
  const player = createPlayer(clock, (state) => store.dispatch({ type: "player", player: state }));
  const restored = api.restore();
  /** Until its first run a restored panel comes back as it was left: at rest. */
  let resting = restored !== undefined;
  let playWhenRunArrives = false;
  /** The window was pinned so that the map keeps still under the person's hand, not because a window was asked for. */
  let pinned = false;
  /** Changes the host has been told of. */
  let edits = 0;

  const link = connectHost(api, {
    display: (display) => store.dispatch({ type: "display", display }),
    source: receiveSource,
    run(run) {
      const before = store.state.view.kind === "ready" ? store.state.view.run : null;
      store.dispatch({ type: "run", run });
      if (run) resting = false;
      if (!run) {
        player.load(0, 0);
        return;
      }
      const { cursor, last, playing } = player.state;
      if (playWhenRunArrives) {
        playWhenRunArrives = false;
        player.load(lastFrame(run), 0);
        player.play();
      } else {
        // At the end it stays at the end, so that the whole path follows a dragged start.
        // A longer record may have other frames: the cursor stays with its iterate.
        const stays = before ? frameOf(run, iterationAt(before, cursor)) : cursor;
        player.load(lastFrame(run), cursor === last && !playing ? lastFrame(run) : stays);
      }
      if (pinned && startIsOutside()) actions.setWindow(undefined);
    },
    check: (check) => store.dispatch({ type: "check", check }),
    landscape: (landscape) => store.dispatch({ type: "landscape", landscape }),
    player({ command }) {
      const commands = {
        play: player.play, pause: player.pause, step: player.step, stepBack: player.stepBack, first: player.first, last: player.toEnd,
      };
      commands[command]();
    },
  }, report);

  function receiveSource(source: SourceSnapshot): void {
    const { view: before, intent: asked } = store.state;
    // What the host says may have been on its way before it heard of the latest changes: those must not jump back.
    store.dispatch({ type: "source", source, keepEdits: requests.waiting || (source.heard ?? edits) < edits });
    // Nothing was shown before, or nothing of this yet: a new subject, which is played from its start. An edit is not.
    const fresh = before.kind !== "ready" || source.objective === null;
    const begins = fresh || asked?.mode !== source.intent.mode;
    if (fresh) pinned = false;
    if (begins) playWhenRunArrives = source.intent.mode === "descend" && !resting && !reducedMotion();
    const changed = before.kind === "ready" && source.objective !== null && before.objective.id !== source.objective.id;
    if (changed && pinned) actions.setWindow(undefined);
  }

  const working = (): void => store.dispatch({ type: "working", working: requests.busy });
  const requests = latestOnly<Asked>({
    choose: (choice) => link.request("choose", { choice, edit: ++edits }),
    descend: (descent) => link.request("descend", { descent, edit: ++edits }),
    view: ({ window, resting }) =>
      link.request("view", { ...(window ? { window } : {}), ...resolutionFor(size.width, size.height, resting), edit: ++edits }),
  }, { onIdle: working, onError: report });

  function report(error: unknown): void {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    // What was superseded or cancelled was so because something newer is on its way.
    if (code === "superseded" || code === "cancelled") return;
    store.dispatch({ type: "notice", notice: error instanceof Error ? error.message : String(error) });
  }

  /** Experiments whose folds are open, the latest last. */
  let lookedAt: readonly Overlaid[] = [];
  let size = { width: 480, height: 480 };
  let refine: ReturnType<typeof setTimeout> | undefined;

  function requestView(window: ViewWindow | undefined, resting: boolean): void {
    clearTimeout(refine);
    requests.send("view", { window, resting });
    if (!resting) refine = setTimeout(() => requests.send("view", { window, resting: true }), restDelay);
  }

  function startIsOutside(): boolean {
    const window = store.state.intent?.window;
    const [x = NaN, y = window?.y[0] ?? NaN] = startOf(store.state);
    return window !== undefined && !(x >= window.x[0] && x <= window.x[1] && y >= window.y[0] && y <= window.y[1]);
  }

  /** The map keeps still under the hand that moves the start on it. */
  function pinWindow(): void {
    const { view, intent } = store.state;
    if (view.kind !== "ready" || !view.landscape || intent?.window) return;
    pinned = true;
    const window = windowOf(store.state);
    store.dispatch({ type: "window", window });
    requestView(window, true);
  }

  function descend(descent: DescentIntent): void {
    store.dispatch({ type: "descent", descent });
    requests.send("descend", descent);
    working();
  }

  const actions: Actions = {
    player,
    changeDescent(change) {
      const { intent } = store.state;
      if (intent) descend({ ...intent.descent, ...change });
    },
    chooseBatch(batch) {
      const { intent } = store.state;
      if (!intent) return;
      const { batch: _before, ...rest } = intent.descent;
      descend(batch ? { ...rest, batch } : rest);
    },
    setStart(start, onPlot) {
      const { intent } = store.state;
      if (!intent) return;
      const { start: _before, ...rest } = intent.descent;
      descend(start ? { ...rest, start: [...start] } : rest);
      // After the descent: the path is what the hand waits for.
      if (onPlot) pinWindow();
    },
    setWindow(window) {
      pinned = false;
      store.dispatch({ type: "window", window });
      requestView(window, window === undefined);
    },
    setPlotSize(width, height) {
      if (width === 0 || height === 0) return;
      const [before, after] = [resolutionFor(size.width, size.height, true), resolutionFor(width, height, true)];
      size = { width, height };
      const finer = after.columns !== before.columns || after.rows !== before.rows;
      if (finer && store.state.view.kind === "ready") requestView(store.state.intent?.window, true);
    },
    evaluate: (x, signal) => link.request("evaluate", { x: [...x] }, { signal }),
    choose(choice) {
      pinned = false;
      store.dispatch({ type: "choice", choice });
      requests.send("choose", choice);
      working();
    },
    startNow() {
      const { view } = store.state;
      const start = startOf(store.state);
      return new Map(view.kind === "ready" ? view.objective.coordinates.map((name, i) => [name, start[i] ?? NaN]) : []);
    },
    ask: (name, question, signal) => link.request(name, question, { signal }),
    listStationary: (listed) => stationary.list(listed),
    experiment: (name, request) => experiments.run(name, request),
    giveUp: (name) => experiments.cancel(name),
    overlay(experiment, looked) {
      lookedAt = [...lookedAt.filter((each) => each !== experiment), ...(looked ? [experiment] : [])];
      store.dispatch({ type: "overlaid", overlaid: lookedAt.at(-1) ?? null });
    },
    setSecant: (secant) => store.dispatch({ type: "secant", secant }),
    changeDisplay(change) {
      const display = { ...store.state.display, ...change };
      store.dispatch({ type: "display", display });
      link.request("display", { display }).catch(report);
    },
    code: (dialect) => link.request("code", { dialect }).catch((error: unknown) => {
      report(error);
      throw error;
    }),
    copy: (text) => link.request("copy", { text }).then(() => true, (error: unknown) => {
      report(error);
      return false;
    }),
    cancel: () => void link.request("cancel", null).catch(report),
    steer: (wish) => void link.request("steer", { wish }).catch(report),
    reveal: (range) => void link.request("reveal", { range }).catch(report),
  };

  const stationary = watchStationary(store, actions);
  const stopMinibatches = watchMinibatches(store, actions);
  const experiments = createExperimentRunner(store, (name, request, following) => link.request(name, request, following));

  let persisted: PanelIntent | null = null;
  store.subscribe(({ intent }) => {
    if (!intent || intent === persisted) return;
    persisted = intent;
    api.persist(intent);
  });

  const unmount = mountPanel(root, store, actions);
  link.request("ready", restored ? { restored } : {}).catch(report);
  return () => {
    clearTimeout(refine);
    stationary.stop();
    stopMinibatches();
    experiments.stop();
    player.pause();
    link.dispose();
    unmount();
  };
}
