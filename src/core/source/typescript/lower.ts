import { SourceError } from "../diagnostic";
import type { CompileOptions, Component, Lowered } from "../program";
import { Arguments } from "./arguments/arguments";
import { FirstCalls } from "./arguments/firstCalls";
import { fitLengths, stretchLengths } from "./arguments/fitLengths";
import { seededNumbers } from "./arguments/seeds";
import type { Modules } from "./evaluate/modules";
import { Reading } from "./reading";
import { Machine } from "./state/machine";
import { NeedsStatic, Relearn, Signal } from "./state/signals";
import { innerFunction, type FunctionEntry } from "./syntax/functions";
import { readDocumentation } from "./syntax/jsdoc";
import { pathOf } from "./syntax/parameters";
import { Refusal, toDiagnostic } from "./syntax/refusal";
import { shapeOfParameter } from "./syntax/shapes";
import { boundNames, type FunctionNode } from "./syntax/syntax";

const maxReadings = 600;

/** A function of the user's as IR, for these arguments. */
export function lowerFunction(modules: Modules, entry: FunctionEntry, options: CompileOptions): Lowered {
  return read(modules, entry, options, (reading) => reading.run());
}

/** A function that returns several numbers, one after another. */
export function lowerComponents(modules: Modules, entry: FunctionEntry, options: CompileOptions): Component[] {
  return read(modules, entry, options, (reading) => reading.runForAll());
}

function read<Result>(modules: Modules, entry: FunctionEntry, options: CompileOptions, use: (reading: Reading) => Result): Result {
  const { main } = modules;
  const seed = seededNumbers(entry.name);
  const args = new Arguments(seed, new Set(options.variables ?? []));
  const firstCalls = new FirstCalls(chainOf(entry));
  stateShapes(modules, entry, args);
  const once = (): Once<Result> => {
    for (let reading = 0; reading < maxReadings; reading++) {
      const machine = new Machine();
      machine.modules = modules;
      machine.arguments = args;
      machine.random = seededNumbers("Math.random").next;
      args.reset();
      try {
        const result = use(new Reading({ machine, modules, entry, options, args, firstCalls }));
        const sizes = machine.arrays.flatMap((array) => (array.role.kind === "data" ? array.shape : []));
        return { result, sizes, overruns: [...machine.overruns.values()].reduce((sum, each) => sum + each, 0) };
      } catch (problem) {
        if (!(problem instanceof Relearn)) throw problem;
      }
    }
    throw new Refusal("E107", `What "${entry.name}" expects could not be made out.`, "Give its parameters types, or a start.", entry.span);
  };
  try {
    const first = once();
    if (options.start || args.learned.guessedLengths().size === 0) return first.result;
    const before = args.learned.guessedLengths();
    if (first.overruns > 0) fitLengths(args, () => overrunsOf(once));
    else stretchLengths(args, first.sizes, () => overrunsOf(once));
    return isSame(before, args.learned.guessedLengths()) ? first.result : once().result;
  } catch (problem) {
    throw asSourceError(problem, entry, main.lines);
  }
}

interface Once<Result> {
  readonly result: Result;
  /** How far it reads past the ends of arrays. */
  readonly overruns: number;
  /** The dimensions of the data it reads. */
  readonly sizes: readonly number[];
}

const isSame = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean => a.size === b.size && [...a].every(([path, length]) => b.get(path) === length);

/** Lengths with which the function cannot be read fit worst of all. */
function overrunsOf(read: () => { overruns: number }): number {
  try {
    return read().overruns;
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof Signal || problem instanceof RangeError) return Infinity;
    throw problem;
  }
}

function asSourceError(problem: unknown, entry: FunctionEntry, lines: Modules["main"]["lines"]): unknown {
  if (problem instanceof Refusal) return new SourceError([toDiagnostic(problem, lines)]);
  if (problem instanceof NeedsStatic) return new SourceError([toDiagnostic(problem.refusal, lines)]);
  if (problem instanceof RangeError) {
    return new SourceError([toDiagnostic(new Refusal("E106", `"${entry.name}" nests too deeply to be read.`, "Use loops instead of recursion, or smaller data.", entry.span), lines)]);
  }
  if (problem instanceof Signal) {
    return new SourceError([toDiagnostic(new Refusal("E101", `"${entry.name}" uses the unknowns where only constants are supported.`, "Write it with plain loops over numeric arrays.", entry.span), lines)]);
  }
  return problem;
}

/** The function and those it makes: `xs => w => …`. */
function chainOf(entry: FunctionEntry): FunctionNode[] {
  const chain: FunctionNode[] = [];
  for (let node: FunctionNode | undefined = entry.node; node; node = innerFunction(node)) chain.push(node);
  return chain;
}

/** What types and tags say, before anything is run. */
function stateShapes(modules: Modules, entry: FunctionEntry, args: Arguments): void {
  const documented = readDocumentation(entry.comments);
  let offset = 0;
  for (const node of chainOf(entry)) {
    const from = offset;
    node.params.forEach((param, i) => {
      const { path } = pathOf(param, from + i);
      args.learned.state(path, shapeOfParameter(modules, modules.main, param, documented.types.get(boundNames(param)[0] ?? "")));
    });
    offset += node.params.length;
  }
}
