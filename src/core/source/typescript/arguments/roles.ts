import { declaredAs } from "../syntax/declaredAs";
import type { Module } from "../syntax/module";
import { bare, keyName, type Node } from "../syntax/syntax";

/** An argument of a call, of which it is to be said whether it is an unknown or data. */
export interface Candidate {
  readonly parameter: string;
  readonly data: unknown;
  readonly node: Node | undefined;
}

type Evidence = "unknown" | "neutral" | "data";

const unknownName = /^(?:[wbθβ]|betas?|bias(?:es)?|coef\w*|slope|intercept|x0|\w*(?:0|init|initial|start|guess|theta|weights?|params?|parameters|θ|β))$/i;
const dataName = /^(?:[xy]s|X|Y|\w*data\w*|points?|pts|samples?|inputs?|outputs?|targets?|labels?|features?|observations?|observed|obs|y_?(?:[tT]rue|[tT]rain|[tT]est|[oO]bs)|expected|examples?|rows|batch|train\w*|test\w*|times?|ts|values|actual|measured|measurements?)$/;
const settingName = /^(?:lambda\d*|λ\d*|l[12]|reg\w*|lr|learning_?rate|rate|eta|η|eps\w*|ε|tol\w*|seed|epochs?|iterations?|steps?|decay)$/i;

/**
 * Which arguments of a call are data, going by how they are written: a number or a list written at the call, or a variable that is
 * stepped elsewhere, is what is looked for; a constant of many numbers is data, unless its name says that it is not.
 */
export function dataAmong(module: Module, candidates: readonly Candidate[]): boolean[] {
  const chosen = trimmed(candidates, likely(module, candidates));
  return candidates.map((candidate) => !chosen.has(candidate));
}

function likely(module: Module, candidates: readonly Candidate[]): readonly Candidate[] {
  const possible = candidates.filter(({ data }) => data === undefined || typeof data === "number" || (typeof data === "object" && data !== null));
  const evidence = new Map(possible.map((each) => [each, evidenceOf(module, each)] as const));
  const isNamed = ({ parameter, node }: Candidate): boolean => unknownName.test(parameter) || (node !== undefined && unknownName.test(lastName(node) ?? ""));
  const strong = possible.filter((each) => evidence.get(each) === "unknown");
  const named = possible.filter((each) => evidence.get(each) !== "unknown" && isNamed(each));
  if (strong.length + named.length > 0) return [...strong, ...named];
  const neutral = possible.filter((each) => evidence.get(each) === "neutral");
  const numbers = (neutral.length > 0 ? neutral : possible).filter(({ data }) => typeof data === "number");
  if (numbers.length > 0) return numbers;
  const others = (neutral.length > 0 ? neutral : possible).filter(({ parameter }) => !dataName.test(parameter));
  return others.length > 0 ? others : possible;
}

/** Lists called `xs` or `labels`, and numbers called `lambda`, are no unknowns beside others. */
function trimmed(candidates: readonly Candidate[], chosen: readonly Candidate[]): ReadonlySet<Candidate> {
  const isData = ({ parameter, data }: Candidate): boolean => (typeof data === "number" ? settingName.test(parameter)
    : dataName.test(parameter) || (/^[xy]$/.test(parameter) && candidates.some((other) => unknownName.test(other.parameter))));
  const rest = chosen.filter((each) => !isData(each));
  return new Set(rest.length > 0 ? rest : chosen);
}

function evidenceOf(module: Module, { node }: Candidate): Evidence {
  const each = node ? bare(node) : undefined;
  switch (each?.type) {
    case undefined: return "neutral";
    case "Identifier": {
      const { kind, isStepped } = declaredAs(module, each.name, each);
      if (kind === "const" || kind === "import") return isStepped ? "unknown" : "data";
      return isStepped && kind !== "parameter" ? "unknown" : "neutral";
    }
    case "MemberExpression": return "data";
    case "CallExpression": return "neutral";
    default: return "unknown";
  }
}

function lastName(node: Node): string | undefined {
  const each = bare(node);
  if (each.type === "Identifier") return each.name;
  return each.type === "MemberExpression" ? keyName(each.property, each.computed) : undefined;
}
