import type { StepSnapshot } from "../../src/shared/questions";
import { ruleName, simplificationName } from "../ruleNames";
import { strings } from "../strings";
import { element } from "../ui/dom";
import type { TreeEntry } from "../ui/tree";
import type { MathCell } from "./fitMath";
import { partialLatex } from "./partialLatex";

const words = strings.derivation;

/** One rule applied, as a line of the outline: its name, what became of what, and of a chain its inner function. */
export function stepEntry(step: StepSnapshot, coordinates: readonly string[], index: number, cells: MathCell[]): TreeEntry {
  const d = partialLatex(coordinates, index);
  /** Each side in a piece of its own: they stand in one line where they fit, otherwise each begins with its sign. */
  const math = (testid: string, ...pieces: string[]): HTMLElement =>
    element("div", { class: "step-equation", testid }, ...pieces.map((tex) => {
      const cell = element("div", { class: "step-math" });
      cells.push({ element: cell, tex });
      return cell;
    }));
  const becomes = (before: string, ...after: string[]): string[] => [`${d}\\left[${before}\\right]`, ...after.map((each) => `= \\nobreak ${each}`)];
  const { simplification, inner, alike = [] } = step;
  const content = element(
    "div", { class: "step", testid: "step" },
    element("span", { class: "step-rule", testid: "step-rule", text: ruleName(step.rule) }),
    math("step-math", ...becomes(step.before, ...(simplification ? [simplification.from] : []), step.after)),
  );
  if (inner) {
    content.append(element(
      "div", { class: "step-note", testid: "step-inner" }, element("span", { class: "caption", text: words.inner }),
      math("step-inner-math", `${inner.name} = ${inner.value}`, `${partialLatex(coordinates, index, inner.name)} = ${inner.derivative}`),
    ));
  }
  if (simplification && simplification.by.length > 0) {
    content.append(element("span", { class: "caption", testid: "step-simplified", text: words.simplified(simplification.by.map(simplificationName).join(", ")) }));
  }
  if (alike.length > 0) {
    content.append(element(
      "div", { class: "step-note", testid: "step-alike" }, element("span", { class: "caption", text: words.alike }),
      element("div", {}, ...alike.map((part) => math("step-alike-math", ...becomes(part.before, part.after)))),
    ));
  }
  return { content, open: step.open, children: step.children.map((child) => stepEntry(child, coordinates, index, cells)) };
}
