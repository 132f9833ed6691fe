import { SourceError } from "../core/source/diagnostic";
import type { Diagnostic, Range } from "../core/source/diagnostic";
import { filePath } from "../core/source/filePath";
import { LineIndex } from "../core/source/positions";
import type { CompileOptions, FunctionInfo, Program, Source } from "../core/source/program";
import type { Objective } from "../core/objective";
import { longestFormula } from "../shared/defaults";
import type { CodeDialect, ObjectiveSnapshot, OpenRequest, OpenResult, ReadAs, Remark } from "../shared/protocol";
import { choose } from "./choose";
import type { Chosen } from "./choose";
import { pointedAt } from "./pointedAt";
import { offersOf } from "./questions";

/** What the handlers need of the engine's public face. */
export interface EngineFace {
  readProgram(source: Source): Program;
  compile(program: Program, name?: string, options?: CompileOptions): Objective;
  printGradient(program: Program, name: string, dialect: CodeDialect, options?: CompileOptions): string;
}

/** Writes the gradient as source. Throws SourceError. */
export type PrintCode = (dialect: CodeDialect) => string;

export type Opened = { result: OpenResult & { ok: true }; objective: Objective; print: PrintCode } | { result: OpenResult & { ok: false } };

export function openObjective(request: OpenRequest, engine: EngineFace): Opened {
  let readAs: ReadAs | undefined;
  try {
    const read = readTarget(request, engine);
    const { program, target, info, range } = read;
    readAs = read.readAs;
    const chosen = choose(engine, program, target, info, request.choice);
    const { objective, options } = chosen;
    if (objective.dimension === 0) return { result: { ok: false, diagnostics: [nothingToVary(target, range)], readAs } };
    const functions = readAs.target === undefined ? {} : { functions: program.functions.map(({ name }) => name) };
    return {
      objective, print: (dialect) => engine.printGradient(program, target, dialect, options),
      result: { ok: true, objective: snapshot(request, chosen, info, range), readAs, ...functions },
    };
  } catch (error) {
    if (error instanceof SourceError) return { result: { ok: false, diagnostics: error.diagnostics, ...(readAs ? { readAs } : {}) } };
    throw error;
  }
}

/** The objective alone, for those who only compute with it. Throws SourceError. */
export function objectiveOf(request: OpenRequest, engine: EngineFace): Objective {
  const { program, target, info } = readTarget(request, engine);
  return choose(engine, program, target, info, request.choice).objective;
}

/** Where the function is that a request points at, and how it reads; null where it points at nothing. */
export function locateTarget(request: OpenRequest, engine: EngineFace): { readAs: ReadAs; range: Range } | null {
  try {
    const { readAs, range } = readTarget(request, engine);
    return { readAs, range };
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

interface ReadTarget {
  program: Program;
  target: string;
  info: FunctionInfo | undefined;
  range: Range;
  readAs: ReadAs;
}

function readTarget(request: OpenRequest, engine: EngineFace): ReadTarget {
  const pointing = { ...request, resolve: resolver(request), readFile: fileReader(request) };
  const { program, target, language } = pointedAt(pointing, (source) => engine.readProgram(source));
  const readAs: ReadAs = language === "math" || language === "latex" ? { language } : { language, target };
  const info = program.functions.find(({ name }) => name === target);
  return { program, target, info, readAs, range: info?.range ?? new LineIndex(request.text).range(request.selection) };
}

function resolver({ modules }: OpenRequest): NonNullable<Source["resolve"]> {
  const found = new Map(modules.map((module) => [`${module.fromUri}\n${module.specifier}`, module]));
  return (specifier, fromUri) => found.get(`${fromUri}\n${specifier}`);
}

function fileReader({ files = [] }: OpenRequest): NonNullable<Source["readFile"]> {
  const found = new Map(files.map(({ path, fromUri, file }) => [filePath(path, fromUri), file]));
  return (path, fromUri) => found.get(filePath(path, fromUri));
}

function snapshot({ id, text }: OpenRequest, { objective, parameters, startOrigin, warnings }: Chosen, info: FunctionInfo | undefined, range: Range): ObjectiveSnapshot {
  const gradient = new Float64Array(objective.dimension);
  const value = objective.valueAndGradient(objective.start, gradient);
  return {
    id,
    name: objective.name,
    ...(info?.title === undefined ? {} : { title: info.title }),
    dimension: objective.dimension,
    coordinates: [...(objective.labels ?? objective.coordinates)],
    start: objective.start.slice(),
    startOrigin,
    range,
    ...formulaOf(objective),
    atStart: { value, gradient },
    diagnostics: remarks(text, warnings),
    ...(objective.backend ? { backend: objective.backend } : {}),
    parameters,
    ...datasetsOf(objective),
    offers: offersOf(objective),
  };
}

function datasetsOf(objective: Objective): Pick<ObjectiveSnapshot, "datasets"> {
  const datasets = objective.datasets?.() ?? [];
  return datasets.length === 0 ? {} : { datasets: datasets.map(({ name, rows }) => ({ name, rows })) };
}

/** A warning about a place is easier to believe with the place beside it. */
const longestExcerpt = 60;

function remarks(text: string, warnings: readonly Diagnostic[]): Remark[] {
  const lines = text.split(/\r\n|[\n\r]/);
  return warnings.map((warning) => {
    const { start, end } = warning.range;
    const excerpt = start.line === end.line ? lines[start.line]?.slice(start.character, end.character).trim() : undefined;
    return excerpt && excerpt.length <= longestExcerpt && warning.severity === "warning" ? { ...warning, excerpt } : warning;
  });
}

function formulaOf({ formula, noFormula }: Objective): Pick<ObjectiveSnapshot, "formula" | "noFormula"> {
  if (!formula) return noFormula === undefined ? {} : { noFormula };
  const setOut = formula.setOut?.();
  const named = setOut && {
    value: setOut.value.latex(), gradient: setOut.gradient.map((partial) => partial.latex()),
    where: setOut.where.map(({ name, value }) => ({ name: name.latex(), value: value.latex() })),
  };
  const whole = { value: formula.value.latex(), gradient: formula.gradient.map((partial) => partial.latex()) };
  const readable = named && isReadable([...named.gradient, ...named.where.map(({ value }) => value)]) ? named : undefined;
  if (isReadable(whole.gradient)) return { formula: readable ? { ...whole, setOut: readable } : whole };
  return readable ? { formula: { value: readable.value, gradient: readable.gradient, setOut: readable } } : { noFormula: "The gradient has a formula, but one too long to be read." };
}

function isReadable(texts: readonly string[]): boolean {
  return texts.every((text) => text.length <= longestFormula);
}

function nothingToVary(name: string, range: Range): Diagnostic {
  return {
    code: "E122",
    message: `${name} has no unknowns, so there is nothing to differentiate by.`,
    hint: "Give it at least one parameter that is a number, or an array of numbers.",
    severity: "error",
    range,
  };
}
