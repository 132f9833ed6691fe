import { call, int, type Names, read } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import type { Block, Expression, For, IrFunction, Local, Statement } from "../ir/types";
import { walkBlock } from "../ir/visit";
import { simplify } from "../simplify/simplify";
import type { Variable } from "./effects";
import type { LoopOptions } from "./loopOptions";
import { nameLoads } from "./nameLoads";
import { renamed } from "./rename";
import { bringsNumbersAgain, innerLoop, isPlain, type PlainLoop, turnsOf } from "./reuse";
import { isApart, mentionedOutside, type Role, rolesIn } from "./roles";

/** Turns of the two outer loops that go together. Eight sums fill half of the sixteen vector registers; what they are made of needs six. */
const ROWS = 4;
const COLUMNS = 2;

/**
 * Unroll and jam: of three loops one in the other, a few turns of the two outer ones are done together in the innermost one. What they share is fetched
 * once, and their sums stay in registers: a tile of a matrix product. Each sum is still added up in its own order.
 */
export function jam(fn: IrFunction, options: LoopOptions): IrFunction {
  const names = namesOf(fn);
  let count = 0;
  const block = (inner: Block): Block => inner.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "if": return [{ ...statement, then: block(statement.then), else: block(statement.else) }];
      case "while": return [{ ...statement, body: block(statement.body) }];
      case "for": {
        const tiled = jammed(fn, statement, names, options);
        if (tiled) count++;
        return tiled ?? [{ ...statement, body: block(statement.body) }];
      }
      default: return [statement];
    }
  });
  const body = block(fn.body);
  // What several turns share is computed once, and leaves the loop where it can.
  return count === 0 ? fn : simplify({ ...fn, body });
}

function jammed(fn: IrFunction, rows: For, names: Names, options: LoopOptions): Statement[] | undefined {
  const [written] = rows.body;
  if (!isPlain(rows) || rows.body.length !== 1 || written?.kind !== "for" || !isPlain(written)) return undefined;
  const inner = innerLoop(written);
  if (!inner || turnsOf(rows) < ROWS || turnsOf(written) < COLUMNS || !bringsNumbersAgain(rows.index, written.index, inner)) return undefined;
  const columns = { ...written, body: written.body.map((each) => (each === inner ? { ...inner, body: nameLoads(inner.body, names) } : each)) };
  const outside = mentionedOutside(rows, fn.body, fn.result);
  const [rolesOfRows, rolesOfColumns] = [rolesIn(rows, outside), rolesIn(columns, outside)];
  if (!rolesOfRows || !rolesOfColumns) return undefined;
  const isFree = [...rolesOfColumns].every(([variable, role]) => mayGoTogether(variable, role, rolesOfRows.get(variable)));
  if (!isFree || (options.strictOrder && !keepsOrder(columns, rows, rolesOfColumns))) return undefined;
  return tiles(rows, columns, names, [...rolesOfColumns].flatMap(([variable, role]) => (variable.kind === "local" && role === "private" ? [variable] : [])));
}

/** Locals of a turn get copies; array elements belong to one turn of either loop; sums are sums. */
function mayGoTogether(variable: Variable, inColumns: Role, inRows: Role | undefined): boolean {
  if (variable.kind === "local" && inColumns === "private") return true;
  return (inColumns === "sum" && inRows === "sum") || (inColumns === "apart" && inRows === "apart");
}

/** Whether every target of a sum is the target of one row's or one column's turns only, which keep their order among themselves. */
function keepsOrder(columns: For, rows: For, roles: ReadonlyMap<Variable, Role>): boolean {
  let keeps = true;
  const none = new Set<Variable>();
  walkBlock(columns.body, (statement) => {
    if (statement.kind !== "accumulate" || roles.get(statement.target) !== "sum") return;
    const indices = [statement.indices ?? []];
    if (!isApart(indices, rows, none) && !isApart(indices, columns, none)) keeps = false;
  });
  return keeps;
}

function tiles(rows: PlainLoop, columns: PlainLoop, names: Names, locals: readonly Local[]): Statement[] {
  const [rowTiles, columnTiles] = [Math.floor(turnsOf(rows) / ROWS) * ROWS, Math.floor(turnsOf(columns) / COLUMNS) * COLUMNS];
  const [rowEnd, columnEnd] = [rows.from.value + rowTiles, columns.from.value + columnTiles];
  const tileAt = (height: number, width: number): Statement[] => tile(columns, rows.index, columns.index, height, width, locals, names);
  const over = (height: number, from: number, to: number): Statement[] => {
    if (from >= to) return [];
    const across = [
      { ...columns, to: int(columnEnd), step: COLUMNS, body: tileAt(height, COLUMNS) },
      ...(columnEnd < columns.to.value ? [{ ...columns, from: int(columnEnd), body: tileAt(height, 1) }] : []),
    ];
    return [{ ...rows, from: int(from), to: int(to), step: height, body: across }];
  };
  return [...over(ROWS, rows.from.value, rowEnd), ...over(1, rowEnd, rows.to.value)];
}

/** The bodies of several turns of both loops, their innermost loops made one. */
function tile(columns: For, row: Local, column: Local, height: number, width: number, locals: readonly Local[], names: Names): Statement[] {
  const copies: Statement[][] = [];
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const own = new Map(r + c === 0 ? [] : locals.map((local): [Local, Local] => [local, names.local(local.type, local.name, local.label)]));
      copies.push(renamed(columns.body, own, new Map([[row, shifted(row, r)], [column, shifted(column, c)]])));
    }
  }
  const at = columns.body.findIndex(({ kind }) => kind === "for");
  const [first] = copies;
  const innermost = first?.[at];
  if (innermost?.kind !== "for") return copies.flat();
  const together = copies.flatMap((copy) => {
    const own = copy[at];
    return own?.kind === "for" ? own.body : [];
  });
  return [...copies.flatMap((copy) => copy.slice(0, at)), { ...innermost, body: together }, ...copies.flatMap((copy) => copy.slice(at + 1))];
}

const shifted = (index: Local, by: number): Expression => (by === 0 ? read(index) : call("addInt", [read(index), int(by)]));
