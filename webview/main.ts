/**
 * The panel. Boots the app in the page that `src/host/panel/html.ts` writes: `<body><div id="app"></div></body>`.
 *
 * For tests from outside, every control and read-out has a `data-testid` (grep for `testid:`), and `#app` carries the state:
 *
 *   data-view        idle | loading | problem | ready
 *   data-mode        gradient | descend
 *   data-stale       true while the text is broken and the last good picture is shown
 *   data-dimension   number of coordinates, 0 without an objective
 *   data-landscape   none | curve | contour
 *   data-status      none, or the run's: converged | exhausted | diverged | failed | cancelled
 *   data-running     true | paused | false, whether the run goes on;  only then it has no status
 *   data-iteration   the iterate at the player's cursor;  data-iterations  the last;  data-playing  true | false
 *
 * `[data-testid=plot]` carries data-kind (map | curve | traces) and data-start (coordinates, separated by spaces) and
 * data-overlay (race | basins | none: the experiment that is drawn on it).
 */
import "./styles/theme.css";
import "./styles/layout.css";
import "./styles/formula.css";
import "./styles/picture.css";
import "./styles/player.css";
import "./styles/readout.css";
import "./styles/messages.css";
import "./styles/controls.css";
import "./styles/sheets.css";
import "./styles/study.css";
import "./styles/experiments.css";
import "./styles/outline.css";
import { startApp } from "./app";
import { browserClock } from "./player";
import { preloadFonts } from "./preloadFonts";
import { registerControls } from "./ui/controls";
import { acquireApi } from "./vscodeApi";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element #app to put the panel into.");

registerControls();
void preloadFonts(document.fonts);
startApp({
  root,
  api: acquireApi(),
  clock: browserClock,
  // VS Code's own setting, or the system's.
  reducedMotion: () => document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches,
});
