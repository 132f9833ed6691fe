import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import type { QuotientsSnapshot } from "../../src/shared/questions";
import { formatNumber, formatShort } from "../format";
import { inquiry } from "../inquiry";
import { strings } from "../strings";
import { pointNow } from "../store";
import type { State } from "../store";
import { element, setAttribute, setText, show } from "../ui/dom";
import { fold } from "../ui/fold";
import type { Actions, View } from "./actions";
import { coordinateLatex } from "./coordinateLatex";
import { coordinatePicker } from "./coordinatePicker";
import { fitMath } from "./fitMath";
import { partialLatex } from "./partialLatex";
import { symbolOf } from "./symbolOf";

const words = strings.limit;
/** Milliseconds the point must have rested: a dragged start passes through hundreds. */
const rest = 150;
const pointShown = 3;

/** The definition of the derivative, with numbers: the difference quotient at the current point for smaller and smaller steps. */
export function createLimitView(actions: Actions): View {
  const picker = coordinatePicker({ label: words.by, testid: "limit-by", onChange: () => look() });
  const definition = element("div", { class: "step-math", testid: "limit-definition" });
  const expanded = element("div", { class: "step-math", testid: "limit-expanded" });
  const where = element("p", { class: "caption", testid: "limit-where" });
  const rows = element("tbody");
  const limit = element("td", { class: "number", testid: "limit-value" });
  const head = (text: string): HTMLElement => element("th", { text, attributes: { scope: "col" } });
  const table = element(
    "table", { class: "quotients", testid: "limit-table" },
    element("thead", {}, element("tr", {}, head("h"), head(words.quotient), head(words.error))),
    rows,
    element("tfoot", {}, element("tr", {}, element("th", { text: "h → 0", attributes: { scope: "row" } }), limit, element("td"))),
  );
  const more = element("button", { class: "link", testid: "limit-more", text: words.more, attributes: { type: "button" } });
  more.addEventListener("click", () => {
    whole = true;
    reveal();
    rows.querySelector<HTMLElement>("tr:last-child button")?.focus();
  });
  const hint = element("p", { class: "caption", text: words.secant });
  const problem = element("p", { class: "quiet", testid: "limit-problem" });
  const body = element("div", { class: "fold-body" }, picker.element, definition, expanded, where, table, more, hint, problem);
  const root = fold({ title: words.title, testid: "limit", onToggle(open) {
    if (open) {
      if (latest) point = pointNow(latest);
      look();
    } else {
      told.drop();
      actions.setSecant(null);
    }
  } }, body);

  let objective: ObjectiveSnapshot | undefined;
  let point: readonly number[] = [];
  let latest: State | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: string | undefined;
  /** The step whose secant is drawn. */
  let chosen: number | undefined;
  /** Steps so small that rounding spoils the quotient are shown on request. */
  let whole = false;
  let telling = 0;

  const cells = (): { element: HTMLElement; tex: string }[] => [definition, expanded].filter((cell) => !cell.hidden).map((cell) => ({ element: cell, tex: cell.dataset["source"] ?? "" }));
  const fit = (): void => { if (root.isOpen) fitMath(cells()); };
  new ResizeObserver(fit).observe(body);

  const told = inquiry<{ answer: QuotientsSnapshot; x: readonly number[]; coordinate: number }>(({ answer, x, coordinate }) => {
    if (!objective) return;
    const { coordinates, name, dimension } = objective;
    setText(problem, answer.sides ? words.sides(formatShort(answer.sides.left), formatShort(answer.sides.right), formatShort(answer.limit)) : "");
    definition.dataset["source"] = definitionLatex(symbolOf(name), coordinates, coordinate);
    expanded.dataset["source"] = answer.definition === undefined ? "" : `= \\nobreak \\lim_{h \\to 0} ${answer.definition}`;
    show(expanded, answer.definition !== undefined);
    const named = coordinates.slice(0, pointShown).map((each, i) => `${each} = ${formatShort(x[i] ?? NaN)}`).join(", ");
    setText(where, words.where(coordinates.length > pointShown ? `${named}, …` : named));
    setText(limit, answer.sides ? "—" : formatNumber(answer.limit));
    show(hint, dimension === 1);
    const focused = rows.contains(document.activeElement);
    rows.replaceChildren(...answer.rows.map(({ h, quotient, error }) => {
      const step = dimension === 1 ? element("button", { class: "link number", testid: "limit-step", text: formatShort(h), attributes: { type: "button", "aria-label": words.secantOf(formatShort(h)) } })
        : element("span", { class: "number", text: formatShort(h) });
      const line = element(
        "tr", { testid: "limit-row" }, element("th", { attributes: { scope: "row" } }, step),
        element("td", { class: "number", text: formatNumber(quotient) }), element("td", { class: "number", text: formatShort(error, 2) }),
      );
      const draw = (): void => {
        chosen = h;
        mark();
        actions.setSecant({ x: x[0] ?? NaN, value: answer.value, h, quotient });
      };
      line.dataset["h"] = String(h);
      if (dimension === 1) step.addEventListener("click", draw);
      if (dimension === 1 && h === chosen) {
        draw();
        if (focused) step.focus();
      }
      return line;
    }));
    const first = answer.rows[0];
    if (dimension === 1 && first && !answer.rows.some(({ h }) => h === chosen)) {
      chosen = first.h;
      actions.setSecant({ x: x[0] ?? NaN, value: answer.value, h: first.h, quotient: first.quotient });
    }
    telling = tellingRows(answer.rows);
    reveal();
    mark();
    fit();
  }, (message) => setText(problem, strings.requestFailed(message)));

  function reveal(): void {
    [...rows.children].forEach((line, i) => { if (line instanceof HTMLElement) show(line, whole || i < telling); });
    show(more, !whole && rows.children.length > telling);
  }

  function mark(): void {
    for (const line of rows.children) {
      const here = line instanceof HTMLElement && Number(line.dataset["h"]) === chosen && objective?.dimension === 1;
      line.classList.toggle("chosen", here);
      const step = line.querySelector("button");
      if (step) setAttribute(step, "aria-pressed", String(here));
    }
  }

  function look(): void {
    if (!objective || !root.isOpen) return;
    const { id } = objective;
    const [coordinate, x] = [picker.value, [...point]];
    told.want(`${id} ${coordinate} ${x.join()}`, async (signal) =>
      ({ answer: await actions.ask("quotients", { objective: id, coordinate, x }, signal), x, coordinate }));
  }

  return {
    element: root.element,
    update(state: State) {
      const { view, player } = state;
      latest = state;
      if (view.kind !== "ready") return;
      const before = objective;
      objective = view.objective;
      const isNew = before !== objective;
      if (isNew) {
        show(root.element, objective.offers?.includes("quotients") === true);
        if (before?.coordinates.join() !== objective.coordinates.join()) picker.offer(objective.coordinates);
      }
      // A run that is played is waited for, but not with the quotients of another function before one's eyes.
      if (!root.isOpen || (player.playing && !isNew) || !objective.offers?.includes("quotients")) return;
      const now = pointNow(state);
      const key = `${objective.id} ${now.join()}`;
      if (key === shown) return;
      shown = key;
      point = now;
      clearTimeout(timer);
      if (isNew) look();
      else timer = setTimeout(look, rest);
    },
  };
}

/** Up to the step that comes closest, and one more. */
function tellingRows(rows: QuotientsSnapshot["rows"]): number {
  let best = 0;
  rows.forEach(({ error }, i) => { if (error < (rows[best]?.error ?? Infinity)) best = i; });
  return Math.min(rows.length, best + 2);
}

function definitionLatex(symbol: string, coordinates: readonly string[], index: number): string {
  const names = coordinates.length <= pointShown ? coordinates.map(coordinateLatex) : undefined;
  const [here, moved] = names
    ? [names.join(", "), names.map((name, i) => (i === index ? `${name} + h` : name)).join(", ")]
    : ["\\mathbf{x}", `\\mathbf{x} + h\\,\\mathbf{e}_{${index + 1}}`];
  return `${partialLatex(coordinates, index, symbol)} = \\lim_{h \\to 0} \\frac{${symbol}(${moved}) - ${symbol}(${here})}{h}`;
}
