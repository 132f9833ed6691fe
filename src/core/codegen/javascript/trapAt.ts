import { capTrap } from "../../ir/interpret";
import type { Block, IrFunction, Statement, Trap } from "../../ir/types";
import { blocksOf } from "../../ir/visit";
import type { Leaving } from "./emitBlock";
import { emitJavaScript } from "./javascriptKernel";
import type { Kernel } from "../kernel";
import { makeFunction } from "./runtime";

export interface Trapped extends Pick<Trap, "code" | "message" | "span"> {
  hint: string;
}

/** Where and why the evaluation of f(x) ends with NaN before its result: as fast as the function itself. */
export function trapAt(fn: IrFunction, x: Float64Array): Trapped | undefined {
  const places: { statement: Statement; why: Leaving }[] = [];
  const { text, data } = emitJavaScript(fn, (statement, why) => places.push({ statement, why }) - 1);
  // The boundary between text and types: `emitJavaScript` returns a function of exactly this shape.
  const where = makeFunction(text, data) as Kernel;
  const place = places[where(x, new Float64Array(fn.outputs ?? 0))];
  if (!place) return undefined;
  const { statement, why } = place;
  if (statement.kind === "trap") return { ...statement, hint: "Choose another start." };
  if (statement.kind === "while" && why === "cap") {
    return { ...capTrap(statement.cap, statement.span), hint: "Check what the loop waits for; it must come true for every start." };
  }
  const loop = outermost(fn.body, statement) ?? statement;
  const span = "span" in loop ? loop.span : undefined;
  return {
    code: "E109", message: "This takes more than 200 million operations.", hint: "Make the loops shorter, or the data smaller.",
    ...(span ? { span } : {}),
  };
}

/** The statement of the function's own level that holds this one: it is the whole of it that takes so long. */
function outermost(body: Block, inner: Statement): Statement | undefined {
  const holds = (statement: Statement): boolean => statement === inner || blocksOf(statement).some((block) => block.some(holds));
  let found = body.find(holds);
  while (found?.kind === "if") found = blocksOf(found).flat().find(holds);
  return found;
}
