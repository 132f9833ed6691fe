import type { For, IrFunction, Local } from "../../ir/types";
import { Effort } from "../effort";
import { frameOf } from "../frame";
import { fuelOf } from "../fuel";
import { type Cut, cut, type Sizes } from "../pieces";
import { nonNegativeIndices } from "./addressForm";
import type { FunctionBuilder, Label, WasmLocal } from "./assembler/functionBuilder";
import { functionType, type ValueType } from "./assembler/valueTypes";
import { type Emission, emitBlock } from "./emitBlock";
import { emitExpression } from "./emitExpression";
import type { KernelModule } from "./kernelModule";
import { clear, type Layout } from "./layout";
import { bytesOfElement, type KernelMemory } from "./memory";
import { Temporaries } from "./temporaries";
import type { LoopPlan } from "./vector/planVectors";

/** WebAssembly has no cliff as JavaScript has in V8; but its compiler's work grows faster than its input. */
const SIZES: Sizes = { largestFunction: 4000, largestPiece: 2000 };

/** The exported function `run`: evaluates `fn` on what stands in memory, and returns the value. */
export function emitKernel(fn: IrFunction, module: KernelModule, layout: Layout, memory: KernelMemory, sizes: Sizes = SIZES): void {
  const f = module.builder.function(functionType([], "f64"), "run");
  clear(f, layout);
  const parts = cut(fn, sizes);
  const vectors = module.planVectors(fn);
  f.block((left) => {
    if (parts) emitPieces(fn, parts, memory, { f, left, module, layout, vectors });
    else emitWhole(fn, { f, left, module, layout, vectors }, (locals) => {
      for (const { local, offset } of fn.scalars) f.i32(0).memory("f64.load", layout.x + 8 * offset).set(locals.of(local));
    });
    f.op("return");
  });
  giveUp(f, fn, layout);
}

/** Where the code of one function goes, and what it refers to. */
export interface Place {
  readonly f: FunctionBuilder;
  /** Whoever branches here leaves the evaluation. */
  readonly left: Label;
  readonly module: KernelModule;
  readonly layout: Layout;
  readonly vectors: ReadonlyMap<For, LoopPlan>;
}

/** The whole evaluation in one function; `begin` gives the unknowns their values. Leaves the result on the stack. */
export function emitWhole(fn: IrFunction, place: Place, begin: (locals: Locals) => void): void {
  const { emission, locals } = wholeEmission(fn, place);
  begin(locals);
  emitBlock(fn.body, emission);
  emitExpression(fn.result, emission);
}

/** What an evaluation in one function refers to; its fuel is filled. */
export function wholeEmission(fn: IrFunction, place: Place, locals = new Locals(place.f)): { emission: Emission; locals: Locals } {
  const { f, left } = place;
  const most = fuelOf(fn, new Effort(fn.body));
  const fuel = most === undefined ? undefined : f.local("i32");
  if (fuel && most !== undefined) f.i32(most).set(fuel);
  return { locals, emission: { ...common(place, nonNegativeIndices(fn.body)), ...locals.access, fuel, leave: () => f.branch(left) } };
}

