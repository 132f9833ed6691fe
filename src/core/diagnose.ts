import { normalise } from "./autodiff/normalise";
import { namesOf } from "./ir/namesOf";
import type { Reverse } from "./autodiff/reverse";
import { activityOf, isVaried } from "./autodiff/activity";
import { interpret } from "./ir/interpret";
import type { Call, Expression, IrFunction, Statement } from "./ir/types";
import { expressionsOf, walkBlock, walkExpression } from "./ir/visit";
import { ruleOf } from "./rules/ruleOf";
import type { Diagnostic, Range } from "./source/diagnostic";
import type { Span } from "./source/positions";
import type { Lowered } from "./source/program";

interface Subject {
  lowered: Lowered;
  reversed: Reverse;
  /** Where the function stands: for what has no place of its own. */
  range: Range;
  valueAtStart: number;
  gradientAtStart: Float64Array;
}

/** What a person should know about the function at its start before they trust a descent from there. */
export function diagnose(subject: Subject): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (subject.reversed.isZero) found.push(identicallyZero(subject));
  if (!Number.isFinite(subject.valueAtStart)) found.push(...notFinite(subject));
  else {
    const kinks = kinksAtStart(subject);
    found.push(...kinks);
    if (kinks.length === 0 && !subject.gradientAtStart.every(Number.isFinite)) found.push(slopeNotFinite(subject));
  }
  return found;
}

const locate = ({ lowered, range }: Pick<Subject, "lowered" | "range">, span: Span | undefined): Range =>
  (span && lowered.locate ? lowered.locate(span) : range);

/** W201: only steps (rounding, comparisons, indices) lead from the unknowns to the result, or nothing does. */
function identicallyZero(subject: Subject): Diagnostic {
  const { function: fn } = subject.lowered;
  const { varied } = activityOf(fn.body, unknownsOf(fn), [fn.result]);
  let step: Call | undefined;
  const look = (expression: Expression): void => walkExpression(expression, (e) => {
    if (!step && e.kind === "call" && !ruleOf(e.primitive).partial && e.args.some((arg) => isVaried(arg, varied))) step = e;
  });
  walkBlock(fn.body, (statement) => expressionsOf(statement).forEach(look));
  look(fn.result);
  const because = step ? ` because of ${ruleOf(step.primitive).ruleName}` : "";
  return {
    code: "W201", severity: "warning", range: locate(subject, step?.span),
    message: step ? `The gradient is zero everywhere${because}: its result changes only in jumps.` : "The gradient is zero everywhere: the result does not depend on the unknowns.",
    hint: step ? "Use a smooth function in its place." : "Return something computed from the parameters.",
  };
}

/** W203: the first statement whose value is NaN (or infinite, where the result is). */
function notFinite(subject: Subject): Diagnostic[] {
  const { lowered, valueAtStart } = subject;
  const bad = Number.isNaN(valueAtStart) ? Number.isNaN : (value: number) => !Number.isFinite(value);
  const fine = singleSteps(lowered.function);
  let first: Statement | undefined;
  const { trap } = interpret(fine, lowered.start, new Float64Array(lowered.start.length), {
    observe: (value, statement) => { if (!first && bad(value)) first = statement; },
  });
  if (trap) return [{ code: trap.code, message: trap.message, severity: "warning", range: locate(subject, trap.span), hint: "Choose another start." }];
  const span = first && "span" in first ? first.span : undefined;
  const what = Number.isNaN(valueAtStart) ? "not a number" : "infinite";
  return [{
    code: "W203", severity: "warning", range: locate(subject, span),
    message: `At the start the value is ${what}; it becomes so here.`, hint: "Choose another start, or guard this expression.",
  }];
}

/** W202: an operation that stands exactly on its kink. */
function kinksAtStart(subject: Subject): Diagnostic[] {
  const fine = singleSteps(subject.lowered.function);
  const { active } = activityOf(fine.body, unknownsOf(fine), [fine.result]);
  const seen = new Set<Statement>();
  const found: Diagnostic[] = [];
  interpret(fine, subject.lowered.start, new Float64Array(0), {
    observe: (_value, statement, evaluate) => {
      if (statement.kind !== "assign" || statement.value.kind !== "call" || !active.has(statement.local) || seen.has(statement)) return;
      const kink = kinkOf(statement.value, statement.value.args.map(evaluate));
      if (!kink) return;
      seen.add(statement);
      found.push({ code: "W202", severity: "warning", range: locate(subject, statement.span), ...kink });
    },
  });
  return found.slice(0, 5);
}

function kinkOf({ primitive }: Call, args: readonly number[]): Pick<Diagnostic, "message" | "hint"> | undefined {
  const [first, second] = args;
  const allZero = args.every((value) => value === 0);
  switch (primitive) {
    case "abs": return first === 0 ? { message: "The start lies on the kink of an absolute value; its slope there is taken as 0." } : undefined;
    case "min":
    case "max": {
      const tied = args.filter((value) => value === Math[primitive](...args)).length > 1;
      return tied ? { message: `The start lies where the arguments of ${primitive} are equal; the slope is not unique there.` } : undefined;
    }
    case "sqrt": return first === 0 ? { message: "The start lies where a square root begins; its slope there is infinite.", hint: "Choose another start; for √(u²) use Math.abs." } : undefined;
    case "hypot": return allZero ? { message: "The start lies at the origin of a norm; its slope there is taken as 0." } : undefined;
    case "atan2": return first === 0 && second === 0 ? { message: "The start lies where an angle is undefined; its slope there is taken as 0." } : undefined;
    default: return undefined;
  }
}

function slopeNotFinite(subject: Subject): Diagnostic {
  let span: Span | undefined;
  interpret(subject.reversed.function, subject.lowered.start, new Float64Array(subject.lowered.start.length), {
    observe: (value, statement) => { if (!span && !Number.isFinite(value) && statement.kind === "accumulate") span = statement.span; },
  });
  return {
    code: "W202", severity: "warning", range: locate(subject, span), message: "At the start the value is finite but its gradient is not; it stops being finite here.",
    hint: "Choose another start.",
  };
}

/** The same function with one operation a statement, so that a statement's place is a sub-expression's. */
function singleSteps(fn: IrFunction): IrFunction {
  const normal = normalise(fn, namesOf(fn));
  return { ...fn, body: normal.body, result: normal.result };
}

function unknownsOf(fn: IrFunction): Parameters<typeof activityOf>[1] {
  return [...fn.scalars.map(({ local }) => local), ...fn.arrays.filter((array) => array.role.kind === "parameter")];
}
