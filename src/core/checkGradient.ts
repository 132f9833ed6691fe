import { createObjective } from "./createObjective";
import { functionOf } from "./functionOf";
import { type Count, likelyCause, type Sample, short } from "./gradientCheck/likelyCause";
import { argumentsOf, matchArguments } from "./gradientCheck/matchArguments";
import { matchComponents } from "./gradientCheck/matchComponents";
import { pointsAround } from "./gradientCheck/pointsAround";
import { vectorFunction } from "./gradientCheck/vectorFunction";
import { plainList } from "./print/code/plainList";
import { coordinatesIn, treeOf } from "./print/code/tree";
import { SourceError } from "./source/diagnostic";
import type { Argument, CompileOptions, Component, Lowered, Program, ReadProgram } from "./source/program";

export interface CheckOptions extends CompileOptions {
  /** How many points are compared; default 8, the start among them. */
  points?: number;
  seed?: number;
  /** How far apart two numbers may be, relative to their size, and still agree; default 1e-6. */
  tolerance?: number;
}

export interface GradientCheck {
  /** "unchecked" where the two could not be compared; the message says why. */
  verdict: "agree" | "disagree" | "unchecked";
  /** Points at which both have values. */
  points: number;
  /** At the worst point, a coordinate each. */
  coordinates: { path: string; ours: number; theirs: number; error: number }[];
  /** A sentence or two for people: which coordinate, where, both numbers, and the likely cause. */
  message: string;
}

/** Compares a derivative that somebody wrote with the one that follows from the function itself. */
export function checkGradient(program: Program, objective: string, derivative: string, options: CheckOptions = {}): GradientCheck {
  const { read, info } = functionOf(program, objective);
  const lowered = read.lower(info.name, options);
  const theirs = derivativeOf(read, program, derivative, lowered, options);
  if (typeof theirs === "string") return { verdict: "unchecked", points: 0, coordinates: [], message: theirs };
  const ours = createObjective(lowered, options, info.range);
  const tolerance = options.tolerance ?? 1e-6;
  const both = (x: Float64Array): Sample => ({ x, ours: ours.gradient(x), theirs: theirs.gradient(x) });
  const all = pointsAround(lowered.start, options.points ?? 8, options.seed ?? 1).map(both);
  const samples = all.filter((sample) => isComparable(sample, theirs.covers));
  if (samples.length === 0) {
    return { verdict: "unchecked", points: 0, coordinates: [], message: `${objective} and ${derivative} have no point near the start at which both have values.` };
  }
  const errors = samples.map((sample) => errorsOf(sample, theirs.covers));
  const kinks = samples.filter((sample, k) => worst(errors[k] ?? []) > tolerance && isKink(sample, both, theirs.covers, tolerance));
  const judged = samples.filter((sample) => !kinks.includes(sample));
  const at = judged.reduce((best, sample) => (worst(errorsOf(sample, theirs.covers)) > worst(errorsOf(best, theirs.covers)) ? sample : best), judged[0] ?? samples[0] ?? both(lowered.start));
  const error = errorsOf(at, theirs.covers);
  const coordinates = [...theirs.covers].map((i) => ({ path: lowered.coordinates[i] ?? "", ours: at.ours[i] ?? NaN, theirs: at.theirs[i] ?? NaN, error: error[i] ?? NaN }));
  const result = { points: samples.length, coordinates };
  const partly = theirs.covers.size < lowered.coordinates.length ? ` (only the derivative by ${coordinates.map(({ path }) => path).join(", ")} was given)` : "";
  const [kink] = kinks;
  if (judged.length === 0 || worst(error) <= tolerance) {
    const note = kink ? ` ${kinkText(kink, theirs.covers, lowered.coordinates, derivative)}` : "";
    return { verdict: "agree", ...result, message: `${derivative} is the gradient of ${objective}${partly}: they agree at ${judged.length === 1 ? "the one point" : `all ${judged.length} points`} compared.${note}` };
  }
  const wrong = [...theirs.covers].filter((i) => judged.some((sample) => (errorsOf(sample, theirs.covers)[i] ?? 0) > tolerance));
  const index = wrong.reduce((best, i) => ((error[i] ?? 0) > (error[best] ?? 0) ? i : best), wrong[0] ?? 0);
  const cause = likelyCause(judged, wrong, lowered.coordinates, countsIn(lowered)) ?? roughly(worst(error));
  const where = pointText(at.x, lowered.coordinates);
  const message = `By ${lowered.coordinates[index] ?? ""}, ${derivative} is wrong: at ${where} the derivative is ${short(at.ours[index] ?? NaN)}, and ${derivative} gives ${short(at.theirs[index] ?? NaN)}.`;
  const others = wrong.length > 1 ? ` ${wrong.length === lowered.coordinates.length ? "All" : String(wrong.length)} of ${lowered.coordinates.length} partial derivatives disagree.` : "";
  return { verdict: "disagree", ...result, message: `${message}${others}${cause === undefined ? "" : ` ${cause}`}` };
}

interface Derivative {
  gradient(x: Float64Array): Float64Array;
  /** The coordinates it has a number for. */
  readonly covers: ReadonlySet<number>;
}

