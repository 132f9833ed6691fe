import type { Diagnostic } from "../diagnostic";
import type { LineIndex, Span } from "../positions";
import { fence, withinReason } from "./fence";
import { binderOf } from "./binder";
import { type Family, membersOf, settleElements } from "./elements";
import { constantNamed, didYouMean, functionNames, isFunctionName } from "./functions";
import { loneLetters, splitProducts } from "./names";
import { amongWords } from "./locate";
import { parseTokens } from "./parseTokens";
import { diagnosticOf, refuse, Refusal } from "./refuse";
import { rewrite, rewriteWords, type Scope } from "./rewrite";
import { logarithmBase } from "./rewrite";
import { asVector, isVector, readStatement, statedValues, type Statement } from "./statement";
import { remarkTokens, statementTokens } from "./textLines";
import { afterBracket, isMark, splitAt, type Token } from "./token";
import { partsOf, type MathTree } from "./tree";

/** A statement read to the end: its expression and what it depends on. */
export interface Definition {
  name: string;
  /** Absent for `a = 2`. */
  params?: readonly string[];
  statement: Statement;
  tree: MathTree;
  /** Names that are neither parameters, constants nor defined: the unknowns of a bare expression, in order of appearance. */
  free: readonly string[];
  /** Vectors of unknowns: x[1] … x[n] are the unknowns x_1 … x_n. */
  families: ReadonlyMap<string, Family>;
}

/** The definitions around a formula, found by name when they are needed. Inner ones ("where a = 2") hide outer ones. */
export class Definitions {
  private readonly statements = new Map<string, Statement>();
  private readonly read = new Map<string, Definition | "reading">();

  constructor(statements: readonly Statement[], private readonly lines: LineIndex, readonly notes: Diagnostic[], private readonly outer?: Definitions) {
    for (const statement of statements) if (statement.name) this.statements.set(statement.name.text, statement);
    // "x = [1, 2, 3], y = [2, 4, 5]" defines both, one as much as the other.
    for (const { given, params, body } of statements) {
      for (const other of given) if (other.name && other.params && !this.statements.has(other.name.text)) this.statements.set(other.name.text, other);
      if (params || body.some((token) => token.kind === "name")) continue;
      for (const other of given) if (other.name && !this.statements.has(other.name.text)) this.statements.set(other.name.text, other);
    }
  }

  /** Forgets the value of a name, which becomes an unknown. */
  without(names: ReadonlySet<string>): Definitions {
    const kept = [...this.statements.values()].filter((statement) => statement.params || !names.has(statement.name?.text ?? ""));
    return new Definitions(kept, this.lines, this.notes, this.outer?.without(names));
  }

  statementOf(name: string): Statement | undefined {
    return this.statements.get(name) ?? this.outer?.statementOf(name);
  }

  /** The value or function of this name; refuses one that is defined by itself. */
  definition(name: string): Definition | undefined {
    const statement = this.statements.get(name);
    if (!statement) return this.outer?.definition(name);
    const known = this.read.get(name);
    if (known === "reading") return refuse("E106", statement.span, `${name} is defined by itself.`, "Define it without using it.");
    if (known) return known;
    this.read.set(name, "reading");
    try {
      const definition = this.readBody(statement, name);
      if (!statement.params && definition.free.includes(name)) refuse("E106", statement.span, `${name} is defined by itself.`, "Define it without using it.");
      this.read.set(name, definition);
      return definition;
    } catch (error) {
      this.read.delete(name);
      throw error;
    }
  }

  /** The scope a statement's body is read in: its "where" clauses first. */
  inner(statement: Statement): Definitions {
    return statement.given.length > 0 ? new Definitions(statement.given, this.lines, this.notes, this) : this;
  }

