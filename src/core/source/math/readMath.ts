import { float, int, Names, read } from "../../ir/build";
import { interpret } from "../../ir/interpret";
import type { IrFunction, Local, ScalarParameter } from "../../ir/types";
import type { Diagnostic, Position, Range } from "../diagnostic";
import { LineIndex, type Span } from "../positions";
import type { CompileOptions, FunctionInfo, Lowered, ParameterInfo, ReadProgram, Source, StartOrigin } from "../program";
import { binderOf } from "./binder";
import { membersOf } from "./elements";
import type { Value } from "./lists";
import { locate } from "./locate";
import { MathLowering } from "./lowerMath";
import { definitionsIn, Definitions, type Definition } from "./mathDocument";
import { orderUnknowns } from "./names";
import { atBorder, diagnosticOf, Refusal, refuse } from "./refuse";
import { isVector, type Statement } from "./statement";
import { partsOf, type MathTree } from "./tree";

/** Reads mathematical text: a formula, `f(x, y) = …`, or several lines of definitions. Throws SourceError. */
export function readMath(source: Source): ReadProgram {
  const lines = new LineIndex(source.text);
  return atBorder(lines, () => new MathProgram(source, lines));
}

/** What is differentiated: a definition, its unknowns in order, and the definitions around it. */
interface Target {
  definition: Definition;
  unknowns: readonly string[];
  around: Definitions;
  /** Whether the text gives it no name; then it is shown as f, whatever it is called here to tell it from its neighbours. */
  anonymous: boolean;
  /** Values that the text gives to the unknowns (`x = 4.0`), where it gives them to all. */
  given: ReadonlyMap<string, number>;
}

class MathProgram implements ReadProgram {
  readonly language = "math";
  readonly functions: FunctionInfo[] = [];
  readonly target?: string;
  private readonly targets = new Map<string, Target>();
  private readonly notes: Diagnostic[] = [];

  private readonly text: string;

  constructor(source: Source, private readonly lines: LineIndex) {
    this.text = source.text;
    const { statements, dashIsBullet } = locate(source);
    const around = new Definitions(definitionsIn(source.text, dashIsBullet), lines, this.notes);
    const local = new Definitions(statements, lines, this.notes, around);
    const main = mainStatement(statements);
    for (const statement of new Set([...around.functionStatements(), ...local.functionStatements()])) {
      if (statement.name && statement.name.text !== main.name?.text) this.offer(statement, statement.name.text, around);
    }
    const name = main.name?.text ?? freshName(new Set([...this.functions.map((info) => info.name), ...main.body.map((token) => token.text)]));
    this.add(main, name, local);
    this.target = name;
  }

  /** Another function of the text: listed even where it cannot be differentiated, with the reason. */
  private offer(statement: Statement, name: string, around: Definitions): void {
    try {
      this.add(statement, name, around);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.functions.push({ name, parameters: [], range: this.lines.range(statement.span), refusal: diagnosticOf(error.problem, this.lines) });
    }
  }

  private add(statement: Statement, name: string, around: Definitions): void {
    const target = readTarget(statement, name, around);
    this.targets.set(name, target);
    const rangeOf = (unknown: string): Span => firstMention(statement, unknown) ?? statement.span;
    const parameters = target.unknowns.map((unknown): ParameterInfo => ({ name: unknown, shape: { kind: "number" }, range: this.lines.range(rangeOf(unknown)) }));
    const title = target.anonymous ? { title: this.text.slice(statement.span.start, statement.span.end) } : {};
    this.functions.push({ name, ...title, parameters, range: this.lines.range(statement.span) });
    // Refuses what cannot be lowered now rather than when it is run.
    lower(target, name, {});
  }

  lower(name: string, options: CompileOptions): Lowered {
    const target = this.targets.get(name);
    const info = this.functions.find((candidate) => candidate.name === name);
    return atBorder(this.lines, () => {
      if (!target) {
        const refusal = info?.refusal;
        return refuse(refusal?.code ?? "E102", { start: 0, end: 0 }, refusal?.message ?? `There is no function called ${name} here.`);
      }
      const own = this.lines.range(target.definition.statement.span);
      return { ...lower(target, name, options), diagnostics: this.notes.filter((note) => isWithin(note.range, own)) };
    });
  }
}

