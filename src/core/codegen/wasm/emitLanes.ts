import type { Float, Integer, LaneFunction, LaneNode, Mask, PlatformFunction } from "../lanes/node";
import { usesOf } from "../lanes/uses";
import type { FunctionBuilder, FunctionReference, WasmLocal } from "./assembler/functionBuilder";
import type { PlainOpcode } from "./assembler/opcodes";
import type { ValueType } from "./assembler/valueTypes";

export type LaneWidth = 1 | 2;

/** What the functions stand on. */
export interface LaneSurroundings {
  /** A variable for what is asked for again. */
  fresh(type: ValueType): WasmLocal;
  /** A function of `Math`, imported. */
  platform(name: PlatformFunction): FunctionReference;
}

/**
 * Leaves the function of `args`, one number each, or two in the lanes of a vector, on the stack. `otherwise` is what it is for one number where that is not
 * a usual one. Constants stand where they are needed: a compiler takes them out of the loop, and has them in registers or beside.
 */
export function emitLanes(
  f: FunctionBuilder, { value, usual }: LaneFunction, width: LaneWidth, args: readonly WasmLocal[], otherwise: FunctionReference, around: LaneSurroundings,
): void {
  const emitter = new LaneEmitter(f, [value, usual], width, args, around);
  const result = around.fresh(width === 1 ? "f64" : "v128");
  emitter.emit(value);
  f.set(result);
  emitter.emit(usual);
  if (width === 1) {
    f.op("i32.eqz").if(() => { args.forEach((argument) => f.get(argument)); f.call(otherwise).set(result); }).get(result);
    return;
  }
  const lanes = around.fresh("i32");
  f.op("i64x2.bitmask").tee(lanes).i32(3).op("i32.ne").if(() => {
    for (const lane of [0, 1]) {
      f.get(lanes).i32(1 << lane).op("i32.and").op("i32.eqz").if(() => {
        f.get(result);
        args.forEach((argument) => f.get(argument).lane("f64x2.extract_lane", lane));
        f.call(otherwise).lane("f64x2.replace_lane", lane).set(result);
      });
    }
  }).get(result);
}

/** Leaves `value` of one number, the builder's own parameters, on the stack. */
export function emitScalar(f: FunctionBuilder, value: Float, around: LaneSurroundings): void {
  new LaneEmitter(f, [value], 1, f.parameters, around).emit(value);
}

class LaneEmitter {
  private readonly uses: ReadonlyMap<LaneNode, number>;
  private readonly kept = new Map<LaneNode, WasmLocal>();

  constructor(
    private readonly f: FunctionBuilder, roots: readonly LaneNode[], private readonly width: LaneWidth, private readonly args: readonly WasmLocal[],
    private readonly around: LaneSurroundings,
  ) {
    this.uses = usesOf(roots);
  }

  /** Leaves the node's value on the stack, and keeps it in a local where it is asked for again. */
  emit(node: LaneNode): void {
    const known = this.kept.get(node);
    if (known) {
      this.f.get(known);
      return;
    }
    switch (node.type) {
      case "float": this.float(node); break;
      case "integer": this.integer(node); break;
      case "mask": this.mask(node); break;
    }
    if ((this.uses.get(node) ?? 0) < 2 || isFree(node)) return;
    const local = this.around.fresh(this.width === 2 ? "v128" : scalarTypes[node.type]);
    this.kept.set(node, local);
    this.f.tee(local);
  }

  private float(node: Float): void {
    const { op, value = 0 } = node;
    switch (op) {
      case "input": this.f.get(this.argument(value)); return;
      case "constant":
        if (this.width === 1) this.f.f64(value);
        else this.f.f64x2(value);
        return;
      case "ofBits": this.operands(node); if (this.width === 1) this.f.op("f64.reinterpret_i64"); return;
      case "platform": this.operands(node); this.f.call(this.around.platform(node.platform ?? "exp")); return;
      case "select": this.select(node); return;
      default: this.operands(node); this.f.op(floatOperations[op][this.width - 1] ?? "unreachable");
    }
  }

  private integer(node: Integer): void {
    const { op, value = 0n } = node;
    switch (op) {
      case "constant":
        if (this.width === 1) this.f.i64(value);
        else this.f.i64x2(BigInt.asIntN(64, value));
        return;
      case "bitsOf": this.operands(node); if (this.width === 1) this.f.op("i64.reinterpret_f64"); return;
      case "select": this.select(node); return;
      case "shiftLeft":
      case "shiftRight":
        this.operands(node);
        if (this.width === 1) this.f.i64(value);
        else this.f.i32(Number(value));
        break;
      default: this.operands(node);
    }
    this.f.op(integerOperations[op][this.width - 1] ?? "unreachable");
  }

  private mask(node: Mask): void {
    this.operands(node);
    this.f.op(maskOperations[node.op][this.width - 1] ?? "unreachable");
  }

  /** The mask stands last on the stack, in both widths. */
  private select({ args: [where, yes, no] }: Float | Integer): void {
    for (const node of [yes, no, where]) if (node) this.emit(node);
    this.f.op(this.width === 1 ? "select" : "v128.bitselect");
  }

  private operands(node: LaneNode): void {
    for (const argument of node.args) this.emit(argument);
  }

  private argument(which: number): WasmLocal {
    const local = this.args[which];
    if (!local) throw new Error(`There is no argument ${which}.`);
    return local;
  }
}

/** Had again as easily as kept. */
const isFree = (node: LaneNode): boolean => node.op === "input" || node.op === "constant";

const scalarTypes: Record<LaneNode["type"], ValueType> = { float: "f64", integer: "i64", mask: "i32" };

/** The instruction for one number, and for two. */
type Instructions = readonly [PlainOpcode, PlainOpcode];

const floatOperations: Record<Exclude<Float["op"], "input" | "constant" | "ofBits" | "platform" | "select">, Instructions> = {
  add: ["f64.add", "f64x2.add"], subtract: ["f64.sub", "f64x2.sub"], multiply: ["f64.mul", "f64x2.mul"], divide: ["f64.div", "f64x2.div"],
  negate: ["f64.neg", "f64x2.neg"], abs: ["f64.abs", "f64x2.abs"], max: ["f64.max", "f64x2.max"],
};

const integerOperations: Record<Exclude<Integer["op"], "constant" | "bitsOf" | "select">, Instructions> = {
  addInt: ["i64.add", "i64x2.add"], subtractInt: ["i64.sub", "i64x2.sub"], and: ["i64.and", "v128.and"], or: ["i64.or", "v128.or"],
  xor: ["i64.xor", "v128.xor"], shiftLeft: ["i64.shl", "i64x2.shl"], shiftRight: ["i64.shr_u", "i64x2.shr_u"],
};

const maskOperations: Record<Mask["op"], Instructions> = {
  less: ["f64.lt", "f64x2.lt"], lessEqual: ["f64.le", "f64x2.le"], equal: ["f64.eq", "f64x2.eq"], equalInt: ["i64.eq", "i64x2.eq"],
  both: ["i32.and", "v128.and"],
};
