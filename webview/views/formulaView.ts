import "katex/dist/katex.css";
import { longestFormula } from "../../src/shared/defaults";
import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import { formatNumber } from "../format";
import { lastFrame } from "../frames";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setAttribute, setText, show } from "../ui/dom";
import type { View } from "./actions";
import { coordinateLatex } from "./coordinateLatex";
import type { MathCell } from "./fitMath";
import { fitRows } from "./fitRows";
import { partialLatex } from "./partialLatex";
import { symbolOf } from "./symbolOf";
import { typeset } from "./typeset";
import { whereLine } from "./whereLine";

const coordinatesShown = 6;
const longestList = 14;
const longestShortList = 22;

export interface FormulaView extends View {
  /** Switches between the formula with its intermediate names and the whole of it; hidden where there is only one of them. */
  readonly inFull: HTMLElement;
}

/** The function and its gradient as mathematics; where there is no closed form, the numbers here and now, and why. */
export function createFormulaView(): FormulaView {
  const rows = element("div", { class: "formula-rows", attributes: { role: "group", "aria-label": strings.formula } });
  const root = element("section", { class: "formula", testid: "formula" }, rows);
  let cells: readonly MathCell[] = [];
  const fit = (): void => {
    fitRows(rows, cells);
    tellOfMore();
  };
  new ResizeObserver(fit).observe(rows);
  // A faded edge says that there is more below; it is scrolled to by keyboard too.
  const tellOfMore = (): void => {
    rows.classList.toggle("more-below", rows.scrollTop + rows.clientHeight < rows.scrollHeight - leastHidden);
    if (rows.scrollHeight > rows.clientHeight + leastHidden) rows.setAttribute("tabindex", "0");
    else rows.removeAttribute("tabindex");
  };
  rows.addEventListener("scroll", tellOfMore, { passive: true });
  let shown: ObjectiveSnapshot | undefined;
  let numbers: Numbers | undefined;
  const inFull = element("button", {
    class: "badge", testid: "in-full", text: strings.inFull, attributes: { type: "button", "aria-pressed": "false", title: strings.inFullHint },
  });
  inFull.addEventListener("click", () => {
    setAttribute(inFull, "aria-pressed", String(!isFull()));
    write();
  });
  const isFull = (): boolean => inFull.getAttribute("aria-pressed") === "true";

  function write(): void {
    if (!shown) return;
    const formula = formulaRows(shown, isFull());
    cells = formula.cells;
    rows.replaceChildren(...(numbers?.nodes ?? formula.nodes));
    fit();
  }

  return {
    element: root,
    inFull,
    update(state) {
      if (state.view.kind !== "ready") return;
      const { objective } = state.view;
      if (objective !== shown) {
        shown = objective;
        numbers = objective.formula ? undefined : gradientNumbers(objective);
        const { setOut, value } = objective.formula ?? {};
        show(inFull, setOut !== undefined && setOut.value !== value);
        write();
      }
      numbers?.update(state);
    },
  };
}

function formulaRows({ name, coordinates, formula: both }: ObjectiveSnapshot, full: boolean): { nodes: HTMLElement[]; cells: MathCell[] } {
  if (!both) return { nodes: [], cells: [] };
  const formula = full ? both : (both.setOut ?? both);
  const where = (full ? undefined : both.setOut?.where) ?? [];
  const symbol = symbolOf(name);
  const variables = coordinates.map(coordinateLatex);
  const few = variables.length <= coordinatesShown;
  const named = few ? variables : [...variables.slice(0, 2), "\\dots", variables.at(-1) ?? ""];
  const written = few ? coordinates : [...coordinates.slice(0, 2), coordinates.at(-1) ?? ""];
  const list = named.join(", ");
  const listed = written.join(", ").length <= (few ? longestList : longestShortList);
  const cells: MathCell[] = [];
  const lines = [
    // Long names are in the rows below; here they would leave the right side no room.
    row(listed ? `${symbol}(${list})` : symbol, formula.value, "formula-value", cells),
    ...formula.gradient.slice(0, coordinatesShown).map((part, index) => row(partialLatex(coordinates, index, symbol), part, "formula-partial", cells)),
  ];
  if (!few) lines.push(element("p", { class: "formula-more", text: strings.moreCoordinates(variables.length - coordinatesShown) }));
  // Beneath what mentions them: one reads on with what they stand for.
  if (where.length > 0) lines.push(...(isShort(where) ? [whereLine(where, cells)] : [
    element("p", { class: "formula-more formula-where-head", text: strings.where }),
    ...where.map((definition) => row(definition.name, definition.value, "formula-where", cells)),
  ]));
  return { nodes: lines, cells };
}

type Where = NonNullable<NonNullable<ObjectiveSnapshot["formula"]>["setOut"]>["where"];

/** In pixels: less than a line is the room that typeset mathematics takes beyond its ink. */
const leastHidden = 14;

/** In characters of TeX: about what fits beside "where". */
const shortWhere = 110;

const isShort = (where: Where): boolean => where.reduce((length, { name, value }) => length + name.length + value.length, 0) <= shortWhere;

/** Left side and right side are typeset apart: they line up at the sign, and a long right side breaks its lines. */
function row(left: string, right: string, testid: string, cells: MathCell[]): HTMLElement {
  const leftCell = element("span", { class: "formula-left" });
  const rightCell = element("span", { class: "formula-right" });
  typeset(leftCell, `${left} =`, true);
  if (right.length <= longestFormula) cells.push({ element: rightCell, tex: right });
  else setText(rightCell, strings.formulaTooLong);
  return element("div", { class: "formula-row", testid }, leftCell, rightCell);
}

interface Numbers {
  readonly nodes: readonly HTMLElement[];
  update(state: State): void;
}

function gradientNumbers({ name, dimension, noFormula, atStart }: ObjectiveSnapshot): Numbers {
  const symbol = symbolOf(name);
  const value = element("span", { class: "formula-right number", testid: "formula-value-number" });
  const components = Array.from({ length: Math.min(dimension, coordinatesShown) }, () =>
    element("span", { class: "component", testid: "formula-gradient-number" }));
  const vector = element("span", { class: "formula-right number" });
  components.forEach((component, index) => vector.append(index === 0 ? "(" : ", ", component));
  vector.append(dimension > components.length ? ", …)" : ")");
  return {
    nodes: [
      numberRow(`${symbol} =`, value),
      numberRow(`\\nabla ${symbol} =`, vector),
      ...(noFormula === undefined ? [] : [element("p", { class: "formula-reason", text: noFormula, testid: "no-formula" })]),
    ],
    update({ view, player }) {
      if (view.kind !== "ready") return;
      const { run } = view;
      const at = Math.min(player.cursor, run ? lastFrame(run) : 0);
      setText(value, formatNumber((run ? run.values[at] : atStart.value) ?? NaN));
      components.forEach((component, index) => {
        const part = run ? run.gradients[at * dimension + index] : atStart.gradient[index];
        setText(component, formatNumber(part ?? NaN));
      });
    },
  };
}

function numberRow(left: string, right: HTMLElement): HTMLElement {
  const leftCell = element("span", { class: "formula-left" });
  typeset(leftCell, left, true);
  return element("div", { class: "formula-row" }, leftCell, right);
}