/** The last formula that no other one uses and that is not merely a value for another; of definitions alone, the last function. */
function mainStatement(statements: readonly Statement[]): Statement {
  const isValue = (statement: Statement): boolean => statement.name !== undefined && !statement.params && statement.body.every((token) => token.kind !== "name");
  const isUsed = ({ name }: Statement): boolean => name !== undefined && statements.some((other) =>
    [...other.body, ...other.given.flatMap((given) => given.body)].some(({ text }) => other.name?.text !== name.text && (text === name.text || text.startsWith(`${name.text}_`))));
  const fromLast = [...statements].reverse();
  const worth = fromLast.filter((statement) => !isValue(statement));
  const unused = worth.filter((statement) => !isUsed(statement));
  const main = worth.find((statement) => !statement.name) ?? unused.find((statement) => statement.params) ?? unused[0] ?? worth.find((statement) => statement.params) ?? worth[0] ?? fromLast[0];
  return main ?? refuse("E120", { start: 0, end: 0 }, "There is no mathematics in the selection.", "Highlight a formula such as x^2 + y^2.");
}

function readTarget(statement: Statement, name: string, outer: Definitions): Target {
  const around = outer.inner(statement);
  const anonymous = statement.name === undefined;
  const definition = outer.readBody(statement, name);
  if (definition.params) {
    if (definition.free.length > 0) explainFree(definition, definition.free, outer);
    const unknowns = definition.params.flatMap((param) => members(definition, param));
    return { definition, unknowns, around, anonymous, given: new Map() };
  }
  if (definition.free.length > 0) return { definition, unknowns: orderUnknowns(definition.free), around, anonymous, given: new Map() };
  // Everything has a value: then the values are where to start, as in a script that sets x and y before it descends.
  const names = new Set(outer.valueNames().filter((value) => !isVector(outer.statementOf(value)) && !settles(definition.tree, value)));
  const open = outer.without(names);
  const freed = open.readBody(statement, name);
  const values = new Map<string, number>();
  for (const unknown of freed.free) {
    const value = outer.definition(unknown)?.tree;
    const number = value && numberIn(value);
    if (number !== undefined) values.set(unknown, number);
  }
  const unknowns = orderUnknowns(freed.free);
  if (unknowns.length === 0) {
    refuse("E113", statement.span, "This is a constant: it has no unknowns to differentiate by.", "Use a name such as x in it.");
  }
  if (values.size < unknowns.length) refuse("E113", statement.span, "Every name in this formula has a value already, so nothing is left to vary.", `Write it as ${name}(${unknowns.join(", ")}) = …`);
  return { definition: freed, unknowns, around: open.inner(statement), anonymous, given: values };
}

const members = (definition: Definition, name: string): string[] => {
  const family = definition.families.get(name);
  return family ? membersOf(name, family) : [name];
};

/** Does the name say how far a sum goes, or which element is meant? Then it is no unknown. */
function settles(tree: MathTree, name: string): boolean {
  const mentions = (part: MathTree): boolean => (part.kind === "name" && part.name === name) || partsOf(part).some(mentions);
  const binder = tree.kind === "call" ? binderOf(tree) : undefined;
  if (binder && (mentions(binder.from) || mentions(binder.to))) return true;
  if (tree.kind === "element" && tree.indices.some(mentions)) return true;
  return partsOf(tree).some((part) => settles(part, name));
}

function numberIn(tree: Definition["tree"]): number | undefined {
  if (tree.kind === "number") return tree.value;
  if (tree.kind !== "unary" || tree.operator !== "-") return undefined;
  const value = numberIn(tree.operand);
  return value === undefined ? undefined : -value;
}

/** Lowering meets the first name without a value, and says where. */
function explainFree(definition: Definition, free: readonly string[], around: Definitions): void {
  const lowering = new MathLowering(new Names());
  const meaning = new Map((definition.params ?? []).map((param) => [param, float(1)]));
  lowering.number(definition.tree, meaning, around.inner(definition.statement));
  refuse("E102", definition.statement.span, `${free.join(", ")} has no value here.`);
}

