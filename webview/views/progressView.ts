import type { RunSnapshot } from "../../src/shared/protocol";
import { strings } from "../strings";
import type { State } from "../store";
import { button } from "../ui/controls";
import { element, setAttribute, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";

const words = strings.descent.progress;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How far a run is that takes its time, and what one can do about it. */
export function createProgressView(actions: Actions): View {
  const text = element("span", { class: "number", testid: "progress-text" });
  const share = element("div", { class: "progress-share" });
  const bar = element("div", { class: "progress-bar", testid: "progress", attributes: { role: "progressbar", "aria-label": words.bar, "aria-valuemin": "0", "aria-valuemax": "100" } }, share);
  let paused = false;
  const pause = button({ label: words.pause, icon: "pause", testid: "run-pause", onPress: () => actions.steer(paused ? "go" : "pause") });
  const finish = button({ label: words.finish, icon: "stop", testid: "run-finish", onPress: () => actions.steer("finish") });
  const root = element(
    "div", { class: "progress", testid: "run-progress" },
    element("div", { class: "progress-said" }, text, bar), element("div", { class: "progress-buttons" }, pause.element, finish.element),
  );
  return {
    element: root,
    update({ view }: State) {
      const run = view.kind === "ready" ? view.run : null;
      show(root, run?.progress !== undefined);
      if (!run?.progress) return;
      ({ paused } = run.progress);
      pause.setLabel(paused ? words.resume : words.pause, paused ? "play" : "pause");
      const done = Math.min(1, run.iterations / Math.max(1, run.progress.of));
      share.style.setProperty("width", `${100 * done}%`);
      setAttribute(bar, "aria-valuenow", String(Math.round(100 * done)));
      const said = progressOf(run);
      setAttribute(bar, "aria-valuetext", said);
      setText(text, said);
    },
  };
}

/** "Iteration 12,000 of at most 1,000,000, about 8 seconds left". */
export function progressOf({ iterations, progress }: RunSnapshot): string {
  if (!progress) return "";
  const [done, of] = [iterations, progress.of].map((count) => count.toLocaleString(document.documentElement.lang || "en"));
  return progress.paused ? words.paused(done ?? "", of ?? "") : words.running(done ?? "", of ?? "", duration(progress.secondsLeft));
}

function duration(seconds: number): string {
  if (seconds < 1.5 * minute) return words.seconds(Math.max(1, Math.round(seconds)));
  if (seconds < 1.5 * hour) return words.minutes(Math.round(seconds / minute));
  if (seconds < 1.5 * day) return words.hours(Math.round(seconds / hour));
  return words.days(Math.round(seconds / day));
}
