import type { CompileOptions } from "../program";
import type { FunctionEntry } from "./functions";
import type { Modules } from "./modules";
import { Refusal } from "./refusal";

export function fence(_modules: Modules, _entry: FunctionEntry, _options: CompileOptions): Refusal[] {
  return [];
}

export function quickRefusal(modules: Modules, entry: FunctionEntry): Refusal | undefined {
  return fence(modules, entry, {})[0];
}
