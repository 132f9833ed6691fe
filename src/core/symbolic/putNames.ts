import { call, load, select } from "../ir/build";
import type { ArrayVariable, Expression } from "../ir/types";
import { toExpression } from "./affine";
import type { Labels } from "./labels";
import type { Node } from "./node";
import { boundTo, type OwnName } from "./ownNames";
import type { Sums } from "./sums";

/** Names put into expressions in place of what they stand for. */
export class PutNames {
  private readonly byNode: ReadonlyMap<Node, OwnName>;

  constructor(readonly all: readonly OwnName[], private readonly labels: Labels, private readonly nodeOf: (expression: Expression) => Node, private readonly sums: Sums | undefined) {
    this.byNode = new Map(all.map((named) => [nodeOf(named.expression), named]));
  }

  /** The names of which elements of this array are mentions. */
  ofArray(array: ArrayVariable): readonly OwnName[] {
    return this.all.filter((named) => named.array === array);
  }

  /** The name as it stands in expressions. */
  mention(named: OwnName): Expression {
    return load(named.array, named.at.map(toExpression));
  }

  /** An expression with names in place of all that has one. */
  into(expression: Expression): Expression {
    return this.replaced(expression, undefined, new Map());
  }

  /** What a name stands for, by means of the others. */
  defining(named: OwnName): Expression {
    return this.replaced(named.expression, named, new Map());
  }

  private replaced(part: Expression, except: OwnName | undefined, done: Map<Expression, Expression>): Expression {
    const known = done.get(part);
    if (known) return known;
    const result = this.mentioned(part, except) ?? this.rebuilt(part, (inside) => this.replaced(inside, except, done));
    done.set(part, result);
    return result;
  }

  private mentioned(part: Expression, except: OwnName | undefined): Expression | undefined {
    const label = this.labels.of(part);
    // What is raised step by step has its name at the end only.
    const byLabel = label && label.at.length > 0 && this.all.find((named) => named.label === label.name && named.at.length === label.at.length && boundTo(named, label.at) !== undefined);
    if (label && byLabel && byLabel !== except) return load(byLabel.array, label.at.map(toExpression));
    const named = part.kind === "call" || part.kind === "select" || this.sums?.of(part) ? this.byNode.get(this.nodeOf(part)) : undefined;
    return named && named !== except ? this.mention(named) : undefined;
  }

  private rebuilt(part: Expression, of: (part: Expression) => Expression): Expression {
    const sum = this.sums?.of(part);
    if (sum) return this.sums?.closed({ ...sum, body: of(sum.body) }) ?? part;
    if (part.kind === "call") return call(part.primitive, part.args.map(of), part.span);
    if (part.kind === "select") return select(of(part.condition), of(part.whenTrue), of(part.whenFalse), part.span);
    return part;
  }
}
