import { float } from "../../ir/build";
import type { Block, IrFunction, Local, Statement } from "../../ir/types";
import type { Kernel } from "../kernel";
import { declarationsOf } from "./declare";
import { emitBlock, type Leaving } from "./emitBlock";
import { emitExpression } from "./emitExpression";
import { type KernelMemory, layOut } from "./emitKernel";
import { frameOf, fromFrame } from "./frame";
import { piecesOf } from "./pieces";
import { makeFunction } from "./runtime";
import { longLoops, WARM, type WarmingKernel, warmUp } from "./warmUp";

export interface Emitted {
  text: string;
  data: readonly (Float64Array | Int32Array)[];
  /** Whether the kernel takes a third argument, for its warm-up. */
  warms: boolean;
}

/** A number, from 0 on, for each way to leave: what a kernel returns that only tells where it left. */
export type Mark = (statement: Statement, why: Leaving) => number;

/**
 * The JavaScript text of a function of IR: the body of a maker that, given its data, returns the kernel. With `mark`, the
 * kernel returns the number of the place where the evaluation was left, or -1.
 */
export function emitJavaScript(fn: IrFunction, mark?: Mark): Emitted {
  const pieces = piecesOf(fn);
  return pieces.length === 1 ? emitWhole(fn, mark) : emitPieces(fn, pieces, mark);
}

export function javascriptKernel(fn: IrFunction): Kernel {
  const { text, data, warms } = emitJavaScript(fn);
  const made = makeFunction(text, data);
  // The boundary between text and types: `emitJavaScript` returns a function of exactly this shape.
  if (warms) warmUp(made as WarmingKernel, fn);
  return made as Kernel;
}

function emitWhole(fn: IrFunction, mark: Mark | undefined): Emitted {
  const memory = layOut(fn);
  const { scope, setup, reset, data } = memory;
  const scalars = fn.scalars.map(({ local, offset }) => `  let ${scope.local(local)} = x[${offset}];\n`).join("");
  const leave = mark ? (statement: Statement, why: Leaving) => `return ${mark(statement, why)};` : () => "output.fill(NaN); return NaN;";
  const result = mark ? "-1" : emitExpression(fn.result, scope);
  const long = longLoops(memory.effort);
  const text = `${setup}return function (${parameters(long)}) {\n${reset}${scalars}${emitBody(fn, memory, long, leave)}  return ${result};\n};`;
  return { text, data, warms: long.size > 0 };
}

/** One function a piece; what they share lives in `frame` between them, for locals of a closure would be boxed at each assignment. */
function emitPieces(fn: IrFunction, pieces: readonly Block[], mark: Mark | undefined): Emitted {
  const frame = frameOf(pieces, fn.scalars.map(({ local }) => local), fn.result);
  const cellOf = (local: Local): number => frame.cells.get(local) ?? NaN;
  const memory = layOut(fn);
  const { scope, setup, reset, data } = memory;
  const leave = (statement: Statement, why: Leaving): string => `return ${mark ? mark(statement, why) : 0};`;
  const long = longLoops(memory.effort);
  const given = parameters(long);
  const functions = pieces.map((body, k) => {
    const { taken, kept } = frame.pieces[k] ?? { taken: [], kept: [] };
    const take = taken.map((local) => `  let ${scope.local(local)} = ${fromFrame(local, cellOf(local))};\n`).join("");
    const keep = kept.map((local) => `  frame[${cellOf(local)}] = ${scope.local(local)}${local.type === "bool" ? " ? 1 : 0" : ""};\n`).join("");
    const text = emitBody({ ...fn, scalars: [], body, result: float(0) }, memory, long, leave, new Set(taken));
    return `function piece${k}(${given}) {\n${take}${text}${keep}  return -1;\n}\n`;
  });
  const scalars = fn.scalars.map(({ local, offset }) => `  frame[${cellOf(local)}] = x[${offset}];\n`).join("");
  const calls = pieces.map((_, k) => (mark
    ? `  const left${k} = piece${k}(${given});\n  if (left${k} >= 0) return left${k};\n`
    : `  if (piece${k}(${given}) >= 0) { output.fill(NaN); return NaN; }\n`)).join("");
  const result = mark ? "-1" : emitExpression(fn.result, { ...scope, local: (local) => fromFrame(local, cellOf(local)) });
  const text = `${setup}const frame = new Float64Array(${frame.cells.size});\n${functions.join("")}`
    + `return function (${given}) {\n${reset}${scalars}${calls}  return ${result};\n};`;
  return { text, data, warms: long.size > 0 };
}

const parameters = (long: ReadonlySet<Statement>): string => (long.size > 0 ? `x, output, ${WARM}` : "x, output");

function emitBody(
  fn: IrFunction, { scope, isFuelled }: KernelMemory, long: ReadonlySet<Statement>,
  leave: (statement: Statement, why: Leaving) => string, elsewhere?: ReadonlySet<Local>,
): string {
  const declarations = declarationsOf(fn, elsewhere);
  let counter = 0;
  const top = declarations.atTop.map((local) => `  let ${scope.local(local)} = ${local.type === "bool" ? "false" : "0"};\n`).join("");
  return top + emitBlock(fn.body, { scope, declarations, leave, isFuelled, long, fresh: (hint) => `${hint}${++counter}` }, "  ");
}
