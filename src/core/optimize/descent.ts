import type { Objective } from "../objective";
import { Clipping } from "./clipping";
import { Course, brokenDown } from "./divergence";
import { lineSearchOf } from "./lineSearch/lineSearch";
import type { Means, Method, SearchingStepper, Stepper } from "./method";
import { methodOf } from "./methods";
import { Batches } from "./minibatch/batches";
import { Epochs } from "./minibatch/epochs";
import { euclideanNorm } from "./norms";
import { precisionReached } from "./methods/searching/stuck";
import { Problem } from "./problem";
import { Remarks } from "./remarks";
import { RunRecord } from "./runRecord";
import type { Sample } from "./sample";
import type { Schedule } from "./schedules/schedule";
import { scheduleOf } from "./schedules/scheduleOf";
import { Stagnation } from "./stagnation";
import { Stopping, defaultMaxIterations, defaultStop, escapeRadius } from "./stopping";
import type { Run, RunOptions, RunStatus, StopRule } from "./types";
import { counted, inWords } from "./words";

interface End {
  status: RunStatus;
  rule: StopRule;
  reason: string;
}

/**
 * A descent that can be gone on with: `advance` takes some steps, `run` is what has been recorded so far. A long one is
 * advanced in slices, between which its owner may look, stream, pause or give up.
 */
export class Descent {
  private readonly problem: Problem;
  private readonly stepper: Stepper;
  private readonly schedule: Schedule;
  private readonly stopping: Stopping;
  private readonly record: RunRecord;
  private readonly here: Sample;
  private readonly means: Means;
  private readonly clipping: Clipping | undefined;
  private readonly batches: Batches | undefined;
  private readonly epochs: Epochs | undefined;
  private readonly remarks = new Remarks();
  private readonly course = new Course();
  private gradientNorm = NaN;
  private readonly stagnation = new Stagnation();
  /** Whether it has stayed where it is because nothing better can be found, and nobody told it to stop there. */
  private resting = false;
  private readonly escape: number;
  private readonly maxIterations: number;
  private readonly signal: AbortSignal | undefined;
  private readonly mostGradients: number;
  private readonly milliseconds: number;
  private spent = 0;
  private end: End | undefined;

  constructor(objective: Objective, private readonly options: RunOptions) {
    const method = methodOf(options.method, options.lineSearch);
    refuseWhatIsNotThere(method, options);
    const learningRate = checkedLearningRate(options.learningRate ?? method.learningRate);
    this.maxIterations = checkedIterations(options.maxIterations ?? defaultMaxIterations);
    const x = checkedStart(objective, options.start ?? objective.start);
    this.here = { x, gradient: new Float64Array(objective.dimension), value: NaN };
    this.problem = new Problem(objective, options.maximize ?? false);
    this.schedule = scheduleOf(learningRate, options.schedule, this.maxIterations, this.problem.maximize);
    this.stepper = method.begin(objective.dimension, options.parameters, learningRate);
    this.stopping = new Stopping(options.stop ?? defaultStop, objective.dimension, this.problem.maximize);
    this.clipping = options.clip && new Clipping(options.clip, objective.dimension);
    const tracked = { ...this.stepper.state, ...(this.clipping && { clipping: this.clipping.factor }) };
    this.record = new RunRecord(objective.dimension, tracked, this.maxIterations + 1, options.keep);
    this.escape = escapeRadius(x);
    this.signal = options.signal;
    this.mostGradients = options.stop?.gradients || Infinity;
    this.milliseconds = 1e3 * (options.stop?.seconds || Infinity);
    this.means = this.meansFor(method, options);
    this.batches = options.batch && new Batches(objective, options.batch);
    this.epochs = this.batches && new Epochs(this.problem, this.batches, this.stopping, this.maxIterations, options.keep);
    this.problem.evaluate(this.here, this.batches?.at(1));
    this.observe(learningRate);
  }

  get ended(): boolean {
    return this.end !== undefined;
  }

  get iterations(): number {
    return this.record.newest;
  }

  /** What has been evaluated so far. */
  get evaluations(): Readonly<Run["evaluations"]> {
    return this.problem.evaluations;
  }

  /** Takes up to `steps` steps and says whether the run has ended. */
  advance(steps: number): boolean {
    const begin = Date.now();
    const before = this.spent;
    for (let taken = 0; taken < steps && !this.end; taken++) {
      const t = this.iterations + 1;
      const { value } = this.here;
      this.step(this.schedule.rate(t), t);
      if (this.schedule.observe?.(this.problem.sign * value)) this.remarks.add("lowered", t);
      if (this.milliseconds < Infinity) {
        this.spent = before + Date.now() - begin;
        if (this.spent >= this.milliseconds) this.end ??= this.outOfTime();
      }
    }
    return this.ended;
  }

  /** A copy of what was recorded, of `most` rows at most. Of a run that has not ended: "cancelled", as its owner gave it up there. */
  run(most?: number): Run {
    const { status, reason, rule } = this.end ?? this.cancelled();
    const { iteration, value } = this.course.best;
    return {
      dimension: this.problem.dimension,
      iterations: this.iterations,
      ...this.record.arrays(most),
      best: { iteration, value: this.problem.sign * value },
      evaluations: { ...this.problem.evaluations },
      status,
      reason,
      rule,
      ...(this.epochs && this.options.batch && { batch: this.epochs.result(this.options.batch, most) }),
      remarks: this.remarks.list(),
    };
  }

