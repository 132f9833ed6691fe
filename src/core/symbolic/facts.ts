/** What is asked of two quantities: which of <, = and > would do, as bits. */
export interface Comparison<T> {
  readonly a: T;
  readonly b: T;
  readonly may: number;
}

const [below, equal, above] = [1, 2, 4];
const anything = below | equal | above;

/** By the primitive's name. */
const comparisons = new Map([
  ["less", below], ["lessEqual", below | equal], ["equal", equal], ["notEqual", below | above], ["greaterEqual", above | equal], ["greater", above],
].flatMap(([name, may]) => [[name, may], [`${name}Int`, may]] as [string, number][]));

export function comparisonOf<T>(primitive: string, [a, b]: readonly T[]): Comparison<T> | undefined {
  const may = comparisons.get(primitive);
  return may === undefined || a === undefined || b === undefined ? undefined : { a, b, may };
}

/** Quantities as somebody writes them. */
export interface Quantities<T> {
  readonly same: (a: T, b: T) => boolean;
  readonly number: (quantity: T) => number | undefined;
}

/** Where a comparison does not hold, all else does: no quantity is NaN on paper. */
export const denied = <T>({ a, b, may }: Comparison<T>): Comparison<T> => ({ a, b, may: anything & ~may });

/** Does it hold where all of these do? Undefined where they do not tell. */
export function answerOf<T>(question: Comparison<T>, facts: readonly Comparison<T>[], quantities: Quantities<T>): boolean | undefined {
  const left = facts.reduce((may, fact) => may & told(question, fact, quantities), anything);
  if ((left & question.may) === 0) return false;
  return (left & ~question.may) === 0 ? true : undefined;
}

/** What a fact leaves possible for the quantities that are asked about. */
function told<T>({ a, b }: Comparison<T>, fact: Comparison<T>, quantities: Quantities<T>): number {
  const { same, number } = quantities;
  for (const { a: left, b: right, may } of [fact, { a: fact.b, b: fact.a, may: mirrored(fact.may) }]) {
    if (same(a, left)) {
      if (same(b, right)) return may;
      const [asked, known] = [number(b), number(right)];
      if (asked !== undefined && known !== undefined) return beside(asked, known, may);
    }
    if (same(b, left)) {
      const [asked, known] = [number(a), number(right)];
      if (asked !== undefined && known !== undefined) return mirrored(beside(asked, known, may));
    }
  }
  return anything;
}

/** What x compares to `asked` as, where it compares to `known` so. */
function beside(asked: number, known: number, may: number): number {
  if (asked === known) return may;
  if (asked > known) return (may & above) === 0 ? below : anything;
  return (may & below) === 0 ? above : anything;
}

const mirrored = (may: number): number => (may & equal) | ((may & below) !== 0 ? above : 0) | ((may & above) !== 0 ? below : 0);
