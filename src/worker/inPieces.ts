import type { CallContext } from "../shared/rpc";
import { WireError } from "../shared/wire";

/** Milliseconds of computing between two looks at what has been said meanwhile. */
const piece = 25;
/** Milliseconds between two words on how far it is: enough to look alive, few enough to cost nothing. */
const between = 200;

/**
 * Runs a long computation without keeping anyone waiting: piece by piece, other requests answered in between. It says how far it is
 * (`told` makes of what it yields what crosses the wire), pauses, and is given up, as its asker wishes. Who asks it to finish is
 * answered by the computation itself, which alone knows what an unfinished result is. Where it has nothing to do before something
 * happens elsewhere, `until` says what that is.
 */
export async function inPieces<Yielded, Result, Progress>(
  work: Generator<Yielded, Result, void>,
  { signal, steering, tell }: CallContext<Progress>,
  told: (yielded: Yielded, transfer: ArrayBuffer[]) => Progress,
  until: (yielded: Yielded) => Promise<void> | undefined = () => undefined,
): Promise<Result> {
  const report = (yielded: Yielded): void => {
    const transfer: ArrayBuffer[] = [];
    tell(told(yielded, transfer), transfer);
  };
  let spoke = performance.now();
  for (;;) {
    const began = performance.now();
    let next = work.next();
    while (!next.done && !until(next.value) && performance.now() - began < piece) next = work.next();
    if (next.done) return next.value;
    await (until(next.value) ?? othersTurn());
    // A pause shows how far it came.
    if (steering.wish === "pause" || performance.now() - spoke >= between) {
      report(next.value);
      spoke = performance.now();
    }
    await steering.whilePaused(signal);
    if (signal.aborted) throw new WireError("cancelled", "It was given up.");
  }
}

/** Until the messages that have arrived are heard. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0); });
}
