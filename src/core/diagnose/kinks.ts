import { activityOf } from "../autodiff/activity";
import { call, float } from "../ir/build";
import type { Call, Expression, IrFunction, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";
import type { Diagnostic } from "../source/diagnostic";
import type { Span } from "../source/positions";
import { isSmoothBeside } from "./isSmoothBeside";
import { probe, type Watch } from "./probe";
import { inTurn, locate, singleSteps, type Subject, unknownsOf } from "./subject";

type Text = Pick<Diagnostic, "message" | "hint">;

interface Kink extends Watch {
  readonly span: Span | undefined;
  readonly text: Text;
}

const MOST = 5;

/** W202: an operation that stands exactly on its kink, and makes one of the whole function. */
export function kinksAtStart(subject: Subject): Diagnostic[] {
  const fine = singleSteps(subject.lowered.function);
  const events = probe(fine, subject.lowered.start, possibleKinks(fine));
  // |x|³ is smooth at 0, and `x > 0 ? … : …` where its arms meet: what counts is whether the function's gradient jumps.
  if (events.length === 0 || isSmoothBeside(subject)) return [];
  const places = new Map<string, Diagnostic>();
  for (const { watch, turns } of events) {
    const { span, text } = watch as Kink;
    const range = locate(subject, span);
    const key = `${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${text.message}`;
    if (!places.has(key)) places.set(key, { code: "W202", severity: "warning", range, ...text, message: text.message.replace("*", inTurn(turns)) });
  }
  return [...places.values()].slice(0, MOST);
}

function possibleKinks(fine: IrFunction): Kink[] {
  const { varied, active } = activityOf(fine.body, unknownsOf(fine), [fine.result]);
  const found: Kink[] = [];
  const varies = (e: Expression): boolean => (e.kind === "read" && varied.has(e.local));
  const add = (statement: Statement, of: Call, happened: Expression, text: Text): void => {
    found.push({ statement, happened, record: [], span: of.span ?? ("span" in statement ? statement.span : undefined), text });
  };
  walkBlock(fine.body, (statement) => {
    if (statement.kind === "assign" && statement.value.kind === "call" && statement.local.type === "f64") {
      const operation = statement.value;
      const result: Expression = { kind: "read", local: statement.local };
      const kink = active.has(statement.local) ? kinkOf(operation, result, varies) : operation.args.some(varies) ? jumpOf(operation, result) : undefined;
      if (kink) add(statement, operation, ...kink);
      return;
    }
    if (statement.kind === "for" || statement.kind === "while") return;
    for (const expression of expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        if (e.kind !== "call" || !comparisons.has(e.primitive) || !e.args.some(varies)) return;
        const [a, b] = e.args;
        if (a && b) add(statement, e, equal(a, b), { message: "The start lies exactly where this condition changes*; the derivative is that of the side it counts to." });
      });
    }
  });
  return found;
}

const comparisons: ReadonlySet<string> = new Set(["less", "lessEqual", "greater", "greaterEqual", "equal", "notEqual"]);

const equal = (a: Expression, b: Expression): Expression => call("equal", [a, b]);
const isZero = (e: Expression): Expression => equal(e, float(0));
const and = (a: Expression, b: Expression): Expression => call("and", [a, b]);
const beyond = { hint: "Choose another start." };

/** When a differentiable operation stands on its kink, and what to say then. */
function kinkOf({ primitive, args }: Call, result: Expression, varies: (e: Expression) => boolean): [Expression, Text] | undefined {
  const [first, second] = args;
  if (!first) return undefined;
  const infinite = (what: string, hint = beyond.hint): Text => ({ message: `The start lies where ${what}*; its slope there is infinite.`, hint });
  switch (primitive) {
    case "abs": return [isZero(first), { message: "The start lies on the kink of an absolute value*; its slope there is taken as 0." }];
    case "min":
    case "max": {
      const different = args.filter((arg, k) => !args.slice(0, k).some((other) => other.kind === "read" && arg.kind === "read" && other.local === arg.local));
      const count = (some: readonly Expression[]): Expression => some.map((arg): Expression => call("boolToFloat", [equal(arg, result)])).reduce((a, b) => call("add", [a, b]), float(0));
      const tied = and(call("greater", [count(different), float(1)]), call("greater", [count(different.filter(varies)), float(0)]));
      return [tied, { message: `The start lies where the arguments of ${primitive} are equal*; the slope is not unique there.` }];
    }
    case "sqrt": return [isZero(first), infinite("a square root begins", "Choose another start; for √(u²) use Math.abs.")];
    case "cbrt": return [isZero(first), infinite("a cube root is 0")];
    case "asin":
    case "acos": return [equal(call("abs", [first]), float(1)), infinite(`an ${ruleOf(primitive).ruleName} ends`)];
    case "acosh":
    case "asech": return [equal(first, float(1)), infinite(`an ${ruleOf(primitive).ruleName} begins`)];
    case "power": {
      if (!second || !varies(first)) return undefined;
      const fractional = and(call("greater", [second, float(0)]), call("less", [second, float(1)]));
      return [and(isZero(first), fractional), infinite("a root of 0 is taken")];
    }
    case "hypot": return [isZero(result), { message: "The start lies at the origin of a norm*; its slope there is taken as 0." }];
    case "atan2": return second && [and(isZero(first), isZero(second)), { message: "The start lies where an angle is undefined*; its slope there is taken as 0." }];
    case "remainder":
    case "floorModulo": return [isZero(result), { message: "The start lies where a remainder jumps*; the slope is that of the side it counts to." }];
    default: return undefined;
  }
}

/** When a step function stands on a step. */
function jumpOf({ primitive, args: [first] }: Call, result: Expression): [Expression, Text] | undefined {
  if (!first) return undefined;
  const text: Text = { message: `The start lies where a ${ruleOf(primitive).ruleName} jumps*; its slope there is taken as 0.` };
  switch (primitive) {
    case "floor":
    case "ceil":
    case "trunc": return [equal(first, result), text];
    case "round": return [equal(call("subtract", [result, first]), float(0.5)), text];
    case "sign": return [isZero(first), text];
    default: return undefined;
  }
}