  readBody(statement: Statement, name: string): Definition {
    withinReason(statement.body);
    const around = this.inner(statement);
    const params = statement.params?.map((param) => param.text);
    checkParams(statement.params ?? []);
    const own = new Set(params ?? []);
    // `L = …` may speak of an L elsewhere, but not of itself.
    const defined = (other: string): boolean => other !== name && around.statementOf(other) !== undefined;
    const isKnown = (other: string): boolean => own.has(other) || defined(other) || constantNamed(other) !== undefined;
    const body = rewriteWords(asVector(statement.body));
    const letters = params ? [] : [...loneLetters(body)];
    const factors = new Set([...own, ...letters, ...around.valueNames()]);
    const split = splitProducts(body, factors, isKnown, (token, parts) => {
      this.note("I302", token.span, `${token.text} is read as ${parts.join("·")}.`, `Put a space or * between the names, or give ${token.text} a value.`);
    });
    const indices = indexNames(split);
    const values = bareLetters(split);
    const isFunction = (other: string): boolean => (isFunctionName(other) && !values.has(other)) || logarithmBase(other) !== undefined;
    const scope: Scope = {
      isFunction: (other) => !own.has(other) && (around.statementOf(other)?.params !== undefined || (isFunction(other) && !defined(other))),
      isValue: (other) => own.has(other) || indices.has(other) || (defined(other) && around.statementOf(other)?.params === undefined),
      isList: (other) => !own.has(other) && defined(other) && isVector(around.statementOf(other)),
      resembling: (other) => didYouMean(other, knownFunctions(around)),
      note: (span, message, hint) => this.note("I302", span, message, hint),
    };
    fence(split, (other) => isKnown(other) || indices.has(other));
    const rewritten = rewrite(split, indices, scope);
    withinReason(rewritten);
    const read = parseTokens(rewritten, (product) => {
      this.note("I302", product, "This whole product is divided by, as in mathjs: factors side by side go before a division.", "Write a * after the fraction to multiply it: 1/(2 a) * x.");
    });
    const { tree, families } = settleElements(read, {
      valueOf: (other) => (own.has(other) || !defined(other) ? undefined : around.definition(other)?.tree),
      isDefined: (other) => own.has(other) || defined(other),
      note: (code, span, message, hint) => this.note(code, span, message, hint),
    });
    const free = freeNames(tree, own, around, name, families);
    return { name, ...(params ? { params } : {}), statement, tree, free, families };
  }

  valueNames(): string[] {
    const own = [...this.statements].filter(([, statement]) => !statement.params).map(([name]) => name);
    return [...own, ...(this.outer?.valueNames() ?? [])];
  }

  functionStatements(): Statement[] {
    return [...this.statements.values()].filter((statement) => statement.params !== undefined);
  }

  private note(code: string, span: Span, message: string, hint: string): void {
    this.notes.push(diagnosticOf({ code, span, message, hint }, this.lines, "info"));
  }
}

function checkParams(params: readonly Token[]): void {
  params.forEach((param, i) => {
    if (params.findIndex((other) => other.text === param.text) < i) refuse("E100", param.span, `The parameter ${param.text} is named twice.`);
  });
}

/** What the sums count with: the i of sum(i, 1, 4, …). */
function indexNames(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  tokens.forEach((token, i) => {
    if (!/^(?:sum|prod)$/.test(token.text) || !isMark(tokens[i + 1], "(")) return;
    const parts = splitAt(tokens.slice(i + 2, afterBracket(tokens, i + 1) - 1), (part) => isMark(part, ","));
    if (parts.length !== 4) return;
    const [first, second] = parts.map(({ part }) => (part.length === 1 && part[0]?.kind === "name" ? part[0].text : undefined));
    const counter = first ?? second;
    if (counter !== undefined) names.add(counter);
  });
  return names;
}

