import type { PrimitiveName } from "../../ir/types";
import { laneFunctions } from "../lanes/laneFunctions";
import type { LaneFunction } from "../lanes/node";
import { usesOf } from "../lanes/uses";
import type { FunctionBuilder, FunctionReference, WasmLocal } from "./assembler/functionBuilder";
import type { ModuleBuilder } from "./assembler/moduleBuilder";
import { type FunctionType, functionType, type ValueType } from "./assembler/valueTypes";
import { emitLanes, emitScalar, type LaneSurroundings, type LaneWidth } from "./emitLanes";

/** Operations of the library that one function has in its own body at most: beyond, a call costs less than what a compiler has to read. */
const MOST_INLINE = 2000;

/** Writes the function of what stands on the stack; `fresh` gives it variables. */
export type LaneCode = (f: FunctionBuilder, fresh: (type: ValueType) => WasmLocal) => void;

/** Mathematical functions of our own in one module, in the width asked for. */
export class LaneLibrary {
  private readonly functions = new Map<string, FunctionReference>();
  private readonly inline = new WeakMap<FunctionBuilder, number>();

  constructor(private readonly module: ModuleBuilder) {}

  /** The function of one number, or two; absent: there is none of our own. */
  get(primitive: PrimitiveName, width: LaneWidth): LaneCode | undefined {
    const fn = laneFunctions[primitive];
    if (!fn) return undefined;
    const operations = usesOf([fn.value, fn.usual]).size;
    return (f, fresh) => {
      const before = this.inline.get(f) ?? 0;
      if (before + operations > MOST_INLINE) {
        f.call(this.called(primitive, fn, width));
        return;
      }
      this.inline.set(f, before + operations);
      const args = Array.from({ length: fn.arity }, () => fresh(typeOf(width)));
      for (const argument of [...args].reverse()) f.set(argument);
      emitLanes(f, fn, width, args, this.otherwise(primitive, fn), this.surroundings(fresh));
    };
  }

  private called(primitive: PrimitiveName, fn: LaneFunction, width: LaneWidth): FunctionReference {
    return this.once(`${primitive} ${width}`, typeOfFunction(fn, width), (f) => {
      emitLanes(f, fn, width, f.parameters, this.otherwise(primitive, fn), this.surroundings((type) => f.local(type)));
    });
  }

  private otherwise(primitive: PrimitiveName, fn: LaneFunction): FunctionReference {
    return this.once(`${primitive} otherwise`, typeOfFunction(fn, 1), (f) => emitScalar(f, fn.otherwise, this.surroundings((type) => f.local(type))));
  }

  private once(key: string, type: FunctionType, write: (f: FunctionBuilder) => void): FunctionReference {
    const known = this.functions.get(key);
    if (known) return known;
    const made = this.module.function(type);
    this.functions.set(key, made);
    write(made);
    return made;
  }

  private surroundings(fresh: (type: ValueType) => WasmLocal): LaneSurroundings {
    return { fresh, platform: (name) => this.module.import("Math", name, functionType(name === "pow" ? ["f64", "f64"] : ["f64"], "f64")) };
  }
}

const typeOf = (width: LaneWidth): "f64" | "v128" => (width === 1 ? "f64" : "v128");

const typeOfFunction = ({ arity }: LaneFunction, width: LaneWidth): FunctionType => functionType(Array.from({ length: arity }, () => typeOf(width)), typeOf(width));
