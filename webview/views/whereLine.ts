import { strings } from "../strings";
import { element } from "../ui/dom";
import type { MathCell } from "./fitMath";

/** "where s = …, n = 10" as a sentence, which leaves the picture more room than a row each. */
export function whereLine(where: readonly { readonly name: string; readonly value: string }[], cells: MathCell[]): HTMLElement {
  const line = element("p", { class: "formula-where-line" }, element("span", { class: "formula-where-word", text: strings.where }));
  for (const { name, value } of where) {
    const clause = element("span", { class: "formula-clause" });
    cells.push({ element: clause, tex: `${name} = ${value}` });
    line.append(" ", element("span", { class: "formula-where", testid: "formula-where" }, clause));
  }
  return line;
}
