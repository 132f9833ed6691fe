import { accumulate, assign, float, int, read } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import { flatIndex, sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, Expression, IrFunction, Local, ScalarParameter, Statement } from "../ir/types";
import { blocksOf, expressionsOf, mapExpression, walkExpression } from "../ir/visit";
import { fold } from "./fold";

/** Above this an array is worth its memory. */
const LARGEST = 64;

/** Small arrays that are only ever indexed by constants become locals, one an element. */
export function scalarise(fn: IrFunction): IrFunction {
  const body = foldIndices(fn.body);
  const result = mapExpression(fn.result, fold);
  const chosen = candidates({ ...fn, body, result });
  if (chosen.size === 0) return { ...fn, body, result };
  const names = namesOf(fn);
  const elements = new Map<ArrayVariable, Local[]>();
  const scalars: ScalarParameter[] = [...fn.scalars];
  const start: Statement[] = [];
  for (const array of chosen) {
    const locals = Array.from({ length: sizeOf(array) }, (_, k) => names.local(array.element, `${array.name}_${k}`, labelOf(array, k)));
    elements.set(array, locals);
    for (const [k, local] of locals.entries()) {
      if (array.role.kind === "parameter") scalars.push({ local, offset: array.role.offset + k });
      else start.push(assign(local, array.element === "f64" ? float(0) : int(0)));
    }
  }
  const element = (array: ArrayVariable, indices: readonly Expression[]): Local | undefined =>
    elements.get(array)?.[flatIndex(array, indices.map((index) => (index.kind === "constant" ? index.value : -1)))];
  const change = (expression: Expression): Expression => mapExpression(expression, (e) => {
    const local = e.kind === "load" ? element(e.array, e.indices) : undefined;
    return local ? read(local, e.span) : e;
  });
  const rewrite = (block: Block): Block => block.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "assign": return [{ ...statement, value: change(statement.value) }];
      case "store": {
        const local = element(statement.array, statement.indices);
        if (local) return [assign(local, change(statement.value), statement.span)];
        return [{ ...statement, indices: statement.indices.map(change), value: change(statement.value) }];
      }
      case "accumulate": {
        const { target, indices } = statement;
        const local = target.kind === "array" ? element(target, indices ?? []) : undefined;
        if (local) return [accumulate(local, change(statement.value), undefined, statement.span)];
        return [{ ...statement, value: change(statement.value), ...(indices ? { indices: indices.map(change) } : {}) }];
      }
      case "fill": {
        const locals = elements.get(statement.array);
        const value = change(statement.value);
        if (!locals) return [{ ...statement, value }];
        // The value may mention an element that is being overwritten.
        const once = names.local(statement.array.element, "t");
        return [assign(once, value, statement.span), ...locals.map((local) => assign(local, read(once), statement.span))];
      }
      case "push": return [{ ...statement, value: change(statement.value) }];
      case "pop":
      case "trap": return [statement];
      case "if": return [{ ...statement, condition: change(statement.condition), then: rewrite(statement.then), else: rewrite(statement.else) }];
      case "for": return [{ ...statement, from: change(statement.from), to: change(statement.to), body: rewrite(statement.body) }];
      case "while": return [{ ...statement, condition: change(statement.condition), body: rewrite(statement.body) }];
    }
  });
  return {
    ...fn, scalars, arrays: fn.arrays.filter((array) => !chosen.has(array)), body: [...start, ...rewrite(body)], result: change(result),
  };
}

function candidates(fn: IrFunction): Set<ArrayVariable> {
  const chosen = new Set(fn.arrays.filter((array) =>
    (array.role.kind === "parameter" || (array.role.kind === "scratch" && !array.role.uninitialised)) && sizeOf(array) <= LARGEST && sizeOf(array) > 0));
  const check = (array: ArrayVariable, indices: readonly Expression[]): void => {
    const inside = indices.every((index, k) => index.kind === "constant" && index.value >= 0 && index.value < (array.shape[k] ?? 0));
    if (!inside) chosen.delete(array);
  };
  const look = (expression: Expression): void => walkExpression(expression, (e) => { if (e.kind === "load") check(e.array, e.indices); });
  const visit = (block: Block): void => {
    for (const statement of block) {
      if (statement.kind === "store") check(statement.array, statement.indices);
      if (statement.kind === "accumulate" && statement.target.kind === "array") check(statement.target, statement.indices ?? []);
      expressionsOf(statement).forEach(look);
      blocksOf(statement).forEach(visit);
    }
  };
  visit(fn.body);
  look(fn.result);
  return chosen;
}

const foldIndices = (block: Block): Block => block.map((statement) => {
  switch (statement.kind) {
    case "assign": return { ...statement, value: mapExpression(statement.value, fold) };
    case "store": return { ...statement, indices: statement.indices.map((e) => mapExpression(e, fold)), value: mapExpression(statement.value, fold) };
    case "accumulate": return {
      ...statement, value: mapExpression(statement.value, fold), ...(statement.indices ? { indices: statement.indices.map((e) => mapExpression(e, fold)) } : {}),
    };
    case "if": return { ...statement, then: foldIndices(statement.then), else: foldIndices(statement.else) };
    case "for":
    case "while": return { ...statement, body: foldIndices(statement.body) };
    default: return statement;
  }
});

function labelOf(array: ArrayVariable, k: number): string | undefined {
  if (array.label === undefined) return undefined;
  const indices: number[] = [];
  let rest = k;
  for (const extent of [...array.shape].reverse()) {
    indices.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `${array.label}${indices.map((index) => `[${index}]`).join("")}`;
}
