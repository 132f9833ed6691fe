import type { PrimitiveName } from "../../ir/types";
import { primitiveType } from "../../ir/primitiveTypes";
import type { FunctionReference } from "./assembler/functionBuilder";
import { ModuleBuilder } from "./assembler/moduleBuilder";
import { functionType } from "./assembler/valueTypes";
import type { KernelMemory } from "./memory";
import { hostFunction } from "./primitives";
import { growStack } from "./stacks";

/** The module of one kernel, with what it imports: the memory, functions of `Math`, and more room for stacks. */
export class KernelModule {
  readonly builder = new ModuleBuilder();
  private readonly functions: Record<string, (...args: number[]) => number> = {};

  constructor(private readonly memory: KernelMemory) {
    this.builder.importMemory(0, "kernel", "memory");
  }

  imported(primitive: PrimitiveName, arity: number): FunctionReference {
    const name = `${primitive}/${arity}`;
    this.functions[name] = hostFunction(primitive);
    const type = primitiveType(primitive);
    const value = type.result === "f64" ? "f64" : "i32";
    const args = Array.from({ length: arity }, (_, k) => (type.args[type.variadic ? 0 : k] === "f64" ? "f64" : "i32"));
    return this.builder.import("host", name, functionType(args, value));
  }

  readonly grow = (): FunctionReference => this.builder.import("kernel", "grow", functionType(["i32"]));

  /** What the module exports. */
  instantiate(): Readonly<Record<string, unknown>> {
    const kernel = { memory: this.memory.memory, grow: (cell: number) => growStack(this.memory, cell) };
    return new WebAssembly.Instance(new WebAssembly.Module(this.builder.assemble()), { host: this.functions, kernel }).exports;
  }
}
