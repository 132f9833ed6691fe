import { sameExpression } from "../ir/same";
import { sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, Expression, For, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { readsOf, type Variable, writesOf } from "./effects";
import { isOwn } from "./mentions";
import { accessesOf, settersOf, touches } from "./ownArrays";

/**
 * What a variable that a loop writes is to its turns.
 * - `private`: each turn makes it anew (or finds it zero and leaves it zero), and nobody else looks at it.
 * - `sum`: the turns only add to it.
 * - `apart`: each turn has elements of its own.
 * - `carried`: a turn may see what an earlier one left.
 */
export type Role = "private" | "sum" | "apart" | "carried";

/** All that the function looks at or changes outside of the loop. Setting all of an array to 0 is no looking. */
export function mentionedOutside(loop: For, body: Block, result: Expression): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  const visit = (block: Block): void => {
    for (const statement of block) {
      if (statement === loop || isClearing(statement)) continue;
      for (const expression of expressionsOf(statement)) readsOf(expression, found);
      if (statement.kind === "for" && statement.exit) found.add(statement.exit);
      const inner = blocksOf(statement);
      if (inner.length > 0) inner.forEach(visit);
      else for (const variable of writesOf(statement)) found.add(variable);
    }
  };
  visit(body);
  readsOf(result, found);
  return found;
}

export const isClearing = (statement: Statement): boolean => statement.kind === "fill" && statement.value.kind === "constant" && Object.is(statement.value.value, 0);

/** The role of everything the loop's body writes; loop indices apart. Undefined where the body may end the evaluation, or keeps a stack. */
export function rolesIn(loop: For, outside: ReadonlySet<Variable>): ReadonlyMap<Variable, Role> | undefined {
  const roles = new Map<Variable, Role>();
  const written = new Set<Variable>();
  for (const statement of loop.body) for (const variable of writesOf(statement)) written.add(variable);
  let fine = true;
  walkBlock(loop.body, (statement) => {
    if (statement.kind === "push" || statement.kind === "pop" || statement.kind === "trap" || statement.kind === "while") fine = false;
    if (statement.kind === "for") written.delete(statement.index);
  });
  if (!fine) return undefined;
  const otherwise = usedOtherwise(loop.body);
  for (const variable of written) roles.set(variable, otherwise.has(variable) ? roleOf(variable, loop, outside, written) : "sum");
  return roles;
}

function roleOf(variable: Variable, loop: For, outside: ReadonlySet<Variable>, written: ReadonlySet<Variable>): Role {
  if (variable.kind === "local") return !outside.has(variable) && isOwn(loop.body, variable) ? "private" : "carried";
  if (isApart(accessesOf(loop.body, variable), loop, written) && !isFilled(loop.body, variable)) return "apart";
  if (outside.has(variable) || variable.role.kind !== "scratch") return "carried";
  return settersOf(loop.body, variable) !== undefined || (!variable.role.uninitialised && isLeftZero(loop.body, variable)) ? "private" : "carried";
}

/** What the body does with each variable but to add to it. */
function usedOtherwise(body: Block): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  walkBlock(body, (statement) => {
    for (const expression of expressionsOf(statement)) readsOf(expression, found);
    if (statement.kind === "assign") found.add(statement.local);
    if (statement.kind === "store" || statement.kind === "fill") found.add(statement.array);
    if (statement.kind === "for" && statement.exit) found.add(statement.exit);
  });
  return found;
}

function isFilled(body: Block, array: ArrayVariable): boolean {
  let found = false;
  walkBlock(body, (statement) => { if (statement.kind === "fill" && statement.array === array) found = true; });
  return found;
}

/** Whether one index of all accesses runs with the loop, the same in each. */
export function isApart(accesses: readonly (readonly Expression[])[], loop: For, written: ReadonlySet<Variable>): boolean {
  const [first] = accesses;
  return first?.some((e, dimension) => runsWith(e, loop, written) && accesses.every((other) => sameExpression(e, other[dimension]))) ?? false;
}

/** i, or i plus or minus what the loop does not change: another element for each turn. */
function runsWith(e: Expression, loop: For, written: ReadonlySet<Variable>): boolean {
  if (e.kind === "read") return e.local === loop.index;
  if (e.kind !== "call" || (e.primitive !== "addInt" && e.primitive !== "subtractInt")) return false;
  const [a, b] = e.args;
  if (!a || !b) return false;
  const isFixed = (other: Expression): boolean => [...readsOf(other)].every((variable) => variable !== loop.index && !written.has(variable) && variable.kind === "local");
  return (runsWith(a, loop, written) && isFixed(b)) || (runsWith(b, loop, written) && isFixed(a));
}

/** Whether the last statement to touch the array sets each of its elements to 0, and leaves it so. */
export function isLeftZero(body: Block, array: ArrayVariable): boolean {
  const last = body.filter((statement) => touches(statement, array)).at(-1);
  if (!last) return true;
  if (last.kind === "fill") return isClearing(last);
  const loops: For[] = [];
  let statement: Statement = last;
  while (statement.kind === "for" && !statement.exit) {
    loops.push(statement);
    const inner: Statement | undefined = statement.body.filter((each) => touches(each, array)).at(-1);
    if (!inner) return false;
    statement = inner;
  }
  if (statement.kind !== "store" || statement.value.kind !== "constant" || !Object.is(statement.value.value, 0)) return false;
  const used = new Set<For>();
  const covers = statement.indices.every((index, dimension) => {
    const around = loops.find((loop) => index.kind === "read" && loop.index === index.local);
    if (around?.from.kind !== "constant" || around.to.kind !== "constant") return false;
    used.add(around);
    const [first, end] = around.step === 1 ? [around.from.value, around.to.value] : [around.to.value + 1, around.from.value + 1];
    return Math.abs(around.step) === 1 && first === 0 && end === array.shape[dimension];
  });
  return covers && used.size === loops.length && sizeOf(array) > 0 && used.size === array.shape.length;
}

/** Every local the block mentions. */
export function mentionedIn(block: Block): Set<Variable> {
  const found = new Set<Variable>();
  for (const statement of block) {
    for (const variable of writesOf(statement)) found.add(variable);
    walkBlock([statement], (inner) => {
      for (const expression of expressionsOf(inner)) walkExpression(expression, (e) => { if (e.kind === "read") found.add(e.local); else if (e.kind === "load") found.add(e.array); });
      if (inner.kind === "for" && inner.exit) found.add(inner.exit);
    });
  }
  return found;
}
