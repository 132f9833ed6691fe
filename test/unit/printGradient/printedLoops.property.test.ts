import { describe, expect, test } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { fromLoops } from "../../../src/core/gradientCode/fromLoops";
import { interpret } from "../../../src/core/ir/interpret";
import { coordinateRoots, parametersOf, spellCoordinates } from "../../../src/core/print/code/parameters";
import { syntaxOf } from "../../../src/core/print/code/syntax";
import { wholeFunction } from "../../../src/core/print/code/wholeFunction";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";
import { numbersIn, runCode, typeErrors } from "../support/runCode";

const args = [{ name: "x", isUnknown: true, value: 0 }, { name: "y", isUnknown: true, value: 0 }, { name: "w", isUnknown: true, value: [0, 0, 0, 0] }];
const coordinates = ["x", "y", "w[0]", "w[1]", "w[2]", "w[3]"];

describe("The derivative of a random program, printed", () => {
  test.each(Array.from({ length: 150 }, (_, i) => i + 1))("runs as it stands: seed %i", async (seed) => {
    const random = new Random(seed);
    const gradient = simplify(reverse(simplify(randomProgram(random, 2 + (seed % 4)))).function);
    const parameters = parametersOf(args, coordinates, { language: "typescript", isAsked: () => true, whole: new Set(), fallbacks: new Map() });
    expect(coordinateRoots(parameters).map(({ name }) => name)).toEqual(["x", "y", "w"]);
    const data = [{ name: "table", value: [0.3, -0.8, 1.1, 0.6, -0.2] }];
    const code = fromLoops(gradient, Float64Array.from(coordinates, (_, i) => 0.3 - 0.17 * i), new Set([0, 1, 2, 3, 4, 5]), parameters, data, spellCoordinates(parameters, "typescript"), new Set(["f", "x", "y", "w", "table"]), syntaxOf("typescript"));
    const text = wholeFunction({ title: "f", of: "random", parameters, code, language: "typescript" });
    const beside = "const table = [0.3, -0.8, 1.1, 0.6, -0.2];";
    if (seed % 10 === 0) expect(typeErrors(`${beside}\n${text}`), text).toEqual([]);
    const printed = await runCode(text, "f", beside);
    for (let point = 0; point < 3; point++) {
      const x = Float64Array.from(coordinates, () => random.between(-1, 1));
      const expected = new Float64Array(6);
      interpret(gradient, x, expected);
      const found = numbersIn(printed(x[0], x[1], [...x.slice(2)]));
      expect(found).toHaveLength(6);
      for (const [i, value] of expected.entries()) expect(Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value)), `${coordinates[i] ?? ""}\n${text}`).toBeLessThan(1e-10);
    }
  });
});
