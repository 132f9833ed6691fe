import { formatField, formatShort, parseNumber } from "../format";
import { strings } from "../strings";
import { textField } from "./controls";

export interface OptionalNumberField {
  readonly element: HTMLElement;
  /** Undefined: the field is empty. */
  set(value: number | undefined): void;
  setLabel(label: string): void;
}

/** A number that need not be there: an empty field is an answer too. */
export function optionalNumberField(options: {
  readonly label: string;
  readonly testid: string;
  readonly low?: number;
  readonly onCommit: (value: number | undefined) => void;
}): OptionalNumberField {
  const { low = -Infinity } = options;
  let current: number | undefined;
  const commit = (value: number | undefined): void => {
    field.setProblem(undefined);
    field.set(value === undefined ? "" : formatField(value));
    if (value === current) return;
    current = value;
    options.onCommit(value);
  };
  const field = textField({
    label: options.label, testid: options.testid, placeholder: strings.descent.stopping.never,
    onCommit(text) {
      const typed = parseNumber(text);
      if (text.trim() === "") commit(undefined);
      else if (typed === undefined) field.setProblem(strings.parameters.notANumber);
      else if (typed < low) field.setProblem(strings.parameters.atLeast(formatShort(low)));
      else commit(typed);
    },
  });
  return {
    element: field.element,
    setLabel: (label) => field.setLabel(label),
    set(value) {
      if (value === current) return;
      current = value;
      field.setProblem(undefined);
      field.set(value === undefined ? "" : formatField(value));
    },
  };
}
