import type { FieldsSlot } from "./journal";
import type { ListValue, Value } from "./values";
import type { Region } from "./region";
import type { Refusal } from "../syntax/refusal";

/** Thrown inside the evaluator to take another way; never leaves the frontend. */
export abstract class Signal extends Error {}

/** A run that was to need nothing of the unknowns met one. */
export class NotStatic extends Signal {}

/** A value must be known for this construct: the loops that make it unknown are to be unrolled. */
export class NeedsStatic extends Signal {
  constructor(readonly loops: ReadonlySet<Region>, readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** A list made before a region is indexed by a run-time number inside it: make it an IR array first. */
export class NeedsDense extends Signal {
  constructor(readonly list: ListValue) {
    super("needs a dense array");
  }
}

/** A list made before a region grows inside it: give it room first. */
export class NeedsRoom extends Signal {
  constructor(readonly list: ListValue, readonly room: Room) {
    super("needs room");
  }
}

/** An object made before a region is given a field inside it: it must have a place for the field first. */
export class NeedsField extends Signal {
  constructor(readonly fields: FieldsSlot, readonly field: string) {
    super("needs a field");
  }
}

/** `counted`: how many were pushed is known only at run time. */
export interface Room {
  readonly counted: boolean;
  readonly added: number;
  /** Where elements are written by index: the length that takes. */
  readonly length?: number;
  readonly sample: Value;
}

/** Something was learnt about the arguments (a shape, a length, a role): read the function again with it. */
export class Relearn extends Signal {}
