/** So many iterations without any progress are no accident. */
const patience = 30;

/**
 * Whether a method that searches has come to the end of what the digits of the value can show: it still finds points, but
 * for a long time none that is lower by more than rounding, nor flatter.
 */
export class Stagnation {
  private lowest = Infinity;
  private flattest = Infinity;
  private idle = 0;

  persists(value: number, gradientNorm: number): boolean {
    const progress = value < this.lowest - 1e-13 * Math.abs(value) || gradientNorm < 0.9 * this.flattest;
    this.idle = progress ? 0 : this.idle + 1;
    this.lowest = Math.min(this.lowest, value);
    this.flattest = Math.min(this.flattest, gradientNorm);
    return this.idle >= patience;
  }
}
