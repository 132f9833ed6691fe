import { SourceError } from "./source/diagnostic";
import type { FunctionInfo, Program, ReadProgram } from "./source/program";

/**
 * The function of this name, ready to be lowered. Throws SourceError where there is none, or it is refused; a frontend whose `lower`
 * refuses with all its reasons, and knows what was chosen, is left to do so.
 */
export function functionOf(program: Program, name: string | undefined): { read: ReadProgram; info: FunctionInfo } {
  if (!isRead(program)) throw new TypeError("Only what readProgram returned can be differentiated.");
  const info = program.functions.find((candidate) => candidate.name === name);
  if (!info) throw missing(program, name);
  if (info.refusal && !program.refusesWhole) throw new SourceError([info.refusal]);
  return { read: program, info };
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
