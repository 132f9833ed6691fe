import { createObjective } from "./createObjective";
import { functionOf } from "./functionOf";
import type { Objective } from "./objective";
import type { CompileOptions, Program } from "./source/program";

/** Specialises a function to its arguments, and differentiates and compiles it. Throws SourceError where it cannot be. */
export function compile(program: Program, name: string | undefined = nameIn(program), options: CompileOptions = {}): Objective {
  const { read, info } = functionOf(program, name);
  return createObjective(read.lower(info.name, options), options, info.range);
}

function nameIn(program: Program): string | undefined {
  const [only] = program.functions;
  return program.target ?? (program.functions.length === 1 ? only?.name : undefined);
}
