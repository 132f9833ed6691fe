import { call, select } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Call, Expression } from "../ir/types";
import { operands, typeOf } from "../ir/visit";
import { answerOf, type Comparison, comparisonOf, denied } from "./facts";

/** What is known inside the arm of a choice. */
interface Known {
  readonly facts: readonly Comparison<Expression>[];
  /** Other conditions, and whether they hold. */
  readonly others: readonly (readonly [Expression, boolean])[];
}

const quantities = { same: (a: Expression, b: Expression): boolean => sameExpression(a, b), number: (expression: Expression): number | undefined => (expression.kind === "constant" ? expression.value : undefined) };
/** Parts looked at for the choices of one program; those that come later may ask again what has been answered. */
const mostLookedAt = 100_000;

/**
 * Choices out of branches. A program asks in many ways what has been answered: early returns become flags, of which
 * each choice is one between flags, and a clamped number is clamped wherever it is used. Inside an arm its condition
 * is known, so that nothing is asked there again.
 */
export class Choices {
  private readonly choosing = new WeakMap<Expression, boolean>();
  private lookedAt = 0;

  /** `called` makes a call of what its arguments have become. */
  constructor(private readonly called: (part: Call) => Expression) {}

  of(condition: Expression, whenTrue: Expression, whenFalse: Expression, span?: Call["span"]): Expression {
    if (condition.kind === "constant") return condition.value ? whenTrue : whenFalse;
    const opposite = argsOf(condition, "not")?.[0];
    if (opposite) return this.of(opposite, whenFalse, whenTrue, span);
    // A flag that branches have set asks what they asked.
    if (condition.kind === "select") return this.of(condition.condition, this.of(condition.whenTrue, whenTrue, whenFalse, span), this.of(condition.whenFalse, whenTrue, whenFalse, span), span);
    const a = this.settled(whenTrue, holding(condition, true));
    const b = this.settled(whenFalse, holding(condition, false));
    if (a === b || (a.kind === "constant" && sameExpression(a, b))) return a;
    if (a.kind === "constant" && b.kind === "constant" && typeOf(a) === "bool" && a.value !== b.value) return a.value ? condition : call("not", [condition], span);
    return select(condition, a, b, span);
  }

  /** A question put to a flag, put to what the flag was chosen by; undefined where it is put to something else. */
  asked(part: Call): Expression | undefined {
    if (typeOf(part) !== "bool") return undefined;
    const flag = part.args.find((arg) => arg.kind === "select" && (typeOf(arg) === "bool" || part.args.every(isConstantOrChoice)));
    if (flag?.kind !== "select" || ![flag.whenTrue, flag.whenFalse].some(({ kind }) => kind === "constant")) return undefined;
    const put = (value: Expression): Expression => this.called({ ...part, args: part.args.map((arg) => (arg === flag ? value : arg)) });
    return this.of(flag.condition, put(flag.whenTrue), put(flag.whenFalse), part.span);
  }

  /** With its choices made that are known. */
  private settled(expression: Expression, known: Known, done = new Map<Expression, Expression>()): Expression {
    const before = done.get(expression);
    if (before) return before;
    if (!this.chooses(expression) || ++this.lookedAt > mostLookedAt) return expression;
    const result = this.remade(expression, known, done);
    done.set(expression, result);
    return result;
  }

  private remade(expression: Expression, known: Known, done: Map<Expression, Expression>): Expression {
    const of = (part: Expression): Expression => this.settled(part, known, done);
    if (typeOf(expression) === "bool") {
      const answer = answered(expression, known);
      if (answer !== undefined) return { kind: "constant", type: "bool", value: answer ? 1 : 0 };
    }
    if (expression.kind === "select") {
      const answer = answered(expression.condition, known);
      if (answer !== undefined) return of(answer ? expression.whenTrue : expression.whenFalse);
      const [a, b] = [of(expression.whenTrue), of(expression.whenFalse)];
      return a === expression.whenTrue && b === expression.whenFalse ? expression : this.of(expression.condition, a, b, expression.span);
    }
    if (expression.kind !== "call") return expression;
    const args = expression.args.map(of);
    return args.every((arg, k) => arg === expression.args[k]) ? expression : this.called({ ...expression, args });
  }

  /** Is there anything in it to be settled? */
  private chooses(expression: Expression): boolean {
    const known = this.choosing.get(expression);
    if (known !== undefined) return known;
    const answer = expression.kind === "select" || (expression.kind !== "constant" && typeOf(expression) === "bool") || operands(expression).some((operand) => this.chooses(operand));
    this.choosing.set(expression, answer);
    return answer;
  }
}

function holding(condition: Expression, holds: boolean): Known {
  const opposite = argsOf(condition, "not")?.[0];
  if (opposite) return holding(opposite, !holds);
  const joint = argsOf(condition, holds ? "and" : "or");
  if (joint) {
    const parts = joint.map((arg) => holding(arg, holds));
    return { facts: parts.flatMap(({ facts }) => facts), others: [...parts.flatMap(({ others }) => others), [condition, holds]] };
  }
  const comparison = condition.kind === "call" ? comparisonOf<Expression>(condition.primitive, condition.args) : undefined;
  return comparison ? { facts: [holds ? comparison : denied(comparison)], others: [] } : { facts: [], others: [[condition, holds]] };
}

function answered(condition: Expression, known: Known): boolean | undefined {
  const other = known.others.find(([one]) => sameExpression(one, condition));
  if (other) return other[1];
  if (condition.kind !== "call") return undefined;
  const opposite = argsOf(condition, "not")?.[0];
  if (opposite) {
    const answer = answered(opposite, known);
    return answer === undefined ? undefined : !answer;
  }
  if (condition.primitive === "and" || condition.primitive === "or") {
    const decisive = condition.primitive === "or";
    const answers = condition.args.map((arg) => answered(arg, known));
    if (answers.includes(decisive)) return decisive;
    return answers.every((answer) => answer === !decisive) ? !decisive : undefined;
  }
  const question = comparisonOf<Expression>(condition.primitive, condition.args);
  return question && known.facts.length > 0 ? answerOf(question, known.facts, quantities) : undefined;
}

function isConstantOrChoice(expression: Expression): boolean {
  if (expression.kind === "select") return isConstantOrChoice(expression.whenTrue) && isConstantOrChoice(expression.whenFalse);
  return expression.kind === "constant";
}

const argsOf = (expression: Expression, primitive: Call["primitive"]): readonly Expression[] | undefined => (expression.kind === "call" && expression.primitive === primitive ? expression.args : undefined);
