import { call } from "../../ir/build";
import { mentionedArrays } from "../../ir/mentioned";
import { flatIndex, sizeOf } from "../../ir/shape";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { walkBlock } from "../../ir/visit";
import { printText } from "../text";
import { codeExpression, type Spelling } from "./codeExpression";
import { declarationOf, pieceFor } from "./dataLiteral";
import { type Access, accessText, findAccess, type Root } from "./elementAccess";
import type { GradientPart } from "./gradientParts";
import { free, nameVariables } from "./nameVariables";
import { safeName } from "./parameters";
import { type Declarations, placeDeclarations } from "./placeDeclarations";
import { readsOf } from "../../loops/effects";
import { accessesOf } from "../../loops/ownArrays";
import type { Syntax } from "./syntax";

type Variable = Local | ArrayVariable;

export interface BodyNames {
  /** How each coordinate is spelt. */
  readonly coordinates: readonly string[];
  /** The unknowns, their numbers being the coordinates. */
  readonly unknowns: readonly Root[];
  /** Data that have a name where the code is going to stand: parameters first. */
  readonly data: readonly Root[];
  readonly parts: readonly GradientPart[];
  readonly taken: ReadonlySet<string>;
}

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

/** The widest line of numbers. */
const WIDTH = 110;

/** Prints statements of the IR with the variables named and declared as a person would. */
export function printBody(fn: Pick<IrFunction, "scalars" | "arrays">, body: Block, results: readonly Expression[], names: BodyNames, syntax: Syntax): PrintedBody {
  return new BodyPrinter(fn, body, results, names, syntax).print();
}

class BodyPrinter implements Spelling {
  readonly dialect: "typescript" | "python";
  private readonly declarations: Declarations;
  private readonly variables = new Map<Variable, string>();
  private readonly access = new Map<ArrayVariable, Access>();
  private readonly reads = new Set<string>();
  private readonly copies = new Set<string>();
  private readonly head: string[] = [];
  private readonly offsets = new Map<Local, number>();

  /** The body, and uses of the results, which are read at its end. */
  private readonly whole: Block;

  constructor(
    fn: Pick<IrFunction, "scalars" | "arrays">, private readonly body: Block, private readonly results: readonly Expression[], private readonly names: BodyNames,
    private readonly syntax: Syntax,
  ) {
    this.dialect = syntax.dialect;
    for (const { local, offset } of fn.scalars) this.offsets.set(local, offset);
    this.whole = [...body, ...results.map((value): Statement => ({ kind: "if", condition: call("equal", [value, value]), then: [], else: [] }))];
    this.declarations = placeDeclarations(this.whole, fn);
    const taken = new Set([...names.taken, ...names.parts.map(({ name }) => name)]);
    for (const array of mentionedArrays(this.whole, fn.arrays)) {
      if (array.role.kind === "data" || array.role.kind === "parameter") this.access.set(array, this.find(array, taken));
    }
    this.copyData();
    for (const part of names.parts) this.access.set(part.array, part.access);
    for (const [variable, name] of nameVariables(this.whole, this.declarations, taken, stored(body), syntax.dialect)) this.variables.set(variable, name);
  }

  print(): PrintedBody {
    const lines = this.block(this.body, "");
    // What only the results look at was never written.
    const unwritten = this.whole.slice(this.body.length).flatMap((statement) => this.declared(statement, ""));
    return { head: this.head, lines: [...lines, ...unwritten], results: this.results.map((value) => this.text(value)), reads: this.reads, copies: this.copies };
  }

  /** Numbers that have no name outside are written into the code. */
  private find(array: ArrayVariable, taken: Set<string>): Access {
    const { role } = array;
    const values = role.kind === "data" ? role.values
      : Float64Array.from({ length: sizeOf(array) }, (_, k) => (role.kind === "parameter" ? role.offset + k : NaN));
    const chosen = new Set(accessesOf(this.whole, array).flatMap((indices) => indices.flatMap((index, dimension) => (index.kind === "constant" ? [] : [dimension]))));
    const found = findAccess(values, array.shape, role.kind === "data" ? this.names.data : this.names.unknowns, (dimension) => chosen.has(dimension));
    if (found) {
      this.reads.add(found.root);
      return found;
    }
    const label = array.label !== undefined && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(array.label) ? array.label : "data";
    const root = free(safeName(label, this.dialect), taken);
    taken.add(root);
    const item = (k: number): string => (role.kind === "data" ? this.number(role.values[k] ?? NaN) : this.names.coordinates[(role.kind === "parameter" ? role.offset : 0) + k] ?? "0");
    this.head.push(...this.table(root, array.shape, item));
    return { root, steps: array.shape.map((_, dimension) => ({ dimension })) };
  }

