import type { MethodId } from "../../../src/core/optimize/types";
import { methods } from "../../methods";
import { strings } from "../../strings";
import { element, setAttribute, setText, uniqueId } from "../../ui/dom";

const words = strings.experiments.race;

/** No more can be told apart. */
export const mostEntrants = 6;

export interface MethodChoice {
  readonly element: HTMLElement;
  readonly chosen: readonly MethodId[];
  set(chosen: readonly MethodId[]): void;
}

/** Which methods are to race: a line with their names, behind which all stand to be ticked. */
export function createMethodChoice(onChange: () => void): MethodChoice {
  let chosen: readonly MethodId[] = [];
  const names = element("span", { class: "method-names" });
  const boxes = methods.map(({ id, text, group }) => {
    const box = element("input", { testid: `race-method-${id}`, attributes: { type: "checkbox", id: uniqueId("race-method") } });
    box.addEventListener("change", () => {
      // Not disabled: whoever goes through them by keyboard should learn that they are there.
      if (box.checked && chosen.length >= mostEntrants) box.checked = false;
      else chosen = methods.map((each) => each.id).filter((each) => (each === id ? box.checked : chosen.includes(each)));
      draw();
      onChange();
    });
    return { id, group, box, element: element("div", { class: "method-box" }, box, element("label", { text, attributes: { for: box.id } })) };
  });
  const groups = (["rule", "searching"] as const).map((group) => element(
    "fieldset", { class: "method-group" }, element("legend", { class: "caption", text: strings.methods.groups[group] }),
    ...boxes.filter((each) => each.group === group).map((each) => each.element),
  ));
  const root = element(
    "details", { class: "method-choice", testid: "race-methods" },
    element("summary", {}, element("span", { class: "label", text: `${words.entrants}: ` }), names),
    ...groups, element("p", { class: "caption", text: words.most(mostEntrants) }),
  );

  function draw(): void {
    for (const { id, box } of boxes) {
      box.checked = chosen.includes(id);
      setAttribute(box, "aria-disabled", String(!box.checked && chosen.length >= mostEntrants));
    }
    setText(names, chosen.length === 0 ? words.none : methods.filter(({ id }) => chosen.includes(id)).map(({ text }) => text).join(", "));
  }

  return {
    element: root,
    get chosen() {
      return chosen;
    },
    set(next) {
      chosen = next;
      draw();
    },
  };
}
