import { read } from "../ir/build";
import type { Expression } from "../ir/types";

const lostPrefix = "~lost ";

/** A value that cannot be told, and why. */
export const lost = (reason: string): Expression => read({ kind: "local", name: `${lostPrefix}${reason}`, type: "f64" });

export function whyLost(value: Expression | undefined): string | undefined {
  return value?.kind === "read" && value.local.name.startsWith(lostPrefix) ? value.local.name.slice(lostPrefix.length) : undefined;
}
