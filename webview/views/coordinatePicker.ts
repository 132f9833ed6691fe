import { dropdown } from "../ui/controls";
import { element, show, uniqueId } from "../ui/dom";
import { partialInLine } from "./partialLatex";
import { typeset } from "./typeset";

/** More than these do not stand in a row. */
const mostSegments = 6;
/** Nobody reads through a longer list, and of the weights of a network it would take the panel a minute to make one. */
const mostChoices = 200;

export interface CoordinatePicker {
  readonly element: HTMLElement;
  readonly value: number;
  /** Of another function: begins with its first coordinate. Of one unknown there is nothing to choose. */
  offer(coordinates: readonly string[]): void;
}

/** By which unknown: ∂/∂w, ∂/∂b side by side where they are few, otherwise a list of their names, or of the first ones. */
export function coordinatePicker(options: { readonly label: string; readonly testid: string; readonly onChange: () => void }): CoordinatePicker {
  const root = element("div", { class: "coordinate-picker" });
  let value = 0;
  const choose = (index: number): void => {
    value = index;
    options.onChange();
  };

  function segments(coordinates: readonly string[]): HTMLElement {
    const group = uniqueId(options.testid);
    const row = element("div", { class: "segments", testid: options.testid, attributes: { role: "radiogroup", "aria-label": options.label } });
    coordinates.forEach((name, index) => {
      const id = `${group}-${index}`;
      const input = element("input", { class: "visually-hidden", testid: `${options.testid}-${index}`, attributes: { type: "radio", id, name: group, "aria-label": name } });
      input.checked = index === value;
      input.addEventListener("change", () => choose(index));
      const label = element("label", { attributes: { for: id } });
      typeset(label, partialInLine(coordinates, index), false);
      row.append(input, label);
    });
    return row;
  }

  return {
    element: root,
    get value() {
      return value;
    },
    offer(coordinates) {
      value = 0;
      show(root, coordinates.length > 1);
      root.replaceChildren(coordinates.length <= mostSegments ? segments(coordinates) : dropdown({
        label: options.label, hideLabel: true, testid: options.testid,
        choices: coordinates.slice(0, mostChoices).map((name, index) => ({ value: String(index), text: name })),
        onChange: (index) => choose(Number(index)),
      }).element);
    },
  };
}
