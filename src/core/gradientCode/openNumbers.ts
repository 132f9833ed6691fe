import { SourceError } from "../source/diagnostic";
import type { Argument, CompileOptions, Lowered, ReadProgram } from "../source/program";

export interface Opened {
  readonly lowered: Lowered;
  /** In the user's order. Absent defaults that could not be opened have no value. */
  readonly arguments: readonly Argument[];
  /** Names of the arguments that the gradient is taken by. */
  readonly asked: ReadonlySet<string>;
  /** Numbers that the function's own defaults give, by argument. */
  readonly defaults: ReadonlyMap<string, number>;
}

/**
 * The function with its single numbers of data (a rate, a penalty) left open as the unknowns are, so that they can be
 * parameters of the printed gradient too, rather than numbers in its text. The gradient is not taken by them.
 */
export function openNumbers(read: ReadProgram, name: string, options: CompileOptions): Opened {
  let lowered = read.lower(name, options);
  const given = lowered.arguments ?? lowered.coordinates.map((coordinate, i): Argument => ({ name: coordinate, isUnknown: true, value: lowered.start[i] ?? 0 }));
  const asked = new Set(given.filter(({ isUnknown }) => isUnknown).map(({ name: argument }) => argument));
  const defaults = new Map<string, number>();
  const opened = new Set(asked);
  for (const argument of given) {
    if (argument.isUnknown || (argument.value !== undefined && typeof argument.value !== "number")) continue;
    const wider = attempt(() => read.lower(name, { ...options, variables: [...opened, argument.name] }));
    const now = wider?.arguments?.find((other) => other.name === argument.name);
    if (!wider || !now?.isUnknown || typeof now.value !== "number" || wider.coordinates.length !== lowered.coordinates.length + 1) continue;
    opened.add(argument.name);
    lowered = wider;
    if (argument.value === undefined) defaults.set(argument.name, now.value);
  }
  return { lowered, arguments: lowered.arguments ?? given, asked, defaults };
}

/** Some numbers must be known: how long a loop runs, which power is meant. Then they stay numbers. */
function attempt(lower: () => Lowered): Lowered | undefined {
  try {
    return lower();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
