import { call, float } from "../ir/build";
import type { Expression } from "../ir/types";
import { operands } from "../ir/visit";
import type { Sums } from "./sums";

/**
 * Programs subtract the greatest of their numbers before they take exponentials, so that none overflows; the result is
 * the same whatever is subtracted. Such a number is a constant to whoever differentiates. This finds them: what the
 * value does not notice when it is moved.
 */
export function shiftsIn(expression: Expression, sums: Sums | undefined, isActive: (part: Expression) => boolean, isSame: (moved: Expression) => boolean): Expression[] {
  const candidates = new Set<Expression>();
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === "call" && (part.primitive === "max" || part.primitive === "min") && part.args.filter(isActive).length > 1) candidates.add(part);
    // Of one within another, the outer one is what is subtracted.
    else operands(part).forEach(visit);
    const body = sums?.of(part)?.body;
    if (body) visit(body);
  };
  visit(expression);
  return [...candidates].slice(0, mostCandidates).filter((part) => [...moves].every((by) => isSame(replaced(expression, sums, new Map([[part, call("add", [part, float(by)])]])))));
}

const mostCandidates = 4;
const moves = [0.75, -1.5];

/** With what `done` has in place of its parts. */
export function replaced(part: Expression, sums: Sums | undefined, done: Map<Expression, Expression>): Expression {
  const known = done.get(part);
  if (known) return known;
  const of = (inside: Expression): Expression => replaced(inside, sums, done);
  const sum = sums?.of(part);
  const result: Expression = sums && sum ? sums.closed({ ...sum, body: of(sum.body) })
    : part.kind === "call" ? call(part.primitive, part.args.map(of), part.span)
      : part.kind === "select" ? { ...part, condition: of(part.condition), whenTrue: of(part.whenTrue), whenFalse: of(part.whenFalse) } : part;
  done.set(part, result);
  return result;
}
