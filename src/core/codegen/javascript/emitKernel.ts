import type { ArrayVariable, IrFunction, Numbers } from "../../ir/types";
import { sizeOf } from "../../ir/shape";
import { Effort } from "../effort";
import type { Scope } from "./emitExpression";
import { fuelOf } from "../fuel";

/** The text of one kernel before its function: its memory, made once, and the names by which it is used. */
export interface KernelMemory {
  readonly scope: Scope;
  readonly data: readonly Numbers[];
  /** Declares the buffers; evaluated once. */
  readonly setup: string;
  /** Brings the buffers into the state every evaluation starts from. */
  readonly reset: string;
  /** Whether there is `fuel` to count down. */
  readonly isFuelled: boolean;
  readonly effort: Effort;
}

export function layOut(fn: IrFunction): KernelMemory {
  const places = new Map<ArrayVariable, { buffer: string; offset: number }>();
  const data: Numbers[] = [];
  let setup = "";
  let reset = "";
  for (const array of fn.arrays) {
    const { role } = array;
    const buffer = `${safe(array.name)}$`;
    const type = array.element === "f64" ? "Float64Array" : "Int32Array";
    switch (role.kind) {
      case "parameter": places.set(array, { buffer: "x", offset: role.offset }); break;
      case "output": places.set(array, { buffer: "output", offset: role.offset ?? 0 }); break;
      case "data":
        setup += `const ${buffer} = data[${data.length}];\n`;
        data.push(role.values);
        places.set(array, { buffer, offset: 0 });
        break;
      case "scratch":
        setup += `const ${buffer} = new ${type}(${sizeOf(array)});\n`;
        if (!role.uninitialised) reset += zeros(buffer, Array.from({ length: Math.min(sizeOf(array), SMALL + 1) }, (_, k) => k));
        places.set(array, { buffer, offset: 0 });
        break;
      case "stack":
        setup += `let ${buffer} = new ${type}(1024), ${buffer}_top = 0;\n`;
        reset += `  ${buffer}_top = 0;\n`;
        places.set(array, { buffer, offset: 0 });
        break;
    }
  }
  reset += resetOutput(fn);
  const effort = new Effort(fn.body);
  const fuel = fuelOf(fn, effort);
  if (fuel !== undefined) {
    setup += "let fuel = 0;\n";
    reset += `  fuel = ${fuel};\n`;
  }
  const scope: Scope = {
    local: (local) => `$${safe(local.name)}`,
    array: (array) => {
      const place = places.get(array);
      if (!place) throw new Error(`"${array.name}" is not among the arrays of "${fn.name}".`);
      return place;
    },
  };
  return { scope, data, setup, reset, isFuelled: fuel !== undefined, effort };
}

/** Generated text is made of names that `Names` has cleaned; nothing else may ever get into it. */
export function safe(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name for generated code.`);
  return name;
}

/** Up to here single stores are quicker than a call of `fill`. */
export const SMALL = 16;

const zeros = (buffer: string, slots: readonly number[]): string =>
  (slots.length > SMALL ? `  ${buffer}.fill(0);\n` : slots.map((slot) => `  ${buffer}[${slot}] = 0;\n`).join(""));

/** Zeroes what the function does not certainly store: for a function of scalars, nothing. */
function resetOutput(fn: IrFunction): string {
  const length = fn.outputs ?? 0;
  const stored = new Set<number>();
  for (const statement of fn.body) {
    if (statement.kind !== "store" || statement.array.shape.length > 0 || statement.array.role.kind !== "output") continue;
    stored.add(statement.array.role.offset ?? 0);
  }
  return zeros("output", Array.from({ length }, (_, slot) => slot).filter((slot) => !stored.has(slot)));
}
