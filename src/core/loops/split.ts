import { assign, call, int, load, loop as forLoop, type Names, read, store } from "../ir/build";
import type { ArrayVariable, Block, Expression, For, Local, Statement } from "../ir/types";
import { type Variable, writesOf } from "./effects";
import { mentionedIn, type Role } from "./roles";
import { renamed } from "./rename";
import { rewriteAccesses } from "../ir/rewriteAccesses";

export interface Split {
  readonly loops: readonly For[];
  /** Arrays that hold for every turn what was private to it. */
  readonly made: readonly ArrayVariable[];
}

/**
 * Loop fission: one loop for each part of the body, run one after another. What one part leaves to another, private to its turn, becomes an array with an
 * element, or a row, for every turn. Meaning is kept where no variable is carried; sums into one target from several parts are added up in another order.
 * `cuts`: where parts begin, but the first. Undefined where it cannot be done.
 */
export function split(loop: For, cuts: readonly number[], roles: ReadonlyMap<Variable, Role>, names: Names): Split | undefined {
  const { from, to, step } = loop;
  if (loop.exit || step !== 1 || from.kind !== "constant" || to.kind !== "constant" || to.value <= from.value) return undefined;
  const turns = to.value - from.value;
  const borders = [0, ...cuts, loop.body.length];
  const parts = borders.slice(1).map((end, k) => loop.body.slice(borders[k], end));
  const mentioned = parts.map(mentionedIn);
  const expanded = new Map<Variable, ArrayVariable>();
  for (const [variable, role] of roles) {
    if (role !== "private" || mentioned.filter((set) => set.has(variable)).length < 2) continue;
    const element = variable.kind === "local" ? variable.type : variable.element;
    if (element === "bool") return undefined;
    const shape = variable.kind === "local" ? [turns] : [turns, ...variable.shape];
    // An array that its turn finds zero has to be zero at first.
    const isMadeAnew = variable.kind === "local" || (variable.role.kind === "scratch" && variable.role.uninitialised === true);
    expanded.set(variable, names.array(element, shape, { kind: "scratch", ...(isMadeAnew ? { uninitialised: true as const } : {}) }, `${variable.name}_each`, variable.label));
  }
  const loops = parts.map((part, k): For => {
    const index = k === 0 ? loop.index : names.local("i32", loop.index.name, loop.index.label);
    const turn: Expression = from.value === 0 ? read(index) : call("subtractInt", [read(index), int(from.value)]);
    const own = new Map<Local, Local>([[loop.index, index]]);
    const [takes, leaves]: [Statement[], Statement[]] = [[], []];
    for (const [variable, array] of expanded) {
      if (variable.kind !== "local" || !mentioned[k]?.has(variable)) continue;
      const local = k === 0 ? variable : names.local(variable.type, variable.name, variable.label);
      own.set(variable, local);
      if (mentioned.slice(0, k).some((set) => set.has(variable))) takes.push(assign(local, load(array, [turn])));
      if (isWrittenIn(part, variable) && mentioned.slice(k + 1).some((set) => set.has(variable))) leaves.push(store(array, [turn], read(local)));
    }
    const body = [...takes, ...renamed(part, own), ...leaves];
    // The turn's row stands in for each private array.
    const inRows = rewriteAccesses(body, {
      place: (array, indices) => {
        const rows = expanded.get(array);
        return rows && { array: rows, indices: [turn, ...indices] };
      },
      fill: (statement) => {
        const rows = expanded.get(statement.array);
        return rows ? filled(rows, statement.value, turn, names) : [statement];
      },
    });
    return { ...loop, index, body: inRows };
  });
  return { loops, made: [...expanded.values()] };
}

const isWrittenIn = (block: Block, local: Local): boolean => block.some((statement) => writesOf(statement).has(local));

function filled(array: ArrayVariable, value: Expression, turn: Expression, names: Names): Statement[] {
  const once = names.local(array.element, "t");
  const indices = array.shape.slice(1).map(() => names.local("i32", "k"));
  const innermost: Statement = store(array, [turn, ...indices.map((index) => read(index))], read(once));
  const nest = indices.reduceRight<Statement>((inner, index, k) => forLoop(index, int(0), int(array.shape[k + 1] ?? 0), [inner]), innermost);
  return [assign(once, value), nest];
}

/** Blocks of `rows` turns each, and what is left over: the same turns in the same order, of which as many arrays have to be held as a block has. */
export function stripMined(loop: For, rows: number, names: Names): Statement[] {
  const { from, to } = loop;
  if (from.kind !== "constant" || to.kind !== "constant" || loop.step !== 1 || loop.exit) return [loop];
  const turns = to.value - from.value;
  const full = Math.floor(turns / rows) * rows;
  if (full === turns && full === rows) return [loop];
  const first = names.local("i32", `${loop.index.name}_first`);
  const strip = (start: Expression, count: number, index: Local): For => {
    const shift = new Map([[loop.index, call("addInt", [start, read(index)])]]);
    return { ...loop, index, from: int(0), to: int(count), body: renamed(loop.body, new Map(), shift) };
  };
  const blocks: Statement[] = full > 0 ? [forLoop(first, int(from.value), int(from.value + full), [strip(read(first), rows, names.local("i32", loop.index.name))], { step: rows })] : [];
  const rest = turns - full;
  return rest > 0 ? [...blocks, { ...loop, from: int(from.value + full), body: renamed(loop.body, new Map()) }] : blocks;
}
