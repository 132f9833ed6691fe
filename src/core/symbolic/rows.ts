import type { ArrayVariable, Expression, For } from "../ir/types";
import { expressionsOf, operands, walkBlock } from "../ir/visit";

/**
 * Does a loop go over rows of data? Then it is a sum to its reader, however few they are: (1/3) Σ (w xᵢ + b − yᵢ)².
 * Where the index is a number itself (xⁱ), or picks an unknown, few terms are read more easily written out.
 */
export function goesOverRows({ body, index }: For, isRow: (array: ArrayVariable) => boolean): boolean {
  let rows = 0;
  let others = 0;
  const visit = (expression: Expression): void => {
    if (expression.kind === "load" && expression.indices.some((at) => mentions(at, index.name))) {
      if (isRow(expression.array)) rows++;
      else others++;
      return;
    }
    if (expression.kind === "read" && expression.local.name === index.name) others++;
    operands(expression).forEach(visit);
  };
  walkBlock(body, (statement) => {
    for (const expression of expressionsOf(statement)) if (statement.kind !== "store" || !statement.indices.includes(expression)) visit(expression);
  });
  return rows > 0 && others === 0;
}

function mentions(expression: Expression, name: string): boolean {
  return (expression.kind === "read" && expression.local.name === name) || operands(expression).some((operand) => mentions(operand, name));
}
