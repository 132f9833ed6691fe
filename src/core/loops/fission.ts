import type { Names } from "../ir/build";
import { mentionedArrays } from "../ir/mentioned";
import { namesOf } from "../ir/namesOf";
import { sizeOf } from "../ir/shape";
import type { ArrayVariable, Block, For, IrFunction, PrimitiveName, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import type { LoopOptions } from "./loopOptions";
import { bringsNumbersAgain, innerLoop, isPlain, turnsOf, type PlainLoop } from "./reuse";
import { mentionedOutside, rolesIn } from "./roles";
import { separate } from "./separate";
import { split, stripMined } from "./split";

/**
 * Fission where it exposes a matrix product. A loop over rows, each of which goes through layers, sums and back again, becomes several loops over the same rows, so
 * that each of the heavy ones (rows × units × inputs) stands alone, and can then be done in tiles. It is the opposite of running
 * forward and reverse of one row together, and costs the memory that saved; so rows are taken in blocks.
 */
export function fission(fn: IrFunction, options: LoopOptions): IrFunction {
  const names = namesOf(fn);
  const made: ArrayVariable[] = [];
  let hasRest = false;
  const block = (inner: Block): Block => inner.flatMap((statement): Statement[] => {
    if (statement.kind === "if") return [{ ...statement, then: block(statement.then), else: block(statement.else) }];
    if (statement.kind === "while") return [{ ...statement, body: block(statement.body) }];
    if (statement.kind !== "for") return [statement];
    const parts = isPlain(statement) ? apart(fn, statement, names, options) : undefined;
    if (!parts) return [{ ...statement, body: block(statement.body) }];
    made.push(...parts.made);
    hasRest ||= parts.hasRest;
    return [...parts.statements];
  });
  const body = block(fn.body);
  if (made.length === 0) return fn;
  // What is left over from blocks of rows uses the same locals as they.
  const own = hasRest ? separate(body, names) : body;
  return { ...fn, body: own, arrays: mentionedArrays(own, [...fn.arrays, ...made], fn.result) };
}

interface Parts {
  readonly statements: readonly Statement[];
  readonly made: readonly ArrayVariable[];
  /** Whether rows were left over from blocks. */
  readonly hasRest: boolean;
}

function apart(fn: IrFunction, rows: PlainLoop, names: Names, options: LoopOptions): Parts | undefined {
  const isHeavy = (statement: Statement): boolean => {
    if (statement.kind !== "for" || !isPlain(statement)) return false;
    const inner = innerLoop(statement);
    return inner !== undefined && turnsOf(rows) * turnsOf(statement) * turnsOf(inner) >= options.fewestProducts && bringsNumbersAgain(rows.index, statement.index, inner);
  };
  if (turnsOf(rows) < 4 || !rows.body.some(isHeavy)) return undefined;
  const outside = mentionedOutside(rows, fn.body, fn.result);
  const roles = rolesIn(rows, outside);
  if (!roles || [...roles.values()].includes("carried")) return undefined;

  // What is dear to compute beside a product goes into a loop of its own, over the units alone, where it can be done in vectors.
  const made: ArrayVariable[] = [];
  const body = rows.body.flatMap((statement): Statement[] => {
    if (statement.kind !== "for" || !isHeavy(statement)) return [statement];
    const parts = withoutDear(statement, fn, names);
    made.push(...parts.made);
    return [...parts.loops];
  });
  const row: For = { ...rows, body };
  const cuts = body.flatMap((statement, k) => (k > 0 && (isHeavy(statement) || isHeavy(body[k - 1] ?? statement)) ? [k] : []));
  const newRoles = rolesIn(row, outside);
  if (!newRoles || (options.strictOrder && addsToOneFromSeveral(body, cuts, [...newRoles].flatMap(([variable, role]) => (role === "sum" ? [variable] : []))))) return undefined;
  const strips = stripMined(row, options.blockRows, names);
  const statements = strips.flatMap((strip): Statement[] => {
    const inBlock = strip.kind === "for" && strip.step !== 1 ? strip.body[0] : strip;
    if (inBlock?.kind !== "for") return [strip];
    const parts = split(inBlock, cuts, newRoles, names);
    if (!parts) return [strip];
    made.push(...parts.made);
    return inBlock === strip || strip.kind !== "for" ? [...parts.loops] : [{ ...strip, body: parts.loops }];
  });
  const size = made.reduce((sum, array) => sum + sizeOf(array), 0);
  return size <= options.mostElements ? { statements, made, hasRest: strips.length > 1 } : undefined;
}

function withoutDear(loop: For, fn: IrFunction, names: Names): { loops: readonly For[]; made: readonly ArrayVariable[] } {
  const whole = { loops: [loop], made: [] };
  const at = loop.body.findIndex(({ kind }) => kind === "for");
  const isDear = (part: Block): boolean => {
    let found = false;
    walkBlock(part, (statement) => expressionsOf(statement).forEach((e) => { walkExpression(e, (inner) => { if (inner.kind === "call" && dear.has(inner.primitive)) found = true; }); }));
    return found;
  };
  const cuts = [...(isDear(loop.body.slice(0, at)) ? [at] : []), ...(isDear(loop.body.slice(at + 1)) ? [at + 1] : [])];
  if (cuts.length === 0) return whole;
  const roles = rolesIn(loop, mentionedOutside(loop, fn.body, fn.result));
  if (!roles || [...roles.values()].includes("carried")) return whole;
  return split(loop, cuts, roles, names) ?? whole;
}

/** Functions that cost more than a few additions. */
const dear: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sigmoid", "softplus", "logSigmoid", "logAddExp", "power", "atan", "erf",
]);

function addsToOneFromSeveral(body: Block, cuts: readonly number[], sums: readonly unknown[]): boolean {
  const parts = [0, ...cuts].map((start, k) => body.slice(start, cuts[k] ?? body.length));
  const targets = parts.map((part) => {
    const found = new Set<unknown>();
    walkBlock(part, (statement) => { if (statement.kind === "accumulate") found.add(statement.target); });
    return found;
  });
  return sums.some((sum) => targets.filter((set) => set.has(sum)).length > 1);
}
