import { createObjective } from "./createObjective";
import { fromFormula } from "./gradientCode/fromFormula";
import { fromLoops } from "./gradientCode/fromLoops";
import type { GradientCode } from "./gradientCode/gradientCode";
import { openNumbers } from "./gradientCode/openNumbers";
import { printFormula } from "./gradientCode/printFormula";
import { functionOf } from "./functionOf";
import { reverse } from "./autodiff/reverse";
import { wholeFunction } from "./print/code/wholeFunction";
import type { Root } from "./print/code/elementAccess";
import { type CodeLanguage, namesIn, type Parameter, parametersOf, safeName, spellCoordinates } from "./print/code/parameters";
import { free } from "./print/code/nameVariables";
import { syntaxOf } from "./print/code/syntax";
import { waysIn } from "./print/code/tree";
import { simplify } from "./simplify/simplify";
import type { CompileOptions, Program } from "./source/program";

/**
 * The gradient as source. In TypeScript, JavaScript and Python it is a function that takes what the user's own function takes
 * and returns, for one unknown parameter, its gradient in the parameter's own shape; for several, a tuple of these in their
 * order. Formulas where there are short ones, otherwise the derivative of the program with its loops kept. Data that have a
 * name in the user's file keep it: few numbers are copied into the function, so that it stands alone as well as beside the
 * user's own; many are read from the file, and the comment says so. In "latex" and "math" the partial
 * derivatives as formulas; throws SourceError (E130) where there are none.
 */
export function printGradient(
  program: Program, name: string, dialect: "typescript" | "javascript" | "python" | "latex" | "math", options: CompileOptions = {},
): string {
  const { read, info } = functionOf(program, name);
  if (dialect === "latex" || dialect === "math") return printFormula(createObjective(read.lower(info.name, options)), info, dialect);
  const opened = openNumbers(read, info.name, options);
  const { lowered } = opened;
  const syntax = syntaxOf(dialect);
  const primal = simplify(lowered.function);
  const gradient = simplify(reverse(primal).function);
  const parametersWith = (whole: ReadonlySet<string>): Parameter[] => parametersOf(opened.arguments, lowered.coordinates, {
    language: dialect, whole, isAsked: ({ name: argument }) => opened.asked.has(argument),
    fallbacks: new Map([...opened.defaults].map(([argument, value]) => [argument, String(value)])),
  });
  const title = free(nameFor(info.name, dialect), new Set(program.functions.map((other) => other.name)));
  const make = (parameters: readonly Parameter[]): GradientCode => {
    const spelt = spellCoordinates(parameters, syntax.dialect);
    const asked = parameters.filter(({ isUnknown }) => isUnknown).flatMap(({ tree }) => waysIn(tree).map(({ coordinate }) => coordinate));
    const taken = new Set([title, ...parameters.flatMap(({ binding }) => namesIn(binding).map((bound) => bound.name))]);
    const formula = fromFormula(lowered.function, gradient, lowered.start, spelt, asked, taken, syntax);
    if (formula) return formula;
    const data = namedData(parameters, lowered.constants?.() ?? new Map<string, unknown>(), dialect);
    for (const { name: root } of data) taken.add(root);
    return fromLoops(gradient, lowered.start, new Set(asked), parameters, data, spelt, taken, syntax);
  };
  const parameters = parametersWith(new Set());
  return wholeFunction({ title, of: info.name, parameters, code: make(parameters), language: dialect });
}

/** Data by the names they have where the code is going to stand: parameters first, then the file's own. */
function namedData(parameters: readonly Parameter[], constants: ReadonlyMap<string, unknown>, dialect: CodeLanguage): Root[] {
  const given = parameters.filter(({ argument }) => !argument.isUnknown)
    .flatMap(({ binding, argument }) => (binding.kind === "name" ? [{ name: binding.name, value: argument.value }] : []));
  // Python has no names of a TypeScript file.
  if (dialect === "python") return given;
  const hidden = new Set(parameters.flatMap(({ binding }) => namesIn(binding).map(({ name }) => name)));
  return [...given, ...[...constants].filter(([name]) => !hidden.has(name)).map(([name, value]) => ({ name, value, isOutside: true as const }))];
}

/** costGradient; cost_gradient in Python. */
function nameFor(name: string, dialect: CodeLanguage): string {
  const short = name.slice(name.lastIndexOf(".") + 1).replace(/#\d+$/, "").replace(/[^\p{L}\p{N}_$]/gu, "");
  const base = short === "" || short === "anonymous" || short === "default" ? "" : short;
  if (dialect === "python") return safeName(base === "" ? "gradient" : `${base.replace(/\$/g, "_").replace(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase()}_gradient`, "python");
  return safeName(base === "" ? "gradient" : `${base}Gradient`, "typescript");
}
