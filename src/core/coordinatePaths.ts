import { treeOf, waysIn } from "./print/code/tree";
import type { Argument, Lowered } from "./source/program";

/**
 * The way to each unknown through the function's arguments: "w[0]", "params.bias[3]". A parameter that is a pattern has no
 * name; its own is "arg0", by its place. What people call its parts stands in the pattern: those are the labels.
 */
export function coordinatePaths({ coordinates, arguments: args = [] }: Lowered): readonly string[] {
  if (!args.some(isPattern)) return coordinates;
  let count = 0;
  const paths = args.filter(({ isUnknown }) => isUnknown)
    .flatMap(({ name, value }) => waysIn(treeOf(value, () => count++)).map(({ way }) => way.reduce<string>((path, step) => `${path}${written(step)}`, name)));
  // Where the start has not the shape of the argument, the labels are the best there is.
  return paths.length === coordinates.length ? paths : coordinates;
}

const isPattern = ({ name, isUnknown }: Argument): boolean => isUnknown && /^arg\d+$/.test(name);

function written(step: number | string): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
