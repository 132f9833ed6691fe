import { primitiveType } from "../../ir/primitiveTypes";
import { sizeOf } from "../../ir/shape";
import type { ArrayVariable, For, IrFunction, Local, PrimitiveName } from "../../ir/types";
import { laneFunctions } from "../lanes/laneFunctions";
import type { FunctionReference } from "./assembler/functionBuilder";
import { ModuleBuilder } from "./assembler/moduleBuilder";
import { functionType } from "./assembler/valueTypes";
import { type LaneCode, LaneLibrary } from "./laneLibrary";
import { bytesOfElement, type KernelMemory } from "./memory";
import { hostFunction } from "./primitives";
import { growStack } from "./stacks";
import { isOnPairs } from "./vector/emitVector";
import { type LoopPlan, planVectors } from "./vector/planVectors";
import type { PairPlan } from "./vector/pairs/pairPlan";
import { planPoints } from "./vector/pointPlan";
import { MOST_AT_ONCE } from "./vector/rows/rowPlan";

const { exp, expm1, log, log1p, sin, cos, tanh, pow } = Math;

/** What a kernel may do that changes its results in the last digits, or needs what a platform may lack. */
export interface KernelOptions {
  /** Whether the platform has instructions on pairs. */
  readonly hasVectors: boolean;
  /** Sums are added up in the order in which they are written, and functions are the platform's own. */
  readonly isStrict: boolean;
  /** How many times quicker a loop must be thought to be with two of its turns side by side for that to be done. */
  readonly leastGain?: number;
}

/** The module of one kernel, with what it imports: the memory, functions of `Math`, and more room for stacks. */
export class KernelModule {
  readonly builder = new ModuleBuilder();
  /** In bytes, once it is instantiated. */
  size = 0;
  private readonly functions: Record<string, (...args: number[]) => number> = {};
  private readonly pairs = new Map<ArrayVariable, number>();
  private readonly library = new LaneLibrary(this.builder);

  constructor(private readonly memory: KernelMemory, private readonly options: KernelOptions) {
    this.builder.importMemory(0, "kernel", "memory");
  }

  planVectors(fn: IrFunction): ReadonlyMap<For, LoopPlan> {
    if (!this.options.hasVectors) return new Map();
    const { isStrict, leastGain } = this.options;
    return planVectors(fn, { isStrict, leastGain, isOnPairs: (primitive) => isOnPairs(primitive, this.hasOnPairs(primitive)) });
  }

  planPoints(fn: IrFunction, differing: Iterable<Local>): PairPlan | undefined {
    return this.options.hasVectors ? planPoints(fn, differing) : undefined;
  }

  imported(primitive: PrimitiveName, arity: number): FunctionReference {
    const name = `${primitive}/${arity}`;
    this.functions[name] = hostFunction(primitive);
    const type = primitiveType(primitive);
    const value = type.result === "f64" ? "f64" : "i32";
    const args = Array.from({ length: arity }, (_, k) => (type.args[type.variadic ? 0 : k] === "f64" ? "f64" : "i32"));
    return this.builder.import("host", name, functionType(args, value));
  }

  /** The function on pairs, where there is one: within an ulp or so of the platform's, so that strict kernels have none. */
  readonly onPairs = (primitive: PrimitiveName): LaneCode | undefined => (this.hasOnPairs(primitive) ? this.library.get(primitive, 2) : undefined);

  private hasOnPairs(primitive: PrimitiveName): boolean {
    return laneFunctions[primitive] !== undefined && !this.options.isStrict;
  }

  /** One place an array, whichever loops have turns with one each: none of them leaves anything there for another. */
  readonly pairsOf = (array: ArrayVariable): number => {
    const known = this.pairs.get(array) ?? this.memory.reserve(MOST_AT_ONCE * sizeOf(array) * bytesOfElement(array));
    this.pairs.set(array, known);
    return known;
  };

  readonly grow = (): FunctionReference => this.builder.import("kernel", "grow", functionType(["i32"]));

  /** What the module exports. */
  instantiate(): Readonly<Record<string, unknown>> {
    const kernel = { memory: this.memory.memory, grow: (cell: number) => growStack(this.memory, cell) };
    const imports = { host: this.functions, kernel, Math: { exp, expm1, log, log1p, sin, cos, tanh, pow } };
    const bytes = this.builder.assemble();
    this.size = bytes.length;
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
  }
}
