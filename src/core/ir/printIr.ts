import type { Block, Expression, IrFunction, Statement } from "./types";

/** IR as text for people who work on the compiler: tests print it when they fail, the bench when it is asked to. */
export function printIr(fn: IrFunction): string {
  const scalars = fn.scalars.map(({ local, offset }) => `${local.name} = x[${offset}]`);
  const arrays = fn.arrays.map((array) => {
    const { role } = array;
    const where = role.kind === "parameter" ? ` @${role.offset}` : role.kind === "output" ? ` @${role.offset ?? 0}` : "";
    return `${role.kind} ${array.element} ${array.name}[${array.shape.join("][")}]${where}`;
  });
  return [`${fn.name}(x: ${fn.dimension})`, ...[...scalars, ...arrays].map((line) => `  ${line}`), ...lines(fn.body, "  "), `  → ${printExpression(fn.result)}`].join("\n");
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "constant": return expression.type === "bool" ? String(expression.value === 1) : Object.is(expression.value, -0) ? "-0" : String(expression.value);
    case "read": return expression.local.name;
    case "load": return `${expression.array.name}[${expression.indices.map(printExpression).join("][")}]`;
    case "call": return `${expression.primitive}(${expression.args.map(printExpression).join(", ")})`;
    case "select": return `(${printExpression(expression.condition)} ? ${printExpression(expression.whenTrue)} : ${printExpression(expression.whenFalse)})`;
  }
}

const lines = (block: Block, indent: string): string[] => block.flatMap((statement) => statementLines(statement, indent));

function statementLines(statement: Statement, indent: string): string[] {
  const one = (text: string): string[] => [indent + text];
  const nested = (block: Block): string[] => lines(block, `${indent}  `);
  const element = (name: string, indices: readonly Expression[] | undefined): string =>
    indices ? `${name}[${indices.map(printExpression).join("][")}]` : name;
  switch (statement.kind) {
    case "assign": return one(`${statement.local.name} = ${printExpression(statement.value)}`);
    case "store": return one(`${element(statement.array.name, statement.indices)} = ${printExpression(statement.value)}`);
    case "accumulate": return one(`${element(statement.target.name, statement.indices)} += ${printExpression(statement.value)}`);
    case "fill": return one(`${statement.array.name}[*] = ${printExpression(statement.value)}`);
    case "push": return one(`push ${statement.stack.name}, ${printExpression(statement.value)}`);
    case "pop": return one(`${statement.local.name} = pop ${statement.stack.name}`);
    case "trap": return one(`trap ${statement.code} ${JSON.stringify(statement.message)}`);
    case "if":
      return [...one(`if ${printExpression(statement.condition)}`), ...nested(statement.then), ...(statement.else.length > 0 ? [...one("else"), ...nested(statement.else)] : [])];
    case "for": {
      const exit = statement.exit ? ` until ${statement.exit.name}` : "";
      return [...one(`for ${statement.index.name} = ${printExpression(statement.from)} to ${printExpression(statement.to)} by ${statement.step}${exit}`), ...nested(statement.body)];
    }
    case "while": return [...one(`while ${printExpression(statement.condition)} (at most ${statement.cap})`), ...nested(statement.body)];
  }
}
