import { ModuleBuilder } from "./assembler/moduleBuilder";
import { functionType } from "./assembler/valueTypes";

/** What the platform runs of WebAssembly: nothing, scalar instructions, or vectors too. */
export function webAssemblyHere(): "none" | "scalar" | "vectors" {
  if (typeof WebAssembly === "undefined" || !isValid(withBulkMemory)) return "none";
  return isValid(withVectors) ? "vectors" : "scalar";
}

function isValid(describe: (module: ModuleBuilder) => void): boolean {
  const module = new ModuleBuilder();
  describe(module);
  return WebAssembly.validate(module.assemble());
}

function withBulkMemory(module: ModuleBuilder): void {
  module.ownMemory(8, "memory");
  module.function(functionType([])).i32(0).i32(0).i32(8).op("memory.fill");
}

function withVectors(module: ModuleBuilder): void {
  module.function(functionType([], "v128")).f64x2(1).f64x2(2).op("f64x2.add");
}
