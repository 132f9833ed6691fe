import { forward } from "./autodiff/forward";
import { reverse, type Reverse } from "./autodiff/reverse";
import { type BackendChoice, chooseBackend } from "./codegen/chooseBackend";
import { trapAt } from "./codegen/javascript/trapAt";
import type { Backend, GridKernel, Kernel } from "./codegen/kernel";
import { coordinatePaths } from "./coordinatePaths";
import { diagnose } from "./diagnose";
import type { IrFunction } from "./ir/types";
import type { Dataset, Minibatch, Objective, Plane, Rows, Shares } from "./objective";
import { datasetsOf, minibatchOf } from "./optimize/minibatch/minibatchOf";
import { type Blocks, inBlocks, sumOfBlocks } from "./optimize/shares/inBlocks";
import { sharesOf } from "./optimize/shares/sharesOf";
import { type SelfCheck, selfCheck } from "./selfCheck";
import type { Root } from "./print/code/elementAccess";
import { simplify } from "./simplify/simplify";
import { type Diagnostic, type Range, SourceError } from "./source/diagnostic";
import type { Argument, Lowered, StartOrigin } from "./source/program";
import { closedForm, type SumsAllowed } from "./symbolic/closedForm";
import { differenceQuotients } from "./symbolic/differenceQuotients";
import type { DifferenceQuotients, Formula, StationaryPoint, SweepLine } from "./symbolic/formula";
import { tellSweep } from "./sweep/tellSweep";
import { stationaryPoints } from "./symbolic/stationary/stationaryPoints";

/** The objective of a lowered function. Derivatives, kernels, formula and warnings are made when they are first asked for. */
export function createObjective(lowered: Lowered, options: BackendChoice = {}, range: Range = nowhere): Objective {
  const objective = new CompiledObjective(lowered, chooseBackend(options, lowered.function), options, range);
  objective.refuseEndless();
  return objective;
}

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const noOutput = new Float64Array(0);
const FEW = 16;
/** Rows of many that say what kind of function it is. */
const SAMPLE = 64;
/** Evaluations that a search makes if it may, and milliseconds it may take. */
const LOTS = 60_000;
const PATIENCE = 1000;

class CompiledObjective implements Objective {
  readonly name: string;
  readonly dimension: number;
  readonly coordinates: readonly string[];
  readonly labels: readonly string[];
  readonly start: Float64Array;
  readonly startOrigin: StartOrigin;
  readonly arguments?: readonly Argument[];
  readonly sweep?: () => readonly SweepLine[];
  readonly backend: Backend["name"];
  readonly dataBytes: number;
  private readonly blocks: () => Blocks | undefined;
  private readonly primal: () => IrFunction;
  private readonly reversed: () => Reverse;
  private readonly derivative: () => IrFunction;
  private readonly gridKernel: () => GridKernel;
  private readonly valueKernel: () => Kernel;
  private readonly gradientKernel: () => Kernel;
  private readonly slopeKernel: () => Kernel;
  private readonly curvatureKernel: () => Kernel;
  private readonly closed: () => ReturnType<typeof closedForm>;
  private readonly diagnosed: () => readonly Diagnostic[];
  /** [x, v] for forward mode. */
  private readonly pair: Float64Array;
  private readonly spare: Float64Array;

  constructor(private readonly lowered: Lowered, private readonly kernels: Backend, private readonly options: BackendChoice, private readonly range: Range) {
    const { function: fn } = lowered;
    this.name = fn.name;
    this.backend = kernels.name;
    this.dataBytes = dataBytes(fn);
    this.dimension = fn.dimension;
    this.coordinates = coordinatePaths(lowered);
    this.labels = lowered.coordinates;
    this.start = lowered.start;
    this.startOrigin = lowered.startOrigin;
    if (lowered.arguments) this.arguments = lowered.arguments;
    const { statementAt } = lowered;
    if (statementAt) this.sweep = once(() => tellSweep(fn, lowered.coordinates, statementAt, rootsOf(lowered)));
    this.pair = new Float64Array(2 * fn.dimension);
    this.spare = new Float64Array(fn.dimension);
    this.primal = once(() => simplify(fn));
    this.reversed = once(() => reverse(this.primal()));
    this.derivative = once(() => simplify(this.reversed().function));
    this.blocks = once(() => inBlocks(fn));
    const derivativeOf = (primal: IrFunction): IrFunction => simplify(reverse(primal).function);
    this.valueKernel = once(() => this.kernel(() => this.primal(), (primal) => primal));
    this.gradientKernel = once(() => this.kernel(() => this.derivative(), derivativeOf));
    this.slopeKernel = once(() => this.kernel(() => simplify(forward(this.primal())), (primal) => simplify(forward(primal))));
    this.curvatureKernel = once(() => this.kernel(() => simplify(forward(this.derivative())), (primal) => simplify(forward(derivativeOf(primal)))));
    this.gridKernel = once(() => kernels.grid(this.primal()));
    this.closed = once(() => closedForm(fn, lowered.coordinates, sumsAllowed(lowered, this)));
    this.diagnosed = once(() => this.sample()?.warnings ?? [
      ...lowered.diagnostics, ...(options.backend === "wasm" && kernels.name === "javascript" ? [noWebAssembly(range)] : []),
      ...diagnose({ lowered, reversed: this.reversed(), range, value: (x) => this.value(x), gradient: (x) => this.gradient(x) }),
    ]);
  }

