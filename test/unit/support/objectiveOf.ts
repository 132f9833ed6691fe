import { createObjective } from "../../../src/core/createObjective";
import type { Objective } from "../../../src/core/objective";
import { readMath } from "../../../src/core/source/math/readMath";
import type { CompileOptions } from "../../../src/core/source/program";

/** The objective of a formula in these variables. */
export function objectiveOf(expression: string, variables: readonly string[], options: CompileOptions = {}): Objective {
  const text = `f(${variables.join(", ")}) = ${expression}`;
  const program = readMath({ text, language: "math", selection: { start: 0, end: text.length } });
  return createObjective(program.lower(program.target ?? "f", options), options);
}