/** Names without a meaning here, in order of appearance; those that definitions bring with them included. */
function freeNames(tree: MathTree, bound: ReadonlySet<string>, around: Definitions, self: string, families: ReadonlyMap<string, Family>): string[] {
  const found = new Set<string>();
  const counters = countersOf(tree);
  const add = (names: readonly string[]): void => names.forEach((name) => !bound.has(name) && found.add(name));
  const visit = (part: MathTree, indices: ReadonlySet<string>): void => {
    if (part.kind === "name") {
      if (bound.has(part.name) || indices.has(part.name)) return;
      const family = families.get(part.name);
      if (family) return add(membersOf(part.name, family));
      const definition = part.name === self ? undefined : around.definition(part.name);
      if (definition?.params) refuse("E100", part.span, `${part.name} is a function, and has no argument here.`, `Write ${part.name}(${definition.params.join(", ")}).`);
      if (definition) add(definition.free);
      else if (counters.has(part.name)) refuse("E102", part.span, `${part.name} counts in a sum, and has no value outside it.`, "Put what is to be added up in brackets: Σ_{i=1}^{3} (x − i).");
      else if (part.name === "i") refuse("E105", part.span, "i is the imaginary unit here, and Downhill differentiates real functions.", "Give it another name, or make it a parameter: f(i) = …");
      else if (!constantNamed(part.name)) found.add(part.name);
      return;
    }
    if (part.kind === "call") {
      if (part.args.length === 0) refuse("E100", part.span, `${part.name} is a function, and has no argument here.`, `Write ${part.name}(x).`);
      const definition = around.statementOf(part.name)?.params && part.name !== self ? around.definition(part.name) : undefined;
      if (definition) add(definition.free);
      else if (part.name === self) refuse("E106", part.nameSpan, `${self} calls itself.`, "Write it without recursion.");
      else if (!isFunctionName(part.name)) unknownFunction(part, around);
      const binder = binderOf(part);
      if (binder) {
        visit(binder.from, indices);
        visit(binder.to, indices);
        visit(binder.body, new Set([...indices, binder.index]));
        return;
      }
    }
    for (const inner of partsOf(part)) visit(inner, indices);
  };
  visit(tree, new Set());
  return [...found];
}

/** What the sums of a formula count with. */
function countersOf(tree: MathTree): Set<string> {
  const binder = tree.kind === "call" ? binderOf(tree) : undefined;
  return new Set([...(binder ? [binder.index] : []), ...partsOf(tree).flatMap((part) => [...countersOf(part)])]);
}

const knownFunctions = (around: Definitions): string[] => [...functionNames(), ...around.functionStatements().map((statement) => statement.name?.text ?? "")];

/** γ, σ and Γ are functions only where all mentions of them are applied: in (x − μ)/σ, 1 + gamma y and sigma (x − m) they are letters. */
function bareLetters(tokens: readonly Token[]): Set<string> {
  const isApplied = ({ text, span }: Token, next: Token | undefined): boolean => next !== undefined && isMark(next, "(") && (text.length === 1 || text === "gamma" || next.span.start === span.end);
  return new Set(tokens.filter((token, i) => /^(?:gamma|sigma|Gamma|σ|Γ)$/.test(token.text) && !isApplied(token, tokens[i + 1])).map(({ text }) => text));
}

function unknownFunction(call: Extract<MathTree, { kind: "call" }>, around: Definitions): never {
  if (call.name === "sinc") refuse("E102", call.nameSpan, "There are two functions called sinc.", "Write sin(x)/x, or sin(pi x)/(pi x).");
  const close = didYouMean(call.name, knownFunctions(around));
  const hint = close === undefined ? `Define it on a line of its own, as ${call.name}(x) = …` : `Did you mean ${close}?`;
  return refuse("E102", call.nameSpan, `There is no function called ${call.name}.`, hint);
}

/** Every statement of a text that reads as a definition; others are passed over, for they may be anything. */
export function definitionsIn(text: string, dashIsBullet: boolean): Statement[] {
  const found: Statement[] = [];
  for (const tokens of statementTokens(text, { start: 0, end: text.length }, dashIsBullet)) {
    if (!tokens.some((token) => token.text === "=")) continue;
    try {
      const read = amongWords(tokens, false) ?? readStatement(tokens) ?? [];
      const named = (Array.isArray(read) ? read : [read]).filter((statement) => statement.name);
      if (named.length > 0) found.push(...named);
      else found.push(...statedValues(tokens));
    } catch (error) {
      // A line elsewhere that is no definition is nobody's mistake; a sentence may still state values.
      if (!(error instanceof Refusal)) throw error;
      found.push(...statedValues(tokens));
    }
  }
  // A value in a remark is one where the lines themselves give none.
  return [...remarkTokens(text).flatMap(statedValues), ...found];
}

