import type { SweepLineSnapshot } from "../../src/shared/questions";
import { strings } from "../strings";
import { element } from "../ui/dom";
import type { Actions } from "./actions";
import type { MathCell } from "./fitMath";

const words = strings.derivation;
const deepest = 6;

export interface SweepList {
  readonly element: HTMLElement;
  /** Returns the mathematics in it, to be fitted once it is on screen. */
  set(lines: readonly SweepLineSnapshot[]): MathCell[];
}

/** The reverse sweep in the order in which it happens: from the last line of the program to the first, each a way to its place. */
export function createSweepList(actions: Actions): SweepList {
  const list = element("ol", { class: "sweep", testid: "sweep", attributes: { "aria-label": words.sweep } });
  return {
    element: list,
    set(lines) {
      const cells: MathCell[] = [];
      list.replaceChildren(...lines.map(({ line, source, depth, opens, updates }) => {
        const go = element("button", {
          class: "link sweep-line", testid: "sweep-line", text: words.line(line + 1), attributes: { type: "button", "aria-label": words.goToLine(line + 1) },
        });
        go.addEventListener("click", () => actions.reveal({ start: { line, character: 0 }, end: { line, character: 0 } }));
        const maths = updates.map((tex) => {
          const cell = element("div", { class: "step-math", testid: "sweep-update" });
          cells.push({ element: cell, tex });
          return cell;
        });
        const said = opens === undefined ? [] : [element("span", { class: "caption", text: words.opens[opens] })];
        return element(
          "li", { attributes: { "data-depth": String(Math.min(depth, deepest)) } },
          element("div", { class: "sweep-head" }, element("code", { text: source, attributes: { title: source } }), go), ...said, ...maths,
        );
      }));
      return cells;
    },
  };
}
