import { createObjective } from "./createObjective";
import type { Objective } from "./objective";
import { SourceError } from "./source/diagnostic";
import type { CompileOptions, Program, ReadProgram } from "./source/program";

/** Specialises a function to its arguments, and differentiates and compiles it. Throws SourceError where it cannot be. */
export function compile(program: Program, name: string | undefined = nameIn(program), options: CompileOptions = {}): Objective {
  if (!isRead(program)) throw new TypeError("compile takes what readProgram returned.");
  const info = program.functions.find((candidate) => candidate.name === name);
  if (name === undefined || !info) throw missing(program, name);
  if (info.refusal) throw new SourceError([info.refusal]);
  return createObjective(program.lower(name, options), options, info.range);
}

function nameIn(program: Program): string | undefined {
  const [only] = program.functions;
  return program.target ?? (program.functions.length === 1 ? only?.name : undefined);
}

function isRead(program: Program): program is ReadProgram {
  return "lower" in program;
}

function missing(program: Program, name: string | undefined): SourceError {
  const names = program.functions.map((info) => info.name).join(", ");
  const start = { line: 0, character: 0 };
  return new SourceError([{
    code: "E120",
    message: name === undefined ? "There is no one function to differentiate here." : `There is no function called ${name} here.`,
    hint: names === "" ? "Select a formula or a function." : `Choose one of: ${names}.`,
    severity: "error", range: { start, end: start },
  }]);
}
