/**
 * Numbers as the panel prints them: a true minus sign, as many digits as mean something, and one shape for one
 * magnitude, so that figures in a column keep their places while the run is played.
 */
export function formatNumber(value: number, digits = 7): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return (0).toFixed(digits - 1);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const text = magnitude < -4 || magnitude >= digits
    ? value.toExponential(digits - 3)
    : value.toFixed(Math.max(0, digits - 1 - Math.max(0, magnitude)));
  return withMinus(text);
}

/** As short as `digits` significant digits allow: for labels, captions and fields. */
export function formatShort(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const plain = magnitude >= -4 && magnitude < 6;
  const text = plain ? String(Number(value.toPrecision(digits))) : trimExponential(value.toExponential(digits - 1));
  return withMinus(text);
}

/** A tick: its neighbours on the axis decide how many decimals it needs. */
export function formatTick(value: number, step: number): string {
  if (value === 0 || Math.abs(value) < step * 1e-9) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude >= 6 || magnitude < -4) return withMinus(trimExponential(value.toExponential(2)));
  let decimals = 0;
  // As many as the step has: 0.25 takes two.
  for (let scaled = step; decimals < 8 && Math.abs(scaled - Math.round(scaled)) > 1e-6 * scaled; scaled *= 10) decimals++;
  return withMinus(value.toFixed(decimals));
}

/** What a field shows: enough to read and retype, nothing that floating point made up. */
export function formatField(value: number): string {
  if (!Number.isFinite(value)) return "";
  const small = value !== 0 && Math.abs(value) < 1e-3;
  return small ? trimExponential(value.toExponential(5)) : trimExponential(String(Number(value.toPrecision(6))));
}

/** A number as people type it: a true minus and a decimal comma are understood. Undefined: it is none. */
export function parseNumber(text: string): number | undefined {
  const cleaned = text.trim().replace(/−/g, "-").replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  if (cleaned === "" || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cleaned)) return undefined;
  const value = Number(cleaned);
  return Number.isFinite(value) ? value : undefined;
}

function trimExponential(text: string): string {
  return text.replace(/(\.\d*?)0+e/, "$1e").replace(".e", "e").replace("e+", "e");
}

function withMinus(text: string): string {
  return text.replace(/-/g, "−");
}
