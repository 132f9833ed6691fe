import type { GradientPart } from "./gradientParts";
import { zerosLike } from "./gradientParts";
import { helpersFor, importsFor } from "./helpers";
import { bindingText, type CodeLanguage, namesIn, type Parameter, parameterText, parameterType } from "./parameters";
import { type Syntax, syntaxOf } from "./syntax";
import { coordinatesIn, numericFields, type Tree, typeOfTree } from "./tree";

export interface FunctionText {
  readonly title: string;
  /** The function that this is the gradient of. */
  readonly of: string;
  readonly parameters: readonly Parameter[];
  readonly code: {
    readonly lines: readonly string[];
    readonly partials: ReadonlyMap<number, string>;
    readonly parts: readonly GradientPart[];
    readonly reads: ReadonlySet<string>;
    readonly copies: ReadonlySet<string>;
    readonly formula: string | undefined;
  };
  readonly language: CodeLanguage;
}

const WIDTH = 110;

/** The printed function: documented, typed, complete with what it calls. */
export function wholeFunction(text: FunctionText): string {
  const { title, parameters, code, language } = text;
  const syntax = syntaxOf(language);
  const isPython = language === "python";
  const result = returned(text, syntax);
  const type = language === "typescript" ? `: ${resultType(parameters)}` : "";
  const list = parameters.map((parameter) => parameterText(parameter, language));
  const oneLine = `${isPython ? "def" : "function"} ${title}(${list.join(", ")})${type}${isPython ? ":" : " {"}`;
  const head = oneLine.length <= WIDTH + 10 ? [oneLine]
    : [`${isPython ? "def" : "function"} ${title}(`, ...list.map((item) => `  ${item},`), `)${type}${isPython ? ":" : " {"}`];
  const comment = documentation(text);
  const body = [...code.lines, ...result].map((line) => `  ${line}`);
  const whole = isPython
    ? [...head, `  """${comment.map((line, i) => (i === 0 || line === "" ? line : `  ${line}`)).join("\n")}${comment.length > 1 ? "\n  " : ""}"""`, ...body]
    : ["/**", ...comment.map((line) => ` * ${line}`.trimEnd()), " */", ...head, ...body, "}"];
  const printed = whole.join("\n");
  const indented = isPython ? printed.replace(/^(?: {2})+/gm, (spaces) => spaces + spaces) : printed;
  const before = isPython ? importsFor(printed) : [];
  const helpers = helpersFor([...code.lines, ...result].join("\n"), language);
  return `${[...(before.length > 0 ? [`${before.join("\n")}\n`] : []), indented, ...helpers].join("\n\n").replace(/\n{3,}/g, "\n\n\n")}\n`;
}

const askedOf = (parameters: readonly Parameter[]): readonly Parameter[] => parameters.filter(({ isUnknown }) => isUnknown);

function resultType(parameters: readonly Parameter[]): string {
  const types = askedOf(parameters).map(({ tree }) => typeOfTree(tree, numericFields));
  const [only] = types;
  return types.length === 1 && only !== undefined ? only : `[${types.join(", ")}]`;
}

function returned({ parameters, code }: FunctionText, syntax: Syntax): string[] {
  const items = askedOf(parameters).map(({ tree }) => gradientText(tree, code.partials, code.parts, syntax));
  const keyword = "return ";
  const [only] = items;
  if (items.length === 1 && only !== undefined) {
    const asked = askedOf(parameters)[0];
    if (only.length + keyword.length <= WIDTH || !asked) return [`${keyword}${only}${syntax.end}`];
    return broken(asked.tree, code.partials, code.parts, syntax);
  }
  const line = `${keyword}${syntax.dialect === "python" ? items.join(", ") : syntax.list(items)}${syntax.end}`;
  if (line.length <= WIDTH) return [line];
  return [`${keyword}[`, ...items.flatMap((item) => wrapped(`  ${item},`)), `]${syntax.end}`];
}

/** A long sum on several lines, each but the first led by its sign. */
function wrapped(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const flat = splitAt(line, 0);
  return flat.every((part) => part.length <= WIDTH + 10) ? flat : splitAt(line, 1);
}

function splitAt(line: string, deepest: number): string[] {
  const lines: string[] = [];
  let start = 0;
  let last = 0;
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if ("([{".includes(character)) depth++;
    if (")]}".includes(character)) depth--;
    if (depth <= deepest && /^ [+-] /.test(line.slice(at, at + 3))) last = at;
    if (at - start < WIDTH || last <= start) continue;
    lines.push(line.slice(start, last));
    start = last;
  }
  lines.push(line.slice(start));
  return lines.map((part, i) => (i === 0 ? part : `    ${part.trimStart()}`));
}

/** A long list or object, an entry a line. */
function broken(tree: Tree, partials: ReadonlyMap<number, string>, parts: readonly GradientPart[], syntax: Syntax): string[] {
  const of = (part: Tree): string => gradientText(part, partials, parts, syntax);
  if (tree.kind === "list") return ["return [", ...tree.items.map((item) => `  ${of(item)},`), `]${syntax.end}`];
  if (tree.kind !== "record") return [`return ${of(tree)}${syntax.end}`];
  const fields = numericFields(tree).map(([name, field]) => `  ${syntax.record([[name, of(field)]]).slice(1, -1).trim()},`);
  return ["return {", ...fields, `}${syntax.end}`];
}

