import { describe, expect, it } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { walkBlock, walkExpression, expressionsOf } from "../../../src/core/ir/visit";
import { simplify } from "../../../src/core/simplify/simplify";
import { readProgram } from "../../../src/core/source/readProgram";
import type { IrFunction } from "../../../src/core/ir/types";

function count(fn: IrFunction, primitive: string): number {
  let found = 0;
  const look = (expression: Parameters<typeof walkExpression>[0]): void => walkExpression(expression, (e) => { if (e.kind === "call" && e.primitive === primitive) found++; });
  walkBlock(fn.body, (statement) => { expressionsOf(statement).forEach(look); });
  look(fn.result);
  return found;
}

describe("a stable form", () => {
  const text = "export function f(z: number) {\n  const p = 1 / (1 + Math.exp(-z));\n  return Math.log(1 - p);\n}";
  const primal = readProgram({ text, language: "typescript" }).lower("f", { start: [1] }).function;

  it("takes a naive one's place once, however often the function is simplified", () => {
    const once = simplify(primal);
    expect(count(once, "steady")).toBe(1);
    expect(count(simplify(once), "steady")).toBe(1);
    expect(count(simplify(reverse(once).function), "steady")).toBe(1);
  });
});
