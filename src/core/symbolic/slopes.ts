import { call } from "../ir/build";
import type { Call, Expression } from "../ir/types";
import { ruleOf } from "../rules/ruleOf";
import type { Canonical } from "./canonical";
import type { Node } from "./node";

/**
 * What the rule table gives for each argument of each operation: ∂(u v)/∂u = v. It does not depend on the unknown that
 * one differentiates by, so all of them share it.
 */
export class Slopes {
  private readonly known = new Map<Call, (Node | undefined)[]>();

  constructor(private readonly canonical: Canonical, private readonly isActive: (expression: Expression) => boolean) {}

  /** ∂expression/∂args[index]; undefined where the operation is constant but for its jumps. */
  of(expression: Call, index: number): Node | undefined {
    const all = this.known.get(expression) ?? [];
    if (all.length === 0) this.known.set(expression, all);
    return (all[index] ??= this.compute(expression, index));
  }

  private compute(expression: Call, index: number): Node | undefined {
    const { args, primitive } = expression;
    const rule = ruleOf(primitive);
    const partial = rule.textbook ?? rule.partial;
    // A rule would compute 2.3 − 1 in floating point; held by a name that means nothing, the algebra does it exactly.
    const held = primitive === "power" ? args.map((arg) => (arg.kind === "constant" ? call("fround", [arg]) : arg)) : args;
    const varies = args.map((arg) => this.isActive(arg));
    const common = partial === rule.partial ? rule.common?.(held, expression, varies) : undefined;
    return partial && this.canonical.of(partial(index, held, expression, varies, common));
  }
}