/** The gradient in the shape of the tree: partial derivatives, and names of what has been filled in. */
function gradientText(tree: Tree, partials: ReadonlyMap<number, string>, parts: readonly GradientPart[], syntax: Syntax): string {
  const part = parts.find((candidate) => candidate.tree === tree);
  if (part) return part.name;
  const range = coordinatesIn(tree);
  const isZero = range !== undefined && !parts.some((candidate) => isInside(candidate.tree, tree))
    && Array.from({ length: range.end - range.first }, (_, k) => partials.get(range.first + k) ?? "0").every((text) => text === "0");
  if (isZero && range.end - range.first > 4) return zerosLike(tree, syntax);
  switch (tree.kind) {
    case "number": return (tree.coordinate === undefined ? undefined : partials.get(tree.coordinate)) ?? "0";
    case "other": return syntax.dialect === "python" ? "None" : "undefined";
    case "list": return syntax.list(tree.items.map((item) => gradientText(item, partials, parts, syntax)));
    case "record": return syntax.record(numericFields(tree).map(([name, field]) => [name, gradientText(field, partials, parts, syntax)] as const));
  }
}

function isInside(part: Tree, tree: Tree): boolean {
  const [inner, outer] = [coordinatesIn(part), coordinatesIn(tree)];
  return inner !== undefined && outer !== undefined && outer.first <= inner.first && inner.end <= outer.end;
}

function documentation({ of, parameters, code, language }: FunctionText): string[] {
  const asked = askedOf(parameters).map(labelOf);
  const call = `${/^[\p{L}_$]/u.test(of) ? of : "the function"}(${parameters.map(({ binding }) => bindingText(binding)).join(", ")})`;
  const lines = [`The gradient of ${call}${code.formula === undefined ? "" : ` = ${code.formula}`}${parameters.length === asked.length ? "" : `, by ${asked.join(" and ")}`}.`];
  const shapes = parameters.flatMap((parameter) => (parameter.tree.kind === "list" ? [`${labelOf(parameter)} (${sizeText(parameter.tree)})`] : []));
  const outside = [...code.reads].filter((name) => !parameters.some(({ binding }) => namesIn(binding).some((bound) => bound.name === name)));
  const isFixed = code.formula === undefined && shapes.length > 0;
  const written = parameters.filter((parameter) => !parameter.argument.isUnknown && parameter.tree.kind !== "number" && !isRead(parameter, code)).map(labelOf);
  const copies = [...code.copies];
  if (isFixed || outside.length > 0 || copies.length > 0 || written.length > 0) {
    lines.push("", ...[
      ...(written.length > 0 ? [`The numbers of ${written.join(" and ")} are written into it.`] : []),
      ...(copies.length > 0 ? [`Holds ${copies.length > 1 ? "copies" : "a copy"} of ${copies.join(" and ")}, so that it also runs alone; beside ${of}, leave ${copies.length > 1 ? "them" : "it"} out.`] : []),
      ...(outside.length > 0 ? [`Reads ${outside.join(" and ")}, so it belongs in the same file as ${of}.`] : []),
      ...(isFixed ? [`Made for ${shapes.join(", ")}: other sizes need it printed anew.`] : []),
    ]);
  }
  const [only] = askedOf(parameters);
  const paths = asked.length > 1 || !only ? `[${asked.map((name) => `∂/∂${name}`).join(", ")}], each in the shape of its parameter.`
    : only.tree.kind === "number" ? `d/d${labelOf(only)}.` : `The partial derivatives, in the shape of ${labelOf(only)}.`;
  if (language === "python") return [...lines, "", `Returns ${paths.startsWith("The") ? `t${paths.slice(1)}` : paths}`];
  if (language === "javascript") {
    const params = parameters.map((parameter) => `@param {${parameterType(parameter.tree).replace(/^readonly /, "")}} ${parameter.binding.kind === "parts" ? parameter.argument.name : parameter.fallback === undefined ? labelOf(parameter) : `[${labelOf(parameter)}=${parameter.fallback}]`}`);
    return [...lines, "", ...params, `@returns {${resultType(parameters)}} ${paths}`];
  }
  return [...lines, "", `@returns ${paths}`];
}

/** Whether the code looks at the data rather than holding a copy of their numbers. */
function isRead({ binding }: Parameter, code: FunctionText["code"]): boolean {
  return namesIn(binding).some(({ name }) => code.reads.has(name) || code.lines.some((line) => new RegExp(`(?<![\\p{L}\\p{N}_$.])${name.replace(/\$/g, "\\$")}(?![\\p{L}\\p{N}_$])`, "u").test(line)));
}

function labelOf({ binding, argument }: Parameter): string {
  if (binding.kind === "name") return binding.name;
  return /^arg\d+$/.test(argument.name) ? bindingText(binding) : argument.name;
}

function sizeText(tree: Tree): string {
  const sizes: number[] = [];
  for (let at: Tree | undefined = tree; at?.kind === "list"; at = at.items[0]) sizes.push(at.items.length);
  return sizes.length === 1 ? `${sizes[0] ?? 0} long` : sizes.join(" × ");
}
