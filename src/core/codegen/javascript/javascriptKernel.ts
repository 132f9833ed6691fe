import { float } from "../../ir/build";
import type { IrFunction, Local, Numbers, Statement } from "../../ir/types";
import type { Kernel } from "../kernel";
import { declarationsOf } from "./declare";
import { emitBlock, type Leaving } from "./emitBlock";
import { emitExpression } from "./emitExpression";
import { type KernelMemory, layOut } from "./emitKernel";
import { frameOf } from "../frame";
import { type Cut, cut, type Sizes } from "../pieces";
import { makeFunction } from "./runtime";
import { longLoops, WARM, type WarmingKernel, warmUp } from "./warmUp";

export interface Emitted {
  text: string;
  data: readonly Numbers[];
  /** Whether the kernel takes a third argument, for its warm-up. */
  warms: boolean;
}

/** A number, from 0 on, for each way to leave: what a kernel returns that only tells where it left. */
export type Mark = (statement: Statement, why: Leaving) => number;

/**
 * The JavaScript text of a function of IR: the body of a maker that, given its data, returns the kernel. With `mark`, the
 * kernel returns the number of the place where the evaluation was left, or -1.
 */
export function emitJavaScript(fn: IrFunction, mark?: Mark, sizes?: Sizes): Emitted {
  const parts = cut(fn, sizes);
  return parts ? emitPieces(fn, parts, mark) : emitWhole(fn, mark);
}

export function javascriptKernel(fn: IrFunction, sizes?: Sizes): Kernel {
  const { text, data, warms } = emitJavaScript(fn, undefined, sizes);
  const made = makeFunction(text, data);
  // The boundary between text and types: `emitJavaScript` returns a function of exactly this shape.
  if (warms) warmUp(made as WarmingKernel, fn);
  return made as Kernel;
}

function emitWhole(fn: IrFunction, mark: Mark | undefined): Emitted {
  const memory = layOut(fn);
  const { scope, setup, reset, data } = memory;
  const scalars = fn.scalars.map(({ local, offset }) => `  let ${scope.local(local)} = x[${offset}];\n`).join("");
  const leave = mark ? (statement: Statement, why: Leaving) => `return ${mark(statement, why)};` : () => GIVE_UP;
  const result = mark ? "-1" : emitExpression(fn.result, scope);
  const long = longLoops(memory.effort);
  const text = `${setup}return function (${parameters(long)}) {\n${reset}${scalars}${emitBody(fn, memory, long, leave)}  return ${result};\n};`;
  return { text, data, warms: long.size > 0 };
}

/** One function a piece; what they share lives in `frame` between them, for locals of a closure would be boxed at each assignment. */
function emitPieces(fn: IrFunction, parts: Cut, mark: Mark | undefined): Emitted {
  const frame = frameOf(parts, fn.scalars.map(({ local }) => local), fn.result);
  const cellOf = (local: Local): number => frame.cells.get(local) ?? NaN;
  const memory = layOut(fn);
  const { scope, setup, reset, data } = memory;
  const inPiece = (statement: Statement, why: Leaving): string => `return ${mark ? mark(statement, why) : 0};`;
  const long = longLoops(memory.effort);
  const given = parameters(long);
  const functions = parts.pieces.map(({ block }, k) => {
    const { taken, kept } = frame.pieces[k] ?? { taken: [], kept: [] };
    const take = taken.map((local) => `  let ${scope.local(local)} = ${fromFrame(local, cellOf(local))};\n`).join("");
    const keep = kept.map((local) => `  frame[${cellOf(local)}] = ${scope.local(local)}${local.type === "bool" ? " ? 1 : 0" : ""};\n`).join("");
    const text = emitBody({ ...fn, scalars: [], body: block, result: float(0) }, memory, long, inPiece, new Set(taken));
    return `function piece${k}(${given}) {\n${take}${text}${keep}  return -1;\n}\n`;
  });
  const scalars = fn.scalars.map(({ local, offset }) => `  frame[${cellOf(local)}] = x[${offset}];\n`).join("");
  const instead = new Map(parts.pieces.flatMap(({ block }, k) => block.map((statement, i) => [statement, i === 0 ? callOf(k, given, mark) : ""])));
  const indices = new Set(parts.around.flatMap((statement) => (statement.kind === "for" ? [statement.index] : [])));
  const outside = { ...scope, local: (local: Local) => (indices.has(local) ? scope.local(local) : fromFrame(local, cellOf(local))) };
  let counter = 0;
  const body = emitBlock(fn.body, {
    scope: outside, declarations: { inPlace: new Map(), atTop: [] }, isFuelled: memory.isFuelled, long, instead, leave: mark ? inPiece : () => GIVE_UP,
    atTurn: ({ index }) => `frame[${cellOf(index)}] = ${scope.local(index)};`, fresh: (hint) => `${hint}${++counter}`,
  }, "  ");
  const result = mark ? "-1" : emitExpression(fn.result, { ...scope, local: (local) => fromFrame(local, cellOf(local)) });
  // What a turn of a loop finds in the frame is of this evaluation.
  const clean = parts.around.length > 0 ? "  frame.fill(0);\n" : "";
  const text = `${setup}const frame = new Float64Array(${frame.cells.size});\n${functions.join("")}`
    + `return function (${given}) {\n${reset}${clean}${scalars}${body}  return ${result};\n};`;
  return { text, data, warms: long.size > 0 };
}

const GIVE_UP = "output.fill(NaN); return NaN;";

const callOf = (piece: number, given: string, mark: Mark | undefined): string => (mark
  ? `const left${piece} = piece${piece}(${given}); if (left${piece} >= 0) return left${piece};`
  : `if (piece${piece}(${given}) >= 0) { ${GIVE_UP} }`);

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

/** How a local is taken out of its cell. */
function fromFrame(local: Local, cell: number): string {
  switch (local.type) {
    case "f64": return `frame[${cell}]`;
    case "i32": return `(frame[${cell}] | 0)`;
    case "bool": return `(frame[${cell}] !== 0)`;
  }
}
