import type { Objective } from "../core/objective";
import { SourceError } from "../core/source/diagnostic";
import type { Diagnostic } from "../core/source/diagnostic";
import type { CompileOptions, FunctionInfo, Program, StartOrigin } from "../core/source/program";
import type { ChoiceIntent } from "../shared/intent";
import type { ParameterSnapshot } from "../shared/protocol";
import type { EngineFace } from "./openObjective";
import { parametersOf } from "./parametersOf";
import type { Parameter } from "./parametersOf";

export interface Chosen {
  objective: Objective;
  /** What it was compiled with: the gradient as code is to be of the same function. */
  options: CompileOptions;
  parameters: ParameterSnapshot[];
  startOrigin: StartOrigin;
  warnings: Diagnostic[];
}

type Compiler = Pick<EngineFace, "compile">;

/** Weakest last, as the engine has it. */
const authority: readonly StartOrigin[] = ["given", "tag", "default", "call", "initializer", "inferred"];

/** The objective that a person asked for: the function, with the roles the text suggests, or those chosen in the panel. */
export function choose(engine: Compiler, program: Program, target: string, info: FunctionInfo | undefined, choice: ChoiceIntent | undefined): Chosen {
  const base = usual(engine, program, target, info);
  const parameters = parametersOf(base.objective, info);
  const asItIs: Chosen = {
    ...base, parameters: parameters.map(({ snapshot }) => snapshot), startOrigin: base.objective.startOrigin ?? "inferred", warnings: [...base.objective.warnings],
  };
  const wanted = choice && withChoice(parameters, choice);
  if (!wanted?.some(({ snapshot }) => snapshot.role === "variable")) return asItIs;
  const isGiven = wanted.some(({ snapshot }) => snapshot.origin === "panel");
  if (!isGiven && wanted.every(({ snapshot }, i) => snapshot.role === parameters[i]?.snapshot.role)) return asItIs;
  const options: CompileOptions = {
    variables: wanted.filter(({ snapshot }) => snapshot.role === "variable").map(({ snapshot }) => snapshot.name),
    // Held at what it started from: the one formula that says so is a start for all.
    ...(isGiven || !base.objective.arguments ? { start: argumentsOf(wanted) } : {}),
  };
  const { variables = [] } = options;
  const open = (): Objective => engine.compile(program, target, { variables });
  try {
    const objective = engine.compile(program, target, options);
    const origins = wanted.flatMap(({ snapshot: { role, origin } }) => (role === "variable" ? [origin === "panel" ? "given" : origin === "outer" ? "initializer" : origin] : []));
    const weakest = Math.max(...origins.map((origin) => authority.indexOf(origin)));
    return {
      objective, options, parameters: wanted.map(({ snapshot }) => snapshot),
      startOrigin: base.objective.arguments ? authority[weakest] ?? "inferred" : asItIs.startOrigin,
      warnings: [...objective.warnings, ...(options.start && base.objective.arguments ? stillMadeUp(open().warnings, wanted) : [])],
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ...asItIs, warnings: [cannotBeChosen(error, asItIs.warnings, info), ...asItIs.warnings] };
  }
}

/** As the text suggests; where a function has no parameters to descend on, on what it reads from outside. */
function usual(engine: Compiler, program: Program, target: string, info: FunctionInfo | undefined): Pick<Chosen, "objective" | "options"> {
  try {
    return { objective: engine.compile(program, target), options: {} };
  } catch (error) {
    const isEmpty = error instanceof SourceError && error.diagnostics.every(({ code }) => code === "E113");
    if (!isEmpty || !info?.outer?.length) throw error;
    const options = { variables: info.outer };
    return { objective: engine.compile(program, target, options), options };
  }
}

function withChoice(parameters: readonly Parameter[], { roles, values = {} }: ChoiceIntent): Parameter[] {
  return parameters.map((parameter): Parameter => {
    const { snapshot } = parameter;
    const role = snapshot.canChange ? own(roles, snapshot.name) ?? snapshot.role : snapshot.role;
    const given = role === "data" && snapshot.values ? own(values, snapshot.name) : undefined;
    const fits = given !== undefined && Array.isArray(given) === ((snapshot.shape?.length ?? 0) === 1);
    if (!fits || parameter.isOuter) return { ...parameter, snapshot: { ...snapshot, role } };
    const { place: _written, ...rest } = snapshot;
    const numbers = Array.isArray(given) ? given : [given];
    return {
      ...parameter, value: given,
      snapshot: { ...rest, role, origin: "panel", values: numbers, ...(Array.isArray(given) ? { shape: [given.length] } : {}) },
    };
  });
}

/** A parameter may be called as every record's inherited properties are: "constructor". */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function argumentsOf(parameters: readonly Parameter[]): unknown[] {
  return parameters.filter(({ isOuter }) => !isOuter).flatMap(({ value, isRest }) => (isRest && Array.isArray(value) ? value as unknown[] : [value]));
}

/** Where all arguments are given, the engine cannot know which of them were made up. */
function stillMadeUp(warnings: readonly Diagnostic[], parameters: readonly Parameter[]): Diagnostic[] {
  return warnings.filter(({ code, range }) => {
    const about = parameters.find((parameter) => parameter.range?.start.line === range.start.line && parameter.range.start.character === range.start.character);
    return about !== undefined && about.snapshot.origin !== "panel" && (code === "W206" || code === "I303");
  });
}

function cannotBeChosen(error: SourceError, warnings: readonly Diagnostic[], info: FunctionInfo | undefined): Diagnostic {
  const range = info?.range ?? warnings[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    code: "W207", severity: "warning", range: { start: range.start, end: range.start },
    message: `What was chosen in the panel cannot be varied: ${error.diagnostics[0]?.message ?? "it cannot be read."}`,
    hint: "The function is shown as it was before; choose other variables.",
  };
}
