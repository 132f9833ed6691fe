import type { Block, Expression, For, If, Local, Statement, While } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** Locals whose value may still be read after each `if`, `for` and `while`. */
export type LiveAfter = ReadonlyMap<If | For | While, ReadonlySet<Local>>;

/** Locals that may be read before they are certainly written, at the head of each loop's body (its condition included). */
export interface Liveness {
  readonly after: LiveAfter;
  readonly atHead: ReadonlyMap<For | While, ReadonlySet<Local>>;
}

export function livenessOf(body: Block, result: readonly Expression[]): Liveness {
  const after = new Map<If | For | While, ReadonlySet<Local>>();
  const atHead = new Map<For | While, ReadonlySet<Local>>();

  /** Live before `block`, given what is live after it. */
  const before = (block: Block, liveAfter: ReadonlySet<Local>): Set<Local> => {
    const live = new Set(liveAfter);
    for (let i = block.length - 1; i >= 0; i--) {
      const statement = block[i];
      if (statement) step(statement, live);
    }
    return live;
  };

  const step = (statement: Statement, live: Set<Local>): void => {
    switch (statement.kind) {
      case "assign":
      case "pop":
        live.delete(statement.local);
        break;
      case "accumulate":
        if (statement.target.kind === "local") live.add(statement.target);
        break;
      case "if": {
        after.set(statement, new Set(live));
        const inThen = before(statement.then, live);
        const inElse = before(statement.else, live);
        live.clear();
        for (const local of inThen) live.add(local);
        for (const local of inElse) live.add(local);
        break;
      }
      case "for":
      case "while": {
        after.set(statement, new Set(live));
        const around = new Set(live);
        if (statement.kind === "for" && statement.exit) around.add(statement.exit);
        if (statement.kind === "while") reads(statement.condition, around);
        // What one more round reads, it reads from the round before: a second pass finds all of it.
        for (let size = -1; size !== around.size;) {
          size = around.size;
          for (const local of before(statement.body, around)) around.add(local);
        }
        if (statement.kind === "for") around.delete(statement.index);
        const head = before(statement.body, around);
        if (statement.kind === "while") reads(statement.condition, head);
        atHead.set(statement, head);
        for (const local of around) live.add(local);
        break;
      }
      default: break;
    }
    for (const expression of expressionsOf(statement)) reads(expression, live);
  };

  const atEnd = new Set<Local>();
  for (const expression of result) reads(expression, atEnd);
  before(body, atEnd);
  return { after, atHead };
}

function reads(expression: Expression, into: Set<Local>): void {
  walkExpression(expression, (e) => { if (e.kind === "read") into.add(e.local); });
}

/** Locals the block assigns, nested blocks included; loop indices are not among them. */
export function writtenLocals(block: Block): Set<Local> {
  const written = new Set<Local>();
  walkBlock(block, (statement) => {
    if (statement.kind === "assign" || statement.kind === "pop") written.add(statement.local);
    if (statement.kind === "accumulate" && statement.target.kind === "local") written.add(statement.target);
  });
  return written;
}

/** Of `candidates`, the locals that the block only ever accumulates into: never reads, never assigns. */
export function onlyAccumulated(block: Block, candidates: ReadonlySet<Local>): Set<Local> {
  const pure = new Set(candidates);
  const visit = (inner: Block): void => {
    for (const statement of inner) {
      for (const expression of expressionsOf(statement)) {
        walkExpression(expression, (e) => { if (e.kind === "read") pure.delete(e.local); });
      }
      if (statement.kind === "assign" || statement.kind === "pop") pure.delete(statement.local);
      if (statement.kind === "for" && statement.exit) pure.delete(statement.exit);
      for (const nested of blocksOf(statement)) visit(nested);
    }
  };
  visit(block);
  for (const local of pure) if (local.type !== "f64") pure.delete(local);
  return pure;
}
