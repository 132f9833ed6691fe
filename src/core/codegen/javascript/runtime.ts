import type { Numbers } from "../../ir/types";
import { library as special } from "../../rules/library";

/** What generated code may reach beside `Math`. */
export const library = { ...special, grow } as const;

/** A stack that is full gets twice the room. */
function grow(stack: Float64Array | Int32Array): Float64Array | Int32Array {
  const larger = stack instanceof Float64Array ? new Float64Array(stack.length * 2) : new Int32Array(stack.length * 2);
  larger.set(stack);
  return larger;
}

/**
 * The one place where text becomes code. `text` is generated from IR, whose names are cleaned and whose numbers are printed
 * by us; no text of the user's ever gets here. Each text is made unique: V8 shares type feedback between functions
 * of identical text, and a kernel met twice would run several times slower.
 */
export function makeFunction(text: string, data: readonly Numbers[]): unknown {
  made++;
  const unique = text.replace("return function (", `return function kernel${made}(`);
  return new Function("library", "data", `"use strict"; // kernel ${made}\n${unique}`)(library, data);
}
let made = 0;
