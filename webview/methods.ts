import type { LineSearchName, MethodId } from "../src/core/optimize/types";
import type { DescentIntent } from "../src/shared/intent";
import { strings } from "./strings";
import type { SliderScale } from "./ui/slider";

/** One setting of a method, as a slider shows it; a "switch" is on (1) or off (0). */
export interface MethodParameter {
  readonly name: string;
  readonly label: string;
  readonly initial: number;
  readonly low: number;
  readonly high: number;
  readonly scale: SliderScale | "switch";
  /** Shown at once; the others are one click away. */
  readonly prominent: boolean;
  /** What may be typed, where that is not 0 to anything. */
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
  /** Means something only while such a line search is on. */
  readonly search?: readonly LineSearchName[];
}

export interface Method {
  readonly id: MethodId;
  readonly text: string;
  /** The first kind steps by a rule and a learning rate; the second looks before it steps, and finds its own length. */
  readonly group: "rule" | "searching";
  readonly parameters: readonly MethodParameter[];
  /** The line search it is known with; absent: it searches in no line. */
  readonly lineSearch?: LineSearchName;
}

const { names, settings } = strings.methods;

const belowOne = 0.99999;
const share = { low: 0, high: 0.99, scale: "linear", most: belowOne } as const;
const nearOne = { low: 0, scale: "towardsOne", most: belowOne } as const;
const momentum: MethodParameter = { name: "momentum", label: settings.momentum, initial: 0.9, ...share, prominent: true };
const dampening: MethodParameter = { name: "dampening", label: settings.dampening, initial: 0, ...share, prominent: false };
const epsilon: MethodParameter = {
  name: "epsilon", label: "ε", initial: 1e-8, low: 1e-12, high: 1e-2, scale: "log", prominent: false,
};
const weightDecay: MethodParameter = {
  name: "weightDecay", label: settings.weightDecay, initial: 0, low: 0, high: 0.1, scale: "linear", prominent: false,
};
const beta1: MethodParameter = { name: "beta1", label: "β₁", initial: 0.9, ...share, prominent: true };
const beta2: MethodParameter = { name: "beta2", label: "β₂", initial: 0.999, ...nearOne, high: 0.9999, prominent: true };
const adam = [beta1, beta2, epsilon, weightDecay];

/** Of the conditions by which a line search takes a point. */
const c1: MethodParameter = {
  name: "c1", label: settings.c1, initial: 1e-4, low: 1e-6, high: 0.4, scale: "log", prominent: false,
  least: 1e-12, most: 0.49, search: ["armijo", "strong-wolfe"],
};
const c2: MethodParameter = {
  name: "c2", label: settings.c2, initial: 0.9, low: 0.05, high: 0.99, scale: "linear", prominent: false,
  least: 0.001, most: 0.9999, search: ["strong-wolfe"],
};

