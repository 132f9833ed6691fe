import type { Float, Integer, LaneFunction, LaneNode, Mask } from "./node";

/** The function at one point, node by node: what the widths of a backend are compared with. Slow. */
export function evaluateLane({ value, usual, otherwise }: LaneFunction, args: readonly number[]): number {
  const evaluation = new Evaluation(args);
  return evaluation.float(evaluation.mask(usual) ? value : otherwise);
}

class Evaluation {
  private readonly known = new Map<LaneNode, number | bigint | boolean>();
  private readonly view = new DataView(new ArrayBuffer(8));

  constructor(private readonly args: readonly number[]) {}

  float(node: LaneNode | undefined): number {
    if (node?.type !== "float") throw new Error("A double is wanted.");
    return this.once(node, () => this.computeFloat(node)) as number;
  }

  integer(node: LaneNode | undefined): bigint {
    if (node?.type !== "integer") throw new Error("Bits are wanted.");
    return this.once(node, () => BigInt.asIntN(64, this.computeInteger(node))) as bigint;
  }

  mask(node: LaneNode | undefined): boolean {
    if (node?.type !== "mask") throw new Error("A mask is wanted.");
    return this.once(node, () => this.computeMask(node)) as boolean;
  }

  private once(node: LaneNode, compute: () => number | bigint | boolean): number | bigint | boolean {
    const known = this.known.get(node) ?? compute();
    this.known.set(node, known);
    return known;
  }

  private computeFloat({ op, args: [a, b, c], value = 0, platform }: Float): number {
    switch (op) {
      case "input": return this.args[value] ?? NaN;
      case "constant": return value;
      case "add": return this.float(a) + this.float(b);
      case "subtract": return this.float(a) - this.float(b);
      case "multiply": return this.float(a) * this.float(b);
      case "divide": return this.float(a) / this.float(b);
      case "negate": return -this.float(a);
      case "abs": return Math.abs(this.float(a));
      case "max": return Math.max(this.float(a), this.float(b));
      case "ofBits": this.view.setBigInt64(0, this.integer(a)); return this.view.getFloat64(0);
      case "platform": return platform === "pow" ? this.float(a) ** this.float(b) : Math[platform ?? "exp"](this.float(a));
      case "select": return this.mask(a) ? this.float(b) : this.float(c);
    }
  }

  private computeInteger({ op, args: [a, b, c], value = 0n }: Integer): bigint {
    switch (op) {
      case "constant": return value;
      case "bitsOf": this.view.setFloat64(0, this.float(a)); return this.view.getBigInt64(0);
      case "addInt": return this.integer(a) + this.integer(b);
      case "subtractInt": return this.integer(a) - this.integer(b);
      case "and": return this.integer(a) & this.integer(b);
      case "or": return this.integer(a) | this.integer(b);
      case "xor": return this.integer(a) ^ this.integer(b);
      case "shiftLeft": return this.integer(a) << value;
      case "shiftRight": return BigInt.asUintN(64, this.integer(a)) >> value;
      case "select": return this.mask(a) ? this.integer(b) : this.integer(c);
    }
  }

  private computeMask({ op, args: [a, b] }: Mask): boolean {
    switch (op) {
      case "less": return this.float(a) < this.float(b);
      case "lessEqual": return this.float(a) <= this.float(b);
      case "equal": return this.float(a) === this.float(b);
      case "equalInt": return this.integer(a) === this.integer(b);
      case "both": return this.mask(a) && this.mask(b);
    }
  }
}
