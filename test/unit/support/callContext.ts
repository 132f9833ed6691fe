import type { CallContext } from "../../../src/shared/rpc";
import { Steering } from "../../../src/shared/steering";

/** What a handler is called with where no wire is: nothing it tells is heard. */
export function callContext(): CallContext<unknown> {
  return { signal: new AbortController().signal, steering: new Steering(), transfer: [], tell: () => undefined };
}
