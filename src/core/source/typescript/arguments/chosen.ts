import type { ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import type { Value } from "../state/values";
import type { FunctionEntry } from "../syntax/functions";
import { boundNames } from "../syntax/syntax";
import { plainData } from "./plainData";

/** A number outside the function that was chosen as an unknown. */
export interface Chosen {
  /** As its coordinates are called: "m", "model.m", "this.m". */
  readonly name: string;
  readonly slot: ValueSlot;
  readonly data: unknown;
}

/**
 * Those of the chosen variables that are no parameters: variables of the module (`m`), fields of its objects (`model.m`), and fields of the
 * object whose method the function is (`this.m`, or `m` for short). `first` knows what they were before the file trained them.
 */
export function chosenOutside(
  machine: Machine, scope: Scope, self: Value | undefined, entry: FunctionEntry, variables: readonly string[], first?: (name: string) => unknown,
): Chosen[] {
  const parameters = new Set(entry.node.params.flatMap(boundNames));
  const found: Chosen[] = [];
  for (const variable of variables) {
    if (parameters.has(variable)) continue;
    const slot = slotOf(scope, self, variable);
    const own = slot ? undefined : slotOf(scope, self, `this.${variable}`);
    const at = slot ?? own;
    const name = own ? `this.${variable}` : variable;
    const data = first?.(name) ?? (at ? plainData(machine, at.content) : undefined);
    if (at && isNumeric(data)) found.push({ name, slot: at, data });
  }
  return found;
}

/** A number, or a structure of which some part is one. */
function isNumeric(data: unknown): boolean {
  if (typeof data === "number") return true;
  return typeof data === "object" && data !== null && Object.values(data).some(isNumeric);
}

function slotOf(scope: Scope, self: Value | undefined, path: string): ValueSlot | undefined {
  const [base = "", ...fields] = path.split(".");
  let slot = base === "this" ? undefined : scope.own(base);
  let holder = base === "this" ? self : slot?.content;
  if (base === "this" && fields.length === 0) return undefined;
  for (const field of fields) {
    slot = holder?.kind === "object" ? holder.fields.content.get(field) : holder?.kind === "function" ? holder.properties.content.get(field) : undefined;
    holder = slot?.content;
  }
  return slot;
}
