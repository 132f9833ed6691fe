import { float } from "../../ir/build";
import type { Block, IrFunction, Local } from "../../ir/types";
import type { Kernel } from "../kernel";
import { declarationsOf } from "./declare";
import { emitBlock } from "./emitBlock";
import { emitExpression, type Scope } from "./emitExpression";
import { layOut } from "./emitKernel";
import { piecesOf, sharedLocals } from "./pieces";
import { makeFunction } from "./runtime";

/** The JavaScript text of a function of IR: the body of a maker that, given its data, returns the kernel. */
export function emitJavaScript(fn: IrFunction): { text: string; data: readonly (Float64Array | Int32Array)[] } {
  const pieces = piecesOf(fn);
  return pieces.length === 1 ? emitWhole(fn) : emitPieces(fn, pieces);
}

export function javascriptKernel(fn: IrFunction): Kernel {
  const { text, data } = emitJavaScript(fn);
  const made = makeFunction(text, data);
  // The boundary between text and types: `emitJavaScript` returns a function of exactly this shape.
  return made as Kernel;
}

function emitWhole(fn: IrFunction): ReturnType<typeof emitJavaScript> {
  const { scope, setup, reset, data } = layOut(fn);
  const scalars = fn.scalars.map(({ local, offset }) => `  let ${scope.local(local)} = x[${offset}];\n`).join("");
  const body = emitBody(fn, scope, "output.fill(NaN); return NaN;");
  const text = `${setup}return function (x, output) {\n${reset}${scalars}${body}  return ${emitExpression(fn.result, scope)};\n};`;
  return { text, data };
}

/** One function a piece; what they share lives in `frame`, for locals of a closure would be boxed at each assignment. */
function emitPieces(fn: IrFunction, pieces: readonly Block[]): ReturnType<typeof emitJavaScript> {
  const cells = new Map<Local, string>();
  const shared = new Set([...fn.scalars.map(({ local }) => local), ...sharedLocals(pieces, fn.result)]);
  for (const local of shared) cells.set(local, local.type === "bool" ? `(frame[${cells.size}] !== 0)` : `frame[${cells.size}]`);
  const { scope, setup, reset, data } = layOut(fn, cells);
  const functions = pieces.map((body, k) =>
    `function piece${k}(x, output) {\n${emitBody({ ...fn, scalars: [], body, result: float(0) }, scope, "return true;", cells)}  return false;\n}\n`);
  const scalars = fn.scalars.map(({ local, offset }) => `  ${scope.local(local)} = x[${offset}];\n`).join("");
  const calls = pieces.map((_, k) => `  if (piece${k}(x, output)) { output.fill(NaN); return NaN; }\n`).join("");
  const text = `${setup}const frame = new Float64Array(${cells.size});\n${functions.join("")}`
    + `return function (x, output) {\n${reset}${scalars}${calls}  return ${emitExpression(fn.result, scope)};\n};`;
  return { text, data };
}

function emitBody(fn: IrFunction, scope: Scope, leave: string, elsewhere?: ReadonlyMap<Local, string>): string {
  const declarations = declarationsOf(fn, elsewhere);
  let counter = 0;
  const top = declarations.atTop.map((local) => `  let ${scope.local(local)} = ${local.type === "bool" ? "false" : "0"};\n`).join("");
  return top + emitBlock(fn.body, { scope, declarations, leave, fresh: (hint) => `${hint}${++counter}` }, "  ");
}