  private step(learningRate: number, t: number): void {
    const { stepper, here } = this;
    if (stepper.kind === "rule") {
      if (this.clipping?.apply(here.gradient)) this.remarks.add("clipped", t);
      stepper.update(here.x, this.clipping?.clipped ?? here.gradient, learningRate, t);
      this.problem.evaluate(here, this.batches?.at(t + 1));
      this.observe(learningRate);
      return;
    }
    const obstacle = this.resting ? undefined : this.search(stepper, learningRate, t);
    if (obstacle !== undefined && this.stopping.isAsked) {
      this.end = this.stuck(obstacle);
      return;
    }
    this.resting ||= obstacle !== undefined;
    this.observe(this.resting ? 0 : (stepper.state.stepLength?.[0] ?? stepper.state.radius?.[0] ?? learningRate));
  }

  /** Why it cannot go on, if it cannot. */
  private search(stepper: SearchingStepper, learningRate: number, t: number): string | undefined {
    const { here } = this;
    const obstacle = stepper.update(here, this.means, learningRate, t);
    if (obstacle === undefined && this.stagnation.persists(here.value, euclideanNorm(here.gradient))) return precisionReached;
    return obstacle;
  }

  private meansFor(method: Method, { parameters, lineSearch }: RunOptions): Means {
    const wolfe = { c1: Number(parameters?.c1 ?? method.defaults.c1), c2: Number(parameters?.c2 ?? method.defaults.c2) };
    return {
      problem: this.problem,
      search: lineSearchOf(this.problem, lineSearch ?? method.lineSearch ?? "none", wolfe),
      remark: (kind) => this.remarks.add(kind, this.iterations + 1),
    };
  }

  /** Records where it is now, and decides whether that is the end. */
  private observe(learningRate: number): void {
    const { here, record, problem } = this;
    const gradientNorm = euclideanNorm(here.gradient);
    this.gradientNorm = gradientNorm;
    record.append(here, problem.sign, gradientNorm, learningRate);
    this.course.observe(this.iterations, here.value);
    this.end = this.verdict(gradientNorm);
  }

  private stuck(obstacle: string): End {
    const reason = `${obstacle}; the gradient norm is ${this.steepness()} after ${this.sofar()}`;
    return obstacle === precisionReached ? { status: "converged", rule: "precision", reason } : { status: "failed", rule: "kink", reason };
  }

  private verdict(gradientNorm: number): End | undefined {
    const { here, problem: { sign } } = this;
    const broken = brokenDown(here, gradientNorm, sign, this.iterations, this.escape);
    if (broken !== undefined) {
      if (this.iterations === 0) return { status: "failed", rule: "start", reason: broken };
      return { status: "diverged", rule: "divergence", reason: broken };
    }
    const converged = this.epochs ? this.epochs.converged(here.x, this.iterations) : this.stopping.converged(here.x, sign * here.value, gradientNorm);
    if (converged !== undefined) return { status: "converged", ...converged };
    if (this.iterations >= this.maxIterations) return this.exhausted();
    if (this.signal?.aborted) return this.cancelled();
    if (this.problem.evaluations.gradient >= this.mostGradients) return this.spentUp();
    if (this.record.full) return { status: "exhausted", rule: "memory", reason: `the record is full after ${this.sofar()}` };
    return undefined;
  }

  private exhausted(): End {
    if (this.course.ranAway) {
      const value = this.problem.sign * this.here.value;
      const direction = this.problem.maximize ? "falling" : "rising";
      return { status: "diverged", rule: "divergence", reason: `reached ${this.sofar()}, with the value at ${inWords(value)} and still ${direction}` };
    }
    return { status: "exhausted", rule: "iterations", reason: `reached ${this.sofar()}; the gradient norm is still ${this.steepness()}` };
  }

  private spentUp(): End {
    const reason = `${counted(this.problem.evaluations.gradient, "gradient")} used up after ${this.sofar()}; the gradient norm is still ${this.steepness()}`;
    return { status: "exhausted", rule: "gradients", reason };
  }

  private outOfTime(): End {
    const reason = `${counted(this.milliseconds / 1e3, "second")} are over after ${this.sofar()}; the gradient norm is still ${this.steepness()}`;
    return { status: "exhausted", rule: "seconds", reason };
  }

  private cancelled(): End {
    return { status: "cancelled", rule: "user", reason: `cancelled after ${this.sofar()}` };
  }

  private steepness(): string {
    return inWords(this.gradientNorm);
  }

  private sofar(): string {
    return counted(this.iterations, "iteration");
  }
}

function refuseWhatIsNotThere(method: Method, { lineSearch, clip, batch }: RunOptions): void {
  if (clip && method.kind === "searching") throw new RangeError(`${method.title} finds its own step lengths, so its gradients are not clipped.`);
  if (lineSearch !== undefined && lineSearch !== "none" && method.lineSearch === undefined) {
    throw new RangeError(`${method.title} searches in no line; a line search goes with gd, newton, newton-cg, cg, bfgs and lbfgs.`);
  }
  if (batch && method.kind === "searching") {
    throw new RangeError(`${method.title} looks before it steps, and would see another function at each look; minibatches go with methods that step by a rule.`);
  }
}

function checkedLearningRate(learningRate: number): number {
  if (learningRate > 0 && learningRate < Infinity) return learningRate;
  throw new RangeError(`The learning rate must be a number above 0, but is ${learningRate}.`);
}

function checkedIterations(maxIterations: number): number {
  if (Number.isInteger(maxIterations) && maxIterations >= 0) return maxIterations;
  throw new RangeError(`The number of iterations must be a whole number from 0 up, but is ${maxIterations}.`);
}

/** A copy: the descent moves it. */
function checkedStart(objective: Objective, start: Float64Array): Float64Array {
  if (start.length === objective.dimension) return Float64Array.from(start);
  throw new RangeError(
    `The start has ${counted(start.length, "coordinate")}, but ${objective.name} has ${objective.dimension}.`,
  );
}
