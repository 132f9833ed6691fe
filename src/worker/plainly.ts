import { WireError } from "../shared/wire";

/** Settings that make no sense come back as the sentence that says so. */
export function plainly<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw asSentence(error);
  }
}

export function asSentence(error: unknown): unknown {
  return error instanceof RangeError ? new WireError("invalid", error.message) : error;
}
