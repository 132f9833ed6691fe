/** The engine's public face. What is exported here is a contract; everything else may change. */
export { checkGradient } from "./checkGradient";
export { compile } from "./compile";
export { minimize } from "./optimize/minimize";
export { SourceError } from "./source/diagnostic";
export { printGradient } from "./printGradient";
export { readProgram } from "./source/readProgram";

export type { CheckOptions, GradientCheck } from "./checkGradient";
export type { Dataset, Minibatch, Objective, Plane, Rows, Shares } from "./objective";
export type {
  BatchOptions, BatchRun, ClipOptions, Divergence, LineSearchName, MethodId, Remark, RemarkKind, Run, RunOptions, RunStatus, ScheduleKind, ScheduleOptions, StopOptions, StopRule,
} from "./optimize/types";
export type { SelfCheck } from "./selfCheck";
export type { Diagnostic, Range, Severity } from "./source/diagnostic";
export type { Position } from "./source/diagnostic";
export type { CompileOptions, DataFile, FunctionInfo, Language, ParameterInfo, ParameterShape, Program, Source, StartOrigin } from "./source/program";
export type { Definition, DerivationStep, DifferenceQuotients, Formula, InnerFunction, Printable, SetOut, Simplification, StationaryPoint, SweepLine } from "./symbolic/formula";
