import type { MethodParameter } from "../methods";
import { element } from "../ui/dom";
import { createNumberRow } from "./numberRow";

/** What shows one setting of a method and lets it be changed. */
export interface ParameterRow {
  readonly element: HTMLElement;
  set(value: number): void;
}

export function createParameterRow(parameter: MethodParameter, onChange: (value: number) => void): ParameterRow {
  const { name, label, scale, low, high, least = 0, most = Infinity, whole = false } = parameter;
  const testid = `parameter-${name}`;
  if (scale !== "switch") return createNumberRow({ label, testid, scale, low, high, least, most, whole, onChange });
  const box = element("input", { testid, attributes: { type: "checkbox" } });
  box.addEventListener("change", () => onChange(box.checked ? 1 : 0));
  return {
    element: element("label", { class: "switch-row" }, box, element("span", { text: label })),
    set: (value) => {
      box.checked = value === 1;
    },
  };
}
