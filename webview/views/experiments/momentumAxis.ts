import type { MethodId } from "../../../src/core/optimize/types";
import { methodOf } from "../../methods";

/** A method with momentum, the setting that holds it, and the values it is given: closer and closer to 1, as is customary. */
export interface MomentumAxis {
  readonly method: MethodId;
  readonly parameter: "momentum" | "beta1";
  readonly settings: readonly number[];
}

const usual = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];

/** What to map for a method: its own momentum; of one that has none, what momentum would do to gradient descent. */
export function momentumAxis(id: MethodId): MomentumAxis {
  const { parameters } = methodOf(id);
  const own = parameters.find(({ name }) => name === "momentum" || name === "beta1");
  if (!own) return { method: "momentum", parameter: "momentum", settings: usual };
  // Nesterov's method looks ahead by its momentum: without any there is nothing to look ahead by.
  const settings = (own.least ?? 0) > 0 ? [0.1, ...usual.slice(1)] : usual;
  return { method: id, parameter: own.name === "beta1" ? "beta1" : "momentum", settings };
}
