import type { Diagnostic } from "../diagnostic";
import type { LineIndex } from "../positions";
import { fence } from "./fence";
import { constantNamed, didYouMean, functionNames, isFunctionName } from "./functions";
import { loneLetters, splitProducts } from "./names";
import { parseTokens } from "./parseTokens";
import { diagnosticOf, refuse, Refusal } from "./refuse";
import { rewrite, type Scope } from "./rewrite";
import { readStatement, type Statement } from "./statement";
import { statementTokens } from "./textLines";
import type { Token } from "./token";
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
}

/** The definitions around a formula, found by name when they are needed. Inner ones ("where a = 2") hide outer ones. */
export class Definitions {
  private readonly statements = new Map<string, Statement>();
  private readonly read = new Map<string, Definition | "reading">();

  constructor(statements: readonly Statement[], private readonly lines: LineIndex, readonly notes: Diagnostic[], private readonly outer?: Definitions) {
    for (const statement of statements) if (statement.name) this.statements.set(statement.name.text, statement);
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
    const around = this.inner(statement);
    const params = statement.params?.map((param) => param.text);
    checkParams(statement.params ?? []);
    const own = new Set(params ?? []);
    // `L = …` may speak of an L elsewhere, but not of itself.
    const defined = (other: string): boolean => other !== name && around.statementOf(other) !== undefined;
    const isKnown = (other: string): boolean => own.has(other) || defined(other) || constantNamed(other) !== undefined;
    const letters = params ? [] : [...loneLetters(statement.body)];
    const factors = new Set([...own, ...letters, ...around.valueNames()]);
    const split = splitProducts(statement.body, factors, isKnown, (token, parts) => {
      this.note("I302", token, `${token.text} is read as ${parts.join("·")}.`, `Put a space or * between the names, or give ${token.text} a value.`);
    });
    const indices = indexNames(split);
    const scope: Scope = {
      isFunction: (other) => !own.has(other) && (around.statementOf(other)?.params !== undefined || isFunctionName(other)),
      isValue: (other) => own.has(other) || indices.has(other) || (defined(other) && around.statementOf(other)?.params === undefined),
    };
    fence(split, (other) => isKnown(other) || indices.has(other));
    const tree = parseTokens(rewrite(split, scope));
    const free = freeNames(tree, own, around, name);
    return { name, ...(params ? { params } : {}), statement, tree, free };
  }

  valueNames(): string[] {
    const own = [...this.statements].filter(([, statement]) => !statement.params).map(([name]) => name);
    return [...own, ...(this.outer?.valueNames() ?? [])];
  }

  functionStatements(): Statement[] {
    return [...this.statements.values()].filter((statement) => statement.params !== undefined);
  }

  private note(code: string, token: Token, message: string, hint: string): void {
    this.notes.push(diagnosticOf({ code, span: token.span, message, hint }, this.lines, "info"));
  }
}

function checkParams(params: readonly Token[]): void {
  params.forEach((param, i) => {
    if (params.findIndex((other) => other.text === param.text) < i) refuse("E100", param.span, `The parameter ${param.text} is named twice.`);
  });
}

function indexNames(tokens: readonly Token[]): Set<string> {
  return new Set(tokens.filter((token, i) => token.kind === "name" && tokens[i + 1]?.text === "=").map((token) => token.text));
}

/** Names without a meaning here, in order of appearance; those that definitions bring with them included. */
function freeNames(tree: MathTree, bound: ReadonlySet<string>, around: Definitions, self: string): string[] {
  const found = new Set<string>();
  const add = (names: readonly string[]): void => names.forEach((name) => !bound.has(name) && found.add(name));
  const visit = (part: MathTree, indices: ReadonlySet<string>): void => {
    if (part.kind === "name") {
      if (bound.has(part.name) || indices.has(part.name)) return;
      const definition = part.name === self ? undefined : around.definition(part.name);
      if (definition?.params) refuse("E100", part.span, `${part.name} is a function, and has no argument here.`, `Write ${part.name}(${definition.params.join(", ")}).`);
      if (definition) add(definition.free);
      else if (part.name === "i") refuse("E105", part.span, "i is the imaginary unit here, and Downhill differentiates real functions.", "Give it another name, or make it a parameter: f(i) = …");
      else if (!constantNamed(part.name)) found.add(part.name);
      return;
    }
    if (part.kind === "call") {
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

function unknownFunction(call: Extract<MathTree, { kind: "call" }>, around: Definitions): never {
  const known = [...functionNames(), ...around.functionStatements().map((statement) => statement.name?.text ?? "")];
  const close = didYouMean(call.name, known);
  const hint = close === undefined ? `Define it on a line of its own, as ${call.name}(x) = …` : `Did you mean ${close}?`;
  return refuse("E102", call.nameSpan, `There is no function called ${call.name}.`, hint);
}

export interface Binder {
  operator: "sum" | "prod";
  index: string;
  from: MathTree;
  to: MathTree;
  body: MathTree;
}

/** sum(i, 1, 4, body), or sum(body, i, 1, 4). */
export function binderOf(call: Extract<MathTree, { kind: "call" }>): Binder | undefined {
  if ((call.name !== "sum" && call.name !== "prod") || call.args.length !== 4) return undefined;
  const [first, second, third, fourth] = call.args;
  if (!first || !second || !third || !fourth) return undefined;
  if (first.kind === "name") return { operator: call.name, index: first.name, from: second, to: third, body: fourth };
  if (second.kind === "name") return { operator: call.name, index: second.name, from: third, to: fourth, body: first };
  return undefined;
}

/** Every statement of a text that reads as a definition; others are passed over, for they may be anything. */
export function definitionsIn(text: string, dashIsBullet: boolean): Statement[] {
  const found: Statement[] = [];
  for (const tokens of statementTokens(text, { start: 0, end: text.length }, dashIsBullet)) {
    if (!tokens.some((token) => token.text === "=")) continue;
    try {
      const statement = readStatement(tokens);
      if (statement?.name) found.push(statement);
    } catch (error) {
      // A line elsewhere that is no definition is nobody's mistake.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return found;
}

