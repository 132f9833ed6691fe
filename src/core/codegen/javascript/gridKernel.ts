import type { IrFunction, Statement } from "../../ir/types";
import type { GridKernel } from "../kernel";
import { pointByPoint } from "../pointByPoint";
import { declarationsOf } from "./declare";
import { emitBlock } from "./emitBlock";
import { emitExpression } from "./emitExpression";
import { layOut } from "./emitKernel";
import { javascriptKernel } from "./javascriptKernel";
import { cut } from "../pieces";
import { makeFunction } from "./runtime";

/** The loop over the grid stands in the generated code: a call a point would cost several times the arithmetic. */
export function javascriptGridKernel(fn: IrFunction): GridKernel {
  // A function too long for one V8 function is called from outside.
  if (cut(fn)) return pointByPoint(javascriptKernel(fn), fn.dimension);
  const memory = layOut(fn);
  const declarations = declarationsOf(fn);
  let counter = 0;
  const indent = "      ";
  const emission = {
    scope: memory.scope, declarations, isFuelled: memory.isFuelled, long: new Set<Statement>(),
    leave: () => "grid[(row - first) * columns + column] = NaN; continue point;",
    fresh: (hint: string) => `${hint}${++counter}`,
  };
  // What a row has in common is computed once a row.
  const perRow = fn.scalars.map(({ offset }) => `    const base${offset} = origin[${offset}] + t * v[${offset}], along${offset} = u[${offset}];\n`).join("");
  const scalars = fn.scalars.map(({ local, offset }) => `${indent}let ${memory.scope.local(local)} = base${offset} + s * along${offset};\n`).join("");
  const usesArray = fn.arrays.some((array) => array.role.kind === "parameter");
  const vector = usesArray ? `${indent}for (let k = 0; k < ${fn.dimension}; k++) x[k] = origin[k] + t * v[k] + s * u[k];\n` : "";
  const top = declarations.atTop.map((local) => `${indent}let ${memory.scope.local(local)} = ${local.type === "bool" ? "false" : "0"};\n`).join("");
  const text = `${memory.setup}${usesArray ? `const x = new Float64Array(${fn.dimension});\n` : ""}`
    + "return function (origin, u, v, s0, ds, t0, dt, columns, first, last, grid) {\n"
    + "  for (let row = first; row < last; row++) {\n    const t = t0 + row * dt;\n" + perRow
    + "    point: for (let column = 0; column < columns; column++) {\n      const s = s0 + column * ds;\n"
    + scalars + vector + memory.reset + top + emitBlock(fn.body, emission, indent)
    + `${indent}grid[(row - first) * columns + column] = ${emitExpression(fn.result, memory.scope)};\n    }\n  }\n};`;
  // The boundary between text and types: the text above returns a function of exactly this shape.
  return makeFunction(text, memory.data) as GridKernel;
}
