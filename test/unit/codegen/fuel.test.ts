import { describe, expect, it } from "vitest";
import { fuelOf } from "../../../src/core/codegen/fuel";
import { Names } from "../../../src/core/ir/build";

const million = 1e6;

describe("operations are counted", () => {
  it.each([
    ["a value of as many as descending bears", 0, 200 * million, false, undefined],
    ["a value of more", 0, 201 * million, false, 200 * million],
    ["a derivative of a few times as many", 0, 999 * million, true, undefined],
    ["a derivative of more", 0, 1001 * million, true, 1000 * million],
    ["a few data", 1000, 201 * million, false, 200 * million],
    ["a network over ten thousand images, which is meant to be long", 7.84 * million, 1600 * million, false, undefined],
    ["its derivative", 7.84 * million, 7000 * million, true, undefined],
    ["every pair of a million numbers", million, million ** 2, false, 200 * million],
  ])("or not: %s", (_, numbers, total, isDerivative, fuel) => {
    const data = new Names().array("f64", [numbers], { kind: "data", values: new Float64Array(0) }, "xs");
    expect(fuelOf({ arrays: [data], ...(isDerivative ? { outputs: 2 } : {}) }, { total })).toBe(fuel);
  });
});
