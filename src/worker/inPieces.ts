import type { CallContext } from "../shared/rpc";
import { WireError } from "../shared/wire";

/** Milliseconds of computing between two looks at what has been said meanwhile. */
const piece = 25;
/** Milliseconds between two words on how far it is: enough to look alive, few enough to cost nothing. */
const between = 200;
/** Bytes a millisecond that may be told: of what has very many numbers, one hears less often. More would wait before the panel, which draws each, and old news with it. */
const mostTold = 5_000;

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
  /** Returns after how many milliseconds there may be another. */
  const report = (yielded: Yielded): number => {
    const transfer: ArrayBuffer[] = [];
    const progress = told(yielded, transfer);
    const bytes = transfer.reduce((sum, { byteLength }) => sum + byteLength, 0);
    tell(progress, transfer);
    return Math.max(between, bytes / mostTold);
  };
  let spoke = performance.now();
  let wait = between;
  for (;;) {
    const began = performance.now();
    let next = work.next();
    while (!next.done && !until(next.value) && performance.now() - began < piece) next = work.next();
    if (next.done) return next.value;
    await (until(next.value) ?? othersTurn());
    // A pause shows how far it came.
    if (steering.wish === "pause" || performance.now() - spoke >= wait) {
      wait = report(next.value);
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
