import { call, int } from "../../../ir/build";
import type { Block, Expression, Statement } from "../../../ir/types";
import { isOrderFree } from "../../../loops/orderFree";
import { rewriteBlocks } from "../../../ir/rewriteBlock";
import { tidy } from "./tidy";

/** Loops that the reverse sweep runs backwards, but need not, run forwards: that is how a person writes them. */
export const ascend = (body: Block): Block => rewriteBlocks(body, (inner) => inner.map((statement): Statement => {
  if (statement.kind !== "for" || statement.step !== -1 || !isOrderFree(statement, body)) return statement;
  const up = (e: Expression): Expression => (e.kind === "constant" ? int(e.value + 1) : tidy(call("addInt", [e, int(1)])));
  return { ...statement, from: up(statement.to), to: up(statement.from), step: 1 };
}));
