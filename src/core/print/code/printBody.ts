import { call } from "../../ir/build";
import { flatIndex, sizeOf } from "../../ir/shape";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { walkBlock } from "../../ir/visit";
import { readsOf } from "../../loops/effects";
import { printText } from "../text";
import { type BodyNames, BodySpelling } from "./bodySpelling";
import { codeExpression } from "./codeExpression";
import { type Declarations, placeDeclarations } from "./placeDeclarations";
import type { Syntax } from "./syntax";

type Variable = Local | ArrayVariable;

export interface PrintedBody {
  /** Declarations of data. */
  readonly head: readonly string[];
  readonly lines: readonly string[];
  /** The results, as text over the variables of the lines. */
  readonly results: readonly string[];
  /** Names outside the function that it reads. */
  readonly reads: ReadonlySet<string>;
  /** Names outside the function whose numbers are copied into it. */
  readonly copies: ReadonlySet<string>;
}

const operators: ReadonlyMap<string, string> = new Map([
  ["add", "+="], ["subtract", "-="], ["multiply", "*="], ["divide", "/="], ["addInt", "+="], ["subtractInt", "-="], ["multiplyInt", "*="],
]);

/** Prints statements of the IR with the variables named and declared as a person would. */
export function printBody(fn: Pick<IrFunction, "scalars" | "arrays">, body: Block, results: readonly Expression[], names: BodyNames, syntax: Syntax): PrintedBody {
  return new BodyPrinter(fn, body, results, names, syntax).print();
}

class BodyPrinter {
  private readonly spelling: BodySpelling;
  private readonly declarations: Declarations;
  /** The body, and uses of the results, which are read at its end. */
  private readonly whole: Block;

  constructor(
    fn: Pick<IrFunction, "scalars" | "arrays">, private readonly body: Block, private readonly results: readonly Expression[], names: BodyNames,
    private readonly syntax: Syntax,
  ) {
    this.whole = [...body, ...results.map((value): Statement => ({ kind: "if", condition: call("equal", [value, value]), then: [], else: [] }))];
    this.declarations = placeDeclarations(this.whole, fn);
    this.spelling = new BodySpelling(fn, this.whole, this.declarations, names, syntax, stored(body));
  }

  print(): PrintedBody {
    const lines = this.block(this.body, "");
    // What only the results look at was never written.
    const unwritten = this.whole.slice(this.body.length).flatMap((statement) => this.declared(statement, ""));
    return { head: this.spelling.head, lines: [...lines, ...unwritten], results: this.results.map((value) => this.spelling.text(value)), reads: this.spelling.reads, copies: this.spelling.copies };
  }

  private block(block: Block, indent: string): string[] {
    const lines: string[] = [];
    for (let at = 0; at < block.length; at++) {
      const statement = block[at];
      if (!statement) continue;
      const literal = this.literal(block, at);
      if (literal) {
        lines.push(...literal.lines.map((line) => indent + line));
        at += literal.statements - 1;
      } else lines.push(...this.declared(statement, indent), ...this.statement(statement, indent));
    }
    return lines;
  }

  /** An array that is declared here and stored element by element, as a list. */
  private literal(block: Block, at: number): { lines: readonly string[]; statements: number } | undefined {
    const first = block[at];
    const declared = first ? this.declarations.before.get(first) ?? [] : [];
    const [array] = declared;
    if (declared.length !== 1 || array?.kind !== "array" || first?.kind !== "store" || first.array !== array) return undefined;
    const items = new Map<number, string>();
    let end = at;
    for (; end < block.length; end++) {
      const statement = block[end];
      if (statement?.kind !== "store" || statement.array !== array || (end > at && this.declarations.before.has(statement))) break;
      if (!statement.indices.every((index) => index.kind === "constant") || readsOf(statement.value).has(array)) return undefined;
      const flat = flatIndex(array, statement.indices.map((index) => (index.kind === "constant" ? index.value : 0)));
      if (items.has(flat)) break;
      items.set(flat, this.spelling.text(statement.value));
    }
    if (items.size !== sizeOf(array)) return undefined;
    const name = this.spelling.variable(array);
    return { lines: this.spelling.table(name, array.shape, (flat) => items.get(flat) ?? "0"), statements: items.size };
  }

  private declared(statement: Statement, indent: string): string[] {
    return (this.declarations.before.get(statement) ?? []).map((variable) => indent + this.declaration(variable));
  }

  private declaration(variable: Variable): string {
    const name = this.spelling.variable(variable);
    if (variable.kind === "array") {
      if (variable.role.kind === "stack") return this.syntax.emptyStack(name);
      return this.syntax.declare("const", name, this.syntax.filled(variable.shape, "0", variable.element));
    }
    return this.syntax.declare("let", name, variable.type === "bool" ? this.spelling.text({ kind: "constant", type: "bool", value: 0 }) : "0");
  }

