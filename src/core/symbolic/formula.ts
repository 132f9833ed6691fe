/** A mathematical text in each dialect Downhill prints. */
export interface Printable {
  latex(): string;
  typescript(): string;
  python(): string;
  math(): string;
}

export interface DerivationStep {
  /** The rule's name in the rule table: "power", "chain", "product" … */
  rule: string;
  before: Printable;
  after: Printable;
  children: DerivationStep[];
}

/** A function in closed form, with its derivatives. */
export interface Formula {
  value: Printable;
  /** One a coordinate, in the objective's order. */
  gradient: Printable[];
  hessian(): Printable[][];
  /** The derivation of one partial derivative, built by the differentiator itself. */
  steps(coordinate: number): DerivationStep;
}
