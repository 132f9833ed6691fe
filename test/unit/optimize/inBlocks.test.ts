import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core";
import { reverse } from "../../../src/core/autodiff/reverse";
import { interpreterBackend } from "../../../src/core/codegen/interpreterBackend";
import { inBlocks, sumOfBlocks } from "../../../src/core/optimize/shares/inBlocks";

const data = "const X = Array.from({ length: 23 }, (_, n) => [Math.sin(n), Math.cos(2 * n)]), ys = X.map((x) => x[0] - 2 * x[1]);\n";
const errors = "let s = 0; for (let n = 0; n < X.length; n++) { let e = -ys[n]; for (let j = 0; j < 2; j++) e += w[j] * X[n][j]; s += e * e; }";

function lower(body: string) {
  return readProgram({ text: `${data}function loss(w = [0.3, -0.4]) { ${body} }`, language: "typescript" }).lower("loss", {}).function;
}

describe("a function over rows, block by block", () => {
  it.each([
    ["a mean", `${errors} return s / X.length;`, 4],
    ["a mean and a penalty, which counts once", `${errors} return s / X.length + 0.1 * (w[0] ** 2 + w[1] ** 2) + 3;`, 4],
    ["blocks that come out even", `${errors.replaceAll("X.length", "20")} return s;`, undefined],
    ["a layer kept for every row", "const h = X.map((x) => Math.tanh(w[0] * x[0])); let s = 0; for (let n = 0; n < X.length; n++) s += (h[n] - w[1] * ys[n]) ** 2; return s;", 4],
  ])("is the whole: %s", (_, body, blocks) => {
    const fn = lower(body);
    const found = inBlocks(fn, { long: 10, part: 60 });
    if (blocks === undefined) return expect(found).toBeUndefined();
    const divided = found ?? expect.fail("it is not divided");
    expect(divided.parts.flatMap(({ begins }) => begins).length).toBeGreaterThanOrEqual(blocks);
    const x = Float64Array.of(0.7, 0.2);
    const [value, gradient] = [new Float64Array(0), new Float64Array(2)];
    const expected = new Float64Array(2);
    expect(sumOfBlocks(divided, (part) => interpreterBackend.kernel(part))(x, value)).toBeCloseTo(interpreterBackend.kernel(fn)(x, value), 12);
    const whole = interpreterBackend.kernel(reverse(fn).function)(x, expected);
    const kernel = sumOfBlocks(divided, (part) => interpreterBackend.kernel(reverse(part).function));
    // Twice: nothing of the first evaluation is left.
    for (let k = 0; k < 2; k++) expect(kernel(x, gradient)).toBeCloseTo(whole, 12);
    gradient.forEach((each, k) => expect(each).toBeCloseTo(expected[k] ?? NaN, 12));
  });

  it.each([
    ["is short", `${errors} return s;`, { long: 1e6, part: 60 }],
    ["is no sum of rows", `${errors} return Math.sqrt(s);`, { long: 10, part: 60 }],
    ["has no rows", "let s = 0; for (let k = 0; k < 40; k++) s = Math.cos(s + w[0] * w[1]); return s;", { long: 10, part: 60 }],
  ])("is left whole where it %s", (_, body, limits) => expect(inBlocks(lower(body), limits)).toBeUndefined());

  it("is how an objective of half a billion operations is computed, of which a few rows say what kind of function it is", () => {
    const bytes = Uint8Array.from({ length: 4000 * 300 }, (_, i) => (i * 7) % 255);
    const text = `import { readFileSync } from "fs"; const file = readFileSync("bytes");
const X = Array.from({ length: 4000 }, (_, n) => Float64Array.from(file.subarray(300 * n, 300 * (n + 1)), (byte) => byte / 255));
function loss(w = 0.5) { let s = 0; for (let n = 0; n < X.length; n++) for (let j = 0; j < 150; j++) for (let i = 0; i < 300; i++) s += w * w * X[n][i]; return s / 150 + 2 * w; }`;
    const read = (program: string) => compile(readProgram({ text: program, language: "javascript", readFile: () => ({ bytes }) }), "loss");
    const objective = read(text);
    const total = bytes.reduce((sum, byte) => sum + byte / 255, 0);
    const gradient = new Float64Array(1);
    expect(objective.valueAndGradient(Float64Array.of(1.5), gradient) / total).toBeCloseTo(2.25 + 3 / total, 9);
    expect((gradient[0] ?? NaN) / total).toBeCloseTo(3 + 2 / total, 9);
    expect(objective.sample?.()?.value(Float64Array.of(0))).toBe(0);
    expect(objective.warnings).toEqual([]);
    expect(read(text.replace("j < 150", "j < 10")).sample?.()).toBeUndefined();
  });
});
