import type { PrimitiveName } from "../ir/types";
import { arithmetic } from "./arithmetic";
import { comparison } from "./comparison";
import { exponential } from "./exponential";
import { hyperbolic } from "./hyperbolic";
import { integer } from "./integer";
import { rounding } from "./rounding";
import type { Rule } from "./rule";
import { selection } from "./selection";
import { special } from "./special";
import { trigonometric } from "./trigonometric";

/** THE rule table. Adding a primitive is adding its name to `PrimitiveName`, its types to `primitiveType`, and one entry to a family. */
export const rules: readonly Rule[] = [
  ...arithmetic, ...selection, ...exponential, ...trigonometric, ...hyperbolic, ...rounding, ...special, ...integer, ...comparison,
];

const table: ReadonlyMap<PrimitiveName, Rule> = new Map(rules.map((rule) => [rule.name, rule]));

export function ruleOf(name: PrimitiveName): Rule {
  const rule = table.get(name);
  if (!rule) throw new Error(`The rule table lacks "${name}".`);
  return rule;
}
