import { describe, expect, it } from "vitest";
import { readProgram } from "../../../../src/core";
import { reverse } from "../../../../src/core/autodiff/reverse";
import { isOnPairs } from "../../../../src/core/codegen/wasm/vector/emitVector";
import { planVectors } from "../../../../src/core/codegen/wasm/vector/planVectors";
import { laneFunctions } from "../../../../src/core/codegen/lanes/laneFunctions";
import type { IrFunction } from "../../../../src/core/ir/types";
import { shapeLoops } from "../../../../src/core/loops/shapeLoops";
import { simplify } from "../../../../src/core/simplify/simplify";

const data = (rows: number, columns: number): string =>
  `const xs = ${JSON.stringify(Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(7 * i + j))))};
   const ys = ${JSON.stringify(Array.from({ length: rows }, (_, i) => i % 3))};`;

function gradientOf(text: string, start: unknown[]): IrFunction {
  return simplify(reverse(simplify(readProgram({ text, language: "typescript" }).lower("loss", { start }).function)).function);
}

/** How the loops of the function are taken two at a time, from the first to the last. */
function taken(fn: IrFunction, isStrict: boolean): string[] {
  const plans = planVectors(shapeLoops(fn, { strictOrder: isStrict }), { isStrict, isOnPairs: (primitive) => isOnPairs(primitive, laneFunctions[primitive] !== undefined) });
  return [...plans.values()].map(({ kind }) => kind);
}

interface Decision {
  readonly about: string;
  readonly columns: number;
  /** What stands in `loss(w)`; `total` is what it returns. */
  readonly body: string;
  readonly rows: boolean;
}

const product = (columns: number): string => `let z = 0; for (let j = 0; j < ${columns}; j++) z += w[j] * xs[i][j];`;

const decisions: Decision[] = [
  { about: "short products and functions", columns: 6, rows: true, body: `for (let i = 0; i < 40; i++) { ${product(6)} total += Math.log(1 + Math.exp(z)); }` },
  { about: "a branch that some rows take", columns: 3, rows: true, body: `for (let i = 0; i < 40; i++) { ${product(3)} if (z > 0) total += Math.exp(z); else total += z * z; }` },
  { about: "a branch in an innermost loop", columns: 1, rows: true, body: "for (let i = 0; i < 40; i++) { const r = Math.abs(xs[i][0] * w[1] - w[0]); if (r < 1) total += r * r; else total += 2 * r - 1; }" },
  { about: "elements that data choose", columns: 3, rows: true, body: `for (let i = 0; i < 40; i++) { ${product(3)} total += Math.exp(z + w[ys[i]]); }` },
  {
    about: "the nearest of a few", columns: 2, rows: true,
    body: `for (let i = 0; i < 40; i++) { let best = Infinity; for (let k = 0; k < 3; k++) { const d = (xs[i][0] - w[2 * k]) ** 2 + (xs[i][1] - w[2 * k + 1]) ** 2; if (d < best) best = d; } total += Math.sqrt(best); }`,
  },
  { about: "long products, which are taken two turns at a time themselves", columns: 200, rows: false, body: `for (let i = 0; i < 40; i++) { ${product(200)} total += Math.sin(z); }` },
  { about: "a row that goes on from the one before", columns: 3, rows: false, body: `let state = 0; for (let i = 0; i < 40; i++) { ${product(3)} state = Math.tanh(state + z); total += state; }` },
  { about: "as many turns as the row has before it", columns: 3, rows: false, body: "for (let i = 0; i < 40; i++) { let z = 0; for (let j = 0; j < i; j++) z += Math.sin(w[0] * xs[j][0]); total += Math.exp(z); }" },
  { about: "turns until a row has had enough", columns: 3, rows: false, body: `for (let i = 0; i < 40; i++) { ${product(3)} while (z > 0.1) z = z * w[0] / 4; total += Math.exp(z); }` },
  { about: "too few rows", columns: 3, rows: false, body: `for (let i = 0; i < 3; i++) { ${product(3)} total += Math.exp(z); }` },
];

describe("rows are taken side by side", () => {
  it.each(decisions.map((each) => [`${each.about}: ${each.rows ? "yes" : "no"}`, each] as const))("%s", (_name, { columns, body, rows }) => {
    const text = `${data(40, columns)}\nfunction loss(w) { let total = 0; ${body} return total; }`;
    const fn = gradientOf(text, [Array.from({ length: Math.max(6, columns) }, (_, j) => 0.3 * Math.cos(j))]);
    expect(taken(fn, false).includes("rows")).toBe(rows);
    // What all rows add to is added to in their order.
    expect(taken(fn, true)).not.toContain("rows");
  });
});
