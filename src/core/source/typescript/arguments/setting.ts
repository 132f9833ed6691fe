import type { Modules } from "../evaluate/modules";
import type { Machine } from "../state/machine";
import type { FunctionEntry } from "../syntax/functions";
import type { CompileOptions } from "../../program";
import type { Arguments } from "./arguments";
import type { FirstCalls } from "./firstCalls";

/** What one reading of a function has at hand. */
export interface Setting {
  readonly machine: Machine;
  readonly modules: Modules;
  readonly entry: FunctionEntry;
  readonly options: CompileOptions;
  readonly args: Arguments;
  readonly firstCalls: FirstCalls;
}