/** One function a piece; what they share has a cell in the frame. A piece returns whether the evaluation was left. */
function emitPieces(fn: IrFunction, parts: Cut, memory: KernelMemory, { f, left, module, layout, vectors }: Place): void {
  const most = fuelOf(fn, new Effort(fn.body));
  const frame = frameOf(parts, fn.scalars.map(({ local }) => local), fn.result);
  const bytes = 8 * frame.cells.size;
  const nonNegative = nonNegativeIndices(fn.body);
  const base = memory.reserve(bytes);
  const fuelCell = memory.reserve(8);
  const cellOf = (local: Local): number => {
    const cell = frame.cells.get(local);
    if (cell === undefined) throw new Error(`"${local.name}" has no cell in the frame.`);
    return base + 8 * cell;
  };
  const fuelIn = (g: FunctionBuilder): WasmLocal | undefined => (most === undefined ? undefined : g.local("i32"));
  const takeFuel = (g: FunctionBuilder, fuel: WasmLocal | undefined): void => { if (fuel) g.i32(0).memory("i32.load", fuelCell).set(fuel); };
  const keepFuel = (g: FunctionBuilder, fuel: WasmLocal | undefined): void => { if (fuel) g.i32(0).get(fuel).memory("i32.store", fuelCell); };

  const functions = parts.pieces.map(({ block }, k) => {
    const { taken, kept } = frame.pieces[k] ?? { taken: [], kept: [] };
    const piece = module.builder.function(functionType([], "i32"));
    const locals = new Locals(piece);
    const fuel = fuelIn(piece);
    takeFuel(piece, fuel);
    for (const local of taken) piece.i32(0).memory(local.type === "f64" ? "f64.load" : "i32.load", cellOf(local)).set(locals.of(local));
    emitBlock(block, { ...common({ f: piece, module, layout, vectors }, nonNegative), ...locals.access, fuel, leave: () => piece.i32(1).op("return") });
    for (const local of kept) piece.i32(0).get(locals.of(local)).memory(local.type === "f64" ? "f64.store" : "i32.store", cellOf(local));
    keepFuel(piece, fuel);
    piece.i32(0);
    return piece;
  });

  const fuel = fuelIn(f);
  if (fuel && most !== undefined) f.i32(most).set(fuel);
  // What a turn of a loop finds in the frame is of this evaluation.
  if (bytes > 0) f.i32(base).i32(0).i32(bytes).op("memory.fill");
  for (const { local, offset } of fn.scalars) f.i32(0).i32(0).memory("f64.load", layout.x + 8 * offset).memory("f64.store", cellOf(local));
  const call = (k: number): void => {
    const piece = functions[k];
    if (!piece) return;
    keepFuel(f, fuel);
    f.call(piece).branchIf(left);
    takeFuel(f, fuel);
  };
  const instead = new Map(parts.pieces.flatMap(({ block }, k) => block.map((statement, i) => [statement, () => { if (i === 0) call(k); }])));
  const indices = new Locals(f);
  const shared = common({ f, module, layout, vectors }, nonNegative);
  const outside: Emission = {
    ...shared, fuel, instead, vectors: new Map(), leave: () => f.branch(left), index: indices.of,
    read: (local) => f.i32(0).memory(local.type === "f64" ? "f64.load" : "i32.load", cellOf(local)),
    write: (local) => {
      const value = shared.fresh(local.type === "f64" ? "f64" : "i32");
      f.set(value).i32(0).get(value).memory(local.type === "f64" ? "f64.store" : "i32.store", cellOf(local));
    },
    atTurn: ({ index }) => f.i32(0).get(indices.of(index)).memory("i32.store", cellOf(index)),
  };
  emitBlock(fn.body, outside);
  emitExpression(fn.result, outside);
}

/** The variables of one function that stand for the IR's. */
export class Locals {
  private readonly known = new Map<Local, WasmLocal>();

  constructor(private readonly f: FunctionBuilder) {}

  readonly of = (local: Local): WasmLocal => {
    const known = this.known.get(local) ?? this.f.local(local.type === "f64" ? "f64" : "i32");
    this.known.set(local, known);
    return known;
  };

  readonly access: Pick<Emission, "read" | "write" | "index"> = {
    read: (local) => this.f.get(this.of(local)), write: (local) => this.f.set(this.of(local)), index: this.of,
  };
}

function common({ f, module, layout, vectors }: Omit<Place, "left">, nonNegative: ReadonlySet<Local>): Pick<Emission, "nonNegative" | "f" | "temporaries" | "spacing" | "fresh" | "address" | "imported" | "stack" | "grow" | "freshPair" | "onPairs" | "pairsOf" | "vectors"> {
  const temporaries = new Temporaries(f);
  return {
    f, temporaries, nonNegative, grow: module.grow, address: layout.address, vectors, freshPair: () => temporaries.fresh("v128"), onPairs: module.onPairs, pairsOf: module.pairsOf,
    spacing: (array) => ({ bytes: bytesOfElement(array), ahead: 0 }),
    fresh: (type: ValueType) => temporaries.fresh(type),
    imported: (primitive, arity) => module.imported(primitive, arity),
    stack: (stack) => {
      const cell = layout.stacks.get(stack);
      if (cell === undefined) throw new Error(`"${stack.name}" is no stack of this kernel.`);
      return cell;
    },
  };
}

/** What an evaluation that was left gives: NaN everywhere. */
function giveUp(f: FunctionBuilder, { outputs = 0 }: IrFunction, { output }: Layout): void {
  if (outputs > 0) {
    const at = f.local("i32");
    f.i32(output).set(at);
    f.loop((again) => f.get(at).f64(NaN).memory("f64.store").get(at).i32(8).op("i32.add").tee(at).i32(output + 8 * outputs).op("i32.lt_u").branchIf(again));
  }
  f.f64(NaN);
}
