import { expect, it } from "vitest";
import { unwrapNonFinite, wrapNonFinite } from "../../../src/shared/nonFinite";

it("carries NaN and infinities through JSON, at any depth", () => {
  const sent = { value: NaN, list: [1, Infinity, [-Infinity]], text: "NaN", none: null, flag: false };
  expect(unwrapNonFinite(JSON.parse(JSON.stringify(wrapNonFinite(sent))))).toEqual(sent);
});

it("leaves typed arrays as the very arrays they were", () => {
  const values = Float64Array.of(1, NaN);
  const sent = wrapNonFinite({ run: { values } });
  expect(sent).toEqual({ run: { values } });
  expect((sent as { run: { values: Float64Array } }).run.values).toBe(values);
});
