import { euclideanNorm } from "./norms";
import type { ClipOptions } from "./types";

/** As PyTorch has it, so that a gradient of zero does not divide by itself. */
const aBit = 1e-6;

/**
 * Shortens a gradient that is longer than `norm`, or cuts what of it is larger than `value`, before a method sees it. What is
 * recorded as the gradient stays the function's own; by how much it was shortened is recorded beside it.
 */
export class Clipping {
  readonly clipped: Float64Array;
  /** How long the clipped gradient is, over how long it was: 1 where nothing was done. */
  readonly factor = new Float64Array(1).fill(1);

  constructor(private readonly options: ClipOptions, dimension: number) {
    for (const [name, limit] of Object.entries(options)) {
      if (!(typeof limit === "number" && limit > 0)) throw new RangeError(`Gradients can be clipped to a ${name} above 0, not to ${limit}.`);
    }
    this.clipped = new Float64Array(dimension);
  }

  /** Fills `clipped`; whether it is anything but the gradient. */
  apply(gradient: Float64Array): boolean {
    const { norm = Infinity, value = Infinity } = this.options;
    const before = euclideanNorm(gradient);
    const share = norm === Infinity ? 1 : Math.min(1, norm / (before + aBit));
    let cut = share < 1;
    for (let i = 0; i < gradient.length; i++) {
      const whole = share * (gradient[i] ?? 0);
      const within = Math.max(-value, Math.min(value, whole));
      if (within !== whole) cut = true;
      this.clipped[i] = within;
    }
    this.factor[0] = cut ? euclideanNorm(this.clipped) / before : 1;
    return cut;
  }
}
