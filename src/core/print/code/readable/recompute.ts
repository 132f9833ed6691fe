import { load, type Names, read } from "../../../ir/build";
import { sameExpression } from "../../../ir/same";
import type { ArrayVariable, Block, Expression, For, Local, Statement, Store } from "../../../ir/types";
import { expressionsOf, walkBlock } from "../../../ir/visit";
import { readsOf, writesOf } from "../../../loops/effects";
import { arraysIn } from "../../../loops/fuseLoops";
import { accessesOf, loads, settersOf, touches } from "../../../loops/ownArrays";
import { rewriteBlock, rewriteBlocks } from "../../../ir/rewriteBlock";

/**
 * A small list that each iteration makes anew (a row of features, a window) is kept on a tape by the reverse sweep, element by
 * element, only because its storage is the same each time. Made again from what it was made of, it needs none.
 */
export function recompute(body: Block, names: Names): Block {
  let result = body;
  for (const array of arraysIn(body)) {
    if (array.role.kind === "scratch" && array.element === "f64" && !array.role.uninitialised) result = rewriteBlocks(result, (block) => madeAgain(block, array, result, names) ?? block);
  }
  return result;
}

function madeAgain(block: Block, array: ArrayVariable, body: Block, names: Names): Block | undefined {
  const using = block.filter((statement) => touches(statement, array));
  const [forward, backward] = using;
  if (using.length !== 2 || forward?.kind !== "for" || backward?.kind !== "for" || forward.exit || backward.exit) return undefined;
  if (accessesOf(using, array).length !== accessesOf(body, array).length) return undefined;
  const restores = new Set<Statement>();
  const tapes = new Set<ArrayVariable>();
  let fine = true;
  walkBlock([backward], (statement) => {
    if (statement.kind === "store" && statement.array === array) {
      if (statement.value.kind === "load" && isTape(statement.value.array)) {
        restores.add(statement);
        tapes.add(statement.value.array);
      } else fine = false;
    }
    if ((statement.kind === "fill" && statement.array === array) || (statement.kind === "accumulate" && statement.target === array)) fine = false;
  });
  const saves = new Set<Statement>();
  walkBlock([forward], (statement) => { if (isSave(statement, array, tapes)) saves.add(statement); });
  if (!fine || restores.size === 0 || saves.size !== restores.size) return undefined;
  const without = (inner: Block, dropped: ReadonlySet<Statement>): Block => rewriteBlocks(inner, (each) => each.filter((statement) => !dropped.has(statement)));
  const ahead = without(forward.body, saves);
  const setters = settersOf(ahead, array);
  // The whole of it is set at one place, and by nothing that the two loops change themselves.
  if (!setters || storesTo(ahead, array) !== storesTo(setters, array)) return undefined;
  const copy = names.array("f64", array.shape, { kind: "scratch" }, array.name, array.label);
  const again = setters.map((setter) => copied(setter, array, copy, names));
  const changed = new Set([forward, backward].flatMap((loop) => [...writesOf(loop)]));
  if (again.some((statement) => statement === undefined || operandsOf(statement).some((variable) => variable !== forward.index && changed.has(variable)))) return undefined;
  const index: Expression = read(backward.index);
  const made = rewriteBlock(again.flatMap((statement) => (statement ? [statement] : [])), (e) => (e.kind === "read" && e.local === forward.index ? index : e));
  const behind = rewriteBlock(without(backward.body, restores), (e) => (e.kind === "load" && e.array === array ? load(copy, e.indices) : e));
  const replaced = new Map<Statement, For>([[forward, { ...forward, body: ahead }], [backward, { ...backward, body: [...made, ...behind] }]]);
  return block.map((statement) => replaced.get(statement) ?? statement);
}

const isTape = (array: ArrayVariable): boolean => array.role.kind === "scratch" && array.role.uninitialised === true;

const isSave = (statement: Statement, array: ArrayVariable, tapes: ReadonlySet<ArrayVariable>): statement is Store =>
  statement.kind === "store" && tapes.has(statement.array) && statement.value.kind === "load" && statement.value.array === array;

