import { readMath } from "../../../src/core/source/math/readMath";
import { closedForm } from "../../../src/core/symbolic/closedForm";
import type { SymbolicFunction } from "../../../src/core/symbolic/symbolicFunction";
import type { IrFunction } from "../../../src/core/ir/types";

export interface Read {
  formula: SymbolicFunction;
  coordinates: string[];
  fn: IrFunction;
}

export function formulaOf(text: string): Read {
  const program = readMath({ text, language: "math", selection: { start: 0, end: text.length } });
  const { function: fn, coordinates } = program.lower(program.target ?? "", {});
  const form = closedForm(fn, coordinates);
  if (!form.ok) throw new Error(form.reason);
  return { formula: form.formula, coordinates, fn };
}
