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
  /** The same, set out as a person would write it down. Absent: `value` and `gradient` are already that. */
  setOut?(): SetOut;
}

/** Formulas that mention intermediate names, the user's own or ones made up for what occurs often, and what those stand for. */
export interface SetOut {
  value: Printable;
  gradient: Printable[];
  /** In an order in which each mentions only earlier ones. */
  where: Definition[];
}

export interface Definition {
  name: Printable;
  value: Printable;
}

/** A point where the gradient vanishes. */
export interface StationaryPoint {
  at: Float64Array;
  value: number;
  /** By the eigenvalues of the Hessian; "undecided" where one of them vanishes. */
  kind: "minimum" | "maximum" | "saddle" | "undecided";
  /** Of the Hessian, ascending. */
  eigenvalues: Float64Array;
  /** The coordinates in closed form, where they have one: 1/3 rather than 0.333…, √2. */
  exact?: Printable[];
}

/** The limit that defines a partial derivative: (f(x + h eₖ) − f(x)) / h for shrinking h. */
export interface DifferenceQuotients {
  coordinate: number;
  x: Float64Array;
  /** The quotient with the function's own formula put in, if it has one. */
  definition?: Printable;
  rows: { h: number; quotient: number; error: number }[];
  /** The derivative itself, from the gradient. */
  limit: number;
}

/** What the reverse sweep does at one line of the user's program, told in the order in which it does it. */
export interface SweepLine {
  /** Zero-based, in the user's text. */
  line: number;
  /** The statement as the user wrote it, in one line. */
  source: string;
  /** What is added to the adjoints there: h̄ⱼ += W₂ₖⱼ·z̄ₖ. */
  updates: Printable[];
}
