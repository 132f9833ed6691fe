import { mentionedArrays } from "../../ir/mentioned";
import { flatIndex, sizeOf } from "../../ir/shape";
import type { ArrayVariable, Block, Expression, IrFunction, Local } from "../../ir/types";
import { walkBlock } from "../../ir/visit";
import { accessesOf } from "../../loops/ownArrays";
import { printText } from "../text";
import { codeExpression, type Spelling } from "./codeExpression";
import { declarationOf, pieceFor } from "./dataLiteral";
import { type Access, accessText, findAccess, type Root } from "./elementAccess";
import type { GradientPart } from "./gradientParts";
import { free, nameVariables } from "./nameVariables";
import { safeName } from "./parameters";
import type { Declarations } from "./placeDeclarations";
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

/** The widest line of numbers. */
const WIDTH = 110;

/** How the variables, the data and the unknowns of a body are spelt. */
export class BodySpelling implements Spelling {
  readonly dialect: "typescript" | "python";
  private readonly variables = new Map<Variable, string>();
  private readonly access = new Map<ArrayVariable, Access>();
  /** Names outside the function that it reads. */
  readonly reads = new Set<string>();
  /** Names outside the function whose numbers are copied into it. */
  readonly copies = new Set<string>();
  /** Declarations of data. */
  readonly head: string[] = [];
  private readonly offsets = new Map<Local, number>();

  /** `body`: with its results at its end. `keeps`: for each tape the variable it keeps. */
  constructor(
    fn: Pick<IrFunction, "scalars" | "arrays">, private readonly body: Block, declarations: Declarations, private readonly names: BodyNames,
    private readonly syntax: Syntax, keeps: ReadonlyMap<ArrayVariable, Variable>,
  ) {
    this.dialect = syntax.dialect;
    for (const { local, offset } of fn.scalars) this.offsets.set(local, offset);
    const taken = new Set([...names.taken, ...names.parts.map(({ name }) => name)]);
    for (const array of mentionedArrays(body, fn.arrays)) {
      if (array.role.kind === "data" || array.role.kind === "parameter") this.access.set(array, this.find(array, taken));
    }
    this.copyData();
    for (const part of names.parts) this.access.set(part.array, part.access);
    for (const [variable, name] of nameVariables(body, declarations, taken, keeps, syntax.dialect)) this.variables.set(variable, name);
  }

  /** Numbers that have no name outside are written into the code. */
  private find(array: ArrayVariable, taken: Set<string>): Access {
    const { role } = array;
    const values = role.kind === "data" ? role.values
      : Float64Array.from({ length: sizeOf(array) }, (_, k) => (role.kind === "parameter" ? role.offset + k : NaN));
    const chosen = new Set(accessesOf(this.body, array).flatMap((indices) => indices.flatMap((index, dimension) => (index.kind === "constant" ? [] : [dimension]))));
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

  /** A declaration of an array with its elements written out. */
  table(name: string, shape: readonly number[], item: (flat: number) => string): string[] {
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

  local(local: Local): string {
    const offset = this.offsets.get(local);
    return (offset === undefined ? this.variables.get(local) : this.names.coordinates[offset]) ?? local.name;
  }

  element(array: ArrayVariable, indices: readonly Expression[]): string {
    if (array.role.kind === "parameter" && indices.every((index) => index.kind === "constant")) {
      const flat = flatIndex(array, indices.map((index) => (index.kind === "constant" ? index.value : 0)));
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

  /** A variable of the body's own. */
  variable(variable: Variable): string {
    return this.variables.get(variable) ?? variable.name;
  }

  /** An array, whether it is the body's own or has a name outside. */
  array(array: ArrayVariable): string {
    return this.variables.get(array) ?? this.access.get(array)?.root ?? array.name;
  }
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
