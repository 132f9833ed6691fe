import type { Objective } from "../core/objective";
import type { Argument, FunctionInfo, ParameterShape } from "../core/source/program";
import type { Range } from "../core/source/diagnostic";
import type { ParameterSnapshot } from "../shared/protocol";

/** A parameter as the panel is told of it, and what the engine must be given for it. */
export interface Parameter {
  readonly snapshot: ParameterSnapshot;
  readonly value: unknown;
  readonly isOuter: boolean;
  readonly isRest: boolean;
  readonly range: Range | undefined;
}

/** More numbers than this nobody reads, or types, in a panel. */
const mostShown = 12;

/** What a function is computed from: its parameters, then what stands outside it and could be varied as well. */
export function parametersOf(objective: Objective, info: FunctionInfo | undefined): Parameter[] {
  const args = objective.arguments ?? objective.coordinates.map((name, i): Argument => ({
    name, isUnknown: true, value: objective.start[i] ?? 0, origin: objective.startOrigin ?? "inferred",
  }));
  const inner = args.filter(({ isOuter }) => isOuter !== true);
  const outer = args.filter(({ isOuter }) => isOuter === true);
  const known = new Set(args.map(({ name }) => name));
  const others = (info?.outer ?? []).filter((name) => !known.has(name)).map((name): Argument => ({ name, isUnknown: false, value: undefined, isOuter: true }));
  return [...inner.map((argument, i) => parameter(argument, info?.parameters[i])), ...[...outer, ...others].map((argument) => parameter(argument, undefined))];
}

function parameter(argument: Argument, info: FunctionInfo["parameters"][number] | undefined): Parameter {
  const { name, isUnknown, value, isOuter, isRest, origin = "inferred", place } = argument;
  const shape = shapeOf(value);
  const numbers = shape && shape.length <= 1 && (shape[0] ?? 1) <= mostShown ? [value].flat() : undefined;
  const label = info && info.name !== name ? info.name : undefined;
  const canChange = isUnknown || isOuter === true || (value === undefined ? mayBeNumbers(info?.shape) : isNumbers(value));
  return {
    value, isOuter: isOuter === true, isRest: isRest === true, range: info?.range,
    snapshot: {
      name, role: isUnknown ? "variable" : "data", canChange, origin: isOuter ? "outer" : origin,
      ...(label === undefined ? {} : { label }),
      ...(place ? { place } : {}),
      ...(shape ? { shape } : {}),
      ...(numbers?.every((each) => typeof each === "number") ? { values: numbers } : {}),
    },
  };
}

/** Of numbers in lists of the same length all the way down. */
function shapeOf(value: unknown): number[] | undefined {
  if (typeof value === "number") return [];
  if (!Array.isArray(value)) return undefined;
  const items = value as unknown[];
  const [first, ...rest] = items.map(shapeOf);
  if (!first || rest.some((other) => other?.join() !== first.join())) return undefined;
  return [items.length, ...first];
}

function isNumbers(value: unknown): boolean {
  if (typeof value === "number") return true;
  if (typeof value !== "object" || value === null) return false;
  const parts = Object.values(value) as unknown[];
  return parts.length > 0 && parts.every(isNumbers);
}

function mayBeNumbers(shape: ParameterShape | undefined): boolean {
  return shape?.kind === "number" || (shape?.kind === "array" && (shape.element === undefined || mayBeNumbers(shape.element)));
}
