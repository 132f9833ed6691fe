import type { ScheduleKind } from "../src/core/optimize/types";
import { strings } from "./strings";
import type { SliderScale } from "./ui/slider";

/** One setting of a schedule. Where nobody has chosen, it is as the engine has it for a run of so many iterations. */
export interface ScheduleSetting {
  readonly name: string;
  readonly label: string;
  readonly initial: (iterations: number) => number;
  readonly low: number;
  readonly high: number;
  readonly scale: SliderScale;
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export interface Schedule {
  readonly kind: ScheduleKind;
  readonly text: string;
  readonly settings: readonly ScheduleSetting[];
}

const { kinds, settings: words } = strings.descent.schedule;

/** Steps are counted, at least one, and mostly fewer than the run has. */
const steps = (name: string, label: string, initial: (iterations: number) => number): ScheduleSetting =>
  ({ name, label, initial, low: 1, high: 1000, scale: "log", least: 1, whole: true });
const all = (iterations: number): number => Math.max(1, iterations);
const factor = (initial: number, part: Partial<ScheduleSetting> = {}): ScheduleSetting =>
  ({ name: "gamma", label: words.gamma, initial: () => initial, low: 0.01, high: 1, scale: "linear", least: 0, ...part });
const lowest: ScheduleSetting = { name: "etaMin", label: words.etaMin, initial: () => 0, low: 0, high: 1, scale: "linear", least: 0 };

/** Those of the engine that a few numbers decide, in the order a lesson meets them: a test holds them to the engine's. */
export const schedules: readonly Schedule[] = [
  { kind: "constant", text: kinds.constant, settings: [] },
  {
    kind: "step", text: kinds.step,
    settings: [steps("stepSize", words.stepSize, (iterations) => Math.ceil(all(iterations) / 3)), factor(0.1)],
  },
  { kind: "exponential", text: kinds.exponential, settings: [factor(0.99, { low: 0.8, high: 1 })] },
  {
    kind: "inverse-time", text: kinds["inverse-time"],
    settings: [{ name: "decay", label: words.decay, initial: () => 0.1, low: 1e-4, high: 10, scale: "log", least: 0 }],
  },
  {
    kind: "polynomial", text: kinds.polynomial,
    settings: [steps("totalIters", words.totalIters, all), { name: "power", label: words.power, initial: () => 1, low: 0.1, high: 5, scale: "linear", least: 0 }],
  },
  { kind: "cosine", text: kinds.cosine, settings: [steps("tMax", words.totalIters, all), lowest] },
  {
    kind: "warm-restarts", text: kinds["warm-restarts"],
    settings: [
      steps("t0", words.t0, (iterations) => Math.ceil(all(iterations) / 7)),
      { name: "tMult", label: words.tMult, initial: () => 2, low: 1, high: 4, scale: "linear", least: 1, whole: true }, lowest,
    ],
  },
  {
    kind: "warm-up", text: kinds["warm-up"],
    settings: [
      { name: "startFactor", label: words.startFactor, initial: () => 1 / 3, low: 0.01, high: 1, scale: "linear", least: 0 },
      steps("totalIters", words.warmUp, () => 5),
    ],
  },
  {
    kind: "one-cycle", text: kinds["one-cycle"],
    settings: [
      { name: "pctStart", label: words.pctStart, initial: () => 0.3, low: 0.05, high: 0.95, scale: "linear", least: 0.001, most: 0.999 },
      { name: "divFactor", label: words.divFactor, initial: () => 25, low: 1, high: 100, scale: "log", least: 1 },
      steps("totalSteps", words.totalIters, all),
    ],
  },
  {
    kind: "plateau", text: kinds.plateau,
    settings: [
      { name: "factor", label: words.gamma, initial: () => 0.1, low: 0.01, high: 0.99, scale: "linear", least: 0, most: 0.99999 },
      { name: "patience", label: words.patience, initial: () => 10, low: 0, high: 100, scale: "linear", least: 0, whole: true },
    ],
  },
];

export function scheduleOf(kind: ScheduleKind = "constant"): Schedule {
  return schedules.find((schedule) => schedule.kind === kind) ?? { kind, text: kind, settings: [] };
}
