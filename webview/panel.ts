import { currentTheme, watchTheme } from "./chart/theme";
import { iterationAt } from "./frames";
import type { State, Store } from "./store";
import { createAnnouncer } from "./ui/announcer";
import { element, setAttribute, show } from "./ui/dom";
import type { Actions, View } from "./views/actions";
import { announcementOf } from "./views/announcement";
import { createCheckView } from "./views/checkView";
import { createChooseView } from "./views/chooseView";
import { createCodeView } from "./views/codeView";
import { createEmptyView } from "./views/emptyView";
import { createDerivationView } from "./views/derivationView";
import { createExperimentsView } from "./views/experiments/experimentsView";
import { createFormulaView } from "./views/formulaView";
import { createHessianView } from "./views/hessianView";
import { createLimitView } from "./views/limitView";
import { createStationaryView } from "./views/stationaryView";
import { createHeaderView } from "./views/headerView";
import { createLossView } from "./views/lossView";
import { createParametersView } from "./views/parametersView";
import { createPlayerView } from "./views/playerView";
import { createPlotView } from "./views/plotView";
import { arrangeSections } from "./views/arrangeSections";
import { createNotesView, createProblemsView } from "./views/problemsView";
import { createReadoutView } from "./views/readoutView";
import { createStatusView } from "./views/statusView";
import { listenForShortcuts } from "./views/shortcuts";

/** Builds the panel into `root` and keeps it as the store says. Returns how to let go of the page. */
export function mountPanel(root: HTMLElement, store: Store, actions: Actions): () => void {
  let theme = currentTheme();
  const themed = (): typeof theme => theme;
  const header = createHeaderView(actions);
  const problems = createProblemsView(actions);
  const empty = createEmptyView();
  const plot = createPlotView(actions, themed);
  const player = createPlayerView(actions);
  const status = createStatusView(actions);
  const loss = createLossView(actions, themed);
  const formula = createFormulaView();
  const check = createCheckView();
  const code = createCodeView(actions);
  formula.element.append(element("div", { class: "formula-foot" }, check.element, code.element, formula.inFull));
  const studies = [createDerivationView(actions), createHessianView(actions), createLimitView(actions), createStationaryView(actions)];
  const study = element("section", { class: "study", testid: "study" }, ...studies.map((each) => each.element));
  const choose = createChooseView(actions);
  const readout = createReadoutView();
  const parameters = createParametersView(actions, themed);
  const experiments = createExperimentsView(actions, themed, () => plot.element.scrollIntoView({ block: "nearest" }));
  const notes = createNotesView(actions);
  const announcer = createAnnouncer();
  const stage = element("main", { class: "stage" });
  root.replaceChildren(header.element, problems.element, empty.element, stage, announcer.element);

  const arrangement = arrangeSections(stage, {
    formula: formula.element, study, plot: plot.element, player: player.element, status: status.element, loss: loss.element,
    readout: readout.element, choose: choose.element, parameters: parameters.element,
    experiments: experiments.element, notes: notes.element,
  });

  // The order of drawing follows the order on screen; each view writes only what has changed.
  const views: readonly View[] = [header, problems, empty, formula, check, code, plot, player, status, loss, readout, ...studies, choose, parameters, experiments, notes];
  let said: string | undefined;

  function render(): void {
    const { state } = store;
    describe(root, state);
    setTypeSize(state.display.size);
    show(stage, state.view.kind === "ready");
    for (const view of views) view.update(state);
    const announcement = announcementOf(state);
    if (announcement !== undefined && announcement !== said) announcer.say(announcement);
    said = announcement;
  }

  function setTypeSize(size: number): void {
    if (document.documentElement.dataset["size"] === String(size)) return;
    document.documentElement.dataset["size"] = String(size);
    // What is twice as large has room for half as much beside it.
    arrangement.scale(size / 100);
    theme = currentTheme();
  }

  let scheduled = false;
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      render();
    });
  }

  store.subscribe(schedule);
  const unwatch = watchTheme(() => {
    theme = currentTheme();
    schedule();
  });
  const unlisten = listenForShortcuts(document, { player: actions.player, zoom: (direction) => plot.zoom(direction), fit: () => plot.fit() });
  render();
  return () => {
    arrangement.release();
    unwatch();
    unlisten();
  };
}

/** What tests from outside read: the state in attributes that do not depend on any wording. */
function describe(root: HTMLElement, { view, player, intent }: State): void {
  setAttribute(root, "data-view", view.kind);
  setAttribute(root, "data-mode", intent?.mode ?? "");
  setAttribute(root, "data-stale", String(view.kind === "ready" && view.stale));
  setAttribute(root, "data-playing", String(player.playing));
  const ready = view.kind === "ready" ? view : undefined;
  const run = ready?.run;
  setAttribute(root, "data-iteration", String(run ? iterationAt(run, player.cursor) : 0));
  setAttribute(root, "data-iterations", String(run?.iterations ?? 0));
  setAttribute(root, "data-running", run?.progress ? (run.progress.paused ? "paused" : "true") : "false");
  setAttribute(root, "data-dimension", String(ready?.objective.dimension ?? 0));
  setAttribute(root, "data-status", run && !run.progress ? run.status : "none");
  setAttribute(root, "data-landscape", ready?.landscape?.kind ?? "none");
}
