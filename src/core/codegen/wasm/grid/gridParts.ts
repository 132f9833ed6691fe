import { namesOf } from "../../../ir/namesOf";
import { Numbering } from "../../../ir/numbering";
import type { Assign, Block, Expression, IrFunction, Local, Statement } from "../../../ir/types";
import { expressionsOf, operands, typeOf, walkBlock, walkExpression } from "../../../ir/visit";

/** How a number changes over a grid: along a row, and from row to row. */
export interface Course {
  readonly along: boolean;
  readonly across: boolean;
}

/** A function on a grid, taken apart by how often each part is to be computed. */
export interface GridParts {
  /** Once a row. */
  readonly perRow: readonly Assign[];
  /** Once a column, whatever the row. */
  readonly perColumn: readonly Assign[];
  /** What the points ask for of their columns: unknowns, and what is assigned there. */
  readonly tables: readonly Local[];
  /** At every point; it reads what the others assign. */
  readonly rest: IrFunction;
}

/** Beyond, fetching what a column has takes as long as computing it. */
const MOST_TABLES = 16;

/** `courseOf`: of the unknown with this number. */
export function gridParts(fn: IrFunction, courseOf: (unknown: number) => Course): GridParts {
  const splitter = new Splitter(fn, courseOf);
  const body = fn.body.flatMap((statement) => splitter.statement(statement));
  const rest = { ...fn, body, result: splitter.expression(fn.result) };
  const { perRow, perColumn } = splitter;
  const read = readIn(rest);
  const tables = [...fn.scalars.map(({ local }) => local), ...perColumn.map(({ local }) => local)].filter((local) => read.has(local) && splitter.isPerColumn(local));
  return { perRow, perColumn, tables, rest };
}

class Splitter {
  readonly perRow: Assign[] = [];
  readonly perColumn: Assign[] = [];
  private readonly courses = new Map<Local, Course>();
  private readonly named = new Map<number, Local>();
  private readonly numbering = new Numbering();
  private readonly known = new Map<Expression, Course | undefined>();
  private readonly names;
  private readonly writes: ReadonlyMap<Local, number>;
  private tables = 0;

  constructor(fn: IrFunction, courseOf: (unknown: number) => Course) {
    this.names = namesOf(fn);
    this.writes = writesIn(fn);
    for (const { local, offset } of fn.scalars) if (this.writes.get(local) === 1) this.courses.set(local, courseOf(offset));
  }

  isPerColumn(local: Local): boolean {
    const course = this.courses.get(local);
    return course !== undefined && course.along && !course.across;
  }

  /** What is left of a statement of the function's own block: it is done at every point. */
  statement(statement: Statement): Block {
    switch (statement.kind) {
      case "assign": {
        const course = this.courseOf(statement.value);
        const isFree = course && this.writes.get(statement.local) === 1 && !(course.along && (course.across || statement.local.type !== "f64"));
        if (isFree) {
          this.courses.set(statement.local, course);
          // What is the same everywhere both may read.
          if (!course.along) this.perRow.push(statement);
          if (!course.across) this.perColumn.push(statement);
          return [];
        }
        return [{ ...statement, value: this.expression(statement.value) }];
      }
      case "accumulate":
      case "store":
      case "fill": return [{ ...statement, value: this.expression(statement.value) }];
      case "if": return [{ ...statement, condition: this.expression(statement.condition) }];
      default: return [statement];
    }
  }

  /** The expression with names for what need not be computed at every point. */
  expression(expression: Expression): Expression {
    const course = this.courseOf(expression);
    if (course && !(course.along && course.across) && operands(expression).length > 0 && typeOf(expression) === "f64") {
      const name = this.nameOf(expression, course);
      if (name) return { kind: "read", local: name };
    }
    switch (expression.kind) {
      case "constant": case "read": case "load": return expression;
      case "call": return { ...expression, args: expression.args.map((each) => this.expression(each)) };
      case "select": {
        const { condition, whenTrue, whenFalse } = expression;
        return { ...expression, condition: this.expression(condition), whenTrue: this.expression(whenTrue), whenFalse: this.expression(whenFalse) };
      }
    }
  }

  private nameOf(value: Expression, course: Course): Local | undefined {
    const number = this.numbering.of(value);
    const known = this.named.get(number);
    if (known || (course.along && this.tables === MOST_TABLES)) return known;
    const local = this.names.local("f64", course.along ? "column" : "row");
    this.named.set(number, local);
    this.courses.set(local, course);
    (course.along ? this.perColumn : this.perRow).push({ kind: "assign", local, value });
    if (course.along) this.tables++;
    return local;
  }

  /** Undefined where it is not to be had but where it stands: what loops and branches assign, and elements that may not be there. */
  private courseOf(expression: Expression): Course | undefined {
    if (expression.kind === "read") return this.courses.get(expression.local);
    if (this.known.has(expression)) return this.known.get(expression);
    const course = this.courseOfOperands(expression);
    this.known.set(expression, course);
    return course;
  }

  private courseOfOperands(expression: Expression): Course | undefined {
    if (expression.kind === "load" && !(expression.array.role.kind === "data" && expression.indices.every(({ kind }) => kind === "constant"))) return undefined;
    let [along, across] = [false, false];
    for (const operand of operands(expression)) {
      const course = this.courseOf(operand);
      if (!course) return undefined;
      along ||= course.along;
      across ||= course.across;
    }
    return { along, across };
  }
}

/** How often variables are given values, unknowns their first one included. */
function writesIn({ body, scalars }: IrFunction): ReadonlyMap<Local, number> {
  const writes = new Map<Local, number>(scalars.map(({ local }) => [local, 1]));
  const count = (local: Local): void => { writes.set(local, (writes.get(local) ?? 0) + 1); };
  // A second time where it stands in a block of its own, so that what is assigned once is so for every point.
  const isOwn = new Set(body);
  walkBlock(body, (statement) => {
    if (statement.kind === "assign" || statement.kind === "pop") count(statement.local);
    if (statement.kind === "assign" && !isOwn.has(statement)) count(statement.local);
    if (statement.kind === "accumulate" && statement.target.kind === "local") count(statement.target);
    if (statement.kind === "for") count(statement.index);
  });
  return writes;
}

function readIn({ body, result }: IrFunction): ReadonlySet<Local> {
  const read = new Set<Local>();
  const note = (expression: Expression): void => walkExpression(expression, (e) => { if (e.kind === "read") read.add(e.local); });
  walkBlock(body, (statement) => expressionsOf(statement).forEach(note));
  note(result);
  return read;
}
