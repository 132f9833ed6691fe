import { formatField, formatShort, parseNumber } from "../format";
import { strings } from "../strings";
import { textField } from "./controls";

export interface NumberField {
  readonly element: HTMLElement;
  set(value: number): void;
}

/** A typed number: what cannot be read, or lies outside, is said below the field and not sent. */
export function numberField(options: {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly testid: string;
  readonly low?: number;
  readonly high?: number;
  readonly whole?: boolean;
  /** What an arrow key adds, or multiplies by where `scale` is log. */
  readonly step?: (value: number, direction: 1 | -1) => number;
  readonly onCommit: (value: number) => void;
}): NumberField {
  const { low = -Infinity, high = Infinity } = options;
  let current = NaN;
  const commit = (value: number): void => {
    field.setProblem(undefined);
    field.set(formatField(value));
    if (value === current) return;
    current = value;
    options.onCommit(value);
  };
  const field = textField({
    label: options.label, hideLabel: options.hideLabel === true, testid: options.testid,
    onCommit(text) {
      const typed = parseNumber(text);
      const value = typed !== undefined && options.whole === true ? Math.round(typed) : typed;
      if (value === undefined) field.setProblem(strings.parameters.notANumber);
      else if (value < low || value > high) field.setProblem(within(low, high));
      else commit(value);
    },
    onArrow(direction) {
      const next = options.step?.(current, direction) ?? current + direction;
      commit(Math.min(Math.max(Number(next.toPrecision(6)), low), high));
    },
  });
  return {
    element: field.element,
    set(value) {
      if (value === current) return;
      current = value;
      field.setProblem(undefined);
      field.set(formatField(value));
    },
  };
}

/** What may be typed, in words. */
function within(low: number, high: number): string {
  const { between, atLeast, positive } = strings.parameters;
  if (high < Infinity) return between(formatShort(low), formatShort(high));
  return low === Number.MIN_VALUE ? positive : atLeast(formatShort(low));
}
