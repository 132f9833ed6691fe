import type { Span } from "../../positions";
import type { ValueSlot } from "./journal";
import type { Module } from "../syntax/module";
import type { ListValue, Value } from "./values";

/** Names in reach: a block, a function, a module. */
export class Scope {
  private readonly names = new Map<string, ValueSlot>();

  constructor(readonly parent: Scope | undefined, readonly module: Module, readonly frame: Frame) {}

  declare(name: string, slot: ValueSlot): void {
    this.names.set(name, slot);
  }

  own(name: string): ValueSlot | undefined {
    return this.names.get(name);
  }

  slots(): Iterable<ValueSlot> {
    return this.names.values();
  }

  entries(): Iterable<[string, ValueSlot]> {
    return this.names.entries();
  }

  find(name: string): ValueSlot | undefined {
    return this.names.get(name) ?? this.parent?.find(name);
  }
}

/** One call of one function: what it returns, and whether it has. */
export interface Frame {
  readonly name: string;
  readonly birth: number;
  readonly result: ValueSlot;
  readonly returned: ValueSlot;
  readonly self?: Value;
  readonly newTarget?: Value;
  readonly args: readonly Value[];
  /** Of a generator: what it has yielded. */
  readonly yielded?: ListValue;
  readonly home?: Value;
  /** Where it was called, by way of which other calls; absent for the function itself. */
  readonly call?: Span;
  /** Loops and switches being read, innermost last. */
  readonly jumps: JumpTarget[];
}

/** A `try` with a `catch`: whether something was thrown in it, and what. */
export interface Catcher {
  readonly birth: number;
  readonly thrown: ValueSlot;
  readonly error: ValueSlot;
}

/** Something `break` or `continue` can mean. Its flags are ordinary abstract values, merged like any other. */
export interface JumpTarget {
  readonly kind: "loop" | "switch" | "block";
  readonly label?: string;
  readonly birth: number;
  readonly broken: ValueSlot;
  readonly continued: ValueSlot;
}
