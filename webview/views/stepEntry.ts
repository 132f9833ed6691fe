import type { StepSnapshot } from "../../src/shared/questions";
import { ruleName } from "../ruleNames";
import { strings } from "../strings";
import { element } from "../ui/dom";
import type { TreeEntry } from "../ui/tree";
import type { MathCell } from "./fitMath";
import { partialLatex } from "./partialLatex";

const words = strings.derivation;

/** One rule applied, as a line of the outline: its name, what became of what, and of a chain its inner function. */
export function stepEntry(step: StepSnapshot, coordinates: readonly string[], index: number, cells: MathCell[]): TreeEntry {
  const d = partialLatex(coordinates, index);
  const math = (tex: string, testid: string): HTMLElement => {
    const cell = element("div", { class: "step-math", testid });
    cells.push({ element: cell, tex });
    return cell;
  };
  const becomes = (before: string, ...after: string[]): string => [`${d}\\left[${before}\\right]`, ...after].join(" = ");
  const { simplification, inner, alike = [] } = step;
  const content = element(
    "div", { class: "step", testid: "step" },
    element("span", { class: "step-rule", testid: "step-rule", text: ruleName(step.rule) }),
    math(becomes(step.before, ...(simplification ? [simplification.from] : []), step.after), "step-math"),
  );
  if (inner) {
    content.append(element(
      "div", { class: "step-note", testid: "step-inner" }, element("span", { class: "caption", text: words.inner }),
      math(`${inner.name} = ${inner.value},\\quad ${partialLatex(coordinates, index, inner.name)} = ${inner.derivative}`, "step-inner-math"),
    ));
  }
  if (simplification && simplification.by.length > 0) {
    content.append(element("span", { class: "caption", testid: "step-simplified", text: words.simplified(simplification.by.map(ruleName).join(", ")) }));
  }
  if (alike.length > 0) {
    content.append(element(
      "div", { class: "step-note", testid: "step-alike" }, element("span", { class: "caption", text: words.alike }),
      ...alike.map((part) => math(becomes(part.before, part.after), "step-alike-math")),
    ));
  }
  return { content, open: step.open, children: step.children.map((child) => stepEntry(child, coordinates, index, cells)) };
}
