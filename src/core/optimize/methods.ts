import type { Method } from "./method";
import { adadelta } from "./methods/adadelta";
import { adagrad } from "./methods/adagrad";
import { adam } from "./methods/adam";
import { adamax } from "./methods/adamax";
import { adamw } from "./methods/adamw";
import { amsgrad } from "./methods/amsgrad";
import { gd } from "./methods/gd";
import { momentum } from "./methods/momentum";
import { nadam } from "./methods/nadam";
import { nesterov } from "./methods/nesterov";
import { radam } from "./methods/radam";
import { rmsprop } from "./methods/rmsprop";
import { rprop } from "./methods/rprop";
import { bfgs } from "./methods/searching/bfgs";
import { cg } from "./methods/searching/cg";
import { lbfgs } from "./methods/searching/lbfgs";
import { newton } from "./methods/searching/newton";
import { newtonCg } from "./methods/searching/newtonCg";
import { steepestDescent } from "./methods/searching/steepestDescent";
import { trustRegion } from "./methods/searching/trustRegion";
import type { LineSearchName, MethodId } from "./types";

/** Every method there is, in the order a lesson meets them. */
export const methods: readonly Method[] = [
  gd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adadelta,
  adam,
  amsgrad,
  adamw,
  nadam,
  radam,
  adamax,
  rprop,
  newton,
  newtonCg,
  trustRegion,
  cg,
  bfgs,
  lbfgs,
];

/** With a line search, gradient descent is another method of the same name: it looks before it steps. */
export function methodOf(id: MethodId, lineSearch: LineSearchName = "none"): Method {
  if (id === "gd" && lineSearch !== "none") return steepestDescent;
  const found = methods.find((method) => method.id === id);
  if (found) return found;
  throw new RangeError(`The method "${id}" is not available; choose one of ${methods.map((m) => m.id).join(", ")}.`);
}