/** The hand-written derivative as a function of the objective's coordinates, or why it cannot be had. */
function derivativeOf(read: ReadProgram, program: Program, name: string, objective: Lowered, options: CheckOptions): Derivative | string {
  const found = program.functions.find((candidate) => candidate.name === name);
  if (!found) return `There is no function called ${name} here.`;
  const args = argumentsOf(objective);
  const matched = matchArguments(args, found);
  const missing = found.parameters.find((_, i) => matched[i] === undefined);
  if (missing) return `What ${name} expects as ${missing.name} is none of the arguments of ${objective.function.name}.`;
  const outer = args.filter(({ isOuter }) => isOuter === true).map(({ name: variable }) => variable);
  const variables = found.parameters.flatMap((parameter, i) => (matched[i]?.isUnknown ? [/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(parameter.name) ? parameter.name : `arg${i}`] : []));
  const components = attempt(() => componentsOf(read, name, {
    ...(options.backend ? { backend: options.backend } : {}), start: matched.map((argument) => argument?.value), variables: [...outer, ...variables],
  }));
  if (typeof components === "string") return `${name} cannot be read: ${components}`;
  const [first] = components;
  const match = matchComponents(components.map(({ path }) => path), objective.coordinates, name);
  if (!first || !match) {
    return `${name} returns ${components.length === 1 ? "one number" : `${components.length} numbers`}, and ${objective.function.name} has ${objective.coordinates.length} partial derivatives.`;
  }
  const order = orderOf(args, argumentsOf(first.lowered), matched, first.lowered);
  const evaluate = vectorFunction(components);
  return {
    covers: new Set(match.filter((i): i is number => i !== undefined).sort((a, b) => a - b)),
    gradient: (x) => {
      const values = evaluate(Float64Array.from(order, (i) => x[i] ?? NaN));
      const gradient = new Float64Array(objective.coordinates.length).fill(NaN);
      for (const [k, i] of match.entries()) if (i !== undefined) gradient[i] = values[k] ?? NaN;
      return gradient;
    },
  };
}

function componentsOf(read: ReadProgram, name: string, options: CompileOptions): readonly Component[] {
  return read.lowerComponents?.(name, options) ?? [{ path: "", lowered: read.lower(name, options) }];
}

/** For each coordinate of the derivative, which of the objective's it is: their parameters may come in another order. */
function orderOf(objective: readonly Argument[], derivative: readonly Argument[], matched: readonly (Argument | undefined)[], lowered: Lowered): number[] {
  const ranges = new Map<string, { first: number; end: number }>();
  let coordinate = 0;
  for (const argument of objective) {
    if (!argument.isUnknown) continue;
    const range = coordinatesIn(treeOf(argument.value, () => coordinate++));
    if (range) ranges.set(argument.name, range);
  }
  const order: number[] = [];
  let position = 0;
  for (const argument of derivative) {
    const own = argument.isOuter ? argument : matched[position++];
    const range = argument.isUnknown && own ? ranges.get(own.name) : undefined;
    for (let i = range?.first ?? 0; i < (range?.end ?? 0); i++) order.push(i);
  }
  return order.length === lowered.coordinates.length ? order : lowered.coordinates.map((_, i) => i);
}

function attempt<Result>(make: () => Result): Result | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}

const isComparable = ({ ours, theirs }: Sample, covers: ReadonlySet<number>): boolean => [...covers].every((i) => Number.isFinite(ours[i]) && Number.isFinite(theirs[i]));

const worst = (errors: readonly number[]): number => errors.reduce((most, error) => (error > most ? error : most), 0);

/** Relative to the number's own size, but not less than a small part of the whole gradient's. */
function errorsOf({ ours, theirs }: Sample, covers: ReadonlySet<number>): number[] {
  const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(ours, (value, i) => {
    if (!covers.has(i)) return 0;
    const other = theirs[i] ?? NaN;
    return Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other), 1e-3 * largest, 1e-6);
  });
}

/** Where they agree on all sides but not at the point itself, both are right: the function has no one slope there. */
function isKink({ x }: Sample, both: (x: Float64Array) => Sample, covers: ReadonlySet<number>, tolerance: number): boolean {
  const near = pointsAround(x, 5, 7, 1e-5).slice(1).map(both).filter((sample) => isComparable(sample, covers));
  return near.length > 0 && near.every((sample) => worst(errorsOf(sample, covers)) <= Math.max(tolerance, 1e-6));
}

function kinkText({ x, ours, theirs }: Sample, covers: ReadonlySet<number>, coordinates: readonly string[], derivative: string): string {
  const error = errorsOf({ x, ours, theirs }, covers);
  const index = error.indexOf(worst(error));
  return `At ${pointText(x, coordinates)} the function has a kink: there ${derivative} gives ${short(theirs[index] ?? NaN)} by ${coordinates[index] ?? ""}, where ${short(ours[index] ?? NaN)} is usual.`;
}

const roughly = (error: number): string | undefined => (error < 1e-3 ? "They agree to a few digits only, as a finite difference does." : undefined);

function pointText(x: Float64Array, coordinates: readonly string[]): string {
  const shown = coordinates.slice(0, 6).map((path, i) => `${path} = ${short(x[i] ?? NaN)}`).join(", ");
  return coordinates.length > 6 ? `${shown}, …` : shown;
}

/** The lengths of the data, and of the unknowns: what a mean may be over. */
function countsIn(lowered: Lowered): Count[] {
  const counts = new Map<number, string>();
  const note = (value: unknown, what: string, depth: number): void => {
    const list = plainList(value);
    if (list && list.length > 2 && !counts.has(list.length)) counts.set(list.length, what);
    if (depth > 0) for (const [name, part] of Object.entries(list ? { "": list[0] } : isObject(value) ? value : {})) note(part, name === "" ? `the rows of ${what}` : `${what}.${name}`, depth - 1);
  };
  for (const { name, value, isUnknown } of lowered.arguments ?? []) if (!isUnknown) note(value, name, 2);
  for (const [name, value] of lowered.constants?.() ?? []) note(value, name, 2);
  for (const { name, value, isUnknown } of lowered.arguments ?? []) if (isUnknown) note(value, name, 1);
  return [...counts].map(([n, what]) => ({ n, what }));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
