import { ruleOf } from "../rules/ruleOf";
import type { Node } from "./node";
import { toNumber } from "./rational";

// Where functions live: near 0, on both sides of it, between 0 and 1, and beyond 1.
const regions: readonly (readonly [number, number])[] = [[0.2, 1.8], [0.1, 0.9], [-2, 2], [1.1, 4], [-0.9, 0.9], [0.3, 3], [-4, -1.1]];

/** The values of nodes at sample points, those of all points together, each node once. */
export class Samples {
  private readonly points: readonly Float64Array[];
  /** By the number of the node. */
  private readonly known: (Float64Array | undefined)[] = [];

  constructor(dimension: number) {
    let seed = 20;
    const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    this.points = regions.map(([low, high]) => Float64Array.from({ length: dimension }, () => low + (high - low) * next()));
  }

  /** Are two nodes equal wherever the first has a value, and has it one somewhere? */
  agree(a: Node, b: Node): boolean {
    const [x, y] = [this.of(a), this.of(b)];
    let compared = 0;
    for (let i = 0; i < regions.length; i++) {
      const wanted = x[i] ?? NaN;
      if (!Number.isFinite(wanted)) continue;
      if (!(Math.abs(wanted - (y[i] ?? NaN)) <= 1e-9 * Math.max(1, Math.abs(wanted)))) return false;
      compared++;
    }
    return compared > 0;
  }

  private of(node: Node): Float64Array {
    const known = this.known[node.id];
    if (known) return known;
    const values = this.compute(node);
    this.known[node.id] = values;
    return values;
  }

  private compute(node: Node): Float64Array {
    const values = new Float64Array(regions.length);
    switch (node.kind) {
      case "number": return values.fill(toNumber(node.value));
      case "constant": return values.fill(node.name === "pi" ? Math.PI : Math.E);
      case "symbol": return values.map((_, i) => this.points[i]?.[node.index] ?? NaN);
      case "sum": {
        for (const term of node.terms) add(values, this.of(term));
        return values;
      }
      case "product": {
        values.fill(1);
        for (const factor of node.factors) multiply(values, this.of(factor));
        return values;
      }
      case "power": {
        const [base, exponent] = [this.of(node.base), this.of(node.exponent)];
        return values.map((_, i) => power(base[i] ?? NaN, exponent[i] ?? NaN));
      }
      case "apply": {
        const rule = ruleOf(node.primitive);
        const args = node.args.map((arg) => this.of(arg));
        return values.map((_, i) => rule.value(...args.map((arg) => arg[i] ?? NaN)));
      }
      case "cases": {
        const branches = node.branches.map((branch) => ({ condition: this.of(branch.condition), value: this.of(branch.value) }));
        const otherwise = this.of(node.otherwise);
        return values.map((_, i) => (branches.find(({ condition }) => condition[i] !== 0)?.value ?? otherwise)[i] ?? NaN);
      }
    }
  }
}

function add(to: Float64Array, values: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? NaN) + (values[i] ?? NaN);
}

function multiply(to: Float64Array, values: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? NaN) * (values[i] ?? NaN);
}

const power = (base: number, exponent: number): number => (exponent === 0.5 ? Math.sqrt(base) : base ** exponent);
