import type { Remark } from "../../src/shared/protocol";
import { strings } from "../strings";
import type { State } from "../store";
import { element, show } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Actions, View } from "./actions";

/** What is wrong or doubtful, where, and what to do about it. */
export function createProblemsView(actions: Actions): View {
  const list = element("ul", { class: "problems-list" });
  const stale = element("p", { class: "stale-note", text: strings.stale, testid: "stale" });
  const root = element("section", { class: "problems", testid: "problems", attributes: { "aria-live": "polite" } }, list, stale);
  let shown = "";
  return {
    element: root,
    update({ view, notice }: State) {
      const diagnostics = knownOf(view).filter(({ severity }) => severity !== "info");
      show(root, diagnostics.length > 0 || notice !== null);
      show(stale, view.kind === "ready" && view.stale);
      const key = JSON.stringify([diagnostics.map(keyOf), notice]);
      if (key === shown) return;
      shown = key;
      list.replaceChildren(...diagnostics.map((diagnostic) => problemItem(diagnostic, actions)));
      if (notice !== null) list.append(element("li", { class: "problem error", testid: "notice", text: strings.requestFailed(notice) }));
    },
  };
}

/** What is merely worth knowing stands beside the controls: above the picture it would push the picture down. */
export function createNotesView(actions: Actions): View {
  const list = element("ul", { class: "problems-list" });
  const root = element("section", { class: "notes", testid: "notes" }, list);
  let shown = "";
  return {
    element: root,
    update({ view }: State) {
      const notes = (view.kind === "ready" ? knownOf(view) : []).filter(({ severity }) => severity === "info");
      show(root, notes.length > 0);
      const key = notes.map(keyOf).join("\n");
      if (key === shown) return;
      shown = key;
      list.replaceChildren(...notes.map((note) => problemItem(note, actions)));
    },
  };
}

/** What is known about the text as it stands. While it is broken, the places the last good version speaks of may have moved. */
function knownOf(view: State["view"]): Remark[] {
  if (view.kind === "idle") return [];
  const ofObjective = view.kind === "ready" && !view.stale ? view.objective.diagnostics : [];
  return withoutDoubles([...view.source.problems, ...ofObjective]);
}

/** A problem of the text as it stands may be known to the objective as well. */
function withoutDoubles(found: readonly Remark[]): Remark[] {
  const keys = found.map(keyOf);
  return found.filter((one, index) => keys.indexOf(keyOf(one)) === index);
}

function problemItem(diagnostic: Remark, actions: Actions): HTMLElement {
  const { severity, message, hint, code, range, excerpt } = diagnostic;
  const line = range.start.line + 1;
  const column = range.start.character + 1;
  const place = element("button", {
    class: "link", testid: "problem-place", text: strings.problem.go(line, column),
    attributes: { type: "button", "aria-label": strings.problem.goLabel(line, column) },
  });
  place.addEventListener("click", () => actions.reveal(range));
  const item = element(
    "li", { class: `problem ${severity}`, testid: "problem", attributes: { "data-code": code } },
    // What it is by its shape, and by a word for those who hear it; its colour says it once more.
    element("span", { class: "problem-mark" }, icon(severity), element("span", { class: "visually-hidden", text: `${strings.severity[severity]} ` })),
    element("span", { class: "problem-message", text: message, testid: "problem-message" }), " ", place,
  );
  if (excerpt !== undefined) item.append(element("code", { class: "problem-excerpt", text: excerpt, testid: "problem-excerpt" }));
  if (hint !== undefined) item.append(element("p", { class: "problem-hint", text: hint, testid: "problem-hint" }));
  return item;
}

function keyOf({ code, message, hint, severity, range }: Remark): string {
  return JSON.stringify([code, message, hint, severity, range]);
}