  private statement(statement: Statement, indent: string): string[] {
    const { syntax } = this;
    const line = (text: string): string[] => [indent + text];
    const nested = (block: Block): string[] => {
      const inner = this.block(block, `${indent}  `);
      return inner.length === 0 && syntax.dialect === "python" ? [`${indent}  pass`] : inner;
    };
    const close = syntax.close === undefined ? [] : [indent + syntax.close];
    switch (statement.kind) {
      case "assign": {
        const name = this.spelling.local(statement.local);
        const declaration = this.declarations.inPlace.get(statement);
        const update = declaration ? undefined : this.update(statement.local, statement.value);
        if (update !== undefined) return line(`${name} ${update}${syntax.end}`);
        const value = this.spelling.text(statement.value);
        return line(declaration ? syntax.declare(declaration, name, value) : `${name} = ${value}${syntax.end}`);
      }
      case "store": return line(`${this.spelling.element(statement.array, statement.indices)} = ${this.spelling.text(statement.value)}${syntax.end}`);
      case "accumulate": {
        const target = statement.target.kind === "local" ? this.spelling.local(statement.target) : this.spelling.element(statement.target, statement.indices ?? []);
        const written = codeExpression(statement.value, this.spelling);
        const inside = written.kind === "call" && written.primitive === "negate" ? written.args[0] : undefined;
        return line(`${target} ${inside ? "-=" : "+="} ${printText(inside ?? written, this.syntax.dialect)}${syntax.end}`);
      }
      case "fill": {
        const name = this.spelling.array(statement.array);
        const value = this.spelling.text(statement.value);
        if (this.declarations.inPlace.has(statement)) return line(syntax.declare("const", name, syntax.filled(statement.array.shape, value, statement.array.element)));
        return line(syntax.fill(name, statement.array.shape, value));
      }
      case "push": return line(syntax.push(this.spelling.variable(statement.stack), this.spelling.text(statement.value)));
      case "pop": {
        const value = syntax.pop(this.spelling.variable(statement.stack));
        const declaration = this.declarations.inPlace.get(statement);
        const name = this.spelling.local(statement.local);
        return line(declaration ? syntax.declare(declaration, name, value) : `${name} = ${value}${syntax.end}`);
      }
      case "if": {
        if (statement.then.length === 0 && statement.else.length > 0) {
          const opposite = printText({ kind: "call", primitive: "not", args: [codeExpression(statement.condition, this.spelling)] }, this.syntax.dialect);
          return [indent + syntax.ifHead(opposite), ...nested(statement.else), ...close];
        }
        // After a throw there is no else.
        if (statement.else.length > 0 && statement.then.some(({ kind }) => kind === "trap") && !statement.else.some((inner) => this.declarations.inPlace.has(inner) || this.declarations.before.has(inner))) {
          return [indent + syntax.ifHead(this.spelling.text(statement.condition)), ...nested(statement.then), ...close, ...this.block(statement.else, indent)];
        }
        const otherwise = statement.else.length > 0 ? [indent + syntax.elseHead, ...nested(statement.else)] : [];
        return [indent + syntax.ifHead(this.spelling.text(statement.condition)), ...nested(statement.then), ...otherwise, ...close];
      }
      case "for": {
        const leave = statement.exit ? this.leaving(statement.exit, `${indent}  `) : [];
        const head = syntax.forHead(this.spelling.local(statement.index), this.spelling.text(statement.from), this.spelling.text(statement.to), statement.step);
        return [indent + head, ...nested(statement.body), ...leave, ...close];
      }
      case "while": return [indent + syntax.whileHead(this.spelling.text(statement.condition)), ...nested(statement.body), ...close];
      case "trap": return line(syntax.fail(statement.message));
    }
  }

  /** `x *= a` for x = x · a, and so on. */
  private update(local: Local, value: Expression): string | undefined {
    if (value.kind !== "call") return undefined;
    const [a, b] = value.args;
    const symbol = operators.get(value.primitive);
    if (symbol === undefined || !a || !b) return undefined;
    const isItself = (e: Expression): boolean => e.kind === "read" && e.local === local;
    if (isItself(a)) return `${symbol} ${this.spelling.text(b)}`;
    const turns = symbol === "+=" || symbol === "*=";
    return turns && isItself(b) ? `${symbol} ${this.spelling.text(a)}` : undefined;
  }

  private leaving(exit: Local, indent: string): string[] {
    const head = this.syntax.ifHead(this.spelling.local(exit));
    if (this.syntax.close === undefined) return [indent + head, `${indent}  ${this.syntax.leaveLoop}`];
    return [`${indent}${head.replace(/ \{$/, "")} ${this.syntax.leaveLoop}`];
  }
}

/** For each tape the variable it keeps. */
function stored(body: Block): Map<ArrayVariable, Variable> {
  const found = new Map<ArrayVariable, Variable>();
  walkBlock(body, (statement) => {
    const array = statement.kind === "store" ? statement.array : statement.kind === "push" ? statement.stack : undefined;
    if (!array || (statement.kind !== "store" && statement.kind !== "push")) return;
    if (statement.value.kind === "read") found.set(array, statement.value.local);
    if (statement.value.kind === "load") found.set(array, statement.value.array);
  });
  return found;
}
