import type { Block, Expression, For, If, IrFunction, Local, Statement, While } from "../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../ir/visit";

/**
 * V8 gives up optimising a function of about 3,800 operations, and then runs it fifteen times slower. Above this many, a
 * function is cut into pieces.
 */
const DEFAULT_SIZES: Sizes = { largestFunction: 3000, largestPiece: 1000 };

/** In operations. */
export interface Sizes {
  readonly largestFunction: number;
  readonly largestPiece: number;
}

export interface Piece {
  readonly block: Block;
  /** It stands in a loop that is itself too large for a piece, and is run at each of its turns. */
  readonly repeats: boolean;
}

/** A function cut up: what runs as functions of their own, and the loops and branches around them. */
export interface Cut {
  readonly pieces: readonly Piece[];
  readonly around: readonly (For | While | If)[];
}

/** The function's statements in pieces of bearable size, those of large loops and branches too; undefined where it is small. */
export function cut(fn: IrFunction, { largestFunction, largestPiece }: Sizes = DEFAULT_SIZES): Cut | undefined {
  if (total(fn.body) <= largestFunction) return undefined;
  const [pieces, around]: [Piece[], (For | While | If)[]] = [[], []];
  const visit = (block: Block, repeats: boolean): void => {
    let current: Statement[] = [];
    let size = 0;
    const end = (): void => {
      if (current.length > 0) pieces.push({ block: current, repeats });
      [current, size] = [[], 0];
    };
    for (const statement of block) {
      const more = operationsIn(statement);
      if (more > largestFunction && (statement.kind === "for" || statement.kind === "while" || statement.kind === "if")) {
        end();
        around.push(statement);
        for (const inner of blocksOf(statement)) visit(inner, repeats || statement.kind !== "if");
        continue;
      }
      if (size + more > largestPiece) end();
      current.push(statement);
      size += more;
    }
    end();
  };
  visit(fn.body, false);
  return { pieces, around };
}

/** The locals that the loops and branches around the pieces refer to. */
export function localsAround({ around }: Cut): Set<Local> {
  const locals = new Set<Local>();
  const note = (e: Expression): void => { if (e.kind === "read") locals.add(e.local); };
  for (const statement of around) {
    for (const expression of expressionsOf(statement)) walkExpression(expression, note);
    if (statement.kind !== "for") continue;
    locals.add(statement.index);
    if (statement.exit) locals.add(statement.exit);
  }
  return locals;
}

const total = (block: Block): number => block.reduce((sum, statement) => sum + operationsIn(statement), 0);

function operationsIn(statement: Statement): number {
  let count = 1;
  for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "call" || e.kind === "load" || e.kind === "select") count++; });
  for (const block of blocksOf(statement)) count += total(block);
  return count;
}
