import type { StationaryPointSnapshot } from "../../src/shared/questions";
import { formatShort } from "../format";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setText, show } from "../ui/dom";
import { fold } from "../ui/fold";
import type { Actions, View } from "./actions";
import { coordinateLatex } from "./coordinateLatex";
import { symbolOf } from "./symbolOf";
import { typeset } from "./typeset";

const words = strings.stationary;
/** Of a function that has more in sight, a list tells nothing. */
const mostListed = 24;

/** The stationary points in sight: where they are, what the value is there, of what kind they are, and by which eigenvalues. */
export function createStationaryView(actions: Actions): View {
  const note = element("p", { class: "quiet", testid: "stationary-note", attributes: { role: "status" } });
  const list = element("ul", { class: "stationary", testid: "stationary-list" });
  const root = fold({ title: words.title, testid: "stationary", onToggle: (open) => actions.listStationary(open) }, element("div", { class: "fold-body" }, note, list));
  let known: readonly unknown[] = [];
  return {
    element: root.element,
    update({ view, stationary }: State) {
      if (view.kind !== "ready" || (known[0] === view.objective && known[1] === stationary)) return;
      const { objective } = view;
      known = [objective, stationary];
      show(root.element, objective.offers?.includes("stationary") === true);
      const found = stationary?.objective === objective.id ? stationary.found : undefined;
      const points = found?.ok ? found.points : [];
      const hidden = points.length - mostListed;
      setText(note, !found ? words.looking : !found.ok ? words.slow : points.length === 0 ? words.none : hidden > 0 ? words.more(hidden) : "");
      show(note, note.textContent !== "");
      list.replaceChildren(...points.slice(0, mostListed).map((point) => item(point, objective.coordinates, symbolOf(objective.name))));
    },
  };
}

function item(point: StationaryPointSnapshot, coordinates: readonly string[], symbol: string): HTMLElement {
  const { at, exact, value, eigenvalues, kind } = point;
  const place = element("span", { class: "stationary-place", testid: "stationary-place" });
  const coordinate = (_name: string, i: number): string => exact?.[i] ?? numberLatex(formatShort(at[i] ?? NaN, 6));
  const [names, places] = [coordinates.map(coordinateLatex), coordinates.map(coordinate)];
  typeset(place, coordinates.length === 1 ? `${names[0] ?? ""} = ${places[0] ?? ""}` : `(${names.join(", ")}) = \\left(${places.join(",\\ ")}\\right)`, false);
  const values = element("span", { class: "number", testid: "stationary-value" });
  setText(values, `${symbol} = ${formatShort(value, 7)}`);
  const curvature = words.eigenvalues(Array.from(eigenvalues, (each) => formatShort(each)).join(", "), coordinates.length === 1);
  return element(
    "li", { testid: "stationary-point", attributes: { "data-kind": kind } },
    element("span", { class: "stationary-mark", text: words.marks[kind], attributes: { "aria-hidden": "true" } }),
    element("span", { class: "stationary-kind", testid: "stationary-kind", text: kindOf(point) }), place, values,
    element("span", { class: "caption", testid: "stationary-eigenvalues", text: curvature }),
  );
}

function kindOf({ kind, seems, isolated }: StationaryPointSnapshot): string {
  const name = kind === "undecided" && seems ? words.seems(words.kinds[seems]) : words.kinds[kind];
  return isolated ? name : words.oneOfMany(name);
}

/** A number as the panel writes it, for the typesetter: 1.2e−7 is 1.2 · 10⁻⁷. */
function numberLatex(text: string): string {
  const plain = text.replaceAll("−", "-");
  const parts = /^(.*)e(.*)$/.exec(plain);
  return parts ? `${parts[1] ?? ""} \\cdot 10^{${parts[2] ?? ""}}` : plain.replace("∞", "\\infty");
}
