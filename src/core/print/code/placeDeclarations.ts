import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../../ir/visit";
import { countReads } from "../../loops/effects";
import { settersOf } from "../../loops/ownArrays";

type Variable = Local | ArrayVariable;

/** Where each variable comes into being, so that code in blocks means what the IR means, whose variables are the function's. */
export interface Declarations {
  /** Assignments (and fills) that declare what they write. */
  readonly inPlace: ReadonlyMap<Statement, "const" | "let">;
  /** Declared, as 0, right before a statement. */
  readonly before: ReadonlyMap<Statement, readonly Variable[]>;
  /** What each block declares: the scope of the names. */
  readonly of: ReadonlyMap<Block, readonly Variable[]>;
}

interface Place {
  readonly block: Block;
  readonly index: number;
  readonly isLoop: boolean;
}

export function placeDeclarations(body: Block, fn: Pick<IrFunction, "scalars">): Declarations {
  const given = new Set<Variable>(fn.scalars.map(({ local }) => local));
  const occurrences = new Map<Variable, (readonly Place[])[]>();
  const writes = new Map<Variable, number>();
  const note = (variable: Variable, path: readonly Place[]): void => {
    if (given.has(variable) || (variable.kind === "array" && variable.role.kind !== "scratch" && variable.role.kind !== "stack")) return;
    const list = occurrences.get(variable);
    if (list) list.push(path);
    else occurrences.set(variable, [path]);
  };
  const read = (expression: Expression, path: readonly Place[]): void => walkExpression(expression, (e) => {
    if (e.kind === "read") note(e.local, path);
    if (e.kind === "load") note(e.array, path);
  });
  const write = (variable: Variable, path: readonly Place[]): void => {
    note(variable, path);
    writes.set(variable, (writes.get(variable) ?? 0) + 1);
  };
  const visit = (block: Block, above: readonly Place[], isLoop: boolean): void => {
    for (const [index, statement] of block.entries()) {
      const path = [...above, { block, index, isLoop }];
      for (const expression of expressionsOf(statement)) read(expression, path);
      switch (statement.kind) {
        case "assign": write(statement.local, path); break;
        case "pop":
          write(statement.local, path);
          note(statement.stack, path);
          break;
        case "push": note(statement.stack, path); break;
        case "accumulate": write(statement.target, path); break;
        case "store":
        case "fill": write(statement.array, path); break;
        case "for": given.add(statement.index); break;
        default: break;
      }
      for (const inner of blocksOf(statement)) {
        visit(inner, path, statement.kind !== "if");
        // Looked at when an iteration is done.
        if (statement.kind === "for" && statement.exit) note(statement.exit, [...path, { block: inner, index: inner.length, isLoop: true }]);
      }
    }
  };
  visit(body, [], false);

  const inPlace = new Map<Statement, "const" | "let">();
  const before = new Map<Statement, Variable[]>();
  const of = new Map<Block, Variable[]>();
  for (const [variable, paths] of occurrences) {
    const shared = commonPath(paths);
    const home = shared[shared.length - 1];
    const first = home && home.block[Math.min(...paths.map((path) => path[shared.length - 1]?.index ?? 0))];
    if (!home || !first) continue;
    add(of, placeFor(variable, shared, first), variable);
  }

  function placeFor(variable: Variable, shared: readonly Place[], first: Statement): Block {
    const home = shared[shared.length - 1] ?? { block: body, index: 0, isLoop: false };
    const isConst = variable.kind === "array" || writes.get(variable) === 1;
    if (declares(first, variable)) {
      inPlace.set(first, isConst ? "const" : "let");
      return home.block;
    }
    // Within a loop it may carry what an earlier iteration left, unless this one certainly sets it first.
    const depth = shared.findIndex(({ isLoop }) => isLoop);
    if (depth === -1 || setsFirst(first, variable) || (variable.kind === "array" && settersOf(home.block, variable)?.[0] === first)) {
      add(before, first, variable);
      return home.block;
    }
    const outside = shared[depth - 1];
    const loop = outside?.block[outside.index];
    add(before, loop ?? first, variable);
    return outside?.block ?? body;
  }
  return { inPlace, before, of };
}

function declares(statement: Statement, variable: Variable): boolean {
  if (variable.kind === "array") return statement.kind === "fill" && statement.array === variable;
  if (statement.kind === "pop") return statement.local === variable;
  return statement.kind === "assign" && statement.local === variable && countReads(statement.value, variable) === 0;
}

/** Whether the statement certainly writes all of the variable before it looks at it. */
function setsFirst(statement: Statement, variable: Variable): boolean {
  if (declares(statement, variable)) return true;
  if (statement.kind === "if") {
    const sets = (block: Block): boolean => {
      const first = block.find((inner) => touches(inner, variable));
      return first !== undefined && setsFirst(first, variable);
    };
    return !expressionsOf(statement).some((e) => mentionsVariable(e, variable)) && sets(statement.then) && sets(statement.else);
  }
  return variable.kind === "array" && storesAll(statement, variable, []);
}

/** A nest of loops that runs through every dimension from end to end, storing each element and reading none. */
function storesAll(statement: Statement, array: ArrayVariable, loops: readonly Statement[]): boolean {
  if (statement.kind === "store" && statement.array === array) {
    if (expressionsOf(statement).some((e) => mentionsVariable(e, array))) return false;
    return statement.indices.every((index, dimension) => {
      const extent = array.shape[dimension] ?? 0;
      if (index.kind === "constant") return extent === 1;
      const loop = loops.find((candidate) => candidate.kind === "for" && index.kind === "read" && candidate.index === index.local);
      return loop?.kind === "for" && loop.from.kind === "constant" && loop.to.kind === "constant" && loop.step === 1
        && loop.from.value === 0 && loop.to.value === extent;
    });
  }
  if (statement.kind !== "for" || statement.exit) return false;
  const first = statement.body.find((inner) => touches(inner, array));
  return first !== undefined && storesAll(first, array, [...loops, statement])
    // What else the iteration does to the array is about the element that it has just stored, or comes in a loop of its own.
    && statement.body.slice(statement.body.indexOf(first) + 1).every((inner) => !touches(inner, array));
}

function touches(statement: Statement, variable: Variable): boolean {
  if (expressionsOf(statement).some((e) => mentionsVariable(e, variable))) return true;
  switch (statement.kind) {
    case "assign":
    case "pop": if (statement.local === variable) return true; break;
    case "store":
    case "fill": if (statement.array === variable) return true; break;
    case "accumulate": if (statement.target === variable) return true; break;
    case "for": if (statement.exit === variable) return true; break;
    default: break;
  }
  return blocksOf(statement).some((block) => block.some((inner) => touches(inner, variable)));
}

function mentionsVariable(expression: Expression, variable: Variable): boolean {
  let found = false;
  walkExpression(expression, (e) => {
    if ((e.kind === "read" && e.local === variable) || (e.kind === "load" && e.array === variable)) found = true;
  });
  return found;
}

/** The places that all paths go through; the last with the block they share, wherever in it they are. */
function commonPath(paths: readonly (readonly Place[])[]): readonly Place[] {
  const [first, ...others] = paths;
  if (!first) return [];
  const out: Place[] = [];
  for (const [depth, place] of first.entries()) {
    if (!others.every((path) => path[depth]?.block === place.block)) break;
    out.push(place);
    if (!others.every((path) => path[depth]?.index === place.index)) break;
  }
  return out;
}

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
