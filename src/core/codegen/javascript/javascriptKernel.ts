import type { IrFunction } from "../../ir/types";
import type { Kernel } from "../kernel";
import { declarationsOf } from "./declare";
import { emitBlock } from "./emitBlock";
import { emitExpression } from "./emitExpression";
import { layOut } from "./emitKernel";
import { makeFunction } from "./runtime";

/** The JavaScript text of a function of IR: the body of a maker that, given its data, returns the kernel. */
export function emitJavaScript(fn: IrFunction): { text: string; data: readonly (Float64Array | Int32Array)[] } {
  const memory = layOut(fn);
  const declarations = declarationsOf(fn);
  let counter = 0;
  const emission = {
    scope: memory.scope, declarations,
    leave: "output.fill(NaN); return NaN;",
    fresh: (hint: string) => `${hint}${++counter}`,
  };
  const scalars = fn.scalars.map(({ local, offset }) => `  let ${memory.scope.local(local)} = x[${offset}];\n`).join("");
  const top = declarations.atTop.map((local) => `  let ${memory.scope.local(local)} = ${local.type === "bool" ? "false" : "0"};\n`).join("");
  const text = `${memory.setup}return function (x, output) {\n${memory.reset}${scalars}${top}${emitBlock(fn.body, emission, "  ")}`
    + `  return ${emitExpression(fn.result, memory.scope)};\n};`;
  return { text, data: memory.data };
}

export function javascriptKernel(fn: IrFunction): Kernel {
  const { text, data } = emitJavaScript(fn);
  const made = makeFunction(text, data);
  // The boundary between text and types: `emitJavaScript` returns a function of exactly this shape.
  return made as Kernel;
}
