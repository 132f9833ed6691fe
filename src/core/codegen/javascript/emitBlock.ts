import { sizeOf } from "../../ir/shape";
import type { Block, Expression, For, Statement, While } from "../../ir/types";
import type { Declarations } from "./declare";
import { elementText, emitExpression, type Scope } from "./emitExpression";
import { operationsOf } from "../effort";
import { leaveEarly, shortEnd } from "./warmUp";

/** What a block's text needs to know beside its variables. */
export interface Emission {
  readonly scope: Scope;
  readonly declarations: Declarations;
  /** The statements that end the evaluation with NaN, at this place. */
  leave(statement: Statement, why: Leaving): string;
  /** Whether the loops count their operations. */
  readonly isFuelled: boolean;
  /** Loops that the warm-up cuts short. */
  readonly long: ReadonlySet<Statement>;
  /** Text that stands in place of a statement: the call of the piece that begins with it, or nothing for the rest of the piece. */
  readonly instead?: ReadonlyMap<Statement, string>;
  /** What a loop does first at each turn. */
  atTurn?(loop: For): string;
  fresh(hint: string): string;
}

/** A trap was reached, a loop took more turns than its cap, or the evaluation more operations than it may. */
export type Leaving = "trap" | "cap" | "fuel";

export function emitBlock(block: Block, emission: Emission, indent: string): string {
  return block.map((statement) => emitStatement(statement, emission, indent)).join("");
}

function emitStatement(statement: Statement, emission: Emission, indent: string): string {
  const { scope, declarations, instead } = emission;
  const line = (text: string): string => `${indent}${text}\n`;
  const other = instead?.get(statement);
  if (other !== undefined) return other === "" ? "" : line(other);
  const nested = (block: Block): string => emitBlock(block, emission, `${indent}  `);
  switch (statement.kind) {
    case "assign": {
      const declaration = declarations.inPlace.get(statement);
      return line(`${declaration ? `${declaration} ` : ""}${scope.local(statement.local)} = ${emitExpression(statement.value, scope)};`);
    }
    case "store":
      return line(`${elementText(statement.array, statement.indices, scope)} = ${emitExpression(statement.value, scope)};`);
    case "accumulate": {
      const target = statement.target.kind === "local" ? scope.local(statement.target) : elementText(statement.target, statement.indices ?? [], scope);
      const taken = negated(statement.value);
      return line(taken ? `${target} -= ${emitExpression(taken, scope)};` : `${target} += ${emitExpression(statement.value, scope)};`);
    }
    case "fill": {
      const { buffer, offset } = scope.array(statement.array);
      const region = statement.array.role.kind === "output" ? `, ${offset}, ${offset + sizeOf(statement.array)}` : "";
      return line(`${buffer}.fill(${emitExpression(statement.value, scope)}${region});`);
    }
    case "push": {
      const { buffer } = scope.array(statement.stack);
      return line(`if (${buffer}_top === ${buffer}.length) ${buffer} = library.grow(${buffer});`)
        + line(`${buffer}[${buffer}_top++] = ${emitExpression(statement.value, scope)};`);
    }
    case "pop": {
      const { buffer } = scope.array(statement.stack);
      return line(`${scope.local(statement.local)} = ${buffer}[--${buffer}_top];`);
    }
    case "if": {
      const otherwise = statement.else.length > 0 ? `${indent}} else {\n${nested(statement.else)}` : "";
      return line(`if (${emitExpression(statement.condition, scope)}) {`) + nested(statement.then) + otherwise + line("}");
    }
    case "for": return emitFor(statement, emission, indent);
    case "while": {
      const trips = emission.fresh("trips");
      return line(`for (let ${trips} = 0; ${emitExpression(statement.condition, scope)}; ${trips}++) {`)
        + line(`  if (${trips} >= ${statement.cap}) { ${emission.leave(statement, "cap")} }`)
        + (emission.long.has(statement) ? line(`  ${leaveEarly(trips)}`) : "") + burn(statement, emission, `${indent}  `)
        + nested(statement.body) + line("}");
    }
    case "trap": return line(emission.leave(statement, "trap"));
  }
}

function emitFor(statement: For, emission: Emission, indent: string): string {
  const { scope } = emission;
  const index = scope.local(statement.index);
  const isLong = emission.long.has(statement);
  const constant = statement.to.kind === "constant" && !isLong;
  const limit = emitExpression(statement.to, scope);
  const to = isLong ? shortEnd(statement, index, limit) : limit;
  const end = constant ? to : emission.fresh("end");
  const step = statement.step === 1 ? `${index}++` : statement.step === -1 ? `${index}--` : `${index} += ${statement.step}`;
  const head = `let ${index} = ${emitExpression(statement.from, scope)}${constant ? "" : `, ${end} = ${to}`}; ${index} ${statement.step > 0 ? "<" : ">"} ${end}; ${step}`;
  const exit = statement.exit ? `${indent}  if (${scope.local(statement.exit)}) break;\n` : "";
  const first = emission.atTurn ? `${indent}  ${emission.atTurn(statement)}\n` : "";
  return `${indent}for (${head}) {\n${first}${burn(statement, emission, `${indent}  `)}${emitBlock(statement.body, emission, `${indent}  `)}${exit}${indent}}\n`;
}

/** At the beginning of every turn of a loop. */
function burn(loop: For | While, emission: Emission, indent: string): string {
  return emission.isFuelled ? `${indent}if ((fuel -= ${operationsOf(loop.body)}) < 0) { ${emission.leave(loop, "fuel")} }\n` : "";
}

const negated = (e: Expression): Expression | undefined => (e.kind === "call" && e.primitive === "negate" ? e.args[0] : undefined);
