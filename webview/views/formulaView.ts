import "katex/dist/katex.css";
import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import { formatNumber } from "../format";
import { strings } from "../strings";
import type { State } from "../store";
import { element } from "../ui/dom";
import type { View } from "./actions";
import { coordinateLatex } from "./coordinateLatex";
import { typeset } from "./typeset";

const coordinatesShown = 6;

/** The function and its gradient as mathematics; where there is no closed form, the numbers here and now, and why. */
export function createFormulaView(): View {
  const rows = element("div", { class: "formula-rows", attributes: { role: "group", "aria-label": strings.formula, tabindex: "0" } });
  const root = element("section", { class: "formula", testid: "formula" }, rows);
  let shown: ObjectiveSnapshot | undefined;
  let numbers: { element: HTMLElement; update(state: State): void } | undefined;
  return {
    element: root,
    update(state) {
      if (state.view.kind !== "ready") return;
      const { objective } = state.view;
      if (objective !== shown) {
        shown = objective;
        numbers = objective.formula ? undefined : gradientNumbers(objective);
        rows.replaceChildren(...(numbers ? [numbers.element] : formulaRows(objective)));
      }
      numbers?.update(state);
    },
  };
}

function formulaRows({ name, coordinates, formula }: ObjectiveSnapshot): HTMLElement[] {
  if (!formula) return [];
  const symbol = coordinateLatex(name === "" ? "f" : name);
  const variables = coordinates.map(coordinateLatex);
  const few = variables.length <= coordinatesShown;
  const list = few ? variables.join(", ") : `${variables.slice(0, 2).join(", ")}, \\dots, ${variables.at(-1) ?? ""}`;
  const partial = (variable: string): string =>
    variables.length === 1 ? `\\frac{d${symbol}}{d${variable}}` : `\\frac{\\partial ${symbol}}{\\partial ${variable}}`;
  const lines = [
    row(`${symbol}(${list})`, formula.value, "formula-value"),
    ...formula.gradient.slice(0, coordinatesShown).map((part, index) => row(partial(variables[index] ?? ""), part, "formula-partial")),
  ];
  if (!few) lines.push(element("p", { class: "formula-more", text: strings.moreCoordinates(variables.length - coordinatesShown) }));
  return lines;
}

/** Left side and right side are typeset apart: they line up at the sign, and a long right side breaks its lines. */
function row(left: string, right: string, testid: string): HTMLElement {
  const leftCell = element("span", { class: "formula-left" });
  const rightCell = element("span", { class: "formula-right" });
  typeset(leftCell, `${left} =`, true);
  typeset(rightCell, right, true);
  return element("div", { class: "formula-row", testid }, leftCell, rightCell);
}

function gradientNumbers(objective: ObjectiveSnapshot): { element: HTMLElement; update(state: State): void } {
  const values = objective.coordinates.slice(0, coordinatesShown).map((coordinate) => {
    const left = element("span", { class: "formula-left" });
    typeset(left, `\\frac{\\partial ${coordinateLatex(objective.name || "f")}}{\\partial ${coordinateLatex(coordinate)}} =`, true);
    const right = element("span", { class: "formula-right number" });
    return { right, line: element("div", { class: "formula-row", testid: "formula-number" }, left, right) };
  });
  const rest = objective.dimension - values.length;
  return {
    element: element(
      "div", { class: "formula-numbers" },
      element("p", { class: "label", text: strings.noFormulaGradient }),
      ...values.map(({ line }) => line),
      ...(rest > 0 ? [element("p", { class: "formula-more", text: strings.moreCoordinates(rest) })] : []),
      ...(objective.noFormula === undefined ? [] : [element("p", { class: "formula-reason", text: objective.noFormula, testid: "no-formula" })]),
    ),
    update({ view, player }) {
      if (view.kind !== "ready") return;
      const { run } = view;
      values.forEach(({ right }, index) => {
        const value = run ? run.gradients[player.cursor * run.dimension + index] : objective.atStart.gradient[index];
        right.textContent = formatNumber(value ?? NaN);
      });
    },
  };
}
