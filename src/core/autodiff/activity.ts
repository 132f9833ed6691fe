import type { ArrayVariable, Block, Call, Expression, Local, Statement } from "../ir/types";
import { typeOf, walkBlock } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";

type Variable = Local | ArrayVariable;

/**
 * Which variables depend on the unknowns through a differentiable path ("varied"), and which of them also reach the
 * result ("active"). Per array, not per element. Through indices, comparisons and rounding nothing depends on anything.
 */
export interface Activity {
  readonly varied: ReadonlySet<Variable>;
  readonly active: ReadonlySet<Variable>;
}

export function activityOf(body: Block, seeds: Iterable<Variable>, results: readonly Expression[]): Activity {
  const flows = flowsOf(body);
  const varied = reach(seeds, flows, (flow) => [flow.from, flow.to]);
  const useful = reach(results.flatMap((result) => sourcesOf(result)), flows, (flow) => [flow.to, flow.from]);
  return { varied, active: new Set([...varied].filter((variable) => useful.has(variable))) };
}

/** The locals and arrays an expression's value depends on differentiably. */
export function sourcesOf(expression: Expression): Variable[] {
  if (typeOf(expression) !== "f64") return [];
  switch (expression.kind) {
    case "constant": return [];
    case "read": return [expression.local];
    case "load": return [expression.array];
    case "select": return [...sourcesOf(expression.whenTrue), ...sourcesOf(expression.whenFalse)];
    case "call": return carrying(expression).flatMap(sourcesOf);
  }
}

/** Some source of it varies. Asked of every part of every expression, so it lists nothing and stops at the first. */
export function isVaried(expression: Expression, varied: ReadonlySet<Variable>): boolean {
  if (typeOf(expression) !== "f64") return false;
  switch (expression.kind) {
    case "constant": return false;
    case "read": return varied.has(expression.local);
    case "load": return varied.has(expression.array);
    case "select": return isVaried(expression.whenTrue, varied) || isVaried(expression.whenFalse, varied);
    case "call": return carrying(expression).some((arg) => isVaried(arg, varied));
  }
}

/** The arguments through which a derivative passes. */
function carrying({ primitive, args }: Call): readonly Expression[] {
  const { partial, carriesFrom } = ruleOf(primitive);
  if (!partial) return [];
  return carriesFrom === undefined ? args : args.slice(carriesFrom);
}

interface Flow {
  readonly from: Variable;
  readonly to: Variable;
}

function flowsOf(body: Block): Flow[] {
  const flows: Flow[] = [];
  const flow = (value: Expression, to: Variable): void => {
    for (const from of sourcesOf(value)) flows.push({ from, to });
  };
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case "assign": flow(statement.value, statement.local); return;
      case "store":
      case "fill": flow(statement.value, statement.array); return;
      case "accumulate": flow(statement.value, statement.target); return;
      case "push": flow(statement.value, statement.stack); return;
      case "pop": flows.push({ from: statement.stack, to: statement.local }); return;
      default: return;
    }
  };
  walkBlock(body, visit);
  return flows;
}

function reach(seeds: Iterable<Variable>, flows: readonly Flow[], direction: (flow: Flow) => readonly [Variable, Variable]): Set<Variable> {
  const next = new Map<Variable, Variable[]>();
  for (const flow of flows) {
    const [from, to] = direction(flow);
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const reached = new Set<Variable>(seeds);
  const queue = [...reached];
  for (let variable = queue.pop(); variable; variable = queue.pop()) {
    for (const to of next.get(variable) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

