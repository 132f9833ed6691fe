import { assign, call, float } from "../../../ir/build";
import { sameExpression } from "../../../ir/same";
import type { Accumulate, ArrayVariable, Block, Local, Statement } from "../../../ir/types";
import { expressionsOf, walkBlock } from "../../../ir/visit";
import { countReads, readsOf, sizeOfExpression, writesOf } from "../../../loops/effects";
import { mentions } from "../../../loops/mentions";
import { rewriteBlocks } from "../../../ir/rewriteBlock";
import { tidy } from "./tidy";

const LONGEST = 14;
/** Sums that stand on lines of their own are only put on one if that is short. */
const SHORT = 9;

/** `d = a; … d += b` → `d = a + b`, where nothing in between looks at d or changes what a is made of. */
export const mergeSums = (body: Block): Block => rewriteBlocks(body, (block) => addUp(intoFirst(block)));

/** `x += a; … x += b` → `x += a + b`, under the same conditions; twice the same is two of it. */
function addUp(block: Block): Block {
  let out: Statement[] = [...block];
  for (let at = 0; at < out.length; at++) {
    const statement = out[at];
    if (statement?.kind !== "accumulate") continue;
    const made = out[at - 1];
    if (made?.kind === "assign" && made.local === statement.target && statement.value.kind === "read" && statement.value.local === made.local) {
      out.splice(--at, 2, { ...made, value: tidy(call("multiply", [float(2), made.value])) });
      continue;
    }
    const before = out.slice(0, at).reduce((found, other, i) => (other.kind === "accumulate" && isSameTarget(other, statement) ? i : found), -1);
    const first = out[before];
    if (first?.kind !== "accumulate" || sizeOfExpression(first.value) + sizeOfExpression(statement.value) >= SHORT || reads(statement, first.target)) continue;
    if (out.slice(before + 1, at).some((between) => changes(between, first) || reads(between, first.target) || writesOf(between).has(first.target))) continue;
    const value = sameExpression(first.value, statement.value) ? call("multiply", [float(2), first.value]) : call("add", [first.value, statement.value]);
    out = [...out.slice(0, before), ...out.slice(before + 1, at), { ...statement, value: tidy(value) }, ...out.slice(at + 1)];
    at--;
  }
  return out;
}

const isSameTarget = (a: Accumulate, b: Accumulate): boolean => a.target === b.target && (a.indices ?? []).every((index, d) => sameExpression(index, b.indices?.[d]));

function reads(statement: Statement, variable: Local | ArrayVariable): boolean {
  let found = false;
  walkBlock([statement], (inner) => { if (expressionsOf(inner).some((e) => readsOf(e).has(variable)) || (inner.kind === "for" && inner.exit === variable)) found = true; });
  return found;
}

const intoFirst = (block: Block): Block => {
  const out: Statement[] = [];
  const open = new Map<Local, number>();
  for (const statement of block) {
    const at = statement.kind === "accumulate" && statement.target.kind === "local" ? open.get(statement.target) : undefined;
    const first = at === undefined ? undefined : out[at];
    if (statement.kind === "accumulate" && statement.target.kind === "local" && at !== undefined && first?.kind === "assign"
      && countReads(statement.value, statement.target) === 0 && sizeOfExpression(first.value) + sizeOfExpression(statement.value) < LONGEST
      && !out.slice(at + 1).some((between) => changes(between, first))) {
      const isZero = first.value.kind === "constant" && first.value.value === 0;
      // Removed by leaving a hole, so that the other places stay what they are.
      out[at] = nothing;
      open.set(statement.target, out.length);
      out.push(assign(statement.target, isZero ? statement.value : call("add", [first.value, statement.value]), statement.span));
      continue;
    }
    for (const local of [...open.keys()]) if (mentions(statement, local)) open.delete(local);
    if (statement.kind === "assign" && !readsOf(statement.value).has(statement.local) && statement.local.type === "f64") open.set(statement.local, out.length);
    out.push(statement);
  }
  return out.filter((statement) => statement !== nothing);
};

const nothing: Statement = { kind: "if", condition: { kind: "constant", type: "bool", value: 0 }, then: [], else: [] };

function changes(statement: Statement, first: Statement): boolean {
  const operands = new Set(expressionsOf(first).flatMap((e) => [...readsOf(e)]));
  return [...writesOf(statement)].some((variable) => operands.has(variable));
}
