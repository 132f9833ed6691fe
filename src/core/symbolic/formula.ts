/** A mathematical text in each dialect Downhill prints. */
export interface Printable {
  latex(): string;
  typescript(): string;
  python(): string;
  math(): string;
}

/** One rule applied: `after` is the derivative of `before`. */
export interface DerivationStep {
  /** As a teacher says it: "sum", "constant multiple", "power, chain", "product", "logarithmic differentiation" … */
  rule: string;
  /** In the user's own writing. */
  before: Printable;
  after: Printable;
  /** The steps that this one rests on. */
  children: DerivationStep[];
  /** Whether the children are shown at first. Those of all open steps together are about a dozen lines. */
  open: boolean;
  /** Of the chain rule: u = x² + 1, du/dx = 2x. */
  inner?: InnerFunction;
  /** Further parts of the same sum that go as this one does, and so are not told again. */
  alike?: { before: Printable; after: Printable }[];
  /** What was done to make `after` of what the rule gave, where that looks different. */
  simplification?: Simplification;
}

export interface InnerFunction {
  name: Printable;
  value: Printable;
  derivative: Printable;
}

export interface Simplification {
  /** What the rule gave, as it stands. */
  from: Printable;
  /** "collect like terms", "factor out", "cancel", "common denominator" … in the order in which they were done. */
  by: string[];
}

/** A function in closed form, with its derivatives. */
export interface Formula {
  value: Printable;
  /** One a coordinate, in the objective's order. */
  gradient: Printable[];
  /** Without rows where the second derivatives have no closed form. */
  hessian(): Printable[][];
  /** The derivation of one partial derivative, built by the differentiator itself. */
  steps(coordinate: number): DerivationStep;
  /** The same, set out as a person would write it down. Absent or undefined: `value` and `gradient` are already that. */
  setOut?(): SetOut | undefined;
  /** What the code of these formulas needs to stand alone: functions that TypeScript's `Math` lacks (erf, Γ), modules that Python imports. */
  helpers?(dialect: "typescript" | "python"): string[];
}

/** Formulas that mention intermediate names, the user's own or ones made up for what occurs often, and what those stand for. */
export interface SetOut {
  value: Printable;
  gradient: Printable[];
  /** In an order in which each mentions only earlier ones. */
  where: Definition[];
  /** The second derivatives by means of the same names; absent where these are no help to them. */
  hessian?(): Printable[][];
}

export interface Definition {
  name: Printable;
  value: Printable;
}

/** A point where the gradient vanishes. */
export interface StationaryPoint {
  at: Float64Array;
  value: number;
  /** By the eigenvalues of the Hessian; "undecided" where the decisive one vanishes. */
  kind: "minimum" | "maximum" | "saddle" | "undecided";
  /** Where the Hessian does not decide: what the values around suggest, which is no proof. */
  seems?: "minimum" | "maximum" | "saddle";
  /** False: one of a whole line or region of stationary points, for all of which it stands. */
  isolated: boolean;
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
  /** At a kink, what the quotients come to from below and from above: they have no limit, and `limit` is a convention. */
  sides?: { left: number; right: number };
}

/** What the reverse sweep does at one line of the user's program, told in the order in which it does it. */
export interface SweepLine {
  /** Zero-based, in the user's text. */
  line: number;
  /** The statement as the user wrote it, in one line; of a loop or branch its head: "for (let i = 0; i < n; i++)". */
  source: string;
  /** How many loops, branches and calls of helpers it stands in. */
  depth: number;
  /**
   * Of a loop, which is told once: the lines that follow at greater depth are done once a turn, the last turn first. Of a
   * call: they are those of the helper, as it was called here.
   */
  opens?: "loop" | "branch" | "call";
  /** What is added to the adjoints there, one after the other: h̄ⱼ += W₂ₖⱼ·z̄ₖ. Those that change each other are given at once. */
  updates: Printable[];
}
