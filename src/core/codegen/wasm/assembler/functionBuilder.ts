import { ByteWriter } from "./byteWriter";
import { type LaneMemoryOpcode, type LaneOpcode, type MemoryOpcode, opcodes, type PlainOpcode } from "./opcodes";
import { type FunctionType, typeCodes, type ValueType } from "./valueTypes";

/** A function of a module, own or imported. Its number is known when the module is put together. */
export interface FunctionReference {
  readonly type: FunctionType;
}

/** A variable of one function. */
export interface WasmLocal {
  readonly type: ValueType;
  readonly index: number;
}

/** Where a branch leads: behind a block, or back to the beginning of a loop. */
export interface Label {
  readonly depth: number;
}

const NO_RESULT = 0x40;

/**
 * Writes the body of one function, instruction after instruction, as the stack machine reads it. Everything returns the builder, so
 * that what belongs together stands on a line:
 *
 *     f.get(x).get(x).op("f64.mul").set(square);
 *     f.loop((again) => { …; f.get(i).get(n).op("i32.lt_s").branchIf(again); });
 */
export class FunctionBuilder implements FunctionReference {
  readonly parameters: readonly WasmLocal[];
  private readonly locals: ValueType[] = [];
  /** Calls are written when the functions have numbers. */
  private readonly parts: (ByteWriter | FunctionReference)[] = [];
  private code = new ByteWriter();
  private depth = 0;

  constructor(readonly type: FunctionType) {
    this.parameters = type.parameters.map((each, index) => ({ type: each, index }));
  }

  local(type: ValueType): WasmLocal {
    return { type, index: this.parameters.length + this.locals.push(type) - 1 };
  }

  get({ index }: WasmLocal): this { return this.with(0x20, index); }
  set({ index }: WasmLocal): this { return this.with(0x21, index); }
  tee({ index }: WasmLocal): this { return this.with(0x22, index); }

  i32(value: number): this {
    this.code.byte(0x41).signed(BigInt(value | 0));
    return this;
  }

  i64(value: bigint): this {
    this.code.byte(0x42).signed(BigInt.asIntN(64, value));
    return this;
  }

  f64(value: number): this {
    this.code.byte(0x44).float(value);
    return this;
  }

  f64x2(low: number, high: number = low): this {
    this.code.append([0xfd, 0x0c]).float(low).float(high);
    return this;
  }

  i64x2(low: bigint, high: bigint = low): this {
    const bytes = new DataView(new ArrayBuffer(16));
    bytes.setBigInt64(0, low, true);
    bytes.setBigInt64(8, high, true);
    this.code.append([0xfd, 0x0c]).append(new Uint8Array(bytes.buffer));
    return this;
  }

  op(name: PlainOpcode): this {
    this.code.append(opcodes.plain[name]);
    return this;
  }

  /** Loads from, or stores to, the address on the stack plus `offset` bytes. */
  memory(name: MemoryOpcode, offset: number = 0): this {
    const { bytes, alignment } = opcodes.memory[name];
    this.code.append(bytes).unsigned(alignment).unsigned(offset);
    return this;
  }

  lane(name: LaneOpcode, lane: number): this {
    this.code.append(opcodes.lane[name]).byte(lane);
    return this;
  }

  laneMemory(name: LaneMemoryOpcode, lane: number, offset: number = 0): this {
    this.code.append(opcodes.laneMemory[name]).unsigned(3).unsigned(offset).byte(lane);
    return this;
  }

  /** Sixteen bytes chosen among the thirty-two of two vectors. */
  shuffle(bytes: readonly number[]): this {
    if (bytes.length !== 16) throw new Error("A shuffle chooses sixteen bytes.");
    this.code.append([0xfd, 0x0d]).append(bytes);
    return this;
  }

  /** Two lanes chosen among the four of two f64x2: 0 and 1 are the first's. */
  shuffleLanes(low: number, high: number): this {
    return this.shuffle([low, high].flatMap((lane) => Array.from({ length: 8 }, (_, k) => 8 * lane + k)));
  }

  /** A branch to the label leads behind the block. */
  block(body: (end: Label) => void, result?: ValueType): this {
    return this.structured(0x02, result, body);
  }

  /** A branch to the label leads back to the beginning; whoever arrives at the end leaves. */
  loop(body: (again: Label) => void, result?: ValueType): this {
    return this.structured(0x03, result, body);
  }

  /** Takes the condition from the stack; a branch to the label leads behind it. */
  if(then: (end: Label) => void, otherwise?: (end: Label) => void, result?: ValueType): this {
    return this.structured(0x04, result, (end) => {
      then(end);
      if (!otherwise) return;
      this.code.byte(0x05);
      otherwise(end);
    });
  }

  branch(label: Label): this { return this.with(0x0c, this.depth - label.depth); }
  branchIf(label: Label): this { return this.with(0x0d, this.depth - label.depth); }

  call(callee: FunctionReference): this {
    this.code.byte(0x10);
    this.parts.push(this.code, callee);
    this.code = new ByteWriter();
    return this;
  }

  /** The body as it stands in the code section, given the functions' numbers. */
  assemble(indexOf: (callee: FunctionReference) => number): Uint8Array {
    const body = new ByteWriter();
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    body.unsigned(runs.length);
    for (const { type, count } of runs) body.unsigned(count).byte(typeCodes[type]);
    for (const part of [...this.parts, this.code]) {
      if (part instanceof ByteWriter) body.append(part.toBytes());
      else body.unsigned(indexOf(part));
    }
    return body.byte(0x0b).toBytes();
  }

  private structured(opcode: number, result: ValueType | undefined, body: (label: Label) => void): this {
    this.code.byte(opcode).byte(result ? typeCodes[result] : NO_RESULT);
    this.depth++;
    body({ depth: this.depth });
    this.depth--;
    this.code.byte(0x0b);
    return this;
  }

  private with(opcode: number, operand: number): this {
    this.code.byte(opcode).unsigned(operand);
    return this;
  }
}
