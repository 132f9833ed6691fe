import type { Argument } from "../../source/program";
import { type Root, stepText } from "./elementAccess";
import { childrenOf, type Step, treeOf, type Tree, typeOfTree, waysIn } from "./tree";

export type CodeLanguage = "typescript" | "javascript" | "python";

/** How a parameter is received: under a name, or taken apart as the user's own function does. */
export type Binding =
  | { readonly kind: "name"; readonly name: string; readonly tree: Tree }
  | { readonly kind: "parts"; readonly isList: boolean; readonly parts: readonly (readonly [Step, Binding])[] };

export interface Parameter {
  readonly argument: Argument;
  readonly tree: Tree;
  readonly binding: Binding;
  /** The gradient has an entry for it. */
  readonly isUnknown: boolean;
  /** What the user's function takes where nothing is given. */
  readonly fallback?: string;
}

/** The parameters of the gradient: the user's own, in their order. */
export function parametersOf(
  args: readonly Argument[], coordinates: readonly string[],
  how: { language: CodeLanguage; isAsked: (argument: Argument) => boolean; whole: ReadonlySet<string>; fallbacks: ReadonlyMap<string, string> },
): Parameter[] {
  let coordinate = 0;
  return args.filter((argument) => argument.value !== undefined).map((argument) => {
    const tree = treeOf(argument.value, argument.isUnknown ? () => coordinate++ : undefined);
    const plain = argument.name.slice(argument.name.lastIndexOf(".") + 1);
    const name = plain.startsWith("#") ? plain.slice(1) : plain;
    const isWhole = how.language === "python" || how.whole.has(argument.name) || argument.isOuter === true || argument.isRest === true;
    const binding = isWhole ? named(name, tree, how.language === "python" ? "python" : "typescript") : bindingOf(name, tree, coordinates);
    const fallback = how.fallbacks.get(argument.name);
    return { argument, tree, binding, isUnknown: argument.isUnknown && how.isAsked(argument), ...(fallback === undefined ? {} : { fallback }) };
  });
}

const inBraces = "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch "
  + "this throw true try typeof var void while with yield let static await arguments eval undefined NaN Infinity Math Number Array RangeError";
const inPython = "and as assert break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield "
  + "np math scipy float int max min range ValueError";
const reserved = { typescript: new Set(inBraces.split(" ")), python: new Set(inPython.split(" ")) };

/** A name that may stand in the language. */
export function safeName(name: string, dialect: "typescript" | "python"): string {
  const clean = name.replace(/[^\p{L}\p{N}_$]/gu, "_").replace(/^(?=\p{N})/u, "_") || "x";
  const spelt = dialect === "python" ? clean.replace(/\$/g, "_") : clean;
  return reserved[dialect].has(spelt) ? `${spelt}_` : spelt;
}

const named = (name: string, tree: Tree, dialect: "typescript" | "python" = "typescript"): Binding => ({ kind: "name", name: safeName(name, dialect), tree });

/** The names that the coordinates have, where they tell of a pattern. */
function bindingOf(name: string, tree: Tree, coordinates: readonly string[]): Binding {
  return patternOf(tree, coordinates) ?? named(name, tree);
}

function patternOf(tree: Tree, coordinates: readonly string[]): Binding | undefined {
  const own = commonName(tree, coordinates);
  if (own !== undefined) return named(own, tree);
  const parts: (readonly [Step, Binding])[] = [];
  for (const [step, part] of childrenOf(tree)) {
    const binding = patternOf(part, coordinates);
    if (!binding) return undefined;
    parts.push([step, binding]);
  }
  return parts.length > 0 ? { kind: "parts", isList: tree.kind === "list", parts } : undefined;
}

/** The name n such that every coordinate is called n with the way to it. */
function commonName(tree: Tree, coordinates: readonly string[]): string | undefined {
  let common: string | undefined;
  for (const { coordinate, way } of waysIn(tree)) {
    const path = coordinates[coordinate] ?? "";
    const rest = way.map((step) => stepText(step, "typescript")).join("");
    const name = path.endsWith(rest) ? path.slice(0, path.length - rest.length) : undefined;
    if (name === undefined || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) || (common !== undefined && name !== common)) return undefined;
    common = name;
  }
  return common;
}

/** The names a binding makes, each with what it holds. */
export function namesIn(binding: Binding): { name: string; tree: Tree }[] {
  return binding.kind === "name" ? [{ name: binding.name, tree: binding.tree }] : binding.parts.flatMap(([, part]) => namesIn(part));
}

/** How each coordinate is spelt inside the function. */
export function spellCoordinates(parameters: readonly Parameter[], dialect: "typescript" | "python"): string[] {
  const spelt: string[] = [];
  for (const { binding } of parameters) {
    for (const { name, tree } of namesIn(binding)) {
      for (const { coordinate, way } of waysIn(tree)) spelt[coordinate] = name + way.map((step) => stepText(step, dialect)).join("");
    }
  }
  return spelt;
}

/** The unknowns as roots whose numbers are the coordinates, so that elements can be found by number. */
export function coordinateRoots(parameters: readonly Parameter[]): Root[] {
  return parameters.flatMap(({ binding }) => namesIn(binding)).map(({ name, tree }) => ({ name, value: numbersOf(tree) }));
}

export function numbersOf(tree: Tree): unknown {
  switch (tree.kind) {
    case "number": return tree.coordinate ?? NaN;
    case "list": return tree.items.map(numbersOf);
    case "record": return Object.fromEntries(tree.fields.map(([name, field]) => [name, numbersOf(field)]));
    case "other": return undefined;
  }
}

export function parameterText({ argument, binding, tree, fallback }: Parameter, language: CodeLanguage): string {
  const name = bindingText(binding);
  if (fallback !== undefined) return language === "python" ? `${name}=${fallback}` : `${name} = ${fallback}`;
  if (argument.isRest) return language === "typescript" ? `...${name}: ${typeOfTree(tree)}` : language === "python" ? `*${name}` : `...${name}`;
  return language === "typescript" ? `${name}: ${parameterType(tree)}` : name;
}

/** Nothing is written into an argument, so read-only ones are welcome. */
export const parameterType = (tree: Tree): string => (tree.kind === "list" ? `readonly ${typeOfTree(tree)}` : typeOfTree(tree));

export function bindingText(binding: Binding): string {
  if (binding.kind === "name") return binding.name;
  if (binding.isList) return `[${binding.parts.map(([, part]) => bindingText(part)).join(", ")}]`;
  const fields = binding.parts.map(([step, part]) => {
    const key = stepText(step, "typescript");
    const text = bindingText(part);
    return key === `.${text}` ? text : `${key.startsWith(".") ? key.slice(1) : JSON.stringify(step)}: ${text}`;
  });
  return `{ ${fields.join(", ")} }`;
}
