import type { Argument, FunctionInfo, Lowered } from "../source/program";

/** The arguments a function was lowered with; where the frontend does not say, one number a coordinate. */
export const argumentsOf = (lowered: Lowered): readonly Argument[] =>
  lowered.arguments ?? lowered.coordinates.map((name, i) => ({ name, isUnknown: true, value: lowered.start[i] ?? 0 }));

/**
 * For each parameter of the derivative, which of the objective's arguments it stands for: the one of its name; in functions
 * of as many parameters, the one in its place; in functions of the unknowns alone, the unknown in its place.
 */
export function matchArguments(objective: readonly Argument[], derivative: FunctionInfo): (Argument | undefined)[] {
  const inner = objective.filter(({ isOuter }) => isOuter !== true);
  const unknowns = inner.filter(({ isUnknown }) => isUnknown);
  const { parameters } = derivative;
  const byName = parameters.map((parameter) => inner.find(({ name }) => name === parameter.name));
  const rest = parameters.length === unknowns.length && byName.every((argument) => argument === undefined || argument.isUnknown) ? unknowns : inner;
  return parameters.map((_, i) => {
    const candidate = byName[i] ?? rest[i];
    return candidate && (byName[i] || !byName.includes(candidate)) ? candidate : undefined;
  });
}
