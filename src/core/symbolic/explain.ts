import type { Expression } from "../ir/types";
import type { Derivation } from "./differentiate";
import type { DerivationStep, Printable } from "./formula";
import type { Node } from "./node";

export interface StepWriting {
  before(expression: Expression): Printable;
  after(derivative: Node): Printable;
}

/** Steps that say nothing: the derivative of a number, and of the unknown itself. */
const trivial: ReadonlySet<string> = new Set(["constant", "identity"]);
const additive: ReadonlySet<string> = new Set(["sum", "difference"]);
/** Rules of structure; what is inside their arguments is not a chain. */
const structural: ReadonlySet<string> = new Set(["sum", "difference", "product", "quotient", "constant multiple", "piecewise"]);

/** The derivation told as steps: a sum of many terms as one step, trivial steps merged into the one that needs them. */
export function explain(derivation: Derivation, writing: StepWriting): DerivationStep {
  const inner = children(derivation);
  const chained = !structural.has(derivation.rule) && inner.length > 0;
  return {
    rule: chained ? `${derivation.rule}, chain` : derivation.rule,
    before: writing.before(derivation.expression),
    after: writing.after(derivation.derivative),
    children: inner.map((part) => explain(part, writing)),
    open: true,
  };
}

function children(derivation: Derivation): Derivation[] {
  return derivation.inner
    .flatMap((part) => (additive.has(derivation.rule) && additive.has(part.rule) ? children(part) : [part]))
    .filter((part) => !trivial.has(part.rule));
}