/** All the engine has, with their own settings and PyTorch's defaults: a test holds them to the engine's. */
export const methods: readonly Method[] = [
  { id: "gd", text: names.gd, group: "rule", parameters: [weightDecay] },
  { id: "momentum", text: names.momentum, group: "rule", parameters: [momentum, dampening, weightDecay] },
  // Without momentum there is nothing to look ahead by.
  { id: "nesterov", text: names.nesterov, group: "rule", parameters: [{ ...momentum, low: 0.01, least: 1e-6 }, weightDecay] },
  {
    id: "adagrad", text: "AdaGrad", group: "rule",
    parameters: [
      { ...epsilon, initial: 1e-10 },
      { name: "learningRateDecay", label: settings.learningRateDecay, initial: 0, low: 0, high: 1, scale: "linear", prominent: false },
      { name: "initialAccumulatorValue", label: settings.initialAccumulatorValue, initial: 0, low: 0, high: 10, scale: "linear", prominent: false },
      weightDecay,
    ],
  },
  {
    id: "rmsprop", text: "RMSProp", group: "rule",
    parameters: [
      { name: "alpha", label: settings.alpha, initial: 0.99, ...nearOne, high: 0.999, prominent: true },
      { name: "centered", label: settings.centered, initial: 0, low: 0, high: 1, scale: "switch", prominent: true },
      { ...momentum, initial: 0, prominent: false }, epsilon, weightDecay,
    ],
  },
  {
    id: "adadelta", text: "AdaDelta", group: "rule",
    parameters: [{ name: "rho", label: "ρ", initial: 0.9, ...nearOne, high: 0.999, prominent: true }, { ...epsilon, initial: 1e-6 }, weightDecay],
  },
  { id: "adam", text: "Adam", group: "rule", parameters: adam },
  { id: "amsgrad", text: "AMSGrad", group: "rule", parameters: adam },
  { id: "adamw", text: "AdamW", group: "rule", parameters: [beta1, beta2, { ...weightDecay, initial: 0.01, prominent: true }, epsilon] },
  {
    id: "nadam", text: "NAdam", group: "rule",
    parameters: [...adam, { name: "momentumDecay", label: settings.momentumDecay, initial: 4e-3, low: 0, high: 0.1, scale: "linear", prominent: false }],
  },
  { id: "radam", text: "RAdam", group: "rule", parameters: adam },
  { id: "adamax", text: "Adamax", group: "rule", parameters: adam },
  {
    id: "rprop", text: "Rprop", group: "rule",
    parameters: [
      { name: "etaMinus", label: "η⁻", initial: 0.5, low: 0.01, high: 0.99, scale: "linear", prominent: true, most: belowOne },
      { name: "etaPlus", label: "η⁺", initial: 1.2, low: 1, high: 3, scale: "linear", prominent: true, least: 1 },
      { name: "stepSizeMin", label: settings.stepSizeMin, initial: 1e-6, low: 1e-12, high: 1e-2, scale: "log", prominent: false },
      { name: "stepSizeMax", label: settings.stepSizeMax, initial: 50, low: 0.1, high: 1000, scale: "log", prominent: false },
    ],
  },
  { id: "newton", text: names.newton, group: "searching", lineSearch: "armijo", parameters: [c1, c2] },
  { id: "newton-cg", text: names["newton-cg"], group: "searching", lineSearch: "strong-wolfe", parameters: [c1, c2] },
  {
    id: "trust-region", text: names["trust-region"], group: "searching",
    parameters: [
      { name: "initialRadius", label: settings.initialRadius, initial: 0.25, low: 1e-3, high: 100, scale: "log", prominent: true, least: 1e-12 },
      { name: "maxRadius", label: settings.maxRadius, initial: 1000, low: 0.1, high: 1e5, scale: "log", prominent: false, least: 1e-12 },
      { name: "eta", label: settings.eta, initial: 0.15, low: 0, high: 0.24, scale: "linear", prominent: false, most: 0.2499 },
    ],
  },
  { id: "cg", text: names.cg, group: "searching", lineSearch: "strong-wolfe", parameters: [c1, { ...c2, initial: 0.1 }] },
  { id: "bfgs", text: "BFGS", group: "searching", lineSearch: "strong-wolfe", parameters: [c1, c2] },
  {
    id: "lbfgs", text: "L-BFGS", group: "searching", lineSearch: "strong-wolfe",
    parameters: [
      { name: "historySize", label: settings.historySize, initial: 100, low: 1, high: 100, scale: "linear", prominent: true, least: 1, most: 1000, whole: true },
      c1, c2,
    ],
  },
];

/** Gradient descent with a line search is another method of the same name. */
const steepestDescent: Method = { id: "gd", text: names.gd, group: "searching", lineSearch: "armijo", parameters: [c1, { ...c2, initial: 0.1 }] };

export function methodOf(id: MethodId, lineSearch: LineSearchName = "none"): Method {
  if (id === "gd" && lineSearch !== "none") return steepestDescent;
  return methods.find((method) => method.id === id) ?? { id, text: id, group: "rule", parameters: [] };
}

/** Whether one may choose how it searches: the rules of the others have no line to search in. */
export function allowsLineSearch(id: MethodId): boolean {
  return id === "gd" || methodOf(id).lineSearch !== undefined;
}

/** How it searches where nobody has chosen. */
export function usualLineSearch(id: MethodId): LineSearchName {
  return methodOf(id).lineSearch ?? "none";
}

/** What to call a method: gradient descent that climbs has a name of its own. */
export function nameOf(id: MethodId, maximize: boolean): string {
  return id === "gd" && maximize ? strings.methods.ascent : methodOf(id).text;
}

export function initialParameters(id: MethodId, lineSearch: LineSearchName = "none"): Record<string, number> {
  return Object.fromEntries(methodOf(id, lineSearch).parameters.map(({ name, initial }) => [name, initial]));
}

/** The settings with which to go on by another method: what the person changed stays where the other has it too, the rest is the other's own. */
export function parametersFor(id: MethodId, before: Pick<DescentIntent, "method" | "lineSearch" | "parameters">): Record<string, number> {
  const [usual, own] = [initialParameters(before.method, before.lineSearch), initialParameters(id)];
  const kept = Object.entries(before.parameters).filter(([name, value]) => name in own && name !== "epsilon" && value !== usual[name]);
  return { ...own, ...Object.fromEntries(kept) };
}
