import { activityOf, isVaried } from "../autodiff/activity";
import type { ArrayVariable, Call, Expression, Local } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";
import type { Diagnostic } from "../source/diagnostic";
import { locate, type Subject, unknownsOf } from "./subject";

/** W201: only steps (rounding, comparisons, indices) lead from unknowns to the result, or nothing does. */
export function zeroGradient(subject: Subject): Diagnostic[] {
  const { function: fn } = subject.lowered;
  const unknowns = [...unknownsOf(fn)];
  if (subject.reversed.isZero) {
    const step = firstStep(subject, unknowns);
    return [{
      code: "W201", severity: "warning", range: locate(subject, step?.span),
      message: step
        ? `The gradient is zero everywhere because of ${ruleOf(step.primitive).ruleName}: its result changes only in jumps.`
        : "The gradient is zero everywhere: the result does not depend on the unknowns.",
      hint: step ? "Use a smooth function in its place." : "Return something computed from the parameters.",
    }];
  }
  const { active } = activityOf(fn.body, unknowns, [fn.result]);
  const idle = unknowns.filter((unknown) => !active.has(unknown));
  const because = new Map<Call, string[]>();
  const unread: string[] = [];
  for (const unknown of idle) {
    const step = firstStep(subject, [unknown]);
    const names = step ? because.get(step) ?? [] : unread;
    names.push(nameOf(subject, unknown));
    if (step) because.set(step, names);
  }
  const found: Diagnostic[] = [...because].map(([step, names]) => ({
    code: "W201", severity: "warning", range: locate(subject, step.span),
    message: `The derivative by ${inWords(names)} is zero everywhere because of ${ruleOf(step.primitive).ruleName}: its result changes only in jumps.`,
    hint: "Use a smooth function in its place.",
  }));
  if (unread.length > 0) {
    found.push({
      code: "W201", severity: "warning", range: subject.range, message: `The result does not depend on ${inWords(unread)}, so a descent will not move ${unread.length === 1 ? "it" : "them"}.`,
      hint: "Use it in what is returned, or give it a value instead of descending on it.",
    });
  }
  return found;
}

/** The first operation without a derivative that one of these reaches. */
function firstStep(subject: Subject, unknowns: readonly (Local | ArrayVariable)[]): Call | undefined {
  const { function: fn } = subject.lowered;
  const { varied } = activityOf(fn.body, unknowns, [fn.result]);
  let step: Call | undefined;
  const look = (expression: Expression): void => walkExpression(expression, (e) => {
    if (!step && e.kind === "call" && !ruleOf(e.primitive).partial && e.args.some((arg) => isVaried(arg, varied))) step = e;
  });
  walkBlock(fn.body, (statement) => expressionsOf(statement).forEach(look));
  look(fn.result);
  return step;
}

function nameOf({ lowered }: Subject, unknown: Local | ArrayVariable): string {
  const { function: fn, coordinates } = lowered;
  if (unknown.kind === "local") return coordinates[fn.scalars.find(({ local }) => local === unknown)?.offset ?? -1] ?? unknown.name;
  return unknown.label ?? unknown.name;
}

/** "a", "a and b", "a, b and c". */
function inWords(names: readonly string[]): string {
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} others`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
