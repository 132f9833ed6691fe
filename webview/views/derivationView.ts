import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import type { StepSnapshot, SweepLineSnapshot } from "../../src/shared/questions";
import { inquiry } from "../inquiry";
import { strings } from "../strings";
import { element, setText, show } from "../ui/dom";
import { fold } from "../ui/fold";
import { tree } from "../ui/tree";
import type { Actions, View } from "./actions";
import { coordinatePicker } from "./coordinatePicker";
import { fitMath } from "./fitMath";
import type { MathCell } from "./fitMath";
import { stepEntry } from "./stepEntry";
import { createSweepList } from "./sweepList";

const words = strings.derivation;

type Told = { readonly steps: StepSnapshot } | { readonly sweep: readonly SweepLineSnapshot[] };

/** How the gradient comes about: of a formula rule by rule, of a program line by line, backwards. Asked for when it is opened. */
export function createDerivationView(actions: Actions): View {
  const way = element("div", { class: "segments", testid: "derivation-way", attributes: { role: "radiogroup", "aria-label": words.title } });
  const picker = coordinatePicker({ label: words.by, testid: "derivation-by", onChange: () => look() });
  const outline = tree({ label: words.title, testid: "steps", onToggle: () => fit() });
  const sweep = createSweepList(actions);
  const problem = element("p", { class: "quiet", testid: "derivation-problem" });
  const head = element("div", { class: "fold-head" }, way, picker.element);
  const body = element("div", { class: "fold-body" }, head, outline.element, sweep.element, problem);
  const root = fold({ title: words.title, testid: "derivation", onToggle: (open) => { if (open) look(); } }, body);

  let objective: ObjectiveSnapshot | undefined;
  let backwards = false;
  let cells: readonly MathCell[] = [];
  const fit = (): void => { if (root.isOpen) fitMath(cells.filter(({ element: cell }) => cell.closest("[hidden]") === null)); };
  new ResizeObserver(fit).observe(body);

  const told = inquiry<Told>((answer) => {
    setText(problem, "");
    if ("steps" in answer) {
      const made: MathCell[] = [];
      outline.set([stepEntry(answer.steps, objective?.coordinates ?? [], picker.value, made)]);
      cells = made;
    } else {
      cells = sweep.set(answer.sweep);
    }
    fit();
  }, (message) => setText(problem, strings.requestFailed(message)));

  /** Asks for what is to be seen now, and leaves alone what is there already. */
  function look(): void {
    if (!objective || !root.isOpen) return;
    const { id } = objective;
    show(outline.element, !backwards);
    show(picker.element, !backwards && objective.coordinates.length > 1);
    show(sweep.element, backwards);
    const coordinate = picker.value;
    told.want(`${id} ${backwards} ${coordinate}`, async (signal) => backwards
      ? { sweep: await actions.ask("sweep", { objective: id }, signal) }
      : { steps: await actions.ask("steps", { objective: id, coordinate }, signal) });
  }

  function offerWays(offers: readonly string[]): void {
    const both = offers.includes("steps") && offers.includes("sweep");
    backwards = !offers.includes("steps");
    show(way, both);
    way.replaceChildren(...(both ? [false, true].flatMap((each) => {
      const id = `derivation-${each ? "sweep" : "steps"}`;
      const input = element("input", { class: "visually-hidden", testid: id, attributes: { type: "radio", id, name: "derivation-way" } });
      input.checked = each === backwards;
      input.addEventListener("change", () => {
        backwards = each;
        look();
      });
      return [input, element("label", { text: each ? words.sweep : words.steps, attributes: { for: id } })];
    }) : []));
  }

  return {
    element: root.element,
    update({ view }) {
      if (view.kind !== "ready" || view.objective === objective) return;
      const before = objective;
      objective = view.objective;
      const offers = objective.offers ?? [];
      show(root.element, offers.includes("steps") || offers.includes("sweep"));
      if (before?.coordinates.join() !== objective.coordinates.join()) picker.offer(objective.coordinates);
      if (before?.offers?.join() !== offers.join()) offerWays(offers);
      look();
    },
  };
}
