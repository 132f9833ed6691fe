import { formatShort } from "../format";
import { iterationAt, lastFrame } from "../frames";
import { strings } from "../strings";
import type { State } from "../store";
import { explanation, outcome } from "./outcome";

const coordinatesSpoken = 4;

/** What a screen reader says of the current point; nothing while it moves by itself. */
export function announcementOf({ view, player, check }: State): string | undefined {
  if (view.kind !== "ready" || !view.run || view.run.progress || player.playing) return undefined;
  const { objective, run } = view;
  const at = Math.min(player.cursor, lastFrame(run));
  const names = objective.coordinates.slice(0, coordinatesSpoken);
  const point = names.map((name, index) => `${name} ${formatShort(run.iterates[at * run.dimension + index] ?? NaN)}`).join(", ");
  const sentence = strings.announce.point(
    iterationAt(run, at), run.iterations, point, formatShort(run.values[at] ?? NaN), formatShort(run.gradientNorms[at] ?? NaN),
  );
  // That all is well is said where it is asked for.
  const doubt = check?.objective === objective.id && check.verdict === "disagree" ? ` ${strings.check.verdict.disagree}.` : "";
  return (at === lastFrame(run) ? [sentence, outcome(run), explanation(run)].filter(Boolean).join(" ") : sentence) + doubt;
}