  value(x: Float64Array): number {
    return this.valueKernel()(x, noOutput);
  }

  gradient(x: Float64Array, out: Float64Array = new Float64Array(this.dimension)): Float64Array {
    this.valueAndGradient(x, out);
    return out;
  }

  /** Once made, the kernel itself stands here: for a small function one call more is a third of its time. */
  valueAndGradient = (x: Float64Array, out: Float64Array): number => {
    this.valueAndGradient = this.gradientKernel();
    return this.valueAndGradient(x, out);
  };

  hessian(x: Float64Array, out: Float64Array = new Float64Array(this.dimension * this.dimension)): Float64Array {
    const n = this.dimension;
    const product = this.curvatureKernel();
    const pair = this.paired(x, undefined);
    for (let column = 0; column < n; column++) {
      pair[n + column] = 1;
      product(pair, this.spare);
      pair[n + column] = 0;
      for (let row = 0; row < n; row++) out[row * n + column] = this.spare[row] ?? NaN;
    }
    // Symmetric but for rounding; those who factorise it rely on symmetry.
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < row; column++) {
        const mean = ((out[row * n + column] ?? NaN) + (out[column * n + row] ?? NaN)) / 2;
        out[row * n + column] = mean;
        out[column * n + row] = mean;
      }
    }
    return out;
  }

  hessianVector(x: Float64Array, v: Float64Array, out: Float64Array = new Float64Array(this.dimension)): Float64Array {
    this.curvatureKernel()(this.paired(x, v), out);
    return out;
  }

  grid(plane: Plane, columns: number, rows: number, only?: Rows, into?: Float64Array): Float64Array {
    const [s0, s1] = plane.s;
    const [t0, t1] = plane.t;
    // A curve has one row and need not bring a second direction.
    const v = rows > 1 ? plane.v : this.spare.fill(0);
    const step = (from: number, to: number, count: number): number => (count > 1 ? (to - from) / (count - 1) : 0);
    const [ds, dt] = [step(s0, s1, columns), step(t0, t1, rows)];
    const { from, to } = only ?? { from: 0, to: rows };
    const grid = into ?? new Float64Array(columns * (to - from));
    this.gridKernel()(plane.origin, plane.u, v, s0, ds, t0, dt, columns, from, to, grid);
    return grid;
  }

  get formula(): Formula | undefined {
    const closed = this.closed();
    return closed.ok ? closed.formula : undefined;
  }

  get noFormula(): string | undefined {
    const closed = this.closed();
    return closed.ok ? undefined : closed.reason;
  }

  get warnings(): readonly Diagnostic[] {
    return this.diagnosed();
  }

  selfCheck(directions?: number): SelfCheck {
    return selfCheck(this, (x, v) => this.slopeKernel()(this.paired(x, v), this.spare), directions);
  }

  stationaryPoints(window: readonly (readonly [number, number])[]): readonly StationaryPoint[] {
    if (this.dimension > 2 || window.length !== this.dimension) throw new RangeError("Stationary points are looked for in a window of one or two coordinates.");
    return stationaryPoints(this, window, this.affordable());
  }

  datasets(): readonly Dataset[] {
    return datasetsOf(this.lowered.function);
  }

  minibatch(dataset: string, size: number): Minibatch & { objective: CompiledObjective } {
    const { function: fn, rows } = minibatchOf(this.lowered.function, dataset, size);
    return { objective: this.of(fn), rows };
  }

  shares(batch?: { readonly dataset: string; readonly size: number }): Shares | undefined {
    const division = sharesOf(this.lowered.function, batch);
    return division && {
      ranges: division.ranges, operations: division.operations,
      share: (part) => {
        const { function: fn, rows } = division.share(part);
        return { objective: this.of(fn), rows };
      },
    };
  }

  differenceQuotients(x: Float64Array, coordinate: number): DifferenceQuotients {
    const closed = this.closed();
    const quotients = differenceQuotients(this, x, coordinate);
    const definition = closed.ok ? closed.formula.differenceQuotient(coordinate) : undefined;
    return definition ? { ...quotients, definition } : quotients;
  }

  sample(): CompiledObjective | undefined {
    const blocks = this.blocks();
    return blocks && this.minibatch(blocks.dataset, Math.min(blocks.rows, SAMPLE)).objective;
  }

  /** Of the whole function, or block by block of what `make` makes of each part. */
  private kernel(whole: () => IrFunction, make: (primal: IrFunction) => IrFunction): Kernel {
    const blocks = this.blocks();
    return blocks ? sumOfBlocks(blocks, (part) => this.kernels.kernel(make(simplify(part)))) : this.kernels.kernel(whole());
  }

  /** The objective of a function made from this one. */
  private of(fn: IrFunction): CompiledObjective {
    const { statementAt: _statements, ...lowered } = this.lowered;
    return new CompiledObjective({ ...lowered, function: fn }, this.kernels, this.options, this.range);
  }

  /** How many evaluations a person may be made to wait for. */
  private affordable(): number | undefined {
    this.gradient(this.start);
    // A few turns of the clock, or so many that the function is fast enough anyway.
    const begin = Date.now();
    let made = 0;
    while (made < 200 && Date.now() - begin < 8) {
      this.gradient(this.start);
      made++;
    }
    const each = (Date.now() - begin) / made;
    return each * LOTS > PATIENCE ? Math.max(500, Math.floor(PATIENCE / each)) : undefined;
  }

  /** A loop that does not end is a refusal, not a value; it is met here, once, rather than in the middle of a descent. */
  refuseEndless(): void {
    const sample = this.sample();
    if (sample) return sample.refuseEndless();
    // The interpreter is a hundred times slower, and would wait for the end of what never ends that much longer.
    if (this.backend !== "interpreter" && !Number.isNaN(this.value(this.start))) return;
    const trap = trapAt(this.primal(), this.start);
    if (trap?.code !== "E109") return;
    const range = trap.span && this.lowered.locate ? this.lowered.locate(trap.span) : this.range;
    throw new SourceError([{ code: "E109", message: trap.message, hint: trap.hint, severity: "error", range }]);
  }

  private paired(x: Float64Array, v: Float64Array | undefined): Float64Array {
    const n = this.dimension;
    if (n <= FEW) {
      // A few numbers are moved sooner than a built-in function is called.
      for (let k = 0; k < n; k++) {
        this.pair[k] = x[k] ?? NaN;
        this.pair[n + k] = v ? v[k] ?? NaN : 0;
      }
      return this.pair;
    }
    this.pair.set(x.length > n ? x.subarray(0, n) : x);
    if (v) this.pair.set(v.length > n ? v.subarray(0, n) : v, n);
    else this.pair.fill(0, n);
    return this.pair;
  }
}

/** Sums over an index may name the data as the user's file does, and are held against the compiled function. */
function sumsAllowed(lowered: Lowered, reference: Pick<Objective, "value" | "gradient" | "hessian">): SumsAllowed {
  const { start } = lowered;
  return {
    data: () => rootsOf(lowered),
    reference: { start, value: (x) => reference.value(x), gradient: (x) => reference.gradient(x), hessian: (x) => reference.hessian(x) },
  };
}

/** What the user's text calls the data. */
function rootsOf({ arguments: given = [], constants }: Lowered): Root[] {
  return [
    ...given.filter(({ isUnknown }) => !isUnknown).map(({ name, value }) => ({ name, value })),
    ...[...(constants?.() ?? [])].map(([name, value]) => ({ name, value, isOutside: true as const })),
  ];
}

function dataBytes({ arrays }: IrFunction): number {
  return arrays.reduce((sum, { role }) => sum + (role.kind === "data" ? role.values.byteLength : 0), 0);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const noWebAssembly = (range: Range): Diagnostic => ({
  code: "I301", message: "There is no WebAssembly here, so this runs as JavaScript.", severity: "info", range,
});
