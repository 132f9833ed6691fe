/** Short constructors for IR nodes. They build exactly what they are asked; simplifying is `simplify/`'s work. */
import type { Span } from "../source/positions";
import type {
  Accumulate, ArrayRole, ArrayVariable, Assign, Block, Call, Constant, Expression, Fill, For, If, Load, Local,
  PrimitiveName, Read, ScalarType, Select, Store, While,
} from "./types";

const at = (span: Span | undefined): { span?: Span } => (span ? { span } : {});

export const float = (value: number, span?: Span, text?: string): Constant => ({
  kind: "constant", type: "f64", value, ...(text === undefined ? {} : { text }), ...at(span),
});
export const int = (value: number, span?: Span): Constant => ({ kind: "constant", type: "i32", value, ...at(span) });
export const bool = (value: boolean, span?: Span): Constant => ({ kind: "constant", type: "bool", value: value ? 1 : 0, ...at(span) });

export const read = (local: Local, span?: Span): Read => ({ kind: "read", local, ...at(span) });
export const load = (array: ArrayVariable, indices: readonly Expression[], span?: Span): Load => ({ kind: "load", array, indices, ...at(span) });
export const call = (primitive: PrimitiveName, args: readonly Expression[], span?: Span): Call => ({ kind: "call", primitive, args, ...at(span) });
export const select = (condition: Expression, whenTrue: Expression, whenFalse: Expression, span?: Span): Select => ({
  kind: "select", condition, whenTrue, whenFalse, ...at(span),
});

export const assign = (local: Local, value: Expression, span?: Span): Assign => ({ kind: "assign", local, value, ...at(span) });
export const store = (array: ArrayVariable, indices: readonly Expression[], value: Expression, span?: Span): Store => ({
  kind: "store", array, indices, value, ...at(span),
});
export const accumulate = (target: Local | ArrayVariable, value: Expression, indices?: readonly Expression[], span?: Span): Accumulate => ({
  kind: "accumulate", target, value, ...(indices ? { indices } : {}), ...at(span),
});
export const fill = (array: ArrayVariable, value: Expression, span?: Span): Fill => ({ kind: "fill", array, value, ...at(span) });
export const branch = (condition: Expression, then: Block, otherwise: Block = [], span?: Span): If => ({
  kind: "if", condition, then, else: otherwise, ...at(span),
});
export const loop = (
  index: Local, from: Expression, to: Expression, body: Block, options: { step?: number; exit?: Local; span?: Span } = {},
): For => ({
  kind: "for", index, from, to, step: options.step ?? 1, body, ...(options.exit ? { exit: options.exit } : {}), ...at(options.span),
});
export const whileLoop = (condition: Expression, body: Block, cap = 1_000_000, span?: Span): While => ({
  kind: "while", condition, body, cap, ...at(span),
});

/** Hands out locals and arrays whose names are unique within one function. */
export class Names {
  private readonly used = new Set<string>();
  /** The next number to try after each name: hundreds of temporaries share one. */
  private readonly numbers = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.used.add(name);
  }

  local(type: ScalarType, hint: string, label?: string): Local {
    return { kind: "local", name: this.fresh(hint), type, ...(label === undefined ? {} : { label }) };
  }

  array(element: "f64" | "i32", shape: readonly number[], role: ArrayRole, hint: string, label?: string): ArrayVariable {
    return { kind: "array", name: this.fresh(hint), element, shape, role, ...(label === undefined ? {} : { label }) };
  }

  private fresh(hint: string): string {
    // Names end up in generated code, so they are made of letters that are safe there whatever the user wrote.
    const base = hint.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_") || "t";
    let name = base;
    let n = this.numbers.get(base) ?? 1;
    for (; this.used.has(name); n++) name = `${base}_${n}`;
    this.numbers.set(base, n);
    this.used.add(name);
    return name;
  }
}
