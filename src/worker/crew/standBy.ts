import { mostShares } from "../../core/optimize/shares/sharesOf";
import type { ShareKernels } from "../../core/optimize/shares/shareKernels";
import type { CommonMemory } from "./commonMemory";

/** Milliseconds without an evaluation after which one looks whether something has been said. */
const dozing = 20;

/** Computes shares of whatever is asked for, until it is over; yields how many so far. The last shares come first: the first thread begins at the other end. */
export function* standBy(memory: CommonMemory, kernels: ShareKernels): Generator<number, null, void> {
  let computed = 0;
  kernels.prepare(mostShares - 1, memory.mostRows);
  memory.arrive();
  for (;;) {
    const number = memory.newest;
    for (let part = mostShares - 1; part > 0; part--) {
      if (!memory.claim(part, number)) continue;
      compute(memory, kernels, part, number);
      computed++;
    }
    yield computed;
    if (memory.over) return null;
    memory.await(number, dozing);
  }
}

function compute(memory: CommonMemory, kernels: ShareKernels, part: number, number: number): void {
  const { evaluated, wantsGradient } = memory.asked;
  let value: number | undefined;
  try {
    value = kernels.evaluate(part, evaluated, wantsGradient ? memory.gradientOf(part) : undefined);
  } finally {
    memory.finish(part, number, value);
  }
}
