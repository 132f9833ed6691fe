import { SourceError } from "../diagnostic";
import { LineIndex } from "../positions";
import { nestsTooDeeply } from "./syntax/nesting";
import type { CompileOptions, FunctionInfo, ReadProgram, Source } from "../program";
import { fence, quickRefusal } from "./syntax/fence";
import { highlighted, listFunctions, targetOf, type FunctionEntry } from "./syntax/functions";
import { readDocumentation } from "./syntax/jsdoc";
import { lowerComponents, lowerFunction } from "./lower";
import { Module } from "./syntax/module";
import { Modules } from "./evaluate/modules";
import { outerVariables } from "./syntax/outerVariables";
import { parametersOf, pathOf, spelling } from "./syntax/parameters";
import { parseText } from "./syntax/parse";
import { Refusal, toDiagnostic } from "./syntax/refusal";
import { shapeOfParameter, toParameterShape } from "./syntax/shapes";
import { statementAt } from "./syntax/statementAt";
import { boundNames, endOf, startOf } from "./syntax/syntax";

/** Reads TypeScript or JavaScript. Nothing of the text is ever executed: it is parsed, and interpreted by our own evaluator. */
export function readTypeScript(source: Source): ReadProgram {
  try {
    return readFile(source);
  } catch (problem) {
    // The stack is full: of the parser's calls, or of those that walk over what it made.
    if (problem instanceof RangeError) throw new SourceError([toDiagnostic(nestsTooDeeply(source.text), new LineIndex(source.text))]);
    throw problem;
  }
}

function readFile(source: Source): ReadProgram {
  const { file, problems } = parseText(source.text, source.language);
  const main = new Module(source.uri ?? "file:///main.ts", source.text, source.language, file, true);
  if (problems.length > 0) throw new SourceError(problems.map((problem) => toDiagnostic(problem, main.lines)));
  const modules = new Modules(main, source.resolve, source.readFile);
  const entries = listFunctions(main);
  const selection = source.selection;
  const anonymous = selection && selection.end > selection.start ? highlighted(main, selection) : undefined;
  if (anonymous && !entries.some((entry) => entry.node === anonymous)) entries.push(anonymousEntry(anonymous));
  const target = anonymous ? entries.find((entry) => entry.node === anonymous) : targetOf(entries, selection, source.text);
  /** The function of this name, once it is known that nothing stands in the way. */
  const open = (name: string, options: CompileOptions): FunctionEntry => {
    const entry = find(entries, name);
    if (!entry) {
      throw new SourceError([toDiagnostic(new Refusal("E102", `There is no function "${name}" here.`, "Choose one of the functions of this file.", { start: 0, end: 0 }), main.lines)]);
    }
    const refusals = fence(modules, entry, options);
    if (refusals.length > 0) throw new SourceError(refusals.map((refusal) => toDiagnostic(refusal, main.lines)));
    return entry;
  };
  return {
    language: source.language,
    refusesWhole: true,
    functions: entries.map((entry) => describe(modules, entry)),
    ...(target ? { target: target.name } : {}),
    lower: (name, options) => ({ ...lowerFunction(modules, open(name, options), options), statementAt: (span) => statementAt(main, span) }),
    lowerComponents: (name, options) => lowerComponents(modules, open(name, options), options),
  };
}

function anonymousEntry(node: FunctionEntry["node"]): FunctionEntry {
  return {
    name: "(anonymous)", shortName: "f", node, span: { start: startOf(node), end: endOf(node) }, isStatic: false, enclosing: [], comments: node.leadingComments,
  };
}

function find(entries: readonly FunctionEntry[], name: string): FunctionEntry | undefined {
  return entries.find((entry) => entry.name === name)
    ?? entries.find((entry) => entry.shortName === name)
    ?? entries.find((entry) => entry.ownerName !== undefined && `${entry.ownerName}.${entry.shortName}` === name);
}

function describe(modules: Modules, entry: FunctionEntry): FunctionInfo {
  const { main } = modules;
  const documented = readDocumentation(entry.comments);
  const refusal = quickRefusal(modules, entry);
  const outer = outerVariables(main, entry);
  return {
    name: entry.name,
    range: main.lines.range(entry.span),
    parameters: parametersOf(entry.node).map((param, i) => {
      return {
        name: spelling(main, pathOf(param, i).pattern), range: main.lines.range({ start: startOf(param), end: endOf(param) }),
        shape: toParameterShape(shapeOfParameter(modules, main, param, documented.types.get(boundNames(param)[0] ?? ""))),
      };
    }),
    ...(outer.length > 0 ? { outer } : {}),
    ...(refusal ? { refusal: toDiagnostic(refusal, main.lines) } : {}),
  };
}
