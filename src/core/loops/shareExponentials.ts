import { assign, call, float, type Names, read, select } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import type { Assign, Block, Call, Expression, IrFunction, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, mapExpression, walkExpression } from "../ir/visit";
import { writesOf } from "./effects";
import type { LoopOptions } from "./loopOptions";

/**
 * Where a block asks for several of σ(u), log σ(u) and log(1 + eᵘ) of one number or of its negative, as a loss and its gradient do, all come from one exponential and one
 * logarithm: e = exp(-|u|) overflows nowhere; σ(u) is 1 / (1 + e), or e / (1 + e) below 0; log(1 + eᵘ) = max(u, 0) + log(1 + e). The last digit may be another.
 */
export function shareExponentials(fn: IrFunction, { strictOrder }: Pick<LoopOptions, "strictOrder">): IrFunction {
  if (strictOrder) return fn;
  const names = namesOf(fn);
  const block = (inner: Block): Block => shared(inner.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: block(statement.then), else: block(statement.else) };
      case "for":
      case "while": return { ...statement, body: block(statement.body) };
      default: return statement;
    }
  }), names);
  return { ...fn, body: block(fn.body) };
}

const family = ["sigmoid", "logSigmoid", "softplus"] as const;
type Member = (typeof family)[number];
const memberOf = ({ primitive }: Call): Member | undefined => family.find((each) => each === primitive);

/** A number that is asked for in one block, as long as it is the same, with what has been made of it. */
interface Group {
  readonly u: Local;
  uses: number;
  readonly made: Map<string, Local>;
}

interface Use {
  readonly group: Group;
  readonly isNegative: boolean;
}

function shared(block: Block, names: Names): Block {
  const uses = usesIn(block);
  return block.flatMap((statement) => {
    const own = uses.get(statement);
    if (!own) return [statement];
    const before: Assign[] = [];
    const change = (whole: Expression): Expression => mapExpression(whole, (e) => {
      const original = e.kind === "call" ? memberOf(e) : undefined;
      if (e.kind !== "call" || !original) return e;
      const use = own.get(e);
      return use && use.group.uses > 1 ? read(member(original, use, names, before), e.span) : e;
    });
    const changed = withExpressions(statement, change);
    return [...before, changed];
  });
}

/** Which of the calls in a statement's own expressions belong together. */
function usesIn(block: Block): ReadonlyMap<Statement, ReadonlyMap<Call, Use>> {
  const uses = new Map<Statement, Map<Call, Use>>();
  const groups = new Map<Local, Group>();
  const negatives = new Map<Local, Local>();
  for (const statement of block) {
    // What stands in a condition of a loop is asked for again and again.
    for (const expression of statement.kind === "while" ? [] : expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        const about = e.kind === "call" && memberOf(e) ? signed(e.args[0], negatives) : undefined;
        if (e.kind !== "call" || !about) return;
        const group = groups.get(about.u) ?? { u: about.u, uses: 0, made: new Map<string, Local>() };
        groups.set(about.u, group);
        group.uses++;
        const own = uses.get(statement) ?? new Map<Call, Use>();
        uses.set(statement, own.set(e, { group, isNegative: about.isNegative }));
      });
    }
    for (const written of writesOf(statement)) {
      if (written.kind !== "local") continue;
      groups.delete(written);
      negatives.delete(written);
      for (const [local, u] of negatives) if (u === written) negatives.delete(local);
    }
    if (statement.kind === "assign") {
      const value = signed(statement.value, negatives);
      if (value?.isNegative && value.u !== statement.local) negatives.set(statement.local, value.u);
    }
  }
  return uses;
}

/** A variable, or the negative of one. */
function signed(expression: Expression | undefined, negatives: ReadonlyMap<Local, Local>): { u: Local; isNegative: boolean } | undefined {
  if (expression?.kind === "read") {
    const u = negatives.get(expression.local);
    return u ? { u, isNegative: true } : { u: expression.local, isNegative: false };
  }
  const inner = expression?.kind === "call" && expression.primitive === "negate" ? signed(expression.args[0], negatives) : undefined;
  return inner && { u: inner.u, isNegative: !inner.isNegative };
}

/** The variable that holds it; made `before` if there is none yet. */
function member(name: Member, { group: { u, made }, isNegative }: Use, names: Names, before: Assign[]): Local {
  const hold = (key: string, value: () => Expression): Local => {
    const known = made.get(key);
    if (known) return known;
    const expression = value();
    const local = names.local("f64", key.replace("-", ""));
    before.push(assign(local, expression));
    made.set(key, local);
    return local;
  };
  const exponential = (): Expression => read(hold("exponential", () => call("exp", [call("negate", [call("abs", [read(u)])])])));
  const logarithm = (): Expression => read(hold("logarithm", () => call("log1p", [exponential()])));
  const own = isNegative ? call("negate", [read(u)]) : read(u);
  const isBelow = call(isNegative ? "greater" : "less", [read(u), float(0)]);
  const isAbove = call(isNegative ? "less" : "greater", [read(u), float(0)]);
  return hold(isNegative ? `${name}-` : name, () => {
    switch (name) {
      case "sigmoid": return call("divide", [select(isBelow, exponential(), float(1)), call("add", [float(1), exponential()])]);
      case "logSigmoid": return call("subtract", [select(isBelow, own, float(0)), logarithm()]);
      case "softplus": return call("add", [select(isAbove, own, float(0)), logarithm()]);
    }
  });
}

/** The statement with its own expressions changed, not those of blocks in it. */
function withExpressions(statement: Statement, change: (e: Expression) => Expression): Statement {
  if (blocksOf(statement).length > 0) return statement.kind === "if" ? { ...statement, condition: change(statement.condition) } : statement;
  switch (statement.kind) {
    case "assign":
    case "accumulate":
    case "store":
    case "fill":
    case "push": return { ...statement, value: change(statement.value) };
    default: return statement;
  }
}
