import type { RunSnapshot } from "../../src/shared/protocol";
import { iterationAt } from "../frames";
import { speeds } from "../player";
import { strings } from "../strings";
import type { State } from "../store";
import { button, dropdown } from "../ui/controls";
import type { Button, ButtonOptions } from "../ui/controls";
import { element, setText, show } from "../ui/dom";
import { slider } from "../ui/slider";
import type { Actions, View } from "./actions";

const words = strings.player;

/** The player's buttons; where nothing was run yet, the one button that runs it. */
export function createPlayerView(actions: Actions): View {
  let shown: RunSnapshot | null = null;
  const { player } = actions;
  const press = (options: ButtonOptions): Button => button(options);
  const first = press({ label: words.first, icon: "first", testid: "player-first", onPress: () => player.first() });
  const back = heldButton({ label: words.stepBack, icon: "stepBack", testid: "player-step-back" }, -1);
  const play = press({ label: words.play, icon: "play", testid: "player-play", onPress: () => player.toggle() });
  const step = heldButton({ label: words.step, icon: "step", testid: "player-step" }, 1);
  const last = press({ label: words.last, icon: "last", testid: "player-last", onPress: () => player.toEnd() });
  const scrub = slider({
    label: words.scrub, testid: "player-scrub", scale: "linear", low: 0, high: 1,
    text: (value) => positionOf(shown, value), onInput: (value) => player.scrub(value),
  });
  const position = element("output", { class: "position number", testid: "player-position" });
  const speed = dropdown({
    label: words.speed, hideLabel: true, testid: "player-speed",
    choices: speeds.map((value) => ({ value: String(value), text: `${value}×` })),
    onChange: (value) => player.setSpeed(Number(value)),
  });
  const run = button({ label: strings.parameters.run, appearance: "primary", testid: "descend", onPress: () => actions.changeDescent({}) });
  const runRow = element("div", { class: "descend" }, run.element);
  const bar = element(
    "div", { class: "player", testid: "player", attributes: { role: "group", "aria-label": words.group } },
    element("div", { class: "player-buttons" }, first.element, back.element, play.element, step.element, last.element),
    scrub.element, position, speed.element,
  );
  const root = element("div", { class: "player-holder" }, bar, runRow);

  /** Steps once when pressed and goes on while held; a click that no press came before is the keyboard's. */
  function heldButton(options: Omit<ButtonOptions, "onPress">, direction: 1 | -1): Button {
    let byPointer = false;
    const control = press({
      ...options,
      onPress: () => {
        if (!byPointer) (direction === 1 ? player.step : player.stepBack)();
        byPointer = false;
      },
    });
    control.element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      byPointer = true;
      player.hold(direction);
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) control.element.addEventListener(end, () => player.release());
    control.element.addEventListener("pointerleave", () => {
      byPointer = false;
    });
    return control;
  }

  return {
    element: root,
    update({ view, intent, player: { cursor, last: end, playing, speed: pace } }: State) {
      const ran = view.kind === "ready" && view.run !== null;
      show(bar, ran);
      show(runRow, intent?.mode === "gradient" && !ran);
      shown = ran ? view.run : null;
      scrub.setRange(0, Math.max(end, 1));
      scrub.set(cursor);
      setText(position, positionOf(shown, cursor));
      // Room for the longest it will be, so that nothing moves while it counts.
      position.style.setProperty("--figures", String(positionOf(shown, end).length));
      play.setLabel(playing ? words.pause : words.play, playing ? "pause" : "play");
      first.setEnabled(cursor > 0);
      back.setEnabled(cursor > 0);
      step.setEnabled(cursor < end);
      last.setEnabled(cursor < end);
      speed.set(String(pace));
    },
  };
}

/** "12 of 200": iterations, of which a long run has not each as a frame. */
function positionOf(run: RunSnapshot | null, frame: number): string {
  return run ? words.position(iterationAt(run, frame), run.iterations) : "";
}