function storesTo(block: Block, array: ArrayVariable): number {
  let count = 0;
  walkBlock(block, (statement) => { if ((statement.kind === "store" || statement.kind === "fill") && statement.array === array) count++; });
  return count;
}

/** Only the loops and the stores of this array, into its copy. */
function copied(statement: Statement, array: ArrayVariable, copy: ArrayVariable, names: Names): Statement | undefined {
  if (statement.kind === "store") return statement.array === array ? { ...statement, array: copy } : undefined;
  if (statement.kind !== "for") return undefined;
  const index = names.local("i32", statement.index.name, statement.index.label);
  const inside = statement.body.filter((inner) => inner.kind === "for" ? touches(inner, array) : inner.kind === "store" && inner.array === array);
  const body = inside.map((inner) => copied(inner, array, copy, names));
  if (body.some((inner) => inner === undefined)) return undefined;
  const own: Expression = read(index);
  return { ...statement, index, body: rewriteBlock(body.flatMap((inner) => (inner ? [inner] : [])), (e) => (e.kind === "read" && e.local === statement.index ? own : e)) };
}

/** What the statement reads that it does not make itself. */
function operandsOf(statement: Statement): (Local | ArrayVariable)[] {
  const made = writesOf(statement);
  const found = new Set<Local | ArrayVariable>();
  walkBlock([statement], (inner) => { for (const e of expressionsOf(inner)) for (const variable of readsOf(e)) if (!made.has(variable)) found.add(variable); });
  return [...found];
}

/** Of two lists that one block makes in the same way, the second is the first. */
export const mergeCopies = (body: Block): Block => rewriteBlocks(body, (block) => {
  let current = block;
  for (const array of arraysIn(block)) {
    if (array.role.kind !== "scratch" || array.role.uninitialised) continue;
    for (const other of arraysIn(current)) {
      if (other !== array) current = merged(current, array, other, body) ?? current;
    }
  }
  return current;
});

function merged(block: Block, array: ArrayVariable, other: ArrayVariable, body: Block): Block | undefined {
  if (other.role.kind !== "scratch" || other.role.uninitialised || other.shape.join() !== array.shape.join()) return undefined;
  const [mine, theirs] = [settersOf(block, array), settersOf(block, other)];
  const [first, second] = [mine?.[0], theirs?.[0]];
  if (!mine || !theirs || !first || !second || mine.length !== theirs.length || block.indexOf(first) >= block.indexOf(second)) return undefined;
  if (accessesOf(block, other).length !== accessesOf(body, other).length || storesTo(block, other) !== storesTo(theirs, other) || storesTo(block, array) !== storesTo(mine, array)) return undefined;
  if (!theirs.every((statement, i) => isAlike(mine[i], array, statement, other))) return undefined;
  const last = block.indexOf(theirs[theirs.length - 1] ?? second);
  const between = block.slice(block.indexOf(first), last + 1);
  const operands = new Set(mine.flatMap(operandsOf));
  if (between.some((statement) => [...writesOf(statement)].some((variable) => operands.has(variable)))) return undefined;
  const gone = new Set(theirs);
  return rewriteBlock(block.filter((statement) => !gone.has(statement)), (e) => (e.kind === "load" && e.array === other ? load(array, e.indices) : e));
}

/** Whether two setters are the same but for the array; loops may do other things beside it in the first. */
function isAlike(a: Statement | undefined, array: ArrayVariable, b: Statement, other: ArrayVariable): boolean {
  if (a?.kind === "store" && b.kind === "store") {
    return a.array === array && b.array === other && sameExpression(a.value, b.value) && a.indices.every((index, d) => sameExpression(index, b.indices[d]));
  }
  if (a?.kind !== "for" || b.kind !== "for" || b.body.length !== 1 || !sameExpression(a.from, b.from) || !sameExpression(a.to, b.to) || a.step !== b.step) return false;
  const inner = a.body.find((statement) => touches(statement, array));
  const index: Expression = read(a.index);
  const [only] = rewriteBlock(b.body, (e) => (e.kind === "read" && e.local === b.index ? index : e));
  return only !== undefined && !expressionsOf(only).some((e) => loads(e, other)) && isAlike(inner, array, only, other);
}
