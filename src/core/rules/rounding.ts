import { num } from "./express";
import { mathFunction, named, template } from "./notation";
import type { Rule } from "./rule";
import { unary } from "./unary";

/** Piecewise constant: no derivative anywhere it matters, and 0 by convention at the jumps. */
export const rounding: readonly Rule[] = [
  unary("floor", "floor", Math.floor, (x) => `Math.floor(${x})`, { ...mathFunction("floor"), latex: template("\\left\\lfloor $0 \\right\\rfloor") }),
  unary("ceil", "ceiling", Math.ceil, (x) => `Math.ceil(${x})`, { ...mathFunction("ceil"), latex: template("\\left\\lceil $0 \\right\\rceil") }),
  unary("round", "rounding", Math.round, (x) => `Math.round(${x})`,
    { ...mathFunction("round", "\\operatorname{round}"), python: template("np.floor($0 + 0.5)", 14, 10) }),
  unary("trunc", "truncation", Math.trunc, (x) => `Math.trunc(${x})`, { ...mathFunction("trunc", "\\operatorname{trunc}"), math: named("fix") }),
  unary("sign", "sign", Math.sign, (x) => `Math.sign(${x})`, mathFunction("sign", "\\operatorname{sign}")),
  // A staircase of 2⁻²⁴ relative: its slope is the identity's for every purpose but a proof.
  unary("fround", "identity", Math.fround, (x) => `Math.fround(${x})`,
    { ...mathFunction("fround", "\\operatorname{fround}"), python: named("np.float32"), math: named("fround") }, () => num(1)),
];
