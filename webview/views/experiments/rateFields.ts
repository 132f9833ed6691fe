import type { RateRange } from "../../../src/shared/experiments";
import { strings } from "../../strings";
import { element } from "../../ui/dom";
import { numberField } from "../../ui/numberField";

const words = strings.experiments;

export interface RateFields {
  readonly element: HTMLElement;
  readonly range: RateRange;
  /** Two orders of magnitude around a rate that suits, rather than all that anybody might try. */
  around(rate: number): void;
}

/** From which learning rate to which, and how many. What makes no range is set right as soon as it is typed. */
export function createRateFields(prefix: string, onChange: () => void): RateFields {
  const range = { from: 1e-5, to: 10, count: 13 };
  const byDecades = (value: number, way: 1 | -1): number => value * 10 ** (way / 2);
  const from = numberField({
    label: words.from, testid: `${prefix}-from`, low: Number.MIN_VALUE, step: byDecades,
    onCommit(value) {
      range.from = value;
      if (range.to < value) to.set((range.to = value));
      onChange();
    },
  });
  const to = numberField({
    label: words.to, testid: `${prefix}-to`, low: Number.MIN_VALUE, step: byDecades,
    onCommit(value) {
      range.to = value;
      if (range.from > value) from.set((range.from = value));
      onChange();
    },
  });
  const count = numberField({
    label: words.count, testid: `${prefix}-count`, low: 2, high: 100, whole: true,
    onCommit(value) {
      range.count = value;
      onChange();
    },
  });
  from.set(range.from);
  to.set(range.to);
  count.set(range.count);
  return {
    element: element("div", { class: "triple" }, from.element, to.element, count.element),
    range,
    around(rate) {
      const decade = Math.round(Math.log10(rate));
      from.set((range.from = Number(`1e${decade - 2}`)));
      to.set((range.to = Number(`1e${decade + 2}`)));
    },
  };
}
