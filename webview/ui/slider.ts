import { element, setAttribute, uniqueId } from "./dom";

/** How positions of the thumb become values. `towardsOne` has its fine end at one, as β₂ wants. */
export type SliderScale = "linear" | "log" | "towardsOne";

export interface Slider {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly set: (value: number) => void;
  readonly setRange: (low: number, high: number) => void;
}

export interface SliderOptions {
  readonly label: string;
  readonly testid: string;
  readonly scale: SliderScale;
  readonly low: number;
  readonly high: number;
  /** Positions from end to end; absent: one a whole number. */
  readonly steps?: number;
  readonly text: (value: number) => string;
  readonly onInput: (value: number) => void;
  /** The thumb was let go. */
  readonly onChange?: (value: number) => void;
}

const forward: Record<SliderScale, (value: number) => number> = {
  linear: (value) => value,
  log: (value) => Math.log10(value),
  towardsOne: (value) => -Math.log10(1 - value),
};

const backward: Record<SliderScale, (position: number) => number> = {
  linear: (position) => position,
  log: (position) => 10 ** position,
  towardsOne: (position) => 1 - 10 ** -position,
};

/** A native range: keyboard, touch and screen readers come with it. Positions are in the scale's own units. */
export function slider(options: SliderOptions): Slider {
  const { scale } = options;
  const id = uniqueId("slider");
  const input = element("input", {
    testid: options.testid, class: "slider",
    attributes: { type: "range", id, "aria-label": options.label },
  });
  const setRange = (low: number, high: number): void => {
    const [from, to] = [forward[scale](low), forward[scale](high)];
    setAttribute(input, "min", String(from));
    setAttribute(input, "max", String(to));
    setAttribute(input, "step", options.steps === undefined ? "1" : String((to - from) / options.steps));
  };
  const fill = (): void => {
    const [low, high] = [Number(input.min), Number(input.max)];
    const share = high > low ? (Number(input.value) - low) / (high - low) : 0;
    input.style.setProperty("--share", `${Math.round(share * 1000) / 10}%`);
  };
  const valueNow = (): number => rounded(backward[scale](Number(input.value)), scale);
  input.addEventListener("input", () => {
    setAttribute(input, "aria-valuetext", options.text(valueNow()));
    fill();
    options.onInput(valueNow());
  });
  input.addEventListener("change", () => options.onChange?.(valueNow()));
  setRange(options.low, options.high);
  return {
    element: input,
    input,
    setRange(low, high) {
      setRange(low, high);
      fill();
    },
    set(value) {
      const position = String(forward[scale](value));
      if (input.value !== position) input.value = position;
      setAttribute(input, "aria-valuetext", options.text(value));
      fill();
    },
  };
}

/** A value got by dragging is a round one: nobody aims at 0.0316227766. */
function rounded(value: number, scale: SliderScale): number {
  if (scale === "towardsOne") return Number((1 - Number((1 - value).toPrecision(2))).toPrecision(6));
  return Number(value.toPrecision(scale === "log" ? 2 : 4));
}
