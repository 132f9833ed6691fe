import type { FunctionBuilder, WasmLocal } from "./assembler/functionBuilder";
import type { ValueType } from "./assembler/valueTypes";

/** Variables of a function for passing use: what one statement is done with, the next one takes. */
export class Temporaries {
  private readonly made = new Map<ValueType, WasmLocal[]>();
  private readonly taken = new Map<ValueType, number>();

  constructor(private readonly f: FunctionBuilder) {}

  fresh(type: ValueType): WasmLocal {
    const locals = this.made.get(type) ?? [];
    this.made.set(type, locals);
    const count = this.taken.get(type) ?? 0;
    this.taken.set(type, count + 1);
    const local = locals[count] ?? this.f.local(type);
    locals[count] = local;
    return local;
  }

  /** What is taken meanwhile is free again afterwards. */
  within(use: () => void): void {
    const before = new Map(this.taken);
    use();
    this.taken.clear();
    for (const [type, count] of before) this.taken.set(type, count);
  }
}
