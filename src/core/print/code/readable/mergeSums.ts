import { assign, call } from "../../../ir/build";
import type { Block, Local, Statement } from "../../../ir/types";
import { expressionsOf } from "../../../ir/visit";
import { countReads, readsOf, sizeOfExpression, writesOf } from "./effects";
import { mentions } from "./mentions";
import { rewriteBlocks } from "./rewriteBlock";

const LONGEST = 14;

/** `d = a; … d += b` → `d = a + b`, where nothing in between looks at d or changes what a is made of. */
export const mergeSums = (body: Block): Block => rewriteBlocks(body, (block) => {
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
});

const nothing: Statement = { kind: "if", condition: { kind: "constant", type: "bool", value: 0 }, then: [], else: [] };

function changes(statement: Statement, first: Statement): boolean {
  const operands = new Set(expressionsOf(first).flatMap((e) => [...readsOf(e)]));
  return [...writesOf(statement)].some((variable) => operands.has(variable));
}
