import type { IrFunction } from "../ir/types";
import type { Diagnostic, Range } from "./diagnostic";
import type { Span } from "./positions";

export type Language = "math" | "latex" | "typescript" | "javascript" | "python";

export interface Source {
  text: string;
  language: Language;
  /** UTF-16 offsets of the highlighted part, end exclusive; an empty range is a cursor. */
  selection?: { start: number; end: number };
  uri?: string;
  /** Text of an imported module, or undefined if it cannot be found. */
  resolve?: (specifier: string, fromUri: string) => { uri: string; text: string } | undefined;
  /** A file of data that the program at `fromUri` reads; `path` counts from its folder. Undefined if it cannot be found; absent: no files are read. */
  readFile?: (path: string, fromUri: string) => DataFile | undefined;
}

/** What is in a file, or why nobody looked: it is too large (with its size in bytes), or lies outside the folder that is open. */
export type DataFile =
  | { readonly bytes: Uint8Array }
  | { readonly tooLarge: number }
  | { readonly isOutside: true };

export interface ParameterInfo {
  name: string;
  /** What the frontend knows of its shape before any argument is given. */
  shape: ParameterShape;
  range: Range;
}

export type ParameterShape =
  | { kind: "number" }
  /** `length` and `element` are absent where only the arguments can tell. */
  | { kind: "array"; length?: number; element?: ParameterShape }
  | { kind: "object"; fields: { name: string; shape: ParameterShape }[] }
  | { kind: "unknown" };

export interface FunctionInfo {
  name: string;
  /** What to call it before people where the text gives it no name: the expression itself. */
  title?: string;
  parameters: ParameterInfo[];
  range: Range;
  /** Why it cannot be differentiated. */
  refusal?: Diagnostic;
  /** What besides its parameters could be chosen as variables: a variable of the file ("m"), a field of its object ("this.m"). */
  outer?: string[];
}

/** What `readProgram` returns: what the text holds, and what the selection denotes. */
export interface Program {
  functions: FunctionInfo[];
  target?: string;
}

export interface CompileOptions {
  /** Arguments in the user's own shape: numbers, arrays, objects. Fixes the dimensions; default: inferred. */
  start?: unknown[];
  /** Names of the parameters to differentiate; default: every numeric one not bound to data. */
  variables?: string[];
  backend?: "auto" | "javascript" | "wasm" | "interpreter";
  /** Sums are added up in the order in which they are written, and functions are those of `Math`, to the last bit, where WebAssembly has quicker ways. */
  strictOrder?: boolean;
}

/** A function of the user's, specialised to its arguments and data, as IR: where every frontend ends. */
export interface Lowered {
  function: IrFunction;
  /** One path a coordinate of the flattened unknowns, in order: "w[0]", "b", "params.layers[1].bias[3]". */
  coordinates: string[];
  start: Float64Array;
  /** Where the start came from, for the person reading the panel. */
  startOrigin: StartOrigin;
  /** Warnings and notes; errors are thrown as SourceError. */
  diagnostics: Diagnostic[];
  /** Where a span of the IR stands in the user's text; `readProgram` provides it where the frontend does not. */
  locate?: (span: Span) => Range;
  /** The user's statement that a span of the IR stands in; absent: the text is no program. */
  statementAt?: (span: Span) => UserStatement | undefined;
  /** What the function was called with, in order; absent: its parameters are the coordinates, one number each. */
  arguments?: readonly Argument[];
  /** The data that names outside the function stand for. */
  constants?: () => ReadonlyMap<string, unknown>;
}

/** A statement as the user wrote it. */
export interface UserStatement {
  readonly kind: "plain" | "loop" | "branch";
  readonly span: Span;
  /** Zero-based. */
  readonly line: number;
  /** In one line; of a loop or branch its head. */
  readonly source: string;
}

/** One argument of the user's function. */
export interface Argument {
  /** The parameter's name; where it is a pattern, one made up ("arg0"). */
  readonly name: string;
  /** Coordinates follow one another in the order of the unknowns' numbers. */
  readonly isUnknown: boolean;
  /** In the user's own shape: an unknown's start, or the data. Undefined where the function's own default is left to stand. */
  readonly value: unknown;
  /** No parameter, but a variable that was chosen as an unknown: "this.m". */
  readonly isOuter?: true;
  readonly isRest?: true;
  /** Where the value came from. */
  readonly origin?: StartOrigin;
  /** Where it is written, if in a place of its own: the argument of a call. */
  readonly place?: Range;
}

/** One number of a result that is several. */
export interface Component {
  /** The way to it: "[0]", ".w[2]"; "" where the result is this number. */
  readonly path: string;
  readonly lowered: Lowered;
}

/** In order of authority; see `docs` in ARCHITECTURE.md, "Knows what to descend on". */
export type StartOrigin = "given" | "tag" | "default" | "call" | "initializer" | "inferred";

/** The engine's own view of a program: the public face plus the way down to IR. One implementation a language. */
export interface ReadProgram extends Program {
  readonly language: Language;
  /** `lower` says everything that stands in the way, for what was chosen; a function's `refusal` is the first of it. */
  readonly refusesWhole?: true;
  /** Throws SourceError where the function is refused. */
  lower(name: string, options: CompileOptions): Lowered;
  /** The same for a function that returns an array or an object of numbers (a gradient): one scalar function a number. */
  lowerComponents?(name: string, options: CompileOptions): Component[];
}
