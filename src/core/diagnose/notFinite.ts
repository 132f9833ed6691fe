import { trapAt } from "../codegen/javascript/trapAt";
import { call, load, read } from "../ir/build";
import type { Call, Expression, IrFunction, Local, Statement } from "../ir/types";
import { walkBlock, walkExpression, expressionsOf } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";
import type { Diagnostic } from "../source/diagnostic";
import { type Event, probe, type Watch } from "./probe";
import { inTurn, locate, singleSteps, spoken, type Subject } from "./subject";

const hint = "Choose another start, or guard this expression.";

/** W203: where the NaN or the infinity that the value ends as comes from. */
export function valueNotFinite(subject: Subject, valueAtStart: number): Diagnostic[] {
  const { lowered } = subject;
  const trap = trapAt(lowered.function, lowered.start);
  if (trap) return [{ code: trap.code, message: trap.message, severity: "warning", range: locate(subject, trap.span), hint: trap.hint }];
  const fine = singleSteps(lowered.function);
  const what = Number.isNaN(valueAtStart) ? "not a number" : "infinite";
  const origin = originOf(fine.result, probe(fine, lowered.start, values(fine)));
  const statement = origin?.watch.statement;
  const span = statement && "span" in statement ? statement.span : undefined;
  const because = origin && statement ? `: ${describe(statement, origin)}` : "";
  const isOverflow = statement?.kind === "assign" && statement.value.kind === "call" && statement.value.primitive === "exp";
  return [{
    code: "W203", severity: "warning", range: locate(subject, span), message: `At the start the value is ${what}${because}.`,
    hint: isOverflow ? "Choose another start, or take the largest exponent out first: log Σ exp(z) = m + log Σ exp(z - m)." : hint,
  }];
}

/** W203: the same for a gradient whose function has a value. */
export function slopeNotFinite(subject: Subject): Diagnostic {
  const { lowered, reversed } = subject;
  const adjoints = new Set(reversed.adjoints.values());
  const watches: Watch[] = [];
  walkBlock(reversed.function.body, (statement) => {
    if (statement.kind !== "accumulate" || !adjoints.has(statement.target)) return;
    watches.push({ statement, happened: isBad(statement.value), record: [] });
  });
  const [first] = probe(reversed.function, lowered.start, watches);
  const statement = first?.watch.statement;
  const span = statement && "span" in statement ? statement.span : undefined;
  const operation = span && callAt(lowered.function, span);
  const where = first && operation ? `: it stops being so in the derivative of this ${ruleOf(operation.primitive).ruleName}${inTurn(first.turns)}` : "";
  return { code: "W203", severity: "warning", range: locate(subject, span), message: `At the start the value is finite but its gradient is not${where}.`, hint };
}

const isBad = (value: Expression): Expression => call("not", [call("isFinite", [value])]);

/** Watches on every number a function computes. What is recorded: the number, and what it was computed from. */
function values(fine: IrFunction): Watch[] {
  const watches: Watch[] = [];
  walkBlock(fine.body, (statement) => {
    switch (statement.kind) {
      case "assign":
        if (statement.local.type !== "f64" || statement.value.kind === "constant") return;
        watches.push({ statement, happened: isBad(read(statement.local)), record: [read(statement.local), ...operandsOf(statement)] });
        return;
      case "accumulate": {
        const { target } = statement;
        const sum = target.kind === "local" ? read(target) : load(target, statement.indices ?? []);
        watches.push({ statement, happened: isBad(sum), record: [sum, ...operandsOf(statement)] });
        return;
      }
      case "store":
      case "fill":
        if (statement.array.element !== "f64" || statement.value.kind === "constant") return;
        watches.push({ statement, happened: isBad(statement.value), record: [statement.value, ...operandsOf(statement)] });
        return;
      default: return;
    }
  });
  return watches;
}

function operandsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === "accumulate" || statement.kind === "store" || statement.kind === "fill") return [statement.value];
  if (statement.kind !== "assign") return [];
  const { value } = statement;
  if (value.kind === "call") return value.args;
  if (value.kind === "select") return [value.whenTrue, value.whenFalse];
  return value.kind === "read" ? [value] : [];
}

/** Back from the result, through whatever was not finite already, to what first was not though all it was made from was. */
function originOf(result: Expression, events: readonly Event[]): Event | undefined {
  let current = latest(result, events, Infinity);
  for (let next = current; next; ) {
    current = next;
    const { statement } = next.watch;
    const { order, recorded } = next;
    const value = statement.kind === "assign" ? statement.value : undefined;
    const bad = value?.kind === "load" ? [value] : operandsOf(statement).filter((_, k) => !Number.isFinite(recorded[k + 1]));
    next = bad.map((operand) => latest(operand, events, order)).find((event) => event !== undefined);
  }
  return current;
}

/** The event at which this operand stopped being finite, before the one that read it. */
function latest(operand: Expression, events: readonly Event[], before: number): Event | undefined {
  if (operand.kind !== "read" && operand.kind !== "load") return undefined;
  const variable = operand.kind === "read" ? operand.local : operand.array;
  return events.find(({ order, watch: { statement } }) => order < before && writes(statement) === variable);
}

function writes(statement: Statement): unknown {
  switch (statement.kind) {
    case "assign": return statement.local;
    case "accumulate": return statement.target;
    case "store":
    case "fill": return statement.array;
    default: return undefined;
  }
}

/** "here the logarithm of inner = -1 is not a number, first when i = 3". */
function describe(statement: Statement, { recorded, turns }: Event): string {
  const [value, ...from] = recorded;
  const becomes = `is ${spoken(value ?? NaN)}${inTurn(turns)}`;
  const expression = statement.kind === "assign" ? statement.value : undefined;
  if (expression?.kind === "call") {
    const operands = expression.args.map((arg, k) => (arg.kind === "read" && arg.local.label !== undefined && !isIndexLike(arg.local) ? `${arg.local.label} = ` : "") + spoken(from[k] ?? NaN));
    return `here the ${ruleOf(expression.primitive).ruleName} of ${operands.join(" and ")} ${becomes}`;
  }
  if (expression?.kind === "load") return `here an element of ${expression.array.label ?? "the data"} ${becomes}`;
  return statement.kind === "accumulate" ? `here a sum ${becomes}` : `here it ${becomes}`;
}

const isIndexLike = (local: Local): boolean => local.type !== "f64";

function callAt(fn: IrFunction, { start, end }: { start: number; end: number }): Call | undefined {
  let found: Call | undefined;
  const look = (expression: Expression): void => walkExpression(expression, (e) => {
    if (!found && e.kind === "call" && e.span?.start === start && e.span.end === end) found = e;
  });
  walkBlock(fn.body, (statement) => expressionsOf(statement).forEach(look));
  look(fn.result);
  return found;
}
