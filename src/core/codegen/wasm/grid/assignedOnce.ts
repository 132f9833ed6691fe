import { call, read } from "../../../ir/build";
import { namesOf } from "../../../ir/namesOf";
import type { Expression, IrFunction, Local, Statement } from "../../../ir/types";
import { mapExpression, walkBlock } from "../../../ir/visit";
import { renamed } from "../../../loops/rename";

/** Variables that only the function's own block gives values, not its loops and branches, are others after each assignment: what one holds is then one value. */
export function assignedOnce(fn: IrFunction): IrFunction {
  const several = assignedHere(fn);
  if (several.size === 0) return fn;
  const names = namesOf(fn);
  const now = new Map<Local, Local>();
  const current = (expression: Expression): Expression => mapExpression(expression, (e) => {
    const other = e.kind === "read" ? now.get(e.local) : undefined;
    return e.kind === "read" && other ? read(other, e.span) : e;
  });
  const body = fn.body.flatMap((statement): Statement[] => {
    const written = statement.kind === "assign" ? statement.local : statement.kind === "accumulate" && statement.target.kind === "local" ? statement.target : undefined;
    if (!written || !several.has(written) || (statement.kind !== "assign" && statement.kind !== "accumulate")) return renamed([statement], now);
    const value = current(statement.kind === "assign" ? statement.value : call("add", [read(written), statement.value], statement.span));
    const local = names.local(written.type, written.name, written.label);
    now.set(written, local);
    return [{ kind: "assign", local, value, ...(statement.span ? { span: statement.span } : {}) }];
  });
  return { ...fn, body, result: current(fn.result) };
}

/** Variables that are given more than one value, all of them here. */
function assignedHere({ body, scalars }: IrFunction): ReadonlySet<Local> {
  const counts = new Map<Local, number>(scalars.map(({ local }) => [local, 1]));
  const elsewhere = new Set<Local>();
  const here = new Set(body);
  walkBlock(body, (statement) => {
    const written = statement.kind === "assign" || statement.kind === "pop" ? statement.local : statement.kind === "for" ? statement.index
      : statement.kind === "accumulate" && statement.target.kind === "local" ? statement.target : undefined;
    if (!written) return;
    counts.set(written, (counts.get(written) ?? 0) + 1);
    if (!here.has(statement) || statement.kind === "pop" || statement.kind === "for") elsewhere.add(written);
  });
  return new Set([...counts].flatMap(([local, count]) => (count > 1 && !elsewhere.has(local) ? [local] : [])));
}
