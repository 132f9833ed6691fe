import type { ChartOptions, Scale } from "chart.js";
import { formatShort, formatTick } from "../../format";
import { css } from "../colour";
import type { ChartTheme } from "../theme";

/** Options of one axis, as all our plots take them. */
export type AxisOptions = NonNullable<NonNullable<ChartOptions<"series">["scales"]>[string]>;

export interface AxisDescription {
  readonly type: "linear" | "logarithmic";
  readonly min: number;
  readonly max: number;
  readonly theme: ChartTheme;
  readonly grid: boolean;
  /** Ticks at whole numbers only. */
  readonly whole?: boolean;
  readonly hideTicks?: boolean;
  /** A tick for each of these, with what it is called: where places have names rather than numbers. */
  readonly named?: readonly { readonly value: number; readonly text: string }[];
}

/** Width and height are fixed in ems, so that the picture keeps its place while its labels change; long labels get more, by steps. */
const verticalAxisEms = 4.6;
const verticalAxisStepEms = 1.5;
const horizontalAxisEms = 2.8;

function axis(description: AxisDescription): AxisOptions {
  const { theme, min, max } = description;
  const font = { family: theme.fontFamily, size: theme.fontSize * 0.88 };
  const ink = css(theme.muted);
  return {
    type: description.type, min, max,
    border: { color: css(theme.highContrast ? theme.foreground : theme.grid), display: true },
    grid: { display: description.grid, color: css(theme.grid), drawTicks: false },
    ticks: {
      display: description.hideTicks !== true,
      color: ink, font, padding: 5, maxRotation: 0, includeBounds: false, maxTicksLimit: 7,
      ...(description.whole === true ? { precision: 0 } : {}),
      ...(description.named ? { autoSkip: false } : {}),
      callback: (value, index, ticks) => description.named?.[index]?.text ?? tickText(Number(value), ticks.map((tick) => tick.value), description.type),
    },
    ...(description.named ? namedTicks(description.named) : {}),
  };
}

function namedTicks(named: NonNullable<AxisDescription["named"]>): Pick<AxisOptions, "afterBuildTicks"> {
  return { afterBuildTicks: (scale: Scale) => void (scale.ticks = named.map(({ value }) => ({ value }))) };
}

export function horizontal(description: AxisDescription): AxisOptions {
  const height = description.theme.fontSize * (description.hideTicks === true ? 0.6 : horizontalAxisEms);
  return { ...axis(description), position: "bottom", afterFit: (scale: Scale) => void (scale.height = height) };
}

export function vertical(description: AxisDescription): AxisOptions {
  const em = description.theme.fontSize;
  const widthFor = (needed: number): number => {
    const steps = Math.max(0, Math.ceil((needed / em - verticalAxisEms) / verticalAxisStepEms));
    return (verticalAxisEms + steps * verticalAxisStepEms) * em;
  };
  return { ...axis(description), position: "left", afterFit: (scale: Scale) => void (scale.width = widthFor(scale.width)) };
}

/** 2 or 5 times a power of ten. */
function isRound(value: number): boolean {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return Math.abs(mantissa - 2) < 1e-6 || Math.abs(mantissa - 5) < 1e-6;
}

function tickText(value: number, values: readonly number[], type: AxisDescription["type"]): string | null {
  if (type === "logarithmic") {
    // Decades only, and not every one where there are many; in one decade the numbers between.
    const exponent = Math.log10(value);
    const decades = Math.log10(Math.max(...values) / Math.min(...values));
    const whole = Math.abs(exponent - Math.round(exponent)) < 1e-9;
    if (!whole) return decades <= 1.2 && isRound(value) ? formatShort(value, 2) : null;
    const every = Math.max(1, Math.ceil(decades / 5));
    if (Math.round(exponent) % every !== 0) return null;
    return Math.abs(exponent) <= 3.5 ? String(Number(value.toPrecision(1))) : `1e${Math.round(exponent)}`.replace("-", "−");
  }
  const step = Math.abs((values[1] ?? value) - (values[0] ?? 0)) || 1;
  return formatTick(value, step);
}