  /** Few numbers of the user's file are copied under the name they have there: then the code runs on its own, too. */
  private copyData(): void {
    for (const { name, value, isOutside } of this.names.data) {
      if (!isOutside || !this.reads.has(name)) continue;
      const piece = pieceFor(value, [...this.access.values()].filter(({ root }) => root === name));
      if (!piece) continue;
      this.head.push(...declarationOf(name, piece));
      this.reads.delete(name);
      this.copies.add(name);
    }
  }

  private table(name: string, shape: readonly number[], item: (flat: number) => string): string[] {
    const write = (dimension: number, flat: number): string => {
      const extent = shape[dimension];
      if (extent === undefined) return item(flat);
      return this.syntax.list(Array.from({ length: extent }, (_, k) => write(dimension + 1, flat * extent + k)));
    };
    const whole = this.syntax.declare("const", name, write(0, 0));
    if (whole.length <= WIDTH) return [whole];
    const rows = shape.length > 1 ? Array.from({ length: shape[0] ?? 0 }, (_, k) => write(1, k)) : chunks(Array.from({ length: shape[0] ?? 0 }, (_, k) => item(k)));
    return [this.syntax.declare("const", name, "[").replace(/;$/, ""), ...rows.map((row) => `  ${row},`), `]${this.syntax.end}`];
  }

  private number(value: number): string {
    return this.text({ kind: "constant", type: "f64", value });
  }

  // ---------------------------------------------------------------- expressions

  text(expression: Expression): string {
    return printText(codeExpression(expression, this), this.dialect);
  }

  nameOf(expression: Expression & { kind: "read" | "load" }): string {
    if (expression.kind === "read") return this.local(expression.local);
    return this.element(expression.array, expression.indices);
  }

  /** Data of whole numbers, and names for their elements. */
  isWhole(e: Expression): boolean {
    if (e.kind === "load") return e.array.role.kind === "data" && e.array.role.values.every(Number.isInteger);
    if (e.kind !== "read") return false;
    const values: Expression[] = [];
    let isOther = false;
    walkBlock(this.body, (statement) => {
      if (statement.kind === "assign" && statement.local === e.local) values.push(statement.value);
      if ((statement.kind === "accumulate" && statement.target === e.local) || (statement.kind === "pop" && statement.local === e.local)) isOther = true;
    });
    return !isOther && values.length > 0 && values.every((value) => value.kind === "load" && this.isWhole(value));
  }

  private local(local: Local): string {
    const offset = this.offsets.get(local);
    return (offset === undefined ? this.variables.get(local) : this.names.coordinates[offset]) ?? local.name;
  }

  private element(array: ArrayVariable, indices: readonly Expression[]): string {
    if (array.role.kind === "parameter" && indices.every((index) => index.kind === "constant")) {
      const flat = indices.reduce((at, index, d) => at * (array.shape[d] ?? 1) + (index.kind === "constant" ? index.value : 0), 0);
      return this.names.coordinates[array.role.offset + flat] ?? array.name;
    }
    const access = this.access.get(array) ?? { root: this.variables.get(array) ?? array.name, steps: array.shape.map((_, dimension) => ({ dimension })) };
    const text = accessText(access, this.dialect, (dimension) => {
      const index = indices[dimension];
      return index ? { text: this.text(index), ...(index.kind === "constant" ? { constant: index.value } : {}) } : { text: "0" };
    });
    if (text === undefined) throw new Error(`A field of "${access.root}" is chosen at run time.`);
    return text;
  }

