import { formatShort } from "../format";
import { element } from "../ui/dom";
import { numberField } from "../ui/numberField";
import { slider } from "../ui/slider";
import type { SliderScale } from "../ui/slider";

export interface NumberRow {
  readonly element: HTMLElement;
  set(value: number): void;
}

/** A slider for the hand and a field for the exact value. What is typed may lie beyond the slider's ends. */
export function createNumberRow(options: {
  readonly label: string;
  readonly testid: string;
  readonly scale: SliderScale;
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
  /** Stands at the end of the label's line. */
  readonly aside?: HTMLElement;
  readonly onChange: (value: number) => void;
}): NumberRow {
  const { label, testid, scale, low, high, whole = false } = options;
  const range = slider({
    label, testid: `${testid}-slider`, scale, low, high, ...(whole ? {} : { steps: 240 }),
    text: (value) => formatShort(value),
    onInput: (value) => {
      field.set(value);
      options.onChange(value);
    },
  });
  const field = numberField({
    label, hideLabel: true, testid, low: options.least, ...(options.most === undefined ? {} : { high: options.most }), whole,
    step: (value, way) => (whole ? value + way : scale === "log" ? value * 10 ** (way / 10) : value + way * 0.01),
    onCommit: (value) => {
      range.set(within(value));
      options.onChange(value);
    },
  });
  const head = element("div", { class: "number-head" }, element("span", { class: "label", text: label }));
  if (options.aside) head.append(options.aside);
  const within = (value: number): number => Math.min(Math.max(value, low), high);
  return {
    element: element("div", { class: "number-row" }, head, range.element, field.element),
    set(value) {
      field.set(value);
      // Under the hand the thumb stays where the hand is: the value it makes is a rounded one.
      if (document.activeElement !== range.input) range.set(within(value));
    },
  };
}
