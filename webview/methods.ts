import type { MethodId } from "../src/core/optimize/types";
import type { SliderScale } from "./ui/slider";

/** One setting of a method, as a slider shows it. */
export interface MethodParameter {
  readonly name: string;
  readonly label: string;
  readonly initial: number;
  readonly low: number;
  readonly high: number;
  readonly scale: SliderScale;
  /** Shown at once; the others are one click away. */
  readonly prominent: boolean;
}

export interface Method {
  readonly id: MethodId;
  readonly text: string;
  readonly parameters: readonly MethodParameter[];
}

const momentum: MethodParameter = {
  name: "momentum", label: "Momentum β", initial: 0.9, low: 0, high: 0.99, scale: "linear", prominent: true,
};
const epsilon: MethodParameter = {
  name: "epsilon", label: "ε", initial: 1e-8, low: 1e-12, high: 1e-2, scale: "log", prominent: false,
};

/** The methods the panel offers, with their own settings and PyTorch's defaults. Another one is another entry. */
export const methods: readonly Method[] = [
  { id: "gd", text: "Gradient descent", parameters: [] },
  { id: "momentum", text: "Momentum", parameters: [momentum] },
  { id: "nesterov", text: "Nesterov momentum", parameters: [momentum] },
  { id: "adagrad", text: "AdaGrad", parameters: [{ ...epsilon, initial: 1e-10 }] },
  {
    id: "rmsprop", text: "RMSProp",
    parameters: [{ name: "alpha", label: "Smoothing α", initial: 0.99, low: 0, high: 0.999, scale: "towardsOne", prominent: true }, epsilon],
  },
  {
    id: "adam", text: "Adam",
    parameters: [
      { name: "beta1", label: "β₁", initial: 0.9, low: 0, high: 0.99, scale: "linear", prominent: true },
      { name: "beta2", label: "β₂", initial: 0.999, low: 0, high: 0.9999, scale: "towardsOne", prominent: true },
      epsilon,
    ],
  },
];

export function methodOf(id: MethodId): Method {
  return methods.find((method) => method.id === id) ?? { id, text: id, parameters: [] };
}

export function initialParameters(id: MethodId): Record<string, number> {
  return Object.fromEntries(methodOf(id).parameters.map(({ name, initial }) => [name, initial]));
}
