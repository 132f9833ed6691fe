import type { PrimitiveName } from "../../ir/types";
import { exp } from "./exp";
import { expm1 } from "./expm1";
import { log } from "./log";
import { log1p } from "./log1p";
import type { LaneFunction } from "./node";
import { pow } from "./pow";
import { logAddExp, logSigmoid, sigmoid, softplus } from "./sigmoid";
import { cos, sin } from "./sinCos";
import { tanh } from "./tanh";

/**
 * The primitives that have a description in lanes.
 *
 * Reductions and most coefficients are those of fdlibm 5.3 (https://www.netlib.org/fdlibm), which has this notice: "Copyright (C) 1993 by Sun Microsystems, Inc. All
 * rights reserved. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved."
 */
export const laneFunctions: Partial<Record<PrimitiveName, LaneFunction>> = {
  exp, expm1, log, log1p, sin, cos, tanh, power: pow, sigmoid, softplus, logSigmoid, logAddExp,
};
