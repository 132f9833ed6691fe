import type { PrimitiveName } from "../../ir/types";
import { laneFunctions } from "../lanes/laneFunctions";
import type { LaneFunction } from "../lanes/node";
import type { FunctionReference } from "./assembler/functionBuilder";
import type { ModuleBuilder } from "./assembler/moduleBuilder";
import { type FunctionType, functionType } from "./assembler/valueTypes";
import { emitLanes, emitScalar, type LaneSurroundings, type LaneWidth } from "./emitLanes";

/** Memory the library's constants take at most, in bytes. */
export const LIBRARY_BYTES = 4096;

/** Mathematical functions of our own in one module: those asked for, in the width asked for, and their constants from `base` on. */
export class LaneLibrary {
  private readonly functions = new Map<string, FunctionReference>();
  private readonly addresses = new Map<bigint, number>();

  constructor(private readonly module: ModuleBuilder, private readonly base: number) {}

  /** The function (v128 …) → v128, or (f64 …) → f64 for width 1; absent: there is none of our own. */
  get(primitive: PrimitiveName, width: LaneWidth): FunctionReference | undefined {
    const fn = laneFunctions[primitive];
    if (!fn) return undefined;
    const key = `${primitive} ${width}`;
    const known = this.functions.get(key) ?? this.make(fn, width);
    this.functions.set(key, known);
    return known;
  }

  /** To be called once, when all functions have been asked for. */
  writeConstants(): void {
    const view = new DataView(new ArrayBuffer(8 * this.addresses.size));
    for (const [bits, address] of this.addresses) view.setBigInt64(address - this.base, bits, true);
    this.module.initialise(this.base, new Uint8Array(view.buffer));
  }

  private make(fn: LaneFunction, width: LaneWidth): FunctionReference {
    const type = (each: "f64" | "v128"): FunctionType => functionType(Array.from({ length: fn.arity }, () => each), each);
    const around: LaneSurroundings = {
      addressOf: (bits) => this.addressOf(bits),
      platform: (name) => this.module.import("Math", name, functionType(name === "pow" ? ["f64", "f64"] : ["f64"], "f64")),
    };
    const instead = this.module.function(type("f64"));
    emitScalar(instead, fn.rare.instead, around);
    const builder = this.module.function(type(width === 1 ? "f64" : "v128"));
    emitLanes(builder, fn, width, around, instead);
    return builder;
  }

  private addressOf(bits: bigint): number {
    const known = this.addresses.get(bits) ?? this.base + 8 * this.addresses.size;
    if (known + 8 > this.base + LIBRARY_BYTES) throw new Error("The library has more constants than it has room for.");
    this.addresses.set(bits, known);
    return known;
  }
}
