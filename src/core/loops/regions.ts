import { type LinearForm, linearExpression, plus } from "../ir/linearForm";
import { namesOf } from "../ir/namesOf";
import { sizeOf } from "../ir/shape";
import type { ArrayRole, ArrayVariable, Expression, IrFunction } from "../ir/types";
import { reindex } from "./reindex";
import { rangeOf, type Subscript, subscriptsOf } from "./subscripts";

/** More parts than these are no layout that a person made. */
const MOST = 64;

/**
 * One array that holds several, one behind the other, as when all weights of a network stand in one vector: where no subscript reaches from one
 * part into the next, each part becomes an array of its own. Elements stay where they are.
 */
export function regions(fn: IrFunction): IrFunction {
  let current = fn;
  for (;;) {
    const next = step(current);
    if (!next) return current;
    current = next;
  }
}

/** One array taken apart; undefined where there is none that can be. */
function step(fn: IrFunction): IrFunction | undefined {
  for (const [array, [subscripts = []]] of subscriptsOf(fn)) {
    const parts = partsOf(array, subscripts);
    const made = parts && apart(fn, array, subscripts, parts);
    if (made) return made;
  }
  return undefined;
}

interface Part {
  readonly from: number;
  to: number;
}

/** From where to where the subscripts reach, as far as they overlap; undefined where it is all one, or where one could be anything. */
function partsOf({ role, element }: ArrayVariable, subscripts: readonly Subscript[]): Part[] | undefined {
  if (element !== "f64" || (role.kind !== "parameter" && role.kind !== "output" && role.kind !== "scratch")) return undefined;
  // Where elements are chosen by one number alone there is no layout to be seen.
  if (!subscripts.some(({ form }) => form.terms.length > 1)) return undefined;
  const reaches = subscripts.map((subscript) => rangeOf(subscript.form, subscript));
  const parts: Part[] = [];
  for (const reach of [...reaches].sort((a, b) => (a?.low ?? 0) - (b?.low ?? 0))) {
    if (!reach) return undefined;
    const last = parts.at(-1);
    if (last && reach.low < last.to) last.to = Math.max(last.to, reach.high + 1);
    else parts.push({ from: reach.low, to: reach.high + 1 });
  }
  return parts.length > 1 && parts.length <= MOST && (parts[0]?.from ?? -1) >= 0 ? parts : undefined;
}

function apart(fn: IrFunction, array: ArrayVariable, subscripts: readonly Subscript[], parts: readonly Part[]): IrFunction | undefined {
  const names = namesOf(fn);
  const row = sizeOf(array) / (array.shape[0] ?? 1);
  const arrays = parts.map(({ from, to }) => names.array("f64", [to - from, ...array.shape.slice(1)], roleFrom(array.role, from * row), array.name, array.label));
  const places = new Map<Expression, { part: number; form: LinearForm }>();
  for (const subscript of subscripts) {
    const low = rangeOf(subscript.form, subscript)?.low ?? 0;
    const part = parts.findIndex(({ from, to }) => low >= from && low < to);
    // One expression in two loops may reach into two parts.
    if ((places.get(subscript.expression)?.part ?? part) !== part) return undefined;
    places.set(subscript.expression, { part, form: plus(subscript.form, { constant: parts[part]?.from ?? 0, terms: [] }, -1) });
  }
  return reindex(fn, array, arrays, ([first, ...others]) => {
    const found = first && places.get(first);
    const target = found && arrays[found.part];
    if (!target) throw new Error(`A subscript of "${array.name}" has been missed.`);
    return { array: target, indices: [linearExpression(found.form), ...others] };
  });
}

function roleFrom(role: ArrayRole, elements: number): ArrayRole {
  switch (role.kind) {
    case "parameter": return { ...role, offset: role.offset + elements };
    case "output": return { ...role, offset: (role.offset ?? 0) + elements };
    default: return role;
  }
}