function firstMention(statement: Statement, name: string): Span | undefined {
  return [...(statement.params ?? []), ...statement.body].find((token) => token.text === name)?.span;
}

function isWithin(inner: Range, outer: Range): boolean {
  const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function freshName(taken: ReadonlySet<string>): string {
  return ["f", "g", "h", "F", "loss"].find((name) => !taken.has(name)) ?? "formula";
}

// Starts with nothing special about them: not 0, where many a function is flat, and no two numbers alike. The later ones
// are for functions that are defined only near 0, for negative or for large numbers.
const starts: readonly (readonly number[])[] = [
  [2, 1.5, 1.2, 0.8, 1.7, 0.6], [0.5, 0.4, 0.3, 0.6, 0.2, 0.35], [-0.5, 0.4, -0.3, 0.6], [-2, -1.5, -1.2, -0.8], [5, 7, 6, 8], [40, 30, 50],
];

function lower(target: Target, name: string, options: CompileOptions): Lowered {
  const { definition, unknowns } = target;
  const names = new Names();
  const wanted = options.variables ? unknowns.filter((unknown) => options.variables?.includes(unknown)) : unknowns;
  if (wanted.length === 0) refuse("E113", definition.statement.span, "None of the chosen variables occurs in this formula.", `Choose among ${unknowns.join(", ")}.`);
  const given = options.start?.map((value) => Number(value));
  const startOf = (unknown: string, inferred = starts[0]): number => {
    const index = unknowns.indexOf(unknown);
    const chosen = given?.[index] ?? target.given.get(unknown);
    if (chosen !== undefined && Number.isFinite(chosen)) return chosen;
    return inferred?.[index % inferred.length] ?? 1;
  };
  const meaning = new Map<string, Value>();
  const scalars: ScalarParameter[] = [];
  const lowering = new MathLowering(names);
  const inVectors = new Set<string>();
  for (const [vector, family] of definition.families) {
    const all = membersOf(vector, family);
    const first = wanted.indexOf(all[0] ?? "");
    if (first < 0 || all.some((member, i) => wanted[first + i] !== member)) continue;
    const list = lowering.unknownVector(vector, family.low, all.map(() => float(0)), first);
    meaning.set(vector, list);
    all.forEach((member, i) => {
      inVectors.add(member);
      meaning.set(member, list.at(int(i)));
    });
  }
  wanted.forEach((unknown, offset) => {
    if (inVectors.has(unknown)) return;
    const local: Local = names.local("f64", unknown, unknown);
    scalars.push({ local, offset });
    meaning.set(unknown, read(local));
  });
  for (const unknown of unknowns) if (!meaning.has(unknown)) meaning.set(unknown, float(startOf(unknown)));
  for (const [vector, family] of definition.families) {
    if (meaning.has(vector)) continue;
    const elements = membersOf(vector, family).flatMap((member) => {
      const value = meaning.get(member);
      return value && value.kind !== "list" ? [value] : [];
    });
    if (elements.length === family.high - family.low + 1) meaning.set(vector, lowering.unknownVector(vector, family.low, elements, undefined));
  }
  const result = lowering.number(definition.tree, meaning, target.around);
  if (result.kind === "call" && result.primitive === "boolToFloat") {
    refuse("E105", definition.tree.span, "A comparison is true or false; a gradient needs one number.", "Write condition ? a : b, or bring both sides together.");
  }
  const fn: IrFunction = { name: target.anonymous ? "f" : name, dimension: wanted.length, scalars, arrays: lowering.arrays, body: lowering.body, result };
  const origin: StartOrigin = given ? "given" : target.given.size > 0 ? "initializer" : "inferred";
  const candidates = starts.map((inferred) => Float64Array.from(wanted, (unknown) => startOf(unknown, inferred)));
  const start = candidates.find((candidate) => Number.isFinite(interpret(fn, candidate).value)) ?? Float64Array.from(wanted, (unknown) => startOf(unknown));
  return { function: fn, coordinates: [...wanted], start, startOrigin: origin, diagnostics: [] };
}
