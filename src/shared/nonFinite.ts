/**
 * What is posted to a webview goes through JSON, typed arrays apart: a bare NaN or ±∞ would arrive as null. The host
 * wraps them on the way out, the webview unwraps them on the way in.
 */
const marker = "$nonFinite";

export function wrapNonFinite(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : { [marker]: String(value) };
  return mapEntries(value, wrapNonFinite);
}

export function unwrapNonFinite(value: unknown): unknown {
  if (isPlainObject(value)) {
    const text = value[marker];
    if (text === "NaN" || text === "Infinity" || text === "-Infinity") return Number(text);
  }
  return mapEntries(value, unwrapNonFinite);
}

/** Goes into lists and records; typed arrays and buffers pass as they are. */
function mapEntries(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, change(entry)]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return Object.prototype.toString.call(value) === "[object Object]";
}
