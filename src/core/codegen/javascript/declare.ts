import type { Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../../ir/visit";

/**
 * Where each local is declared. A local whose first occurrence is an assignment that stands in a block around all its
 * other occurrences is declared right there (`const` where nothing else writes it); the others at the function's top.
 */
export interface Declarations {
  readonly inPlace: ReadonlyMap<Statement, "const" | "let">;
  readonly atTop: readonly Local[];
}

interface Place {
  readonly parent: Place | undefined;
  readonly depth: number;
}

interface Occurrences {
  readonly first: Statement | undefined;
  readonly firstPlace: Place;
  around: Place;
  writes: number;
}

/** Locals in `elsewhere` are declared by others. */
export function declarationsOf(fn: IrFunction, elsewhere: ReadonlySet<Local> = new Set()): Declarations {
  const seen = new Map<Local, Occurrences>();
  const given = new Set<Local>(fn.scalars.map(({ local }) => local));

  const occurs = (local: Local, place: Place, written?: Statement): void => {
    const found = seen.get(local);
    if (found) {
      found.around = common(found.around, place);
      if (written) found.writes++;
    } else {
      const first = written?.kind === "assign" ? written : undefined;
      seen.set(local, { first, firstPlace: place, around: place, writes: written ? 1 : 0 });
    }
  };
  const readsOf = (expression: Expression, place: Place): void => {
    walkExpression(expression, (e) => { if (e.kind === "read") occurs(e.local, place); });
  };
  const visit = (block: Block, place: Place): void => {
    for (const statement of block) {
      // A `while` condition is evaluated again after the body: it belongs to the place outside, like everything it reads.
      for (const expression of expressionsOf(statement)) readsOf(expression, place);
      if (statement.kind === "assign" || statement.kind === "pop") occurs(statement.local, place, statement);
      if (statement.kind === "accumulate" && statement.target.kind === "local") occurs(statement.target, place, statement);
      if (statement.kind === "for") {
        given.add(statement.index);
        if (statement.exit) occurs(statement.exit, place);
      }
      for (const inner of blocksOf(statement)) visit(inner, { parent: place, depth: place.depth + 1 });
    }
  };
  const root: Place = { parent: undefined, depth: 0 };
  visit(fn.body, root);
  readsOf(fn.result, root);

  const inPlace = new Map<Statement, "const" | "let">();
  const atTop: Local[] = [];
  for (const [local, { first, firstPlace, around, writes }] of seen) {
    if (given.has(local) || elsewhere.has(local)) continue;
    if (first && firstPlace === around) inPlace.set(first, writes === 1 ? "const" : "let");
    else atTop.push(local);
  }
  return { inPlace, atTop };
}

function common(a: Place, b: Place): Place {
  let [x, y]: [Place, Place] = [a, b];
  while (x !== y) {
    if (x.depth >= y.depth && x.parent) x = x.parent;
    else if (y.parent) y = y.parent;
    else return x;
  }
  return x;
}
