import type { FunctionValue, Value } from "./values";
import type { Node } from "../syntax/syntax";

/** Looks on while a file's own statements run. */
export interface CallWatch {
  /** A function of the user's is about to be called. */
  called(target: FunctionValue, args: readonly Value[], node: Node, self: Value | undefined): void;
  /** A statement is about to run. */
  before(statement: Node): void;
  /** It failed: what it wrote is not known from now on. */
  failed(): void;
}
