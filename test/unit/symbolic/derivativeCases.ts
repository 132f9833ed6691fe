import { readFileSync } from "node:fs";

export interface DerivativeCase {
  id: string;
  expr: string;
  wrt: string;
  order: number;
  points: Record<string, number>[];
  values: number[];
}

/** Derivatives from the tests of other projects; see the note in the file. */
export const derivatives = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/derivatives.json", import.meta.url), "utf8")) as { cases: DerivativeCase[] };
