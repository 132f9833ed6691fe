import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";
import { flatten, oracles } from "./fixtures";

describe("programs with gradients from elsewhere", () => {
  it.each(oracles.programs.map((each) => [each.id, each] as const))("%s", (_id, { ts, args, wrt, value, grad }) => {
    const program = readProgram({ text: ts, language: "typescript" });
    const name = [...ts.matchAll(/^function (\w+)/gm)].at(-1)?.[1];
    const info = program.functions.find((each) => each.name === name);
    const variables = wrt.map((i) => info?.parameters[i]?.name ?? "");
    const objective = compile(program, name, { start: args, variables });
    const gradient = new Float64Array(objective.dimension);
    const computed = objective.valueAndGradient(objective.start, gradient);
    expect(Math.abs(computed - value)).toBeLessThanOrEqual(1e-12 * Math.max(1e-3, Math.abs(value)));
    const expected = flatten(grad);
    const scale = 1e-3 * Math.max(...expected.map(Math.abs));
    expected.forEach((slope, i) => expect(Math.abs((gradient[i] ?? NaN) - slope)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(slope), scale)));
  });

  it("the 784-100-10 network keeps its loops and has PyTorch's loss and gradient", () => {
    const { ts, value, gradient: expected } = oracles.network;
    const table = (rows: number, columns: number, at: (i: number, j: number) => number): number[][] =>
      Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => at(i, j)));
    const args = [
      table(100, 784, (j, i) => 0.05 * Math.sin(0.1 * (j * 784 + i) + 1)), Array.from({ length: 100 }, (_, j) => 0.01 * Math.cos(j)),
      table(10, 100, (k, j) => 0.1 * Math.sin(0.3 * (k * 100 + j) + 2)), Array.from({ length: 10 }, (_, k) => 0.02 * Math.sin(k)),
      table(64, 784, (n, i) => ((n * 7 + i * 3) % 5 === 0 ? ((n * 31 + i * 17) % 97) / 97 : 0)), Array.from({ length: 64 }, (_, n) => n % 10),
    ];
    const objective = compile(readProgram({ text: ts, language: "typescript" }), "mlp", { start: args, variables: ["W1", "b1", "W2", "b2"] });
    expect(objective.dimension).toBe(79_510);
    const gradient = new Float64Array(objective.dimension);
    expect(Math.abs(objective.valueAndGradient(objective.start, gradient) - value)).toBeLessThan(1e-12 * value);
    for (const [path, slope] of Object.entries(expected)) {
      expect(Math.abs((gradient[objective.coordinates.indexOf(path)] ?? NaN) - slope), path).toBeLessThan(1e-9 * Math.abs(slope));
    }
  });
});
