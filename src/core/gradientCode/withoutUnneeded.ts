import { float } from "../ir/build";
import { interpret } from "../ir/interpret";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";
import { rewriteBlocks } from "../ir/rewriteBlock";

/** Statements run in all attempts together; beyond it the code stays as it is. */
const MOST_WORK = 3_000_000;

/**
 * The reverse sweep puts back what was overwritten, and to zero what it has handed on, wherever it cannot show that nobody
 * looks. Where no branch depends on the unknowns every run takes the same way, and an attempt shows it: what may go without
 * a digit changing at points chosen at random was for nothing. (Schwartz and Zippel's argument: two different functions of
 * this kind agree almost nowhere.)
 */
export function withoutUnneeded(fn: IrFunction, body: Block, start: Float64Array): Block {
  const fromTape = new Set<Local>();
  walkBlock(body, (statement) => { if (statement.kind === "assign" && isOnTape(statement.value)) fromTape.add(statement.local); });
  const candidates = new Set<Statement>();
  walkBlock(body, (statement) => { if (isCandidate(statement, fromTape)) candidates.add(statement); });
  if (candidates.size === 0 || candidates.size * workOf(body) > MOST_WORK || dependsOnUnknowns(fn, body)) return body;
  const points = [1, 2].map((k) => start.map((value, i) => value + (0.05 + 0.013 * ((i * 7 + k * 5) % 11)) * (0.3 + 0.1 * Math.abs(value)) * (k === 1 ? 1 : -1)));
  const outputsOf = (block: Block): Float64Array[] => points.map((x) => {
    const out = new Float64Array(fn.outputs ?? 0);
    interpret({ ...fn, body: block, result: float(0) }, x, out);
    return out;
  });
  const expected = outputsOf(body);
  // A point outside the domain shows nothing.
  if (expected.some((out) => out.some((value) => !Number.isFinite(value)) || out.every((value) => value === 0))) return body;
  let current = body;
  for (const candidate of candidates) {
    const less = rewriteBlocks(current, (block) => (block.includes(candidate) ? block.filter((statement) => statement !== candidate) : block));
    if (outputsOf(less).every((out, k) => out.every((value, i) => Object.is(value, expected[k]?.[i])))) current = less;
  }
  return current;
}

/** Puts an element back to 0, or to what a tape has kept of it. */
function isCandidate(statement: Statement, fromTape: ReadonlySet<Local>): boolean {
  if (statement.kind !== "store" || statement.array.role.kind !== "scratch") return false;
  const { value } = statement;
  if (value.kind === "constant") return value.value === 0;
  return isOnTape(value) || (value.kind === "read" && fromTape.has(value.local));
}

const isOnTape = (value: Expression): boolean => value.kind === "load" && value.array.role.kind === "scratch" && value.array.role.uninitialised === true;

/** About how many statements run; a loop whose end is computed is taken for half the one around it. */
function workOf(block: Block, around = 200): number {
  return block.reduce((sum, statement) => {
    switch (statement.kind) {
      case "if": return sum + 1 + workOf(statement.then, around) + workOf(statement.else, around);
      case "for": {
        const trips = statement.from.kind === "constant" && statement.to.kind === "constant" ? Math.abs(statement.to.value - statement.from.value) : Math.ceil(around / 2);
        return sum + 1 + trips * workOf(statement.body, trips);
      }
      case "while": return sum + 1 + 100 * workOf(statement.body, 100);
      default: return sum + 1;
    }
  }, 0);
}

type Variable = Local | ArrayVariable;

/** Whether the way through the code may differ from one point to another. */
function dependsOnUnknowns(fn: IrFunction, body: Block): boolean {
  const varying = new Set<Variable>(fn.scalars.map(({ local }) => local));
  for (const array of fn.arrays) if (array.role.kind === "parameter") varying.add(array);
  const varies = (expression: Expression): boolean => {
    let found = false;
    walkExpression(expression, (e) => {
      const variable = e.kind === "read" ? e.local : e.kind === "load" ? e.array : undefined;
      if (variable && varying.has(variable)) found = true;
    });
    return found;
  };
  for (let before = -1; before !== varying.size;) {
    before = varying.size;
    walkBlock(body, (statement) => {
      const target = statement.kind === "assign" ? statement.local : statement.kind === "store" || statement.kind === "fill" ? statement.array
        : statement.kind === "accumulate" ? statement.target : statement.kind === "push" ? statement.stack : undefined;
      if (target && expressionsOf(statement).some(varies)) varying.add(target);
      if (statement.kind === "pop" && varying.has(statement.stack)) varying.add(statement.local);
    });
  }
  const truths = new Map<Local, Expression>();
  walkBlock(body, (statement) => { if (statement.kind === "assign" && statement.local.type === "bool") truths.set(statement.local, statement.value); });
  const guarded = new Set<string>();
  walkBlock(body, (statement) => { if (statement.kind === "if" && isGuard(statement)) guarded.add(formOf(statement.condition, truths)); });
  let found = false;
  walkBlock(body, (statement) => {
    if (statement.kind === "if" && varies(statement.condition) && !guarded.has(formOf(statement.condition, truths))) found = true;
    if (statement.kind === "while" || (statement.kind === "for" && (statement.exit || varies(statement.from) || varies(statement.to)))) found = true;
    for (const expression of expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        if (e.kind === "select" && varies(e.condition) && !isAtOnePoint(e.condition)) found = true;
        if (e.kind === "load" && e.indices.some(varies)) found = true;
      });
    }
  });
  return found;
}

/** Input that the function refuses: no run that ends well takes that arm. */
const isGuard = (statement: Statement & { kind: "if" }): boolean => [statement.then, statement.else].some((arm) => arm.length > 0 && arm.every(({ kind }) => kind === "trap"));

/** The condition but for which of several copies of a variable it looks at: the reverse sweep has its own. */
function formOf(condition: Expression, truths: ReadonlyMap<Local, Expression>): string {
  switch (condition.kind) {
    case "constant": return String(condition.value);
    case "read": {
      const truth = truths.get(condition.local);
      return truth && truth.kind !== "read" ? formOf(truth, truths) : condition.local.label ?? condition.local.name;
    }
    case "load": return condition.array.label ?? condition.array.name;
    case "call": return condition.primitive === "not" ? formOf(condition.args[0] ?? condition, truths) : `${condition.primitive}(${condition.args.map((arg) => formOf(arg, truths)).join()})`;
    case "select": return "?";
  }
}

/** `x === 0 ? … : …` takes one arm almost everywhere. */
const isAtOnePoint = (condition: Expression): boolean => condition.kind === "call" && condition.primitive === "equal";