  // ---------------------------------------------------------------- statements

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
      items.set(flat, this.text(statement.value));
    }
    if (items.size !== sizeOf(array)) return undefined;
    const name = this.variables.get(array) ?? array.name;
    return { lines: this.table(name, array.shape, (flat) => items.get(flat) ?? "0"), statements: items.size };
  }

  private declared(statement: Statement, indent: string): string[] {
    return (this.declarations.before.get(statement) ?? []).map((variable) => indent + this.declaration(variable));
  }

  private declaration(variable: Variable): string {
    const name = this.variables.get(variable) ?? variable.name;
    if (variable.kind === "array") {
      if (variable.role.kind === "stack") return this.syntax.emptyStack(name);
      return this.syntax.declare("const", name, this.syntax.filled(variable.shape, "0", variable.element));
    }
    return this.syntax.declare("let", name, variable.type === "bool" ? this.text({ kind: "constant", type: "bool", value: 0 }) : "0");
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
        const name = this.local(statement.local);
        const declaration = this.declarations.inPlace.get(statement);
        const update = declaration ? undefined : this.update(statement.local, statement.value);
        if (update !== undefined) return line(`${name} ${update}${syntax.end}`);
        const value = this.text(statement.value);
        return line(declaration ? syntax.declare(declaration, name, value) : `${name} = ${value}${syntax.end}`);
      }
      case "store": return line(`${this.element(statement.array, statement.indices)} = ${this.text(statement.value)}${syntax.end}`);
      case "accumulate": {
        const target = statement.target.kind === "local" ? this.local(statement.target) : this.element(statement.target, statement.indices ?? []);
        const written = codeExpression(statement.value, this);
        const inside = written.kind === "call" && written.primitive === "negate" ? written.args[0] : undefined;
        return line(`${target} ${inside ? "-=" : "+="} ${printText(inside ?? written, this.dialect)}${syntax.end}`);
      }
      case "fill": {
        const name = this.variables.get(statement.array) ?? this.access.get(statement.array)?.root ?? statement.array.name;
        const value = this.text(statement.value);
        if (this.declarations.inPlace.has(statement)) return line(syntax.declare("const", name, syntax.filled(statement.array.shape, value, statement.array.element)));
        return line(syntax.fill(name, statement.array.shape, value));
      }
      case "push": return line(syntax.push(this.variables.get(statement.stack) ?? statement.stack.name, this.text(statement.value)));
      case "pop": {
        const value = syntax.pop(this.variables.get(statement.stack) ?? statement.stack.name);
        const declaration = this.declarations.inPlace.get(statement);
        const name = this.local(statement.local);
        return line(declaration ? syntax.declare(declaration, name, value) : `${name} = ${value}${syntax.end}`);
      }
      case "if": {
        if (statement.then.length === 0 && statement.else.length > 0) {
          const opposite = printText({ kind: "call", primitive: "not", args: [codeExpression(statement.condition, this)] }, this.dialect);
          return [indent + syntax.ifHead(opposite), ...nested(statement.else), ...close];
        }
        // After a throw there is no else.
        if (statement.else.length > 0 && statement.then.some(({ kind }) => kind === "trap") && !statement.else.some((inner) => this.declarations.inPlace.has(inner) || this.declarations.before.has(inner))) {
          return [indent + syntax.ifHead(this.text(statement.condition)), ...nested(statement.then), ...close, ...this.block(statement.else, indent)];
        }
        const otherwise = statement.else.length > 0 ? [indent + syntax.elseHead, ...nested(statement.else)] : [];
        return [indent + syntax.ifHead(this.text(statement.condition)), ...nested(statement.then), ...otherwise, ...close];
      }
      case "for": {
        const leave = statement.exit ? this.leaving(statement.exit, `${indent}  `) : [];
        const head = syntax.forHead(this.local(statement.index), this.text(statement.from), this.text(statement.to), statement.step);
        return [indent + head, ...nested(statement.body), ...leave, ...close];
      }
      case "while": return [indent + syntax.whileHead(this.text(statement.condition)), ...nested(statement.body), ...close];
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
    if (isItself(a)) return `${symbol} ${this.text(b)}`;
    const turns = symbol === "+=" || symbol === "*=";
    return turns && isItself(b) ? `${symbol} ${this.text(a)}` : undefined;
  }

  private leaving(exit: Local, indent: string): string[] {
    const head = this.syntax.ifHead(this.local(exit));
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

function chunks(items: readonly string[]): string[] {
  const rows: string[] = [];
  for (const item of items) {
    const last = rows[rows.length - 1];
    if (last === undefined || last.length + item.length > WIDTH - 4) rows.push(item);
    else rows[rows.length - 1] = `${last}, ${item}`;
  }
  return rows;
}
